// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/herder.h"

#include <QTimer>

#include <algorithm>

// Reading side and what a client may ask for. How tasks live: herdertasks.cpp; positions: herderoffsets.cpp.
namespace headgate::localworker {

namespace {

RestError notFound(const std::string &name)
{
    return {404, "Connector " + name + " not found"};
}

} // namespace

const char *textOf(TargetState state)
{
    switch (state) {
    case TargetState::Started:
        return "STARTED";
    case TargetState::Paused:
        return "PAUSED";
    case TargetState::Stopped:
        return "STOPPED";
    }
    return "";
}

const char *textOf(ConnectorState state)
{
    switch (state) {
    case ConnectorState::Unassigned:
        return "UNASSIGNED";
    case ConnectorState::Running:
        return "RUNNING";
    case ConnectorState::Paused:
        return "PAUSED";
    case ConnectorState::Stopped:
        return "STOPPED";
    case ConnectorState::Failed:
        return "FAILED";
    }
    return "";
}

const char *textOf(TaskState state)
{
    switch (state) {
    case TaskState::Unassigned:
        return "UNASSIGNED";
    case TaskState::Running:
        return "RUNNING";
    case TaskState::Paused:
        return "PAUSED";
    case TaskState::Failed:
        return "FAILED";
    case TaskState::Restarting:
        return "RESTARTING";
    }
    return "";
}

Herder::Herder(Parts parts)
    : m_parts(std::move(parts))
{
}

Herder::~Herder() = default;

Herder::Entry Herder::find(const std::string &name) const
{
    const auto it = m_connectors.find(name);
    return it == m_connectors.end() ? nullptr : it->second;
}

std::vector<std::string> Herder::names() const
{
    std::vector<std::string> all;
    for (const auto &[name, entry] : m_connectors) {
        all.push_back(name);
    }
    return all;
}

std::string Herder::workerOf(const std::string &name, int task) const
{
    const auto place = qHash(QByteArrayView(name.data(), static_cast<qsizetype>(name.size())), 0)
        + static_cast<std::size_t>(task + 1);
    return m_workerIds.empty() ? std::string() : m_workerIds[place % m_workerIds.size()];
}

Json Herder::infoOf(const ConnectorEntry &entry) const
{
    Json tasks = Json::array();
    for (std::size_t i = 0; i < entry.tasks.size(); ++i) {
        tasks.push_back({{"connector", entry.name}, {"task", i}});
    }
    return {{"name", entry.name}, {"config", entry.config.toJson()}, {"tasks", std::move(tasks)},
        {"type", entry.plugin() ? entry.plugin()->typeName() : "unknown"}};
}

std::optional<Json> Herder::info(const std::string &name) const
{
    const auto entry = find(name);
    return entry ? std::optional(infoOf(*entry)) : std::nullopt;
}

Json Herder::statusOf(const ConnectorEntry &entry) const
{
    const bool instantiated = entry.state != ConnectorState::Failed;
    Json connector {{"state", textOf(entry.state)}, {"worker_id", workerOf(entry.name, -1)},
        {"version", instantiated ? Json(workerVersion) : Json()}};
    if (!entry.trace.empty()) {
        connector["trace"] = entry.trace;
    }
    Json tasks = Json::array();
    for (const auto &task : entry.tasks) {
        Json one {{"id", task->id().task}, {"state", textOf(task->state())},
            {"worker_id", workerOf(entry.name, task->id().task)}, {"version", workerVersion}};
        if (!task->trace().empty()) {
            one["trace"] = task->trace();
        }
        tasks.push_back(std::move(one));
    }
    return {{"name", entry.name}, {"connector", std::move(connector)}, {"tasks", std::move(tasks)},
        {"type", entry.plugin() ? entry.plugin()->typeName() : "unknown"}};
}

std::optional<Json> Herder::status(const std::string &name) const
{
    auto entry = find(name);
    if (const auto leaving = m_leaving.find(name); !entry && leaving != m_leaving.end()) {
        entry = leaving->second;
    }
    return entry && entry->hasStatus ? std::optional(statusOf(*entry)) : std::nullopt;
}

std::optional<Json> Herder::taskStatus(const std::string &name, int task) const
{
    const auto all = status(name);
    if (all) {
        for (const auto &one : (*all)["tasks"]) {
            if (one["id"] == task) {
                return one;
            }
        }
    }
    return std::nullopt;
}

RestResult<ConnectorConfig> Herder::config(const std::string &name) const
{
    const auto entry = find(name);
    return entry ? RestResult<ConnectorConfig>(entry->config) : tl::unexpected(notFound(name));
}

RestResult<Json> Herder::taskConfigs(const std::string &name) const
{
    const auto entry = find(name);
    if (!entry) {
        return tl::unexpected(notFound(name));
    }
    Json all = Json::array();
    for (std::size_t i = 0; i < entry->tasks.size(); ++i) {
        auto config = entry->config;
        config.set("task.class", entry->plugin()->taskClass);
        all.push_back({{"id", {{"connector", name}, {"task", i}}}, {"config", config.toJson()}});
    }
    return all;
}

std::set<std::string> Herder::topics(const std::string &name) const
{
    const auto entry = find(name);
    return entry ? entry->topics : std::set<std::string>();
}

void Herder::resetTopics(const std::string &name)
{
    if (const auto entry = find(name)) {
        for (const auto &topic : std::exchange(entry->topics, {})) {
            m_parts.log->putLater(StateTopic::Status, "status-topic-" + topic + ":connector-" + name, std::nullopt);
        }
    }
}

RestResult<void> Herder::judge(const std::string &name, const ConnectorConfig &config) const
{
    const auto className = config.get("connector.class");
    if (className.empty()) {
        return refuse(400, "Connector config " + config.toJavaText() + " contains no connector type");
    }
    const auto *plugin = findConnector(className);
    if (!plugin) {
        return refuse(400, noSuchConnector(className));
    }
    const auto errors = validate(*plugin, config, m_parts.environment).errors();
    if (!errors.empty()) {
        std::string text = "Connector configuration is invalid and contains the following "
            + std::to_string(errors.size()) + " error(s):";
        for (const auto &error : errors) {
            text += '\n' + error;
        }
        return refuse(400,
            text
                + "\nYou can also find the above list of errors at the endpoint "
                  "`/connector-plugins/{connectorType}/config/validate`");
    }
    if (config.get("name") != name) {
        return refuse(400,
            "Connector name configuration (" + config.get("name") + ") doesn't match connector name in the URL (" + name
                + ')');
    }
    return {};
}

QCoro::Task<RestResult<void>> Herder::keepConfig(Entry entry)
{
    const auto kept = co_await m_parts.log->put(
        StateTopic::Configs, "connector-" + entry->name, Json {{"properties", entry->config.toJson()}});
    if (!kept) {
        co_return refuse(500, "Error writing connector configuration to Kafka: " + kept.error().message.toStdString());
    }
    co_return RestResult<void>();
}

QCoro::Task<RestResult<Json>> Herder::create(std::string name, ConnectorConfig config, TargetState initial)
{
    if (auto good = judge(name, config); !good) {
        co_return tl::unexpected(good.error());
    }
    if (has(name)) {
        co_return refuse(409, "Connector " + name + " already exists");
    }
    auto entry = std::make_shared<ConnectorEntry>();
    entry->name = name;
    entry->config = std::move(config);
    entry->target = initial;
    m_connectors[name] = entry;
    if (initial != TargetState::Started) { // before the connector's own record, as Connect writes it
        m_parts.log->putLater(
            StateTopic::Configs, "target-state-" + name, Json {{"state", "PAUSED"}, {"state.v2", textOf(initial)}});
    }
    if (auto kept = co_await keepConfig(entry); !kept) {
        m_connectors.erase(name);
        co_return tl::unexpected(kept.error());
    }
    QTimer::singleShot(0, this, [this, entry] { reconcile(this, entry); });
    co_return infoOf(*entry);
}

QCoro::Task<RestResult<Herder::Put>> Herder::putConfig(std::string name, ConnectorConfig config)
{
    if (auto good = judge(name, config); !good) {
        co_return tl::unexpected(good.error());
    }
    const auto entry = find(name);
    if (!entry) {
        auto made = co_await create(name, std::move(config), TargetState::Started);
        co_return made ? RestResult<Put>(Put {true, std::move(*made)}) : tl::unexpected(made.error());
    }
    entry->config = std::move(config);
    entry->configIsNew = true;
    if (auto kept = co_await keepConfig(entry); !kept) {
        co_return tl::unexpected(kept.error());
    }
    auto answer = infoOf(*entry);
    QTimer::singleShot(0, this, [this, entry] { reconcile(this, entry); });
    co_return Put {false, std::move(answer)};
}

QCoro::Task<RestResult<Json>> Herder::patchConfig(std::string name, Json patch)
{
    const auto entry = find(name);
    if (!entry) {
        co_return tl::unexpected(notFound(name));
    }
    auto merged = entry->config;
    for (const auto &change : ConnectorConfig::fromJson(patch).entries()) {
        change.value ? merged.set(change.key, change.value) : merged.remove(change.key);
    }
    // Connect does not compare the name here, though it does for PUT; the changed name is only stored.
    auto judged = merged;
    judged.set("name", name);
    if (auto good = judge(name, judged); !good) {
        co_return tl::unexpected(good.error());
    }
    entry->config = std::move(merged);
    entry->configIsNew = true;
    if (auto kept = co_await keepConfig(entry); !kept) {
        co_return tl::unexpected(kept.error());
    }
    auto answer = infoOf(*entry);
    QTimer::singleShot(0, this, [this, entry] { reconcile(this, entry); });
    co_return answer;
}

QCoro::Task<RestResult<void>> Herder::remove(std::string name)
{
    const auto entry = find(name);
    if (!entry) {
        co_return tl::unexpected(notFound(name));
    }
    for (const auto *prefix : {"connector-", "target-state-"}) {
        if (const auto kept = co_await m_parts.log->put(StateTopic::Configs, prefix + name, std::nullopt); !kept) {
            co_return refuse(
                500, "Error removing connector configuration from Kafka: " + kept.error().message.toStdString());
        }
    }
    resetTopics(name);
    entry->deleted = true;
    m_connectors.erase(name);
    m_leaving[name] = entry;
    reconcile(this, entry);
    co_return RestResult<void>();
}

QCoro::Task<RestResult<void>> Herder::setTarget(std::string name, TargetState target)
{
    const auto entry = find(name);
    if (!entry) {
        co_return refuse(404, "Unknown connector " + name);
    }
    const Json record {{"state", target == TargetState::Started ? "STARTED" : "PAUSED"}, {"state.v2", textOf(target)}};
    if (const auto kept = co_await m_parts.log->put(StateTopic::Configs, "target-state-" + name, record); !kept) {
        co_return refuse(500, "Error writing target state to Kafka");
    }
    entry->target = target;
    reconcile(this, entry);
    co_return RestResult<void>();
}

QCoro::Task<RestResult<void>> Herder::restartConnector(std::string name)
{
    const auto entry = find(name);
    if (!entry) {
        co_return refuse(404, "Unknown connector: " + name);
    }
    const auto guard = co_await entry->lock.acquire();
    if (entry->target == TargetState::Started) {
        startConnector(entry);
        publish(entry);
    }
    if (entry->state == ConnectorState::Failed) {
        co_return refuse(500, "Failed to start connector: " + name);
    }
    co_return RestResult<void>();
}

RestResult<Json> Herder::restartWithPlan(const std::string &name, bool includeTasks, bool onlyFailed)
{
    const auto entry = find(name);
    if (!entry) {
        return refuse(404, "Unknown connector: " + name);
    }
    m_parts.log->putLater(StateTopic::Configs, "restart-connector-" + name,
        Json {{"include-tasks", includeTasks}, {"only-failed", onlyFailed}});
    auto plan = statusOf(*entry);
    const bool connectorToo = !onlyFailed || entry->state == ConnectorState::Failed;
    if (connectorToo) {
        plan["connector"]["state"] = "RESTARTING";
    }
    std::vector<int> tasks;
    for (std::size_t i = 0; includeTasks && i < entry->tasks.size(); ++i) {
        if (!onlyFailed || entry->tasks[i]->state() == TaskState::Failed) {
            plan["tasks"][i]["state"] = "RESTARTING";
            tasks.push_back(static_cast<int>(i));
        }
    }
    QTimer::singleShot(0, this, [this, entry, connectorToo, tasks] { restartParts(this, entry, connectorToo, tasks); });
    return plan;
}

QCoro::Task<RestResult<void>> Herder::restartTask(std::string name, int task)
{
    const auto entry = find(name);
    if (!entry) {
        co_return refuse(404, "Unknown connector: " + name);
    }
    if (task < 0 || task >= entry->knownTasks) {
        co_return refuse(404, "Unknown task: " + name + '-' + std::to_string(task));
    }
    if (task >= static_cast<int>(entry->tasks.size())) { // it rests: what real Connect says is permanent here
        co_return refuse(409,
            "Cannot complete request momentarily due to no known leader URL, likely because a rebalance was underway.");
    }
    co_await restartParts(this, entry, false, {task});
    co_return RestResult<void>();
}

} // namespace headgate::localworker
