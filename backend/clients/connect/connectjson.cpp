// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/connectjson.h"

#include "clients/connect/jsontape.h"

#include <QHash>

#include <algorithm>

namespace headgate {

namespace {

constexpr qsizetype maxTrace = 8 * 1024 * 1024; // characters; what is longer is cut and says so

template <class T> using Read = std::optional<T> (*)(const JsonView &);

Error unexpectedShape(const char *wanted)
{
    return {.kind = ErrorKind::InvalidAnswer,
        .message = QStringLiteral("The answer is JSON, but not %1 as Connect writes it").arg(QLatin1String(wanted))};
}

//! The whole answer as one value, or an error that says what it should have been.
template <class T> Result<T> readWhole(const QByteArray &body, Read<T> read, const char *wanted)
{
    const auto tape = JsonTape::parse(body);
    if (!tape) {
        return failure(tape.error());
    }
    auto value = read(tape->root());
    if (!value) {
        return failure(unexpectedShape(wanted));
    }
    return std::move(*value);
}

QString traceOf(const JsonView &view)
{
    const auto trace = view["trace"].text();
    return trace.size() <= maxTrace
        ? trace
        : QString(trace.left(maxTrace) + QStringLiteral("\n[cut: the trace is longer than 8 MB]"));
}

std::optional<int> taskId(const JsonView &view)
{
    const auto id = view.integer();
    return id && *id >= 0 && *id <= std::numeric_limits<int>::max() ? std::optional(int(*id)) : std::nullopt;
}

std::optional<TaskStatus> readTask(const JsonView &view)
{
    const auto id = taskId(view["id"]);
    if (!id || !view["state"].isString()) {
        return std::nullopt;
    }
    return TaskStatus {.id = *id,
        .state = parseState(view["state"].text()),
        .workerId = view["worker_id"].text(),
        .trace = traceOf(view),
        .version = view["version"].text()};
}

std::optional<ConnectorStatus> readStatus(const JsonView &view)
{
    const auto connector = view["connector"];
    if (!connector["state"].isString() || !view["tasks"].isArray()) {
        return std::nullopt;
    }
    ConnectorStatus status {.name = view["name"].text(),
        .type = parseConnectorType(view["type"].text()),
        .connector = parseState(connector["state"].text()),
        .workerId = connector["worker_id"].text(),
        .trace = traceOf(connector),
        .version = connector["version"].text()};
    for (const auto element : view["tasks"]) {
        auto task = readTask(element);
        if (!task) {
            return std::nullopt;
        }
        status.tasks.push_back(std::move(*task));
    }
    std::ranges::sort(status.tasks, {}, &TaskStatus::id);
    return status;
}

std::optional<ConfigMap> readConfig(const JsonView &view)
{
    if (!view.isObject()) {
        return std::nullopt;
    }
    ConfigMap config;
    for (const auto member : view) {
        if (member.isObject() || member.isArray()) {
            return std::nullopt;
        }
        const auto key = member.key();
        const auto known = std::ranges::find(config, key, &ConfigMap::value_type::first);
        if (known != config.end()) {
            known->second = member.text();
        } else {
            config.emplace_back(key, member.text());
        }
    }
    return config;
}

std::optional<ConnectorInfo> readInfo(const JsonView &view)
{
    auto config = readConfig(view["config"]);
    if (!config) {
        return std::nullopt;
    }
    ConnectorInfo info {
        .name = view["name"].text(), .type = parseConnectorType(view["type"].text()), .config = std::move(*config)};
    for (const auto element : view["tasks"]) {
        const auto id = taskId(element["task"]);
        if (!id) {
            return std::nullopt;
        }
        info.taskIds.push_back(*id);
    }
    std::ranges::sort(info.taskIds);
    return info;
}

//! {"name": {"<member>": value, ...}, ...}: each entry for itself, the last of duplicate names wins, sorted by name.
template <class Listing, class T>
Result<Listing> readListing(const QByteArray &body, std::string_view member, Read<T> read)
{
    const auto tape = JsonTape::parse(body);
    if (!tape) {
        return failure(tape.error());
    }
    if (tape->root().isArray()) {
        return failure({.kind = ErrorKind::NotSupported,
            .message = QStringLiteral("This worker ignores expand (Connect below 2.3)")});
    }
    if (!tape->root().isObject()) {
        return failure(unexpectedShape("a listing of connectors"));
    }
    QHash<QString, std::optional<T>> entries;
    for (const auto entry : tape->root()) {
        const auto name = entry.key();
        auto value = read(entry[member]);
        if (value) {
            value->name = name;
        }
        entries.emplace(name, std::move(value));
    }
    Listing listing;
    listing.bytes = body.size();
    listing.connectors.reserve(size_t(entries.size()));
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        if (*entry) {
            listing.connectors.push_back(std::move(**entry));
        } else {
            listing.damaged << entry.key();
        }
    }
    std::ranges::sort(listing.connectors, {}, &T::name);
    listing.damaged.sort();
    return listing;
}

std::optional<QStringList> readStrings(const JsonView &view)
{
    if (!view.isArray()) {
        return std::nullopt;
    }
    QStringList strings;
    for (const auto element : view) {
        if (!element.isString()) {
            return std::nullopt;
        }
        strings << element.text();
    }
    return strings;
}

std::optional<QStringList> readSortedStrings(const JsonView &view)
{
    auto strings = readStrings(view);
    if (strings) {
        strings->sort();
    }
    return strings;
}

//! {"<connector>": {"topics": [...]}}: one member, whose name is not of interest.
std::optional<QStringList> readTopics(const JsonView &view)
{
    std::optional<QStringList> topics;
    if (view.isObject()) {
        for (const auto member : view) {
            topics = readSortedStrings(member["topics"]);
        }
    }
    return topics;
}

std::optional<ServerInfo> readServerInfo(const JsonView &view)
{
    if (!view["version"].isString()) {
        return std::nullopt;
    }
    return ServerInfo {view["version"].text(), view["commit"].text(), view["kafka_cluster_id"].text()};
}

std::optional<std::vector<ConnectorOffset>> readOffsets(const JsonView &view)
{
    if (!view["offsets"].isArray()) {
        return std::nullopt;
    }
    std::vector<ConnectorOffset> offsets;
    for (const auto element : view["offsets"]) {
        if (!element.isObject()) {
            return std::nullopt;
        }
        offsets.push_back({element["partition"].json(), element["offset"].json()});
    }
    return offsets;
}

std::optional<std::vector<PluginInfo>> readPlugins(const JsonView &view)
{
    if (!view.isArray()) {
        return std::nullopt;
    }
    std::vector<PluginInfo> plugins;
    for (const auto element : view) {
        if (!element["class"].isString()) {
            return std::nullopt;
        }
        plugins.push_back({element["class"].text(), element["type"].text(), element["version"].text()});
    }
    return plugins;
}

ConfigKeyReport readKey(const JsonView &view)
{
    const auto definition = view["definition"];
    const auto value = view["value"];
    return {.name = value["name"].text().isEmpty() ? definition["name"].text() : value["name"].text(),
        .type = definition["type"].text(),
        .importance = definition["importance"].text(),
        .group = definition["group"].text(),
        .documentation = definition["documentation"].text(),
        .defaultValue = definition["default_value"].text(),
        .value = value["value"].text(),
        .required = definition["required"].isTrue(),
        .visible = !value["visible"] || value["visible"].isTrue(),
        .recommended = readStrings(value["recommended_values"]).value_or(QStringList()),
        .errors = readStrings(value["errors"]).value_or(QStringList())};
}

std::optional<ConfigReport> readConfigReport(const JsonView &view)
{
    if (!view["configs"].isArray() || !view["error_count"].integer()) {
        return std::nullopt;
    }
    ConfigReport report {.className = view["name"].text(), .errorCount = int(*view["error_count"].integer())};
    for (const auto element : view["configs"]) {
        report.keys.push_back(readKey(element));
    }
    return report;
}

std::optional<std::vector<LoggerLevel>> readLoggers(const JsonView &view)
{
    if (!view.isObject()) {
        return std::nullopt;
    }
    std::vector<LoggerLevel> loggers;
    for (const auto member : view) {
        const Instant changed {Milliseconds(member["last_modified"].integer().value_or(0))};
        loggers.push_back({member.key(), member["level"].text(), changed});
    }
    std::ranges::sort(loggers, {}, &LoggerLevel::logger);
    return loggers;
}

std::optional<WorkerHealthReport> readHealth(const JsonView &view)
{
    static const QHash<QString, WorkerHealth> known {{QStringLiteral("healthy"), WorkerHealth::Healthy},
        {QStringLiteral("starting"), WorkerHealth::Starting}, {QStringLiteral("unhealthy"), WorkerHealth::Unhealthy}};
    const auto found = known.find(view["status"].text());
    return found == known.end() ? std::nullopt : std::optional(WorkerHealthReport {*found, view["message"].text()});
}

} // namespace

