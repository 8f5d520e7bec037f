// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/storage/snapshotfile.h"

#include "clients/storage/atomicfile.h"

#include <QFile>

#include <nlohmann/json.hpp>
#include <zstd.h>

namespace headgate {

namespace {

using Json = nlohmann::json;

constexpr int kVersion = 1;
constexpr qint64 kLargest = 256LL * 1024 * 1024;

Json textOf(const QString &text)
{
    return text.toStdString();
}

QString text(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

template <class T> T number(const Json &json, const char *key, T otherwise = {})
{
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? found->get<T>() : otherwise;
}

bool flag(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

const Json &part(const Json &json, const char *key)
{
    static const Json nothing;
    const auto found = json.find(key);
    return found != json.end() ? *found : nothing;
}

Json timeOf(Instant at)
{
    return std::int64_t(at.time_since_epoch().count());
}

Instant time(const Json &json, const char *key)
{
    return Instant(Milliseconds(number<std::int64_t>(json, key)));
}

Json listOf(const QStringList &texts)
{
    auto list = Json::array();
    for (const auto &each : texts) {
        list.push_back(textOf(each));
    }
    return list;
}

QStringList list(const Json &json, const char *key)
{
    QStringList texts;
    for (const auto &each : part(json, key)) {
        texts << (each.is_string() ? QString::fromStdString(each.get<std::string>()) : QString());
    }
    return texts;
}

template <class T> Json observedOf(const Observed<T> &observed)
{
    Json json {{"at", timeOf(observed.at)}, {"source", textOf(observed.source)}, {"absence", int(observed.absence)},
        {"reason", textOf(observed.reason)}};
    if (observed.value) {
        if constexpr (std::is_same_v<T, Instant>) {
            json["value"] = timeOf(*observed.value);
        } else {
            json["value"] = *observed.value;
        }
    }
    return json;
}

template <class T> Observed<T> observed(const Json &json, const char *key)
{
    const auto &from = part(json, key);
    Observed<T> found {.at = time(from, "at"), .source = text(from, "source"), .reason = text(from, "reason")};
    found.absence = Absence(std::clamp(number<int>(from, "absence"), 0, 2));
    if (part(from, "value").is_number()) {
        if constexpr (std::is_same_v<T, Instant>) {
            found.value = time(from, "value");
        } else {
            found.value = number<T>(from, "value");
        }
    }
    return found;
}

Json statusOf(const ConnectorStatus &status)
{
    auto tasks = Json::array();
    for (const auto &task : status.tasks) {
        tasks.push_back({{"id", task.id}, {"state", textOf(task.state.raw)}, {"worker", textOf(task.workerId)},
            {"trace", textOf(task.trace)}, {"version", textOf(task.version)}});
    }
    return {{"type", int(status.type)}, {"state", textOf(status.connector.raw)}, {"worker", textOf(status.workerId)},
        {"trace", textOf(status.trace)}, {"version", textOf(status.version)}, {"tasks", std::move(tasks)}};
}

ConnectorType typeOf(const Json &json)
{
    return ConnectorType(
        std::clamp(number<int>(json, "type", int(ConnectorType::Unknown)), 0, int(ConnectorType::Unknown)));
}

ConnectorStatus status(const Json &json, const QString &name)
{
    ConnectorStatus found {.name = name, .type = typeOf(json), .connector = parseState(text(json, "state"))};
    found.workerId = text(json, "worker");
    found.trace = text(json, "trace");
    found.version = text(json, "version");
    for (const auto &task : part(json, "tasks")) {
        found.tasks.push_back({.id = number<int>(task, "id"),
            .state = parseState(text(task, "state")),
            .workerId = text(task, "worker"),
            .trace = text(task, "trace"),
            .version = text(task, "version")});
    }
    return found;
}

Json infoOf(const ConnectorInfo &info)
{
    auto config = Json::array(); // pairs: the order of a configuration is kept
    for (const auto &[key, value] : info.config) {
        config.push_back({textOf(key), textOf(value)});
    }
    return {{"type", int(info.type)}, {"config", std::move(config)}, {"tasks", info.taskIds}};
}

ConnectorInfo info(const Json &json, const QString &name)
{
    ConnectorInfo found {.name = name, .type = typeOf(json)};
    for (const auto &pair : part(json, "config")) {
        if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string()) {
            found.config.emplace_back(
                QString::fromStdString(pair[0].get<std::string>()), QString::fromStdString(pair[1].get<std::string>()));
        }
    }
    for (const auto &id : part(json, "tasks")) {
        found.taskIds.push_back(id.is_number_integer() ? id.get<int>() : -1);
    }
    return found;
}

Json rowOf(const ConnectorFacts &row)
{
    Json json {{"cluster", textOf(row.ref.cluster.text)}, {"name", textOf(row.ref.name)},
        {"status", statusOf(row.status)}, {"standing", int(row.standing)}, {"lagRecords", observedOf(row.lagRecords)},
        {"lagSeconds", observedOf(row.lagSeconds)}, {"rate", observedOf(row.recordsPerSecond)},
        {"since", observedOf(row.since)}, {"sinceAtLeast", row.sinceAtLeast}, {"changed", observedOf(row.changed)},
        {"topics", listOf(row.topics)}, {"deadLetterTopic", textOf(row.deadLetterTopic)},
        {"deadLetters", observedOf(row.deadLetters)}, {"owner", textOf(row.owner)}, {"team", textOf(row.team)},
        {"system", textOf(row.system)}, {"contact", textOf(row.contact)}, {"rollbackOwner", textOf(row.rollbackOwner)},
        {"configHash", row.configHash.toHex().toStdString()}, {"seenAt", timeOf(row.seenAt)}, {"gone", row.gone}};
    if (row.info) {
        json["info"] = infoOf(*row.info);
    }
    return json;
}

ConnectorFacts row(const Json &json, const ContextId &context)
{
    ConnectorFacts found {.ref = {context, {text(json, "cluster")}, text(json, "name")}};
    found.status = status(part(json, "status"), found.ref.name);
    if (json.contains("info")) {
        found.info = info(json["info"], found.ref.name);
    }
    found.standing = Standing(std::clamp(number<int>(json, "standing"), 0, int(Standing::Running)));
    found.lagRecords = observed<std::int64_t>(json, "lagRecords");
    found.lagSeconds = observed<double>(json, "lagSeconds");
    found.recordsPerSecond = observed<double>(json, "rate");
    found.since = observed<Instant>(json, "since");
    found.sinceAtLeast = flag(json, "sinceAtLeast");
    found.changed = observed<Instant>(json, "changed");
    found.topics = list(json, "topics");
    found.deadLetterTopic = text(json, "deadLetterTopic");
    found.deadLetters = observed<std::int64_t>(json, "deadLetters");
    found.owner = text(json, "owner");
    found.team = text(json, "team");
    found.system = text(json, "system");
    found.contact = text(json, "contact");
    found.rollbackOwner = text(json, "rollbackOwner");
    found.configHash = QByteArray::fromHex(text(json, "configHash").toLatin1());
    found.seenAt = time(json, "seenAt");
    found.gone = flag(json, "gone");
    found.stale = true;
    return found;
}

Json clusterOf(const ConnectClusterFacts &facts)
{
    auto workers = Json::array();
    for (const auto &worker : facts.workers) {
        workers.push_back({{"address", textOf(worker.address)}, {"id", textOf(worker.workerId)}});
    }
    Json json {{"name", textOf(facts.name.text)}, {"workers", std::move(workers)}, {"statusAt", timeOf(facts.statusAt)},
        {"infoAt", timeOf(facts.infoAt)}, {"serverAt", timeOf(facts.server.at)}};
    if (facts.server.value) {
        json["version"] = textOf(facts.server.value->version);
        json["kafkaClusterId"] = textOf(facts.server.value->kafkaClusterId);
    }
    return json;
}

ConnectClusterFacts cluster(const Json &json)
{
    ConnectClusterFacts found {.name = {text(json, "name")}};
    for (const auto &worker : part(json, "workers")) {
        WorkerFacts facts {.address = text(worker, "address"), .workerId = text(worker, "id")};
        facts.health = {WorkerHealth::NotSupported, {}}; // not asked in this run
        found.workers.push_back(facts);
    }
    if (json.contains("version")) {
        const ServerInfo server {.version = text(json, "version"), .kafkaClusterId = text(json, "kafkaClusterId")};
        found.server = Observed<ServerInfo>::of(server, time(json, "serverAt"), QStringLiteral("last-known picture"));
    }
    found.statusAt = time(json, "statusAt");
    found.infoAt = time(json, "infoAt");
    return found;
}

QByteArray compressed(const std::string &text)
{
    QByteArray packed(qsizetype(ZSTD_compressBound(text.size())), Qt::Uninitialized);
    const auto size = ZSTD_compress(packed.data(), size_t(packed.size()), text.data(), text.size(), 3);
    packed.resize(ZSTD_isError(size) ? 0 : qsizetype(size));
    return packed;
}

std::optional<std::string> unpacked(const QByteArray &packed)
{
    const auto size = ZSTD_getFrameContentSize(packed.constData(), size_t(packed.size()));
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > size_t(kLargest)) {
        return std::nullopt;
    }
    std::string text(size, '\0');
    const auto got = ZSTD_decompress(text.data(), text.size(), packed.constData(), size_t(packed.size()));
    return ZSTD_isError(got) || got != text.size() ? std::nullopt : std::optional(std::move(text));
}

std::optional<PlatformSnapshot> parsed(const QByteArray &packed)
{
    const auto text = unpacked(packed);
    const auto json = text ? Json::parse(*text, nullptr, false) : Json();
    if (!json.is_object() || number<int>(json, "v") != kVersion) {
        return std::nullopt;
    }
    PlatformSnapshot snapshot {
        .context = {headgate::text(json, "context")}, .takenAt = time(json, "takenAt"), .fromDisk = true};
    for (const auto &each : part(json, "clusters")) {
        snapshot.clusters.push_back(cluster(each));
    }
    for (const auto &each : part(json, "connectors")) {
        snapshot.connectors.push_back(row(each, snapshot.context));
    }
    std::ranges::sort(snapshot.connectors, {}, &ConnectorFacts::ref);
    return snapshot;
}

} // namespace

Result<void> writeSnapshotFile(const QString &path, const PlatformSnapshot &snapshot)
{
    Json json {{"v", kVersion}, {"context", textOf(snapshot.context.text)}, {"takenAt", timeOf(snapshot.takenAt)},
        {"clusters", Json::array()}, {"connectors", Json::array()}};
    for (const auto &each : snapshot.clusters) {
        json["clusters"].push_back(clusterOf(each));
    }
    for (const auto &each : snapshot.connectors) {
        json["connectors"].push_back(rowOf(each));
    }
    return writeAtomically(path, compressed(json.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

Result<PlatformSnapshot> readSnapshotFile(const QString &path)
{
    const auto bytes = readWhole(path, kLargest);
    if (!bytes) {
        return failure(bytes.error());
    }
    if (auto snapshot = parsed(*bytes)) {
        return *std::move(snapshot);
    }
    const QString aside = path + QStringLiteral(".damaged");
    QFile::remove(aside);
    QFile::rename(path, aside);
    return failure({.kind = ErrorKind::InvalidAnswer,
        .message = QStringLiteral("The last-known picture cannot be read"),
        .target = aside});
}

} // namespace headgate
