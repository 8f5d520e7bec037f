// SPDX-License-Identifier: GPL-3.0-or-later
#include "clientproperties.h"

#include "domain/contexts/contextwords.h"

#include <functional>
#include <map>

namespace headgate {

namespace {

//! Takes a value; false: it is none of the words that fit.
using Setter = std::function<bool(ClientProperties &, const QString &)>;

ConnectClusterConfig &cluster(ClientProperties &properties)
{
    return properties.context.connectClusters.front();
}

bool keepSecret(ClientProperties &properties, SecretRef &ref, const char *what, const QString &value)
{
    ref = {QLatin1String("headgate/") + properties.context.id.text + QLatin1Char('/') + QLatin1String(what)};
    properties.secrets.emplace_back(ref, value.toUtf8());
    return true;
}

template <class E, std::size_t N> bool takeWord(const Words<E, N> &words, const QString &value, E &into)
{
    const auto known = valueOf(words, value);
    into = known.value_or(into);
    return known.has_value();
}

Setter connectText(QString TlsConfig::*member)
{
    return [member](ClientProperties &p, const QString &v) {
        cluster(p).tls.*member = v;
        return true;
    };
}

Setter kafkaText(QString TlsConfig::*member)
{
    return [member](ClientProperties &p, const QString &v) {
        p.context.kafka.tls.*member = v;
        return true;
    };
}

const std::map<QString, Setter> &setters()
{
    using P = ClientProperties;
    using V = const QString;
    static const auto key = [](const char *name) {
        return QString::fromLatin1(name);
    };
    static const std::map<QString, Setter> all {{key("mode"),
                                                    [](P &p, V &v) {
                                                        return takeWord(modeWords, v, p.context.mode)
                                                            && p.context.mode != Mode::Armed;
                                                    }},
        {key("environment"),
            [](P &p, V &v) {
                return takeWord(environmentWords, v, p.context.environment);
            }},
        {key("connect.user"),
            [](P &p, V &v) {
                cluster(p).user = v;
                cluster(p).auth = RestAuth::Basic;
                return true;
            }},
        {key("connect.password"),
            [](P &p, V &v) {
                return keepSecret(p, cluster(p).secret, "connect-password", v);
            }},
        {key("connect.token"),
            [](P &p, V &v) {
                cluster(p).auth = RestAuth::Bearer;
                return keepSecret(p, cluster(p).secret, "connect-token", v);
            }},
        {key("connect.ca.location"), connectText(&TlsConfig::caFile)},
        {key("connect.certificate.location"), connectText(&TlsConfig::certificateFile)},
        {key("connect.key.location"), connectText(&TlsConfig::keyFile)},
        {key("connect.key.password"),
            [](P &p, V &v) {
                return keepSecret(p, cluster(p).tls.keyPassword, "connect-key", v);
            }},
        {key("security.protocol"),
            [](P &p, V &v) {
                return takeWord(protocolWords, v, p.context.kafka.protocol);
            }},
        {key("sasl.mechanism"),
            [](P &p, V &v) {
                return takeWord(mechanismWords, v, p.context.kafka.mechanism);
            }},
        {key("sasl.mechanisms"),
            [](P &p, V &v) {
                return takeWord(mechanismWords, v, p.context.kafka.mechanism);
            }},
        {key("sasl.username"),
            [](P &p, V &v) {
                p.context.kafka.user = v;
                return true;
            }},
        {key("sasl.password"),
            [](P &p, V &v) {
                return keepSecret(p, p.context.kafka.password, "kafka-password", v);
            }},
        {key("ssl.ca.location"), kafkaText(&TlsConfig::caFile)},
        {key("ssl.certificate.location"), kafkaText(&TlsConfig::certificateFile)},
        {key("ssl.key.location"), kafkaText(&TlsConfig::keyFile)},
        {key("ssl.key.password"),
            [](P &p, V &v) {
                return keepSecret(p, p.context.kafka.tls.keyPassword, "kafka-key", v);
            }},
        {key("client.id"), [](P &p, V &v) {
             p.context.kafka.clientId = v;
             return !v.isEmpty();
         }}};
    return all;
}

tl::unexpected<Error> wrongLine(int line, const QString &what)
{
    return failure({.kind = ErrorKind::InvalidInput, .message = QStringLiteral("line %1: %2").arg(line).arg(what)});
}

} // namespace

Result<ClientProperties> readClientProperties(const QByteArray &text, ContextConfig context)
{
    ClientProperties properties {.context = std::move(context), .secrets = {}};
    int number = 0;
    for (const auto &raw : QString::fromUtf8(text).split(u'\n')) {
        ++number;
        const auto line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(u'#')) {
            continue;
        }
        const auto sign = line.indexOf(u'=');
        const auto key = line.left(sign).trimmed();
        if (sign <= 0) {
            return wrongLine(number, QStringLiteral("no \"=\""));
        }
        const auto setter = setters().find(key);
        if (setter == setters().end()) {
            return wrongLine(number, QStringLiteral("there is no property \"%1\"").arg(key.left(60)));
        }
        if (!setter->second(properties, line.mid(sign + 1).trimmed())) {
            return wrongLine(number, QStringLiteral("\"%1\" has no such value").arg(key));
        }
    }
    return properties;
}

} // namespace headgate
