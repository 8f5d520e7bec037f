// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/contexts/brokersform.h"

#include "views/common/formfield.h"
#include "views/common/plainlabel.h"
#include "views/common/segmentedchoice.h"
#include "views/contexts/tlsfields.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace headgate {

BrokersForm::BrokersForm(QWidget *parent)
    : QFrame(parent)
    , m_bootstrap(new QLineEdit)
    , m_user(new QLineEdit)
    , m_password(new QLineEdit)
    , m_protocol(new SegmentedChoice(tr("Protocol of the brokers")))
    , m_mechanism(new SegmentedChoice(tr("SASL mechanism")))
    , m_tls(new TlsFields(tr("Brokers")))
{
    setProperty("kind", QStringLiteral("card"));
    m_bootstrap->setObjectName(QStringLiteral("bootstrap"));
    m_bootstrap->setPlaceholderText(QStringLiteral("broker-1:9092, broker-2:9092"));
    m_bootstrap->setAccessibleName(tr("Bootstrap servers"));
    m_user->setAccessibleName(tr("User at the brokers"));
    m_password->setAccessibleName(tr("Password at the brokers"));
    m_password->setEchoMode(QLineEdit::Password);
    m_protocol->add(int(SecurityProtocol::Plaintext), QStringLiteral("PLAINTEXT"));
    m_protocol->add(int(SecurityProtocol::Ssl), QStringLiteral("SSL"));
    m_protocol->add(int(SecurityProtocol::SaslPlaintext), QStringLiteral("SASL_PLAINTEXT"));
    m_protocol->add(int(SecurityProtocol::SaslSsl), QStringLiteral("SASL_SSL"));
    m_mechanism->add(int(SaslMechanism::Plain), QStringLiteral("PLAIN"));
    m_mechanism->add(int(SaslMechanism::ScramSha256), QStringLiteral("SCRAM-SHA-256"));
    m_mechanism->add(int(SaslMechanism::ScramSha512), QStringLiteral("SCRAM-SHA-512"));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 14);
    column->setSpacing(8);
    column->addWidget(new PlainLabel(tr("Brokers"), TextStyle::Section));
    m_bootstrapField = new FormField(tr("Bootstrap"), m_bootstrap,
        tr("Optional. Without brokers there is no lag of consumer groups and no record behind a failure."));
    m_protocolField = new FormField(tr("Protocol"), m_protocol);
    m_mechanismField = new FormField(tr("SASL mechanism"), m_mechanism);
    m_userField = new FormField(tr("User"), m_user);
    m_passwordField = new FormField(tr("Password"), m_password);
    for (QWidget *field : std::initializer_list<QWidget *> {
             m_bootstrapField, m_protocolField, m_mechanismField, m_userField, m_passwordField, m_tls}) {
        column->addWidget(field);
    }
    for (auto *edit : {m_bootstrap, m_user, m_password}) {
        connect(edit, &QLineEdit::textChanged, this, &BrokersForm::edited);
    }
    connect(m_tls, &TlsFields::edited, this, &BrokersForm::edited);
    connect(m_mechanism, &SegmentedChoice::chosenChanged, this, &BrokersForm::edited);
    connect(m_protocol, &SegmentedChoice::chosenChanged, this, [this] {
        showProtocol();
        Q_EMIT edited();
    });
    showProtocol();
}

void BrokersForm::setConfig(const KafkaConfig &config, const QByteArray &newPassword)
{
    const QSignalBlocker quiet(this);
    m_config = config;
    m_bootstrap->setText(config.bootstrap);
    m_user->setText(config.user);
    m_password->setText(QString::fromUtf8(newPassword));
    m_protocol->choose(int(config.protocol));
    m_mechanism->choose(int(config.mechanism == SaslMechanism::None ? SaslMechanism::Plain : config.mechanism));
    m_tls->setTls(config.tls);
    showProtocol();
}

KafkaConfig BrokersForm::config() const
{
    auto config = m_config;
    config.bootstrap = m_bootstrap->text().trimmed();
    config.user = m_user->text();
    config.protocol = SecurityProtocol(m_protocol->chosen());
    const bool sasl
        = config.protocol == SecurityProtocol::SaslPlaintext || config.protocol == SecurityProtocol::SaslSsl;
    config.mechanism = sasl ? SaslMechanism(m_mechanism->chosen()) : SaslMechanism::None;
    m_tls->putInto(config.tls);
    return config;
}

QByteArray BrokersForm::newPassword() const
{
    return m_password->text().toUtf8();
}

void BrokersForm::showProtocol()
{
    const auto protocol = SecurityProtocol(m_protocol->chosen());
    const bool sasl = protocol == SecurityProtocol::SaslPlaintext || protocol == SecurityProtocol::SaslSsl;
    const bool tls = protocol == SecurityProtocol::Ssl || protocol == SecurityProtocol::SaslSsl;
    for (QWidget *field : std::initializer_list<QWidget *> {m_mechanismField, m_userField, m_passwordField}) {
        field->setVisible(sasl);
    }
    m_tls->setVisible(tls);
    m_passwordField->setHint(m_config.password.isEmpty() ? tr("Goes to the system's keyring, never into a file")
                                                         : tr("A stored secret is used; type here only to replace it"));
}

void BrokersForm::setFaults(const std::vector<ContextFault> &faults)
{
    const std::initializer_list<std::pair<ContextField, FormField *>> fields {
        {ContextField::Bootstrap, m_bootstrapField}, {ContextField::Protocol, m_protocolField},
        {ContextField::Mechanism, m_mechanismField}, {ContextField::KafkaUser, m_userField},
        {ContextField::Certificate, m_tls->certificateField()}, {ContextField::Key, m_tls->keyField()}};
    for (const auto &[name, field] : fields) {
        const auto fault = std::ranges::find_if(
            faults, [&](const ContextFault &f) { return f.cluster < 0 && fieldOf(f.kind) == name; });
        field->setFault(fault == faults.end() ? QString() : contextFaultText(*fault));
    }
}

} // namespace headgate
