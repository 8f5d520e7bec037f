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

//! The schema registry of a context: addresses, login, TLS. May stay empty.
class RegistryForm final : public QFrame
{
    Q_OBJECT
public:
    explicit RegistryForm(QWidget *parent = nullptr);
    void setConfig(const SchemaRegistryConfig &config, const QString &addresses, const QByteArray &newSecret);
    SchemaRegistryConfig config() const; //!< without its addresses
    QString addresses() const;           //!< as typed
    QByteArray newSecret() const;
    void setFaults(const std::vector<ContextFault> &faults);

Q_SIGNALS:
    void edited();

private:
    void showLogin();

    SchemaRegistryConfig m_config;
    QLineEdit *m_urls, *m_user, *m_secret;
    SegmentedChoice *m_auth;
    TlsFields *m_tls;
    FormField *m_urlsField, *m_authField, *m_userField, *m_secretField;
};

} // namespace headgate
