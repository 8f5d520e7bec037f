// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/ledgerjson.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace headgate {

namespace {

using Json = nlohmann::json;

constexpr std::array kTypes {std::pair {ConnectorType::Source, "source"}, std::pair {ConnectorType::Sink, "sink"},
    std::pair {ConnectorType::Unknown, "unknown"}};
constexpr int kJumpKinds = int(JumpKind::MovedUnwatched) + 1;
constexpr int kMarkKinds = int(MarkKind::Gone) + 1;

Json textOf(const QString &text)
{
    return text.toStdString();
}

Json numberOrNull(std::optional<std::int64_t> number)
{
    return number ? Json(*number) : Json();
}

// Readers throw nlohmann's exceptions; addLedgerRecord() turns them into "nothing".

QString text(const Json &json)
{
    return QString::fromStdString(json.get<std::string>());
}

QByteArray bytes(const Json &json)
{
    return QByteArray::fromStdString(json.get<std::string>());
}

std::optional<std::int64_t> number(const Json &json)
{
    return json.is_null() ? std::nullopt : std::optional(json.get<std::int64_t>());
}

Instant instant(const Json &json)
{
    return fromIso(text(json)).value_or(Instant {});
}

template <class Kind> Kind kindOf(const Json &json, int count, QString (*word)(Kind))
{
    const auto wanted = text(json);
    for (int kind = 0; kind < count; ++kind) {
        if (word(Kind(kind)) == wanted) {
            return Kind(kind);
        }
    }
    throw Json::other_error::create(500, "unknown kind", &json);
}

//! {"topic":[[partition,offset,start],…]}; the start only where it tells something.
Json positionsOf(const std::vector<MarkedPosition> &positions)
{
    auto topics = Json::object();
    for (const auto &each : positions) {
        auto entry = Json::array({each.tp.partition, numberOrNull(each.offset)});
        if (each.start) {
            entry.push_back(*each.start);
        }
        topics[each.tp.topic.toStdString()].push_back(std::move(entry));
    }
    return topics;
}

std::vector<MarkedPosition> positions(const Json &json)
{
    std::vector<MarkedPosition> found;
    for (const auto &[topic, entries] : json.items()) {
        for (const auto &entry : entries) {
            found.push_back({{QString::fromStdString(topic), entry.at(0).get<std::int32_t>()}, number(entry.at(1)),
                entry.size() > 2 ? number(entry.at(2)) : std::nullopt});
        }
    }
    return found;
}

Json refOf(const ConnectorRef &ref, ConnectorType type, const QString &platform)
{
    return {{"platform", textOf(platform)}, {"context", textOf(ref.context.text)},
        {"cluster", textOf(ref.cluster.text)}, {"connector", textOf(ref.name)},
        {"connectorType", kTypes[std::size_t(type)].second}};
}

void readRef(const Json &json, ConnectorRef &ref, ConnectorType &type, QString &platform)
{
    platform = text(json.at("platform"));
    ref = {{text(json.at("context"))}, {text(json.at("cluster"))}, text(json.at("connector"))};
    type = parseConnectorType(text(json.at("connectorType")));
}

Json json(const PositionJump &jump)
{
    auto written = refOf(jump.connector, jump.type, jump.platform);
    written["kind"] = textOf(jumpKindWord(jump.kind));
    written["notBefore"] = textOf(toIso(jump.notBefore));
    written["seenAt"] = textOf(toIso(jump.seenAt));
    auto &list = written["partitions"] = Json::array();
    for (const auto &each : jump.partitions) {
        // Documents as texts: their numbers keep their digits.
        list.push_back({textOf(each.tp.topic), each.tp.partition, each.partitionJson.toStdString(),
            each.before.toStdString(), each.after.toStdString()});
    }
    return written;
}

PositionJump jump(const Json &json)
{
    PositionJump found;
    readRef(json, found.connector, found.type, found.platform);
    found.kind = kindOf<JumpKind>(json.at("kind"), kJumpKinds, jumpKindWord);
    found.notBefore = instant(json.at("notBefore"));
    found.seenAt = instant(json.at("seenAt"));
    for (const auto &each : json.at("partitions")) {
        found.partitions.push_back({{text(each.at(0)), each.at(1).get<std::int32_t>()}, bytes(each.at(2)),
            bytes(each.at(3)), bytes(each.at(4))});
    }
    return found;
}

Json json(const PeriodMark &mark)
{
    auto written = refOf(mark.connector, mark.type, mark.platform);
    written["kind"] = textOf(markKindWord(mark.kind));
    written["at"] = textOf(toIso(mark.at));
    written["settled"] = mark.settled;
    written["positions"] = positionsOf(mark.positions);
    for (const auto &topic : mark.absentTopics) {
        written["absentTopics"].push_back(textOf(topic));
    }
    if (!mark.operation.isEmpty()) {
        written["operation"] = textOf(mark.operation.text);
    }
    if (mark.deadLetters) {
        written["deadLetters"] = positionsOf(*mark.deadLetters);
    }
    if (mark.taskFailures) {
        written["taskFailures"] = *mark.taskFailures;
    }
    for (const auto &each : mark.document) {
        written["document"].push_back({each.partitionJson.toStdString(), each.offsetJson.toStdString()});
    }
    return written;
}

PeriodMark mark(const Json &json)
{
    PeriodMark found;
    readRef(json, found.connector, found.type, found.platform);
    found.kind = kindOf<MarkKind>(json.at("kind"), kMarkKinds, markKindWord);
    found.at = instant(json.at("at"));
    found.settled = json.at("settled").get<bool>();
    found.positions = positions(json.at("positions"));
    found.operation = {json.contains("operation") ? text(json["operation"]) : QString()};
    if (json.contains("deadLetters")) {
        found.deadLetters = positions(json["deadLetters"]);
    }
    if (json.contains("taskFailures")) {
        found.taskFailures = number(json["taskFailures"]);
    }
    for (const auto &topic : json.value("absentTopics", Json::array())) {
        found.absentTopics << text(topic);
    }
    for (const auto &each : json.value("document", Json::array())) {
        found.document.push_back({bytes(each.at(0)), bytes(each.at(1))});
    }
    return found;
}

std::size_t sizeOf(const PositionJump &jump)
{
    return 1 + jump.partitions.size();
}

std::size_t sizeOf(const PeriodMark &mark)
{
    return 1 + mark.positions.size() + (mark.deadLetters ? mark.deadLetters->size() : 0) + mark.document.size();
}

//! Fills one body after the other.
class Bodies
{
public:
    explicit Bodies(std::size_t most)
        : m_most(most)
    {
    }
    template <class Value> void add(const char *list, const Value &value)
    {
        if (m_size > 0 && m_size + sizeOf(value) > m_most) {
            flush();
        }
        m_json[list].push_back(json(value));
        m_size += sizeOf(value);
    }
    std::vector<QByteArray> take()
    {
        flush();
        return std::move(m_bodies);
    }

private:
    void flush()
    {
        if (m_size > 0) {
            m_json["type"] = "ledger";
            m_bodies.push_back(QByteArray::fromStdString(m_json.dump(-1, ' ', true, Json::error_handler_t::replace)));
        }
        m_json = Json::object();
        m_size = 0;
    }