Result<ServerInfo> parseServerInfo(const QByteArray &body)
{
    return readWhole<ServerInfo>(body, readServerInfo, "a worker's version");
}

Result<QStringList> parseNames(const QByteArray &body)
{
    return readWhole<QStringList>(body, readSortedStrings, "a list of names");
}

Result<StatusListing> parseStatusListing(const QByteArray &body)
{
    return readListing<StatusListing, ConnectorStatus>(body, "status", readStatus);
}

Result<InfoListing> parseInfoListing(const QByteArray &body)
{
    return readListing<InfoListing, ConnectorInfo>(body, "info", readInfo);
}

Result<ConnectorStatus> parseStatus(const QByteArray &body)
{
    return readWhole<ConnectorStatus>(body, readStatus, "a connector's status");
}

Result<ConnectorInfo> parseInfo(const QByteArray &body)
{
    return readWhole<ConnectorInfo>(body, readInfo, "a connector's description");
}

Result<ConfigMap> parseConfig(const QByteArray &body)
{
    return readWhole<ConfigMap>(body, readConfig, "a configuration");
}

Result<QStringList> parseTopics(const QByteArray &body)
{
    return readWhole<QStringList>(body, readTopics, "a connector's topics");
}

Result<std::vector<ConnectorOffset>> parseOffsets(const QByteArray &body)
{
    return readWhole<std::vector<ConnectorOffset>>(body, readOffsets, "a connector's offsets");
}

Result<std::vector<PluginInfo>> parsePlugins(const QByteArray &body)
{
    return readWhole<std::vector<PluginInfo>>(body, readPlugins, "a list of plug-ins");
}

Result<ConfigReport> parseConfigReport(const QByteArray &body)
{
    return readWhole<ConfigReport>(body, readConfigReport, "a validation");
}

Result<std::vector<LoggerLevel>> parseLoggers(const QByteArray &body)
{
    return readWhole<std::vector<LoggerLevel>>(body, readLoggers, "a list of loggers");
}

Result<WorkerHealthReport> parseHealth(const QByteArray &body)
{
    return readWhole<WorkerHealthReport>(body, readHealth, "a worker's health");
}

} // namespace headgate
