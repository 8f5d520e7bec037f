// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/herder.h"

#include <QTimer>

#include <charconv>

// Positions (KIP-875) and what was kept before the last start.
namespace headgate::localworker {

namespace {

std::optional<std::int64_t> integerOf(const Json &value)
{
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        return number <= static_cast<std::uint64_t>(INT64_MAX) ? std::optional(static_cast<std::int64_t>(number))
                                                               : std::nullopt;
    }
    if (value.is_number_integer()) {
        return value.get<std::int64_t>();
    }
    if (!value.is_string()) {
        return std::nullopt;
    }
    const auto &text = value.get_ref<const std::string &>();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc {} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::string shown(const Json &value)
{
    return value.is_string() ? value.get<std::string>() : dump(value);
}

//! A sink's partition and offset as Connect reads them, or its words for what is wrong.
RestResult<PositionEdits::value_type> sinkEdit(const PositionChange &change)
{
    if (change.partition.is_null()) {
        return refuse(400, "The partition for a sink connector offset cannot be null or missing");
    }
    if (!change.partition.contains("kafka_topic") || !change.partition.contains("kafka_partition")) {
        return refuse(
            400, "The partition for a sink connector offset must contain the keys 'kafka_topic' and 'kafka_partition'");
    }
    const auto partition = integerOf(change.partition["kafka_partition"]);
    if (!partition || *partition != static_cast<std::int32_t>(*partition)) {
        return refuse(400,
            "Failed to parse the following Kafka partition value in the provided offsets: '"
                + shown(change.partition["kafka_partition"])
                + "'. Partition values for sink connectors need to be integers.");
    }
    const std::pair tp {shown(change.partition["kafka_topic"]), static_cast<std::int32_t>(*partition)};
    if (change.offset.is_null()) {
        return PositionEdits::value_type {tp, std::nullopt};
    }
    if (!change.offset.contains("kafka_offset")) {
        return refuse(400, "The offset for a sink connector should either be null or contain the key 'kafka_offset'");
    }
    const auto offset = integerOf(change.offset["kafka_offset"]);
    if (!offset) {
        return refuse(400,
            "Failed to parse the following Kafka offset value in the provided offsets: '"
                + shown(change.offset["kafka_offset"]) + "'. Offset values for sink connectors need to be integers.");
    }
    return PositionEdits::value_type {tp, *offset};
}

//! FileStreamSource's own checks; its exceptions come out as 500.
RestResult<void> judgeFilePosition(const PositionChange &change)
{
    if (change.offset.is_null() && !change.partition.is_null()) {
        return {};
    }
    if (change.partition.is_null()) {
        return refuse(500, "Partition objects cannot be null");
    }
    if (!change.partition.contains("filename")) {
        return refuse(500, "Partition objects should contain the key 'filename'");
    }
    if (!change.offset.contains("position")) {
        return refuse(500, "Offset objects should either be null or contain the key 'position'");
    }
    if (!change.offset["position"].is_number_integer()) {
        return refuse(500, "The value for the 'position' key in the offset is expected to be a Long value");
    }
    if (change.offset["position"].get<std::int64_t>() < 0) {
        return refuse(500, "The value for the 'position' key in the offset should be a non-negative value");
    }
    return {};
}

Json altered(const char *how)
{
    return {{"message", std::string("The offsets for this connector have been ") + how + " successfully"}};
}

std::string groupOf(const ConnectorConfig &config, const std::string &name)
{
    return config.get("consumer.override.group.id", "connect-" + name);
}

RestError mustBeStopped(const std::string &name)
{
    return {400,
        "Connectors must be in the STOPPED state before their offsets can be modified. This can be done for the "
        "specified connector "
        "by issuing a 'PUT' request to the '/connectors/"
            + name + "/stop' endpoint"};
}

} // namespace

Json Herder::storedOffset(const std::string &connector, const Json &partition) const
{
    const auto mine = m_sourceOffsets.find(connector);
    if (mine == m_sourceOffsets.end()) {
        return {};
    }
    const auto it = mine->second.find(dump(partition));
    return it == mine->second.end() ? Json() : it->second.second;
}

QCoro::Task<RestResult<Json>> Herder::offsets(std::string name)
{
    const auto entry = find(name);
    if (!entry) {
        co_return refuse(404, "Connector " + name + " not found");
    }
    Json list = Json::array();
    if (!entry->isSink()) {
        for (const auto &[text, kept] : m_sourceOffsets[name]) {
            list.push_back({{"partition", kept.first}, {"offset", kept.second}});
        }
        co_return Json {{"offsets", std::move(list)}};
    }
    const auto positions = co_await m_parts.sinkOffsets->list(name, groupOf(entry->config, name));
    if (!positions) {
        co_return tl::unexpected(positions.error());
    }
    for (const auto &[tp, next] : *positions) {
        list.push_back({{"partition", {{"kafka_partition", tp.second}, {"kafka_topic", tp.first}}},
            {"offset", {{"kafka_offset", next}}}});
    }
    co_return Json {{"offsets", std::move(list)}};
}

QCoro::Task<RestResult<Json>> Herder::alterOffsets(std::string name, std::vector<PositionChange> changes)
{
    if (changes.empty()) {
        co_return refuse(400, "Partitions / offsets need to be provided for an alter offsets request");
    }
    const auto entry = find(name);
    if (!entry) {
        co_return refuse(404, "Connector " + name + " not found");
    }
    const auto guard = co_await entry->lock.acquire(); // right after a stop it waits until the tasks have ended
    if (entry->target != TargetState::Stopped) {
        co_return tl::unexpected(mustBeStopped(name));
    }
    if (entry->isSink()) {
        co_return co_await alterSink(entry, std::move(changes));
    }
    co_return co_await alterSource(entry, std::move(changes));
}

QCoro::Task<RestResult<Json>> Herder::alterSink(Entry entry, std::vector<PositionChange> changes)
{
    PositionEdits edits;
    for (const auto &change : changes) {
        auto edit = sinkEdit(change);
        if (!edit) {
            co_return tl::unexpected(edit.error());
        }
        if (edit->second && *edit->second < 0) {
            co_return refuse(500, "Failed to modify offsets for sink connector " + entry->name);
        }
        edits.push_back(std::move(*edit));
    }
    const auto done
        = co_await m_parts.sinkOffsets->alter(entry->name, groupOf(entry->config, entry->name), std::move(edits));
    co_return done ? RestResult<Json>(altered("altered")) : tl::unexpected(done.error());
}

QCoro::Task<RestResult<Json>> Herder::alterSource(Entry entry, std::vector<PositionChange> changes)
{
    const bool file = entry->plugin() && entry->plugin()->className.ends_with("FileStreamSourceConnector");
    for (const auto &change : changes) {
        if (auto good = file ? judgeFilePosition(change) : RestResult<void>(); !good) {
            co_return tl::unexpected(good.error());
        }
    }
    auto &mine = m_sourceOffsets[entry->name];
    for (const auto &change : changes) {
        const auto text = dump(change.partition);
        const auto value = change.offset.is_null() ? std::nullopt : std::optional(change.offset);
        if (const auto kept
            = co_await m_parts.log->put(StateTopic::Offsets, dump(Json::array({entry->name, change.partition})), value);
            !kept) {
            co_return refuse(500, "Failed to alter offsets for connector " + entry->name);
        }
        if (value) {
            mine[text] = {change.partition, *value};
        } else {
            mine.erase(text);
        }
    }
    co_return altered("altered");
}

QCoro::Task<RestResult<Json>> Herder::resetOffsets(std::string name)
{
    const auto entry = find(name);
    if (!entry) {
        co_return refuse(404, "Connector " + name + " not found");
    }
    const auto guard = co_await entry->lock.acquire();
    if (entry->target != TargetState::Stopped) {
        co_return tl::unexpected(mustBeStopped(name));
    }
    if (entry->isSink()) {
        const auto done = co_await m_parts.sinkOffsets->reset(name, groupOf(entry->config, name));
        co_return done ? RestResult<Json>(altered("reset")) : tl::unexpected(done.error());
    }
    for (const auto &[text, kept] : std::exchange(m_sourceOffsets[name], {})) {
        co_await m_parts.log->put(StateTopic::Offsets, dump(Json::array({name, kept.first})), std::nullopt);
    }
    co_return altered("reset");
}

void Herder::restore(const std::map<StateTopic, StateMap> &state)
{
    const auto topic = [&state](StateTopic which) {
        const auto it = state.find(which);
        return it == state.end() ? StateMap() : it->second;
    };
    const auto configs = topic(StateTopic::Configs);
    for (const auto &[key, value] : configs) {
        if (!key.starts_with("connector-") || !value.is_object() || !value.contains("properties")) {
            continue;
        }
        auto entry = std::make_shared<ConnectorEntry>();
        entry->name = key.substr(10);
        entry->config = ConnectorConfig::fromJson(value["properties"]);
        if (const auto target = configs.find("target-state-" + entry->name); target != configs.end()) {
            const auto text = target->second.value("state.v2", target->second.value("state", "STARTED"));
            entry->target = text == "STOPPED" ? TargetState::Stopped
                : text == "PAUSED"            ? TargetState::Paused
                                              : TargetState::Started;
        }
        const auto commit = configs.find("commit-" + entry->name);
        entry->hadTasks = commit != configs.end() && commit->second.value("tasks", 0) > 0;
        while (configs.contains("task-" + entry->name + '-' + std::to_string(entry->knownTasks))) {
            ++entry->knownTasks;
        }
        m_connectors[entry->name] = entry;
    }
    for (const auto &[key, value] : topic(StateTopic::Offsets)) {
        const auto parts = parseJson(key);
        if (parts.is_array() && parts.size() == 2 && parts[0].is_string()) {
            m_sourceOffsets[parts[0].get<std::string>()][dump(parts[1])] = {parts[1], value};
        }
    }
    for (const auto &[key, value] : topic(StateTopic::Status)) {
        if (key.starts_with("status-topic-") && value.is_object() && value.contains("topic")) {
            if (const auto entry = find(value["topic"].value("connector", ""))) {
                entry->topics.insert(value["topic"].value("name", ""));
            }
        }
    }
    for (const auto &[name, entry] : m_connectors) {
        reconcile(this, entry);
    }
}

} // namespace headgate::localworker