    std::size_t m_most, m_size = 0;
    Json m_json = Json::object();
    std::vector<QByteArray> m_bodies;
};

} // namespace

std::vector<QByteArray> ledgerRecords(
    const std::vector<PositionJump> &jumps, const std::vector<PeriodMark> &marks, std::size_t most)
{
    Bodies bodies(most);
    for (const auto &each : jumps) {
        bodies.add("jumps", each);
    }
    for (const auto &each : marks) {
        bodies.add("marks", each);
    }
    return bodies.take();
}

void addLedgerRecord(const QByteArray &body, LedgerRecords &records)
{
    if (!body.contains("\"type\":\"ledger\"")) {
        return; // most records are not: they need not be parsed
    }
    const auto parsed = Json::parse(body.begin(), body.end(), nullptr, false);
    if (!parsed.is_object() || parsed.value("type", Json()) != "ledger") {
        return;
    }
    LedgerRecords found;
    try {
        for (const auto &each : parsed.value("jumps", Json::array())) {
            found.jumps.push_back(jump(each));
        }
        for (const auto &each : parsed.value("marks", Json::array())) {
            found.marks.push_back(mark(each));
        }
    } catch (const Json::exception &) {
        return;
    }
    std::ranges::move(found.jumps, std::back_inserter(records.jumps));
    std::ranges::move(found.marks, std::back_inserter(records.marks));
}

} // namespace headgate
