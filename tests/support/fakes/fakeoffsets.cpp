// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/connectjson.h"
#include "clients/connect/jsontape.h"
#include "support/fakes/fakeconnectclient.h"

#include <algorithm>

// Positions of a fake cluster's connectors: what PATCH and DELETE /offsets do on Connect 3.6 and later, as recorded.

namespace headgate {

namespace {

struct Place
{
    TopicPartition tp;
    std::optional<std::int64_t> offset;
};

std::optional<std::int64_t> number(const JsonView &view)
{
    bool isNumber = false;
    const auto fromText = view.text().toLongLong(&isNumber);
    return view.integer() ? view.integer() : isNumber ? std::optional<std::int64_t>(fromText) : std::nullopt;
}

//! Absent: not the form of a sink.
std::optional<Place> placeOf(const ConnectorOffset &entry)
{
    const auto where = JsonTape::parse(entry.partitionJson);
    const auto at = JsonTape::parse(entry.offsetJson);
    if (!where || !at || !where->root()["kafka_topic"].isString() || !number(where->root()["kafka_partition"])) {
        return std::nullopt;
    }
    Place place {{where->root()["kafka_topic"].text(), std::int32_t(*number(where->root()["kafka_partition"]))}, {}};
    place.offset = number(at->root()["kafka_offset"]);
    return place;
}

QByteArray sinkPartition(const TopicPartition &tp)
{
    return "{\"kafka_partition\":" + QByteArray::number(tp.partition) + ",\"kafka_topic\":\"" + tp.topic.toUtf8()
        + "\"}";
}

QByteArray sinkOffset(std::int64_t offset)
{
    return "{\"kafka_offset\":" + QByteArray::number(qint64(offset)) + '}';
}

void put(FakeConnector &connector, const QByteArray &partition, const QByteArray &offset)
{
    auto &offsets = connector.offsets;
    const auto found = std::ranges::find(offsets, partition, &ConnectorOffset::partitionJson);
    if (offset == "null") {
        if (found != offsets.end()) {
            offsets.erase(found);
        }
    } else if (found != offsets.end()) {
        found->offsetJson = offset;
    } else {
        offsets.push_back({partition, offset});
    }
}

} // namespace

//! Status 0: not refused.
RestAnswer FakeConnectCluster::refusedOffsets(const FakeConnector &connector, const char *verb) const
{
    const auto name = connector.info.name;
    if (connector.status.connector.run != RunState::Stopped) {
        return fakeConnectError(400,
            QStringLiteral("Connectors must be in the STOPPED state before their offsets can be modified. This can be "
                           "done for the specified connector by issuing a 'PUT' request to the '/connectors/%1/stop' "
                           "endpoint")
                .arg(name));
    }
    if (clock->monotonic() < connector.zombiesUntil) {
        return fakeConnectError(500,
            QStringLiteral("Failed to %1 consumer group offsets for connector %2 either because its tasks haven't "
                           "stopped completely yet or the connector was resumed before the request to alter its "
                           "offsets could be successfully completed. If the connector is in a stopped state, this "
                           "operation can be safely retried. If it doesn't eventually succeed, the Connect cluster may "
                           "need to be restarted to get rid of the zombie sink tasks.")
                .arg(QString::fromLatin1(verb), name));
    }
    return {};
}

//! False: the brokers refuse this one.
bool FakeConnectCluster::place(FakeConnector &connector, const ConnectorOffset &entry)
{
    const auto sink = placeOf(entry);
    if (connector.info.type != ConnectorType::Sink || !sink) {
        put(connector, entry.partitionJson, entry.offsetJson);
        return connector.info.type != ConnectorType::Sink;
    }
    if (kafka && !kafka->partitions.contains(sink->tp)) {
        return false;
    }
    // An offset beyond the end is taken; a missing key resets.
    put(connector, sinkPartition(sink->tp), sink->offset ? sinkOffset(*sink->offset) : "null");
    return true;
}

RestAnswer FakeConnectCluster::alterOffsets(FakeConnector &connector, const QByteArray &body)
{
    if (auto refused = refusedOffsets(connector, "alter"); refused.status != 0) {
        return refused;
    }
    const auto tape = JsonTape::parse(body);
    if (!tape || !tape->root()["offsets"].isArray()) {
        return fakeConnectError(
            400, QStringLiteral("Partitions / offsets need to be provided for an alter offsets request"));
    }
    bool all = true;
    for (const auto element : tape->root()["offsets"]) {
        const auto offset = element["offset"];
        all = place(connector, {element["partition"].json(), offset ? offset.json() : QByteArray("null")}) && all;
    }
    if (!all) { // what was good is applied all the same
        return fakeConnectError(
            500, QStringLiteral("Failed to alter consumer group offsets for connector %1").arg(connector.info.name));
    }
    return {.status = 200, .body = R"({"message":"The offsets for this connector have been altered successfully"})"};
}

RestAnswer FakeConnectCluster::resetOffsets(FakeConnector &connector)
{
    if (auto refused = refusedOffsets(connector, "reset"); refused.status != 0) {
        return refused;
    }
    connector.offsets.clear();
    return {.status = 200, .body = R"({"message":"The offsets for this connector have been reset successfully"})"};
}

void FakeConnectCluster::joinGroup(const FakeConnector &connector)
{
    const auto name = connector.info.name;
    if (!kafka || connector.info.type != ConnectorType::Sink) {
        return;
    }
    GroupDescription group {.group = QStringLiteral("connect-") + name, .state = QStringLiteral("Stable")};
    for (const auto &task : connector.status.tasks) {
        group.members.push_back({.memberId = QStringLiteral("%1-%2").arg(name).arg(task.id),
            .clientId = QStringLiteral("connector-consumer-%1-%2").arg(name).arg(task.id)});
    }
    kafka->groups[group.group] = group;
    later(flush, [this, name] { deliver(name); });
}

void FakeConnectCluster::leaveGroup(const QString &name)
{
    const auto found = connectors.find(name);
    if (!kafka || found == connectors.end()) {
        return;
    }
    if (const auto left = found->second.zombiesUntil - clock->monotonic(); left > Milliseconds(0)) {
        later(left, [this, name] { leaveGroup(name); });
        return;
    }
    kafka->groups[QStringLiteral("connect-") + name]
        = {.group = QStringLiteral("connect-") + name, .state = QStringLiteral("Empty")};
}

//! As a consumer with auto.offset.reset=earliest, which Connect's are: out of range, it begins at the log start.
void FakeConnectCluster::deliver(const QString &name)
{
    const auto found = connectors.find(name);
    if (found == connectors.end() || !found->second.delivers
        || found->second.status.connector.run != RunState::Running) {
        return;
    }
    auto &sink = found->second;
    for (const auto &[tp, log] : kafka->partitions) {
        if (!sink.topics.contains(tp.topic)) {
            continue;
        }
        const auto at = std::ranges::find(sink.offsets, sinkPartition(tp), &ConnectorOffset::partitionJson);
        const auto committed = at == sink.offsets.end() ? std::nullopt : placeOf(*at)->offset;
        const bool inRange = committed && *committed >= log.start && *committed <= log.end;
        const auto from = inRange ? *committed : log.start;
        if (from < log.end) {
            sink.delivered.push_back({tp, from, log.end});
            put(sink, sinkPartition(tp), sinkOffset(log.end));
        }
    }
}

} // namespace headgate
