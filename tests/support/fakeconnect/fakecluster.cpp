// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeconnect/fakecluster.h"

#include <QUrl>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace headgate::fake {

namespace {

using Json = nlohmann::ordered_json;

std::string utf8(const QString &text)
{
    return text.toUtf8().toStdString();
}

QByteArray dump(const Json &json)
{
    return QByteArray::fromStdString(json.dump());
}

Json configJson(const FakeConnector &connector)
{
    Json config = Json::object();
    for (const auto &[key, value] : connector.config) {
        config[utf8(key)] = utf8(value);
    }
    return config;
}

Json stateJson(const QString &state, const QString &worker, const QString &trace)
{
    Json json {{"state", utf8(state)}, {"worker_id", utf8(worker.isEmpty() ? QStringLiteral("worker-1:8083") : worker)},
        {"version", "1.0"}};
    if (!trace.isEmpty()) {
        json["trace"] = utf8(trace);
    }
    return json;
}

Json statusJson(const FakeConnector &connector)
{
    Json tasks = Json::array();
    for (size_t i = 0; i < connector.tasks.size(); ++i) {
        const auto &task = connector.tasks[i];
        Json json {{"id", i}};
        json.update(stateJson(task.state, task.worker, task.trace));
        tasks.push_back(std::move(json));
    }
    return {{"name", utf8(connector.name)},
        {"connector", stateJson(connector.state, connector.worker, connector.trace)}, {"tasks", std::move(tasks)},
        {"type", utf8(connector.type)}};
}

Json infoJson(const FakeConnector &connector)
{
    Json tasks = Json::array();
    for (size_t i = 0; i < connector.tasks.size(); ++i) {
        tasks.push_back({{"connector", utf8(connector.name)}, {"task", i}});
    }
    return {{"name", utf8(connector.name)}, {"config", configJson(connector)}, {"tasks", std::move(tasks)},
        {"type", utf8(connector.type)}};
}

std::vector<std::pair<QString, QString>> readConfig(const Json &json)
{
    std::vector<std::pair<QString, QString>> config;
    for (const auto &[key, value] : json.items()) {
        config.emplace_back(QString::fromStdString(key),
            value.is_string() ? QString::fromStdString(value.get<std::string>())
                              : QString::fromStdString(value.dump()));
    }
    return config;
}

QByteArray quoted(const QString &text)
{
    return dump(Json(utf8(text)));
}

} // namespace

FakeAnswer connectError(int status, const QString &message)
{
    return {status, dump({{"error_code", status}, {"message", utf8(message)}}), {}};
}

FakeCluster::FakeCluster()
    : pluginsJson(
          R"([{"class":"org.apache.kafka.connect.file.FileStreamSinkConnector","type":"sink","version":"4.1.0"},)"
          R"({"class":"org.apache.kafka.connect.file.FileStreamSourceConnector","type":"source","version":"4.1.0"}])")
    , validateJson(R"({"name":"FileStreamSource","error_count":0,"groups":[],"configs":[]})")
    , m_loggers {{QStringLiteral("root"), QStringLiteral("INFO")}}
{
}

void FakeCluster::put(FakeConnector connector)
{
    const auto name = connector.name;
    m_entries[name] = {connector, std::max<size_t>(connector.tasks.size(), 1), {}, {}};
}

void FakeCluster::change(const QString &name, const std::function<void(FakeConnector &)> &edit)
{
    const auto entry = m_entries.find(name);
    if (entry != m_entries.end()) {
        edit(entry->connector);
        entry->statusJson.clear();
        entry->infoJson.clear();
    }
}

bool FakeCluster::remove(const QString &name)
{
    return m_entries.remove(name) > 0;
}

FakeConnector FakeCluster::get(const QString &name, milliseconds now)
{
    applyDue(now);
    return m_entries.value(name).connector;
}

void FakeCluster::later(milliseconds at, const QString &name, std::function<void(FakeConnector &)> edit)
{
    const auto after = std::upper_bound(
        m_due.begin(), m_due.end(), at, [](milliseconds when, const Due &due) { return when < due.at; });
    m_due.insert(after, {at, name, std::move(edit)});
}

void FakeCluster::applyDue(milliseconds now)
{
    while (!m_due.empty() && m_due.front().at <= now) {
        const auto due = std::move(m_due.front());
        m_due.erase(m_due.begin());
        change(due.name, due.edit);
    }
}

const QByteArray &FakeCluster::statusOf(Entry &entry) const
{
    if (entry.statusJson.isEmpty()) {
        entry.statusJson = dump(statusJson(entry.connector));
    }
    return entry.statusJson;
}

const QByteArray &FakeCluster::infoOf(Entry &entry) const
{
    if (entry.infoJson.isEmpty()) {
        entry.infoJson = dump(infoJson(entry.connector));
    }
    return entry.infoJson;
}

