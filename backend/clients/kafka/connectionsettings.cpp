// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/connectionsettings.h"

#include <algorithm>

namespace headgate {

namespace {

bool isLoopback(const QString &address)
{
    const auto host = address.startsWith(QLatin1Char('[')) ? address.mid(1, address.indexOf(QLatin1Char(']')) - 1)
                                                           : address.section(QLatin1Char(':'), 0, 0);
    return host == QLatin1String("localhost") || host == QLatin1String("::1") || host.startsWith(QLatin1String("127."));
}

bool allLoopback(const QString &bootstrap)
{
    const auto addresses = bootstrap.split(QLatin1Char(','), Qt::SkipEmptyParts);
    return std::ranges::all_of(addresses, [](const QString &address) { return isLoopback(address.trimmed()); });
}

const char *protocolName(SecurityProtocol protocol)
{
    switch (protocol) {
    case SecurityProtocol::Plaintext:
        return "plaintext";
    case SecurityProtocol::Ssl:
        return "ssl";
    case SecurityProtocol::SaslPlaintext:
        return "sasl_plaintext";
    case SecurityProtocol::SaslSsl:
        return "sasl_ssl";
    }
    return "";
}

const char *mechanismName(SaslMechanism mechanism)
{
    switch (mechanism) {
    case SaslMechanism::None:
        return "";
    case SaslMechanism::Plain:
        return "PLAIN";
    case SaslMechanism::ScramSha256:
        return "SCRAM-SHA-256";
    case SaslMechanism::ScramSha512:
        return "SCRAM-SHA-512";
    }
    return "";
}

Error invalid(const QString &message, const KafkaConfig &config)
{
    return {.kind = ErrorKind::InvalidInput, .message = message, .target = config.bootstrap};
}

Result<void> checkSasl(const KafkaConfig &config)
{
    if (config.mechanism == SaslMechanism::None) {
        return failure(
            invalid(QStringLiteral("The security protocol asks for SASL, but no mechanism is chosen"), config));
    }
    if (config.protocol == SecurityProtocol::SaslPlaintext && !allLoopback(config.bootstrap)) {
        return failure(invalid(
            QStringLiteral("SASL without TLS would send the login in the clear to another machine: use SASL_SSL"),
            config));
    }
    return {};
}

void addTls(ConnectionSettings &settings, const TlsConfig &tls, const QByteArray &keyPassword)
{
    const auto add = [&settings](const char *key, const QByteArray &value) {
        if (!value.isEmpty()) {
            settings.emplace_back(key, value);
        }
    };
    add("ssl.ca.location", tls.caFile.toUtf8());
    add("ssl.certificate.location", tls.certificateFile.toUtf8());
    add("ssl.key.location", tls.keyFile.toUtf8());
    add("ssl.key.password", keyPassword);
}

} // namespace

Result<ConnectionSettings> connectionSettings(const KafkaConfig &config, const ConnectionSecrets &secrets)
{
    if (config.bootstrap.trimmed().isEmpty()) {
        return failure(invalid(QStringLiteral("No bootstrap address is given"), config));
    }
    ConnectionSettings settings {
        {"bootstrap.servers", config.bootstrap.toUtf8()},
        // Never empty: a compatibility mode of AutoMQ rewrites dead leaders for clients without an id.
        {"client.id", config.clientId.trimmed().isEmpty() ? QByteArrayLiteral("headgate") : config.clientId.toUtf8()},
        {"security.protocol", protocolName(config.protocol)}, {"log.queue", "true"},
        {"reconnect.backoff.max.ms", "5000"}, {"topic.metadata.refresh.interval.ms", "60000"},
        {"allow.auto.create.topics", "false"},
        {"enable.metrics.push", "false"}, // telemetry of a reading tool would make brokers write
    };
    const bool sasl
        = config.protocol == SecurityProtocol::SaslPlaintext || config.protocol == SecurityProtocol::SaslSsl;
    const bool tls = config.protocol == SecurityProtocol::Ssl || config.protocol == SecurityProtocol::SaslSsl;
    if (sasl) {
        if (const auto checked = checkSasl(config); !checked) {
            return failure(checked.error());
        }
        settings.emplace_back("sasl.mechanism", mechanismName(config.mechanism));
        settings.emplace_back("sasl.username", config.user.toUtf8());
        settings.emplace_back("sasl.password", secrets.password);
    }
    if (tls) {
        addTls(settings, config.tls, secrets.keyPassword);
    }
    return settings;
}

} // namespace headgate
