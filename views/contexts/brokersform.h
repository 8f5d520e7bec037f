// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"
#include "models/contexts/contextfaulttext.h"

#include <QFrame>

class QLineEdit;

namespace headgate {

class FormField;
class SegmentedChoice;
class TlsFields;

//! The brokers of a context: addresses, protocol, SASL login, TLS. May stay empty.
class BrokersForm final : public QFrame
{
    Q_OBJECT
public:
    explicit BrokersForm(QWidget *parent = nullptr);
    void setConfig(const KafkaConfig &config, const QByteArray &newPassword);
    KafkaConfig config() const;
    QByteArray newPassword() const;
    void setFaults(const std::vector<ContextFault> &faults);

Q_SIGNALS:
    void edited();

private:
    void showProtocol();

    KafkaConfig m_config;
    QLineEdit *m_bootstrap, *m_user, *m_password;
    SegmentedChoice *m_protocol, *m_mechanism;
    TlsFields *m_tls;
    FormField *m_bootstrapField, *m_protocolField, *m_mechanismField, *m_userField, *m_passwordField;
};

} // namespace headgate
