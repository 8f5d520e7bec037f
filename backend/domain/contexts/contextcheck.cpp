// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contexts/contextcheck.h"

#include <QSet>
#include <QUrl>

#include <algorithm>

namespace headgate {

namespace {

using Kind = ContextFaultKind;

//! Collects faults of one place.
class Faults
{
public:
    explicit Faults(std::vector<ContextFault> &all, int cluster)
        : m_all(all)
        , m_cluster(cluster)
    {
    }
    void add(Kind kind, const QString &subject = {}) { m_all.push_back({kind, m_cluster, subject.left(80)}); }
    void addIf(bool wrong, Kind kind, const QString &subject = {})
    {
        if (wrong) {
            add(kind, subject);
        }
    }

private:
    std::vector<ContextFault> &m_all;
    int m_cluster;
};

bool isWebUrl(const QUrl &url)
{
    const auto scheme = url.scheme();
    const bool known = scheme == QLatin1String("http") || scheme == QLatin1String("https");
    return url.isValid() && known && !url.host().isEmpty() && url.port(1) > 0;
}

//! The text without what may be a secret: nothing before "@", nothing behind "?".
QString withoutSecret(const QUrl &url)
{
    return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

//! What each fault of an address is called, whose ever it is.
struct AddressKinds
{
    Kind invalid, holdsSecret, mixesSchemes, loginOverHttp;
};

void checkAddresses(const QStringList &urls, RestAuth auth, const AddressKinds &kinds, Faults &faults)
{
    QSet<QString> schemes;
    for (const auto &text : urls) {
        const QUrl url(text, QUrl::StrictMode);
        if (!url.userInfo().isEmpty() || url.hasQuery()) {
            faults.add(kinds.holdsSecret, withoutSecret(url));
        } else if (!isWebUrl(url)) {
            faults.add(kinds.invalid, text.contains(u'@') ? QString() : text);
        } else {
            schemes.insert(url.scheme());
            const bool plain = url.scheme() == QLatin1String("http") && !isLoopbackHost(url.host());
            faults.addIf(plain && auth != RestAuth::None, kinds.loginOverHttp, withoutSecret(url));
        }
    }
    faults.addIf(schemes.size() > 1, kinds.mixesSchemes);
}

void checkWorkers(const ConnectClusterConfig &cluster, Faults &faults)
{
    faults.addIf(cluster.workers.isEmpty(), Kind::WorkersMissing);
    checkAddresses(cluster.workers, cluster.auth,
        {Kind::WorkerUrlInvalid, Kind::WorkerUrlHoldsSecret, Kind::WorkersMixSchemes, Kind::LoginOverPlainHttp},
        faults);
}

void checkRegistry(const SchemaRegistryConfig &registry, Faults &faults)
{
    if (registry.urls.isEmpty()) {
        return; // there need be none
    }
    checkAddresses(registry.urls, registry.auth,
        {Kind::RegistryUrlInvalid, Kind::RegistryUrlHoldsSecret, Kind::RegistryMixesSchemes,
            Kind::RegistryLoginOverHttp},
        faults);
    faults.addIf(registry.auth == RestAuth::Basic && registry.user.isEmpty(), Kind::RegistryUserMissing);
}

void checkTls(const TlsConfig &tls, Faults &faults)
{
    faults.addIf(
        !tls.certificateFile.isEmpty() && tls.keyFile.isEmpty(), Kind::CertificateWithoutKey, tls.certificateFile);
    faults.addIf(tls.certificateFile.isEmpty() && !tls.keyFile.isEmpty(), Kind::KeyWithoutCertificate, tls.keyFile);
}

//! "host:port", "[::1]:9092"; the host, or empty where it is neither.
QString bootstrapHost(const QString &entry)
{
    const auto colon = entry.lastIndexOf(u':');
    bool number = false;
    const int port = QStringView(entry).mid(colon + 1).toInt(&number);
    const bool scheme = entry.contains(QLatin1String("://")) || entry.contains(u'@');
    if (colon <= 0 || !number || port < 1 || port > 65535 || scheme) {
        return {};
    }
    auto host = entry.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']')) {
        return host.mid(1, host.size() - 2);
    }
    return host.contains(u':') || host.contains(u' ') ? QString() : host;
}

void checkKafka(const KafkaConfig &kafka, Faults &faults)
{
    if (kafka.bootstrap.trimmed().isEmpty()) {
        return; // no brokers is a choice: lag comes from the workers then
    }
    bool allLoopback = true;
    for (const auto &part : kafka.bootstrap.split(u',')) {
        const auto host = bootstrapHost(part.trimmed());
        faults.addIf(host.isEmpty(), Kind::BootstrapInvalid, part.contains(u'@') ? QString() : part.trimmed());
        allLoopback = allLoopback && isLoopbackHost(host);
    }
    const bool sasl = kafka.protocol == SecurityProtocol::SaslPlaintext || kafka.protocol == SecurityProtocol::SaslSsl;
    faults.addIf(sasl && kafka.mechanism == SaslMechanism::None, Kind::MechanismMissing);
    faults.addIf(sasl && kafka.user.isEmpty(), Kind::KafkaUserMissing);
    faults.addIf(kafka.protocol == SecurityProtocol::SaslPlaintext && !allLoopback, Kind::SaslOverPlaintext);
    checkTls(kafka.tls, faults);
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    const auto name = host.toLower();
    if (name == QLatin1String("localhost") || name.endsWith(QLatin1String(".localhost"))
        || name == QLatin1String("::1")) {
        return true;
    }
    // Four numbers, so that a name like 127.0.0.example is not taken for an address.
    const auto parts = name.split(u'.');
    return parts.size() == 4 && parts.front() == QLatin1String("127")
        && std::ranges::all_of(parts, [](const QString &part) {
               bool number = false;
               return part.toUInt(&number) <= 255 && number;
           });
}

std::vector<ContextFault> checkContext(const ContextConfig &context)
{
    std::vector<ContextFault> all;
    Faults own(all, -1);
    own.addIf(context.name.trimmed().isEmpty(), Kind::NameMissing);
    own.addIf(context.connectClusters.empty(), Kind::ClusterMissing);
    QSet<QString> names;
    int index = 0;
    for (const auto &cluster : context.connectClusters) {
        Faults faults(all, index++);
        const auto name = cluster.name.text.trimmed();
        faults.addIf(name.isEmpty(), Kind::ClusterNameMissing);
        faults.addIf(!name.isEmpty() && names.contains(name), Kind::ClusterNameTwice, name);
        names.insert(name);
        checkWorkers(cluster, faults);
        faults.addIf(cluster.auth == RestAuth::Basic && cluster.user.isEmpty(), Kind::UserMissing);
        checkTls(cluster.tls, faults);
    }
    checkKafka(context.kafka, own);
    checkRegistry(context.schemaRegistry, own);
    return all;
}

} // namespace headgate
