// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/contexts/tlsfields.h"

#include "views/common/formfield.h"
#include "views/common/symbolicon.h"

#include <QAction>
#include <QFileDialog>
#include <QLineEdit>
#include <QVBoxLayout>

namespace headgate {

TlsFields::TlsFields(const QString &whose, QWidget *parent)
    : QWidget(parent)
    , m_whose(whose)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_ca = addFile(tr("Own authority"), tr("PEM file; empty: the system's authorities"), m_caField);
    m_certificate = addFile(tr("Client certificate"), {}, m_certificateField);
    m_key = addFile(tr("Private key"), {}, m_keyField);
}

QLineEdit *TlsFields::addFile(const QString &label, const QString &hint, FormField *&field)
{
    auto *edit = new QLineEdit;
    edit->setAccessibleName(m_whose + QStringLiteral(": ") + label);
    auto *choose = edit->addAction(symbol(QStringLiteral("export"), TextRole::Muted), QLineEdit::TrailingPosition);
    choose->setText(tr("Choose a file for %1").arg(label));
    choose->setToolTip(tr("Choose a file..."));
    connect(choose, &QAction::triggered, edit, [edit, label] {
        // Opened without a loop of its own: the window goes on.
        auto *dialog = new QFileDialog(edit->window(), label, edit->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setNameFilters({TlsFields::tr("PEM files (*.pem *.crt *.cer *.key)"), TlsFields::tr("All files (*)")});
        QObject::connect(dialog, &QFileDialog::fileSelected, edit, &QLineEdit::setText);
        dialog->open();
    });
    connect(edit, &QLineEdit::textChanged, this, &TlsFields::edited);
    field = new FormField(label, edit, hint, this);
    layout()->addWidget(field);
    return edit;
}

void TlsFields::setTls(const TlsConfig &tls)
{
    m_ca->setText(tls.caFile);
    m_certificate->setText(tls.certificateFile);
    m_key->setText(tls.keyFile);
}

void TlsFields::putInto(TlsConfig &tls) const
{
    tls.caFile = m_ca->text().trimmed();
    tls.certificateFile = m_certificate->text().trimmed();
    tls.keyFile = m_key->text().trimmed();
}

} // namespace headgate
