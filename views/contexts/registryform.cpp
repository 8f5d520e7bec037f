// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/contexts/registryform.h"

#include "views/common/formfield.h"
#include "views/common/plainlabel.h"
#include "views/common/segmentedchoice.h"
#include "views/contexts/tlsfields.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace headgate {

RegistryForm::RegistryForm(QWidget *parent)
    : QFrame(parent)
    , m_urls(new QLineEdit)
    , m_user(new QLineEdit)
    , m_secret(new QLineEdit)
    , m_auth(new SegmentedChoice(tr("Login at the schema registry")))
    , m_tls(new TlsFields(tr("Schema registry")))
{
    setProperty("kind", QStringLiteral("card"));
    m_urls->setObjectName(QStringLiteral("registryUrls"));
    m_urls->setPlaceholderText(QStringLiteral("https://schemas:8081"));
    m_urls->setAccessibleName(tr("Addresses of the schema registry"));
    m_user->setObjectName(QStringLiteral("registryUser"));
    m_user->setAccessibleName(tr("User at the schema registry"));
    m_secret->setObjectName(QStringLiteral("registrySecret"));
    m_secret->setAccessibleName(tr("Secret at the schema registry"));
    m_secret->setEchoMode(QLineEdit::Password);
    m_auth->setObjectName(QStringLiteral("registryAuth"));
    m_auth->add(int(RestAuth::None), tr("none"));
    m_auth->add(int(RestAuth::Basic), tr("user and password"));
    m_auth->add(int(RestAuth::Bearer), tr("bearer token"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 14);
    column->setSpacing(8);
    column->addWidget(new PlainLabel(tr("Schema registry"), TextStyle::Section));
    column->addWidget(m_urlsField = new FormField(tr("Addresses"), m_urls,
                          tr("Optional. With it dead letters written as Avro, Protobuf or JSON Schema are decoded.")));
    m_authField = new FormField(tr("Login"), m_auth);
    m_userField = new FormField(tr("User"), m_user);
    m_secretField = new FormField(tr("Password"), m_secret);
    for (QWidget *field : std::initializer_list<QWidget *> {m_authField, m_userField, m_secretField, m_tls}) {
        column->addWidget(field);
    }
    for (auto *edit : {m_urls, m_user, m_secret}) {
        connect(edit, &QLineEdit::textChanged, this, [this] {
            showLogin();
            Q_EMIT edited();
        });
    }
    connect(m_tls, &TlsFields::edited, this, &RegistryForm::edited);
    connect(m_auth, &SegmentedChoice::chosenChanged, this, [this] {
        showLogin();
        Q_EMIT edited();
    });
    showLogin();
}

void RegistryForm::setConfig(const SchemaRegistryConfig &config, const QString &addresses, const QByteArray &newSecret)
{
    const QSignalBlocker quiet(this);
    m_config = config;
    m_urls->setText(addresses);
    m_user->setText(config.user);
    m_secret->setText(QString::fromUtf8(newSecret));
    m_auth->choose(int(config.auth));
    m_tls->setTls(config.tls);
    showLogin();
}

SchemaRegistryConfig RegistryForm::config() const
{
    auto config = m_config;
    config.auth = RestAuth(m_auth->chosen());
    config.user = config.auth == RestAuth::Basic ? m_user->text() : QString();
    m_tls->putInto(config.tls);
    return config;
}

QString RegistryForm::addresses() const
{
    return m_urls->text();
}

QByteArray RegistryForm::newSecret() const
{
    return m_secret->text().toUtf8();
}

void RegistryForm::setFaults(const std::vector<ContextFault> &faults)
{
    const std::initializer_list<std::pair<ContextField, FormField *>> fields {
        {ContextField::Registry, m_urlsField}, {ContextField::RegistryUser, m_userField}};
    for (const auto &[name, field] : fields) {
        const auto fault = std::ranges::find(faults, name, [](const ContextFault &each) { return fieldOf(each.kind); });
        field->setFault(fault == faults.end() ? QString() : contextFaultText(*fault));
    }
}

//! Nothing to fill in for a registry that is not there.
void RegistryForm::showLogin()
{
    const auto urls = m_urls->text();
    const bool any = !urls.trimmed().isEmpty();
    const auto auth = RestAuth(m_auth->chosen());
    m_authField->setVisible(any);
    m_userField->setVisible(any && auth == RestAuth::Basic);
    m_secretField->setVisible(any && auth != RestAuth::None);
    m_tls->setVisible(any && urls.contains(QLatin1String("https:")));
    m_secretField->setHint(m_config.secret.isEmpty() ? tr("Goes to the system's keyring, never into a file")
                                                     : tr("A stored secret is used; type here only to replace it"));
}

} // namespace headgate
