// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contexts/contextfile.h"

#include "domain/contexts/contextcheck.h"
#include "domain/contexts/contextwords.h"
#include "domain/yaml/yamltext.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>

namespace headgate {

namespace {

constexpr auto secretPrefix = QLatin1String("headgate/");

//! Thrown within this file only, caught by its two public functions.
struct Fault
{
    QString what;
};

[[noreturn]] void refuse(const YAML::Node &node, const QString &what)
{
    const int line = node.Mark().line;
    throw Fault {line < 0 ? what : QStringLiteral("line %1: %2").arg(line + 1).arg(what)};
}

QString textOf(const YAML::Node &map, const char *key)
{
    const auto value = map[key];
    if (!value || value.IsNull()) {
        return {};
    }
    if (!value.IsScalar()) {
        refuse(value, QStringLiteral("\"%1\" is not a text").arg(QLatin1String(key)));
    }
    return QString::fromStdString(value.Scalar());
}

template <class E, std::size_t N> E wordIn(const YAML::Node &map, const char *key, const Words<E, N> &words, E absent)
{
    const auto text = textOf(map, key);
    const auto value = text.isEmpty() ? absent : valueOf(words, text);
    if (!value) {
        refuse(map[key], QStringLiteral("\"%1\" has no value \"%2\"").arg(QLatin1String(key), text.left(40)));
    }
    return *value;
}

//! Odd words of these two don't lock a person out of a context: the safer one is taken and said.
template <class E, std::size_t N>
E saferWordIn(
    const YAML::Node &map, const char *key, const Words<E, N> &words, E absent, E safer, QStringList &warnings)
{
    const auto text = textOf(map, key);
    if (text.isEmpty()) {
        return absent;
    }
    const auto value = valueOf(words, text);
    if (!value) {
        warnings << QStringLiteral("\"%1\" has no value \"%2\": taken as %3")
                        .arg(QLatin1String(key), text.left(40), wordOf(words, safer));
    }
    return value.value_or(safer);
}

SecretRef secretIn(const YAML::Node &map, const char *key)
{
    const auto text = textOf(map, key);
    if (!text.isEmpty() && !text.startsWith(secretPrefix)) {
        refuse(map[key],
            QStringLiteral("\"%1\" holds a secret; files hold references like headgate/<context>/...: give the secret "
                           "on the contexts page")
                .arg(QLatin1String(key)));
    }
    return {text};
}

TlsConfig tlsIn(const YAML::Node &map)
{
    const auto tls = map["tls"];
    if (!tls || !tls.IsMap()) {
        return {};
    }
    return {.caFile = textOf(tls, "caFile"),
        .certificateFile = textOf(tls, "certificateFile"),
        .keyFile = textOf(tls, "keyFile"),
        .keyPassword = secretIn(tls, "keyPassword")};
}

QStringList addressesIn(const YAML::Node &map, const char *key)
{
    QStringList addresses;
    const auto list = map[key];
    if (list && !list.IsSequence()) {
        refuse(list, QStringLiteral("\"%1\" is not a list").arg(QLatin1String(key)));
    }
    for (const auto &address : list) {
        if (!address.IsScalar()) {
            refuse(address, QStringLiteral("an entry of \"%1\" is not an address").arg(QLatin1String(key)));
        }
        addresses << QString::fromStdString(address.Scalar());
    }
    return addresses;
}

ConnectClusterConfig clusterOf(const YAML::Node &node)
{
    if (!node.IsMap()) {
        refuse(node, QStringLiteral("a Connect cluster is not a map of keys"));
    }
    return {.name = {textOf(node, "name")},
        .workers = addressesIn(node, "workers"),
        .auth = wordIn(node, "auth", restAuthWords, RestAuth::None),
        .user = textOf(node, "user"),
        .secret = secretIn(node, "secret"),
        .tls = tlsIn(node),
        .groupId = textOf(node, "groupId"),
        .statusTopic = textOf(node, "statusTopic"),
        .configTopic = textOf(node, "configTopic"),
        .offsetTopic = textOf(node, "offsetTopic")};
}

KafkaConfig kafkaOf(const YAML::Node &node)
{
    KafkaConfig kafka;
    if (!node || !node.IsMap()) {
        return kafka;
    }
    kafka.bootstrap = textOf(node, "bootstrap");
    kafka.protocol = wordIn(node, "protocol", protocolWords, SecurityProtocol::Plaintext);
    kafka.mechanism = wordIn(node, "mechanism", mechanismWords, SaslMechanism::None);
    kafka.user = textOf(node, "user");
    kafka.password = secretIn(node, "password");
    kafka.tls = tlsIn(node);
    if (const auto client = textOf(node, "clientId"); !client.isEmpty()) {
        kafka.clientId = client;
    }
    return kafka;
}

SchemaRegistryConfig registryOf(const YAML::Node &node)
{
    if (!node) {
        return {};
    }
    if (!node.IsMap()) {
        refuse(node, QStringLiteral("\"schemaRegistry\" is not a map of keys"));
    }
    return {.urls = addressesIn(node, "urls"),
        .auth = wordIn(node, "auth", restAuthWords, RestAuth::None),
        .user = textOf(node, "user"),
        .secret = secretIn(node, "secret"),
        .tls = tlsIn(node)};
}

//! The one fault that is never stored, wherever it comes from.
void refuseLoginsInAddresses(const ContextConfig &config)
{
    const auto faults = checkContext(config);
    const bool address = std::ranges::any_of(faults, [](const ContextFault &fault) {
        return fault.kind == ContextFaultKind::WorkerUrlHoldsSecret
            || fault.kind == ContextFaultKind::RegistryUrlHoldsSecret;
    });
    if (address || config.kafka.bootstrap.contains(u'@')) {
        throw Fault {QStringLiteral(
            "an address holds a login or a token; files hold addresses only: give user and secret in their own "
            "fields on the contexts page")};
    }
}

ContextFile fileOf(const ContextId &id, const YAML::Node &root)
{
    if (!root.IsMap()) {
        refuse(root, QStringLiteral("not a context file"));
    }
    ContextFile file;
    auto &config = file.config;
    config.id = id;
    config.name = textOf(root, "name");
    if (config.name.isEmpty()) {
        config.name = id.text;
    }
    config.environment = saferWordIn(
        root, "environment", environmentWords, Environment::Production, Environment::Production, file.warnings);
    config.mode = saferWordIn(root, "mode", modeWords, Mode::ReadOnly, Mode::ReadOnly, file.warnings);
    if (config.mode == Mode::Armed) {
        config.mode = Mode::Guarded;
        file.warnings << QStringLiteral("\"armed\" is never restored: taken as guarded");
    }
    for (const auto &cluster : root["connectClusters"]) {
        config.connectClusters.push_back(clusterOf(cluster));
    }
    config.kafka = kafkaOf(root["kafka"]);
    config.schemaRegistry = registryOf(root["schemaRegistry"]);
    refuseLoginsInAddresses(config);
    return file;
}

void writeTls(YamlText &out, const TlsConfig &tls)
{
    if (tls == TlsConfig {}) {
        return;
    }
    out.openMap(QStringLiteral("tls"));
    out.text(QStringLiteral("caFile"), tls.caFile);
    out.text(QStringLiteral("certificateFile"), tls.certificateFile);
    out.text(QStringLiteral("keyFile"), tls.keyFile);
    out.text(QStringLiteral("keyPassword"), tls.keyPassword.text);
    out.close();
}

void writeNode(YamlText &out, const YAML::Node &node);

//! A scalar that was read as plain (a number, a switch) is written as plain.
bool isPlain(const YAML::Node &node)
{
    return node.IsNull() || node.Tag() == "?";
}

void writeEntry(YamlText &out, const QString &key, const YAML::Node &value)
{
    if (value.IsScalar() || value.IsNull()) {
        const auto text = value.IsNull() ? QStringLiteral("null") : QString::fromStdString(value.Scalar());
        isPlain(value) ? out.plain(key, text) : out.plain(key, YamlText::quoted(text));
        return;
    }
    if (value.size() == 0) {
        out.plain(key, value.IsMap() ? QStringLiteral("{}") : QStringLiteral("[]"));
        return;
    }
    out.openMap(key);
    writeNode(out, value);
    out.close();
}

void writeNode(YamlText &out, const YAML::Node &node)
{
    if (node.IsMap()) {
        for (const auto &entry : node) {
            writeEntry(out, QString::fromStdString(entry.first.Scalar()), entry.second);
        }
        return;
    }
    for (const auto &child : node) {
        if (child.IsScalar()) {
            const auto text = QString::fromStdString(child.Scalar());
            isPlain(child) ? out.plainItem(text) : out.item(text);
        } else if (child.size() > 0) {
            out.openItem();
            writeNode(out, child);
            out.close();
        }
    }
}

//! Keys of a file that this version does not know: another version's, or a person's notes.
template <std::size_t N>
void writeUnknown(YamlText &out, const YAML::Node &previous, const std::array<QLatin1String, N> &known)
{
    if (!previous || !previous.IsMap()) {
        return;
    }
    for (const auto &entry : previous) {
        const auto key = QString::fromStdString(entry.first.Scalar());
        if (std::ranges::none_of(known, [&](QLatin1String name) { return key == name; })) {
            writeEntry(out, key, entry.second);
        }
    }
}

YAML::Node clusterNamed(const YAML::Node &clusters, const QString &name)
{
    for (const auto &cluster : clusters) {
        if (cluster.IsMap() && textOf(cluster, "name") == name) {
            return cluster;
        }
    }
    return YAML::Node(YAML::NodeType::Undefined);
}

void writeCluster(YamlText &out, const ConnectClusterConfig &cluster, const YAML::Node &previous)
{
    static constexpr std::array known {QLatin1String("name"), QLatin1String("workers"), QLatin1String("auth"),
        QLatin1String("user"), QLatin1String("secret"), QLatin1String("tls"), QLatin1String("groupId"),
        QLatin1String("statusTopic"), QLatin1String("configTopic"), QLatin1String("offsetTopic")};
    out.openItem();
    out.text(QStringLiteral("name"), cluster.name.text);
    if (!cluster.workers.isEmpty()) {
        out.openList(QStringLiteral("workers"));
        for (const auto &worker : cluster.workers) {
            out.item(worker);
        }
        out.close();
    }
    out.text(QStringLiteral("auth"), wordOf(restAuthWords, cluster.auth));
    out.text(QStringLiteral("user"), cluster.user);
    out.text(QStringLiteral("secret"), cluster.secret.text);
    writeTls(out, cluster.tls);
    out.text(QStringLiteral("groupId"), cluster.groupId);
    out.text(QStringLiteral("statusTopic"), cluster.statusTopic);
    out.text(QStringLiteral("configTopic"), cluster.configTopic);
    out.text(QStringLiteral("offsetTopic"), cluster.offsetTopic);
    writeUnknown(out, previous, known);
    out.close();
}

void writeKafka(YamlText &out, const KafkaConfig &kafka, const YAML::Node &previous)
{
    static constexpr std::array known {QLatin1String("bootstrap"), QLatin1String("protocol"),
        QLatin1String("mechanism"), QLatin1String("user"), QLatin1String("password"), QLatin1String("tls"),
        QLatin1String("clientId")};
    out.openMap(QStringLiteral("kafka"));
    out.text(QStringLiteral("bootstrap"), kafka.bootstrap);
    out.text(QStringLiteral("protocol"), wordOf(protocolWords, kafka.protocol));
    out.text(QStringLiteral("mechanism"), wordOf(mechanismWords, kafka.mechanism));
    out.text(QStringLiteral("user"), kafka.user);
    out.text(QStringLiteral("password"), kafka.password.text);
    writeTls(out, kafka.tls);
    out.text(QStringLiteral("clientId"), kafka.clientId);
    writeUnknown(out, previous, known);
    out.close();
}

void writeRegistry(YamlText &out, const SchemaRegistryConfig &registry, const YAML::Node &previous)
{
    static constexpr std::array known {QLatin1String("urls"), QLatin1String("auth"), QLatin1String("user"),
        QLatin1String("secret"), QLatin1String("tls")};
    if (registry == SchemaRegistryConfig {}) {
        return;
    }
    out.openMap(QStringLiteral("schemaRegistry"));
    out.openList(QStringLiteral("urls"));
    for (const auto &url : registry.urls) {
        out.item(url);
    }
    out.close();
    out.text(QStringLiteral("auth"), wordOf(restAuthWords, registry.auth));
    out.text(QStringLiteral("user"), registry.user);
    out.text(QStringLiteral("secret"), registry.secret.text);
    writeTls(out, registry.tls);
    writeUnknown(out, previous, known);
    out.close();
}

QByteArray textOf(const ContextConfig &config, const YAML::Node &previous)
{
    static constexpr std::array known {QLatin1String("name"), QLatin1String("environment"), QLatin1String("mode"),
        QLatin1String("connectClusters"), QLatin1String("kafka"), QLatin1String("schemaRegistry")};
    const auto part = [&](const char *key) {
        return previous.IsMap() ? previous[key] : YAML::Node(YAML::NodeType::Undefined);
    };
    YamlText out;
    out.text(QStringLiteral("name"), config.name);
    out.text(QStringLiteral("environment"), wordOf(environmentWords, config.environment));
    out.text(QStringLiteral("mode"), wordOf(modeWords, config.mode == Mode::Armed ? Mode::Guarded : config.mode));
    if (!config.connectClusters.empty()) {
        out.openList(QStringLiteral("connectClusters"));
        for (const auto &cluster : config.connectClusters) {
            writeCluster(out, cluster, clusterNamed(part("connectClusters"), cluster.name.text));
        }
        out.close();
    }
    writeKafka(out, config.kafka, part("kafka"));
    writeRegistry(out, config.schemaRegistry, part("schemaRegistry"));
    writeUnknown(out, previous, known);
    return out.bytes();
}

tl::unexpected<Error> invalid(const ContextId &id, const QString &what)
{
    return failure({.kind = ErrorKind::InvalidInput, .message = QStringLiteral("%1.yaml: %2").arg(id.text, what)});
}

} // namespace

Result<ContextFile> parseContextFile(const ContextId &id, const QByteArray &yaml)
{
    constexpr qsizetype bound = 1024 * 1024;
    if (yaml.size() > bound) {
        return invalid(id, QStringLiteral("larger than 1 MB"));
    }
    try {
        return fileOf(id, YAML::Load(yaml.toStdString()));
    } catch (const Fault &fault) {
        return invalid(id, fault.what);
    } catch (const YAML::Exception &fault) {
        return invalid(
            id, QStringLiteral("line %1: %2").arg(fault.mark.line + 1).arg(QString::fromStdString(fault.msg)));
    }
}

Result<QByteArray> writeContextFile(const ContextConfig &config, const QByteArray &previous)
{
    try {
        refuseLoginsInAddresses(config);
        return textOf(config, YAML::Load(previous.toStdString()));
    } catch (const Fault &fault) {
        return invalid(config.id, fault.what);
    } catch (const YAML::Exception &) {
        return textOf(config, YAML::Node()); // what is there cannot be read: nothing of it can be kept
    }
}

} // namespace headgate
