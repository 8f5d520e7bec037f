// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/internaltopics.h"

#include <QCryptographicHash>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace headgate {

namespace {

using nlohmann::json;

constexpr QByteArrayView statusConnector("status-connector-");
constexpr QByteArrayView statusTask("status-task-");
constexpr QByteArrayView statusTopic("status-topic-");
constexpr QByteArrayView sessionKey("session-key");

json parsed(const QByteArray &text)
{
    return json::parse(text.begin(), text.end(), nullptr, false);
}

QString textAt(const json &object, const char *key)
{
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

std::optional<QByteArray> rest(const QByteArray &key, QByteArrayView prefix)
{
    return key.startsWith(prefix) && key.size() > prefix.size() ? std::optional(key.mid(prefix.size())) : std::nullopt;
}

//! "a-0-1" -> connector "a-0", task 1: names may hold dashes and digits, the task is what follows the last dash.
std::optional<std::pair<QString, int>> taskOf(const QByteArray &text)
{
    const auto dash = text.lastIndexOf('-');
    bool isNumber = false;
    const int task = dash > 0 ? text.mid(dash + 1).toInt(&isNumber) : -1;
    if (!isNumber || task < 0) {
        return std::nullopt;
    }
    return std::pair(QString::fromUtf8(text.left(dash)), task);
}

InternalTopic kindOfKey(const QByteArray &key)
{
    if (key.startsWith(statusConnector) || key.startsWith(statusTask) || key.startsWith(statusTopic)) {
        return InternalTopic::Status;
    }
    static constexpr QByteArrayView configKeys[] = {
        "connector-", "task-", "commit-", "target-state-", "restart-connector-", "tasks-fencing-", "logger-cluster-"};
    if (key == sessionKey
        || std::ranges::any_of(configKeys, [&key](QByteArrayView prefix) { return key.startsWith(prefix); })) {
        return InternalTopic::Config;
    }
    // ["name",{partition}] of the offset topic
    const auto array = key.startsWith('[') ? parsed(key) : json();
    const bool offsets = array.is_array() && array.size() == 2 && array[0].is_string() && array[1].is_object();
    return offsets ? InternalTopic::Offsets : InternalTopic::None;
}

//! The object of a value: nothing for a tombstone and for what is no object.
struct Value
{
    bool removed = false;
    json object;
};
std::optional<Value> valueOf(const Record &record)
{
    if (!record.value) {
        return Value {.removed = true};
    }
    auto object = parsed(*record.value);
    return object.is_object() ? std::optional(Value {.object = std::move(object)}) : std::nullopt;
}

//! nlohmann sorts keys, so that the order in which a worker wrote them does not matter.
QByteArray hashOf(const json &object)
{
    const auto found = object.find("properties");
    if (found == object.end() || !found->is_object()) {
        return {};
    }
    const auto text = found->dump(-1, ' ', false, json::error_handler_t::replace);
    return QCryptographicHash::hash(QByteArrayView(text.data(), qsizetype(text.size())), QCryptographicHash::Sha256)
        .toHex();
}

std::optional<ConfigRecord> configKey(const QByteArray &key)
{
    using enum ConfigRecord::Kind;
    if (const auto name = rest(key, "connector-")) {
        return ConfigRecord {.kind = Connector, .connector = QString::fromUtf8(*name)};
    }
    if (const auto name = rest(key, "commit-")) {
        return ConfigRecord {.kind = Commit, .connector = QString::fromUtf8(*name)};
    }
    if (const auto name = rest(key, "target-state-")) {
        return ConfigRecord {.kind = TargetState, .connector = QString::fromUtf8(*name)};
    }
    const auto name = rest(key, "task-");
    if (const auto task = name ? taskOf(*name) : std::nullopt) {
        return ConfigRecord {.kind = Task, .connector = task->first, .task = task->second};
    }
    return std::nullopt;
}

void fill(ConfigRecord &record, const json &object)
{
    switch (record.kind) {
    case ConfigRecord::Kind::Connector:
    case ConfigRecord::Kind::Task:
        record.hash = hashOf(object);
        return;
    case ConfigRecord::Kind::Commit:
        record.taskCount
            = object.contains("tasks") && object["tasks"].is_number_integer() ? object["tasks"].get<int>() : 0;
        return;
    case ConfigRecord::Kind::TargetState:
        record.targetState = textAt(object, "state.v2"); // since 3.5; `state` says PAUSED for STOPPED to older workers
        record.targetState = record.targetState.isEmpty() ? textAt(object, "state") : record.targetState;
        return;
    }
}

} // namespace

InternalTopic recogniseTopic(const std::vector<Record> &sample)
{
    std::optional<InternalTopic> kind;
    for (const auto &record : sample) {
        const auto one = record.key ? kindOfKey(*record.key) : InternalTopic::None;
        if (kind && *kind != one) {
            return InternalTopic::None;
        }
        kind = one;
    }
    return kind.value_or(InternalTopic::None);
}

std::optional<StatusRecord> decodeStatus(const Record &record)
{
    if (!record.key) {
        return std::nullopt;
    }
    StatusRecord status {.at = record.timestamp};
    if (const auto name = rest(*record.key, statusConnector)) {
        status.connector = QString::fromUtf8(*name);
    } else if (const auto tail = rest(*record.key, statusTask)) {
        const auto task = taskOf(*tail);
        if (!task) {
            return std::nullopt;
        }
        status.connector = task->first;
        status.task = task->second;
    } else {
        return std::nullopt;
    }
    const auto value = valueOf(record);
    if (!value) {
        return std::nullopt;
    }
    status.removed = value->removed;
    status.state = value->removed ? State {} : parseState(textAt(value->object, "state"));
    status.workerId = textAt(value->object, "worker_id");
    return status;
}

std::optional<ConfigRecord> decodeConfig(const Record &record)
{
    if (!record.key || *record.key == sessionKey) {
        return std::nullopt;
    }
    auto config = configKey(*record.key);
    const auto value = config ? valueOf(record) : std::nullopt;
    if (!value) {
        return std::nullopt;
    }
    config->at = record.timestamp;
    config->removed = value->removed;
    if (!value->removed) {
        fill(*config, value->object);
    }
    return config;
}

bool ConnectHistory::apply(const StatusRecord &record)
{
    const Key key(record.connector, record.task.value_or(-1));
    if (record.removed) {
        return m_states.remove(key) > 0;
    }
    const auto held = m_states.constFind(key);
    if (held != m_states.cend() && held->state == record.state) {
        return false;
    }
    m_states.insert(key, {record.state, record.at});
    return true;
}

bool ConnectHistory::apply(const ConfigRecord &record)
{
    if (record.kind != ConfigRecord::Kind::Connector) {
        return false;
    }
    if (record.removed) {
        return m_configs.remove(record.connector) > 0;
    }
    const auto known = m_configs.constFind(record.connector);
    if (known != m_configs.cend() && known->hash == record.hash) {
        return false; // written again as it was
    }
    m_configs.insert(record.connector, {record.hash, record.at});
    return true;
}

std::optional<Instant> ConnectHistory::since(const QString &connector, std::optional<int> task) const
{
    const auto held = m_states.constFind(Key(connector, task.value_or(-1)));
    return held == m_states.cend() ? std::nullopt : std::optional(held->since);
}

std::optional<State> ConnectHistory::state(const QString &connector, std::optional<int> task) const
{
    const auto held = m_states.constFind(Key(connector, task.value_or(-1)));
    return held == m_states.cend() ? std::nullopt : std::optional(held->state);
}

std::optional<Instant> ConnectHistory::changed(const QString &connector) const
{
    const auto known = m_configs.constFind(connector);
    return known == m_configs.cend() ? std::nullopt : std::optional(known->at);
}

QStringList ConnectHistory::connectors() const
{
    QStringList names;
    for (auto each = m_states.cbegin(); each != m_states.cend(); ++each) {
        if (each.key().second < 0) {
            names.append(each.key().first);
        }
    }
    names.sort();
    return names;
}

} // namespace headgate