FakeAnswer FakeCluster::answer(
    const QByteArray &method, const QByteArray &path, const QByteArray &body, milliseconds now)
{
    applyDue(now);
    const auto queryAt = path.indexOf('?');
    const auto query = queryAt < 0 ? QByteArray() : path.mid(queryAt + 1);
    QStringList segments;
    for (const auto &part : path.left(queryAt < 0 ? path.size() : queryAt).split('/')) {
        if (!part.isEmpty()) {
            segments << QString::fromUtf8(QByteArray::fromPercentEncoding(part));
        }
    }
    if (segments.value(0) != QLatin1String("connectors")) {
        return other(method, segments, query, body);
    }
    return segments.size() == 1 ? collection(method, query, body)
                                : connectorResource(method, segments, query, body, now);
}

FakeAnswer FakeCluster::collection(const QByteArray &method, const QByteArray &query, const QByteArray &body)
{
    if (method == "POST") {
        return create(body);
    }
    const bool status = query.contains("expand=status");
    const bool info = query.contains("expand=info");
    QByteArray all;
    all.reserve(m_entries.size() * 256);
    const bool expand = expands && (status || info);
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
        all += all.isEmpty() ? "" : ",";
        all += quoted(entry.key());
        if (expand) {
            all += ":{";
            all += status ? "\"status\":" + statusOf(*entry) : QByteArray();
            all += status && info ? "," : "";
            all += info ? "\"info\":" + infoOf(*entry) : QByteArray();
            all += '}';
        }
    }
    return {200, expand ? QByteArray('{' + all + '}') : QByteArray('[' + all + ']'), {}};
}

FakeAnswer FakeCluster::create(const QByteArray &body)
{
    const auto json = Json::parse(body.toStdString(), nullptr, false);
    if (json.is_discarded() || !json.is_object() || !json.contains("config")) {
        return connectError(500, QStringLiteral("Unrecognized body"));
    }
    const auto name = QString::fromStdString(json.value("name", std::string()));
    if (m_entries.contains(name)) {
        return connectError(409, QStringLiteral("Connector %1 already exists").arg(name));
    }
    FakeConnector connector;
    connector.name = name;
    connector.config = readConfig(json["config"]);
    put(connector);
    auto info = infoJson(connector);
    info["tasks"] = Json::array();
    return {201, dump(info), "/connectors/" + QUrl::toPercentEncoding(name)};
}

FakeAnswer FakeCluster::putConfig(const QString &name, const QByteArray &body)
{
    const auto json = Json::parse(body.toStdString(), nullptr, false);
    if (!json.is_object()) {
        return connectError(500, QStringLiteral("Cannot deserialize value"));
    }
    const bool isNew = !m_entries.contains(name);
    if (isNew) {
        FakeConnector connector;
        connector.name = name;
        put(connector);
    }
    change(name, [&json](FakeConnector &connector) { connector.config = readConfig(json); });
    return {isNew ? 201 : 200, infoOf(m_entries[name]), {}};
}

FakeAnswer FakeCluster::connectorResource(const QByteArray &method, const QStringList &segments,
    const QByteArray &query, const QByteArray &body, milliseconds now)
{
    const auto &name = segments[1];
    const auto action = segments.value(2);
    const auto found = m_entries.find(name);
    const bool exists = found != m_entries.end();
    const auto notFound = [&name] {
        return connectError(404, QStringLiteral("Connector %1 not found").arg(name));
    };
    if (action == QLatin1String("topics")) { // never 404
        const auto topics = exists ? found->connector.topics : QStringList();
        Json list = Json::array();
        for (const auto &topic : topics) {
            list.push_back(utf8(topic));
        }
        return topicTracking ? FakeAnswer {200, dump({{utf8(name), {{"topics", list}}}}), {}}
                             : connectError(403, QStringLiteral("Topic tracking is disabled."));
    }
    if (action == QLatin1String("config") && method == "PUT") {
        return putConfig(name, body);
    }
    if (method == "PUT") {
        return exists ? changeState(name, action, now)
                      : connectError(404, QStringLiteral("Unknown connector %1").arg(name));
    }
    if (method == "POST") {
        if (!exists) {
            return connectError(404, QStringLiteral("Unknown connector: %1").arg(name));
        }
        return action == QLatin1String("tasks") ? restartTask(*found, segments.value(3), now)
                                                : restart(*found, query, now);
    }
    if (action == QLatin1String("status")) {
        return exists ? FakeAnswer {200, statusOf(*found), {}}
                      : connectError(404, QStringLiteral("No status found for connector %1").arg(name));
    }
    if (!exists) {
        return notFound();
    }
    if (method == "DELETE" && action.isEmpty()) {
        remove(name);
        return {204, {}, {}};
    }
    if (action == QLatin1String("config")) {
        return {200, dump(configJson(found->connector)), {}};
    }
    if (action == QLatin1String("offsets")) {
        return {200, "{\"offsets\":" + found->connector.offsets + '}', {}};
    }
    return action.isEmpty() ? FakeAnswer {200, infoOf(*found), {}}
                            : connectError(404, QStringLiteral("HTTP 404 Not Found"));
}

