// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"

#include <QWidget>

class QLineEdit;

namespace headgate {

class FormField;

//! Own authority, client certificate and key as three file fields with a chooser each.
class TlsFields final : public QWidget
{
    Q_OBJECT
public:
    //! `whose` goes into accessible names: "Connect", "Brokers".
    explicit TlsFields(const QString &whose, QWidget *parent = nullptr);
    void setTls(const TlsConfig &tls);
    void putInto(TlsConfig &tls) const;
    FormField *certificateField() const { return m_certificateField; }
    FormField *keyField() const { return m_keyField; }

Q_SIGNALS:
    void edited();

private:
    QLineEdit *addFile(const QString &label, const QString &hint, FormField *&field);

    QString m_whose;
    FormField *m_caField = nullptr, *m_certificateField = nullptr, *m_keyField = nullptr;
    QLineEdit *m_ca, *m_certificate, *m_key;
};

} // namespace headgate