FakeAnswer FakeCluster::changeState(const QString &name, const QString &action, milliseconds now)
{
    static const QHash<QString, QString> targets {{QStringLiteral("pause"), QStringLiteral("PAUSED")},
        {QStringLiteral("resume"), QStringLiteral("RUNNING")}, {QStringLiteral("stop"), QStringLiteral("STOPPED")}};
    if (!targets.contains(action)) {
        return connectError(404, QStringLiteral("HTTP 404 Not Found"));
    }
    const auto target = targets[action];
    const auto wanted = m_entries[name].configuredTasks;
    later(now + delays.connector, name, [target](FakeConnector &c) { c.state = target; });
    later(now + delays.tasks, name, [target, wanted](FakeConnector &c) {
        if (target == QLatin1String("STOPPED")) {
            c.tasks.clear();
        } else if (target == QLatin1String("RUNNING") && c.tasks.empty()) {
            c.tasks.assign(wanted, FakeTask {});
        }
        for (auto &task : c.tasks) { // a failed task stays failed through pause and resume
            task.state = task.state == QLatin1String("FAILED") ? task.state : target;
        }
    });
    return {target == QLatin1String("STOPPED") ? 204 : 202, {}, {}};
}

void FakeCluster::restartTaskLater(const QString &name, size_t index, milliseconds now)
{
    const auto before = m_entries[name].connector.tasks.at(index);
    const bool hopeless = m_entries[name].connector.failsAgain && before.state == QLatin1String("FAILED");
    const auto set = [index](const QString &state, const QString &trace) {
        return [index, state, trace](FakeConnector &c) {
            if (index < c.tasks.size()) {
                c.tasks[index].state = state;
                c.tasks[index].trace = trace;
            }
        };
    };
    later(now + delays.tasks, name, set(QStringLiteral("RUNNING"), {}));
    if (hopeless) {
        later(now + delays.tasks + delays.greenFlash, name, set(QStringLiteral("FAILED"), before.trace));
    }
}

FakeAnswer FakeCluster::restart(Entry &entry, const QByteArray &query, milliseconds now)
{
    const bool includeTasks = query.contains("includeTasks=true");
    const bool onlyFailed = query.contains("onlyFailed=true");
    const auto name = entry.connector.name;
    auto plan = entry.connector;
    const bool stopped = plan.state == QLatin1String("STOPPED");
    if (!stopped && (!onlyFailed || plan.state == QLatin1String("FAILED"))) {
        plan.state = QStringLiteral("RESTARTING");
        later(now + delays.connector, name, [](FakeConnector &c) {
            c.state = QStringLiteral("RUNNING");
            c.trace.clear();
        });
    }
    for (size_t i = 0; includeTasks && i < plan.tasks.size(); ++i) {
        if (!onlyFailed || plan.tasks[i].state == QLatin1String("FAILED")) {
            plan.tasks[i].state = QStringLiteral("RESTARTING");
            restartTaskLater(name, i, now);
        }
    }
    return includeTasks || onlyFailed ? FakeAnswer {202, dump(statusJson(plan)), {}} : FakeAnswer {204, {}, {}};
}

FakeAnswer FakeCluster::restartTask(Entry &entry, const QString &id, milliseconds now)
{
    bool isNumber = false;
    const auto index = id.toUInt(&isNumber);
    if (!isNumber) {
        return connectError(404, QStringLiteral("HTTP 404 Not Found"));
    }
    if (index >= entry.connector.tasks.size()) {
        return connectError(404, QStringLiteral("Unknown task: %1-%2").arg(entry.connector.name, id));
    }
    restartTaskLater(entry.connector.name, index, now);
    return {204, {}, {}};
}

FakeAnswer FakeCluster::setLogger(const QString &logger, const QByteArray &query, const QByteArray &body)
{
    const auto json = Json::parse(body.toStdString(), nullptr, false);
    if (!json.is_object() || !json.contains("level")) {
        return connectError(400, QStringLiteral("Desired 'level' parameter was not specified in request."));
    }
    m_loggers[logger] = QString::fromStdString(json["level"].get<std::string>());
    return query.contains("scope=cluster") ? FakeAnswer {204, {}, {}}
                                           : FakeAnswer {200, QByteArray('[' + quoted(logger) + ']'), {}};
}

FakeAnswer FakeCluster::other(
    const QByteArray &method, const QStringList &segments, const QByteArray &query, const QByteArray &body)
{
    if (segments.isEmpty()) {
        return {200,
            dump({{"version", utf8(version)}, {"commit", utf8(commit)}, {"kafka_cluster_id", utf8(kafkaClusterId)}}),
            {}};
    }
    if (segments[0] == QLatin1String("connector-plugins")) {
        return {200, method == "PUT" ? validateJson : pluginsJson, {}};
    }
    if (segments[0] == QLatin1String("admin") && segments.value(1) == QLatin1String("loggers")) {
        if (method == "PUT") {
            return setLogger(segments.value(2), query, body);
        }
        Json all = Json::object();
        for (auto logger = m_loggers.begin(); logger != m_loggers.end(); ++logger) {
            all[utf8(logger.key())] = {{"level", utf8(logger.value())}, {"last_modified", nullptr}};
        }
        return {200, dump(all), {}};
    }
    return connectError(404, QStringLiteral("HTTP 404 Not Found"));
}

} // namespace headgate::fake
