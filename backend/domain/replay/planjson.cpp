// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/planjson.h"

#include <array>
#include <string>

namespace headgate {

namespace {

using Json = nlohmann::json;

// One function a type writes and reads its fields, so that no field can be written and not read. A reader throws
// nlohmann's exceptions; planFromJson() turns them into "nothing".

class ToJson
{
public:
    template <class Value> void field(const char *name, const Value &value) { m_json[name] = json(value); }
    Json take() { return std::move(m_json); }

    template <class Value> static Json json(const Value &value);
    static Json json(const QString &value) { return value.toStdString(); }
    static Json json(const QByteArray &value) { return value.toStdString(); }
    static Json json(bool value) { return value; }
    static Json json(int value) { return value; }
    static Json json(std::int64_t value) { return value; }
    static Json json(double value) { return value; }
    static Json json(Instant value) { return value.time_since_epoch().count(); }
    template <class Value> static Json json(const std::optional<Value> &value) { return value ? json(*value) : Json(); }
    template <class Value> static Json json(const std::vector<Value> &values)
    {
        auto list = Json::array();
        for (const auto &value : values) {
            list.push_back(json(value));
        }
        return list;
    }

private:
    Json m_json = Json::object();
};

class FromJson
{
public:
    explicit FromJson(const Json &json)
        : m_json(json)
    {
    }
    template <class Value> void field(const char *name, Value &value) { read(m_json.at(name), value); }

    template <class Value> static void read(const Json &json, Value &value);
    static void read(const Json &json, QString &value) { value = QString::fromStdString(json.get<std::string>()); }
    static void read(const Json &json, QByteArray &value)
    {
        value = QByteArray::fromStdString(json.get<std::string>());
    }
    static void read(const Json &json, bool &value) { value = json.get<bool>(); }
    static void read(const Json &json, int &value) { value = json.get<int>(); }
    static void read(const Json &json, std::int64_t &value) { value = json.get<std::int64_t>(); }
    static void read(const Json &json, double &value) { value = json.get<double>(); }
    static void read(const Json &json, Instant &value) { value = Instant(Milliseconds(json.get<std::int64_t>())); }
    template <class Value> static void read(const Json &json, std::optional<Value> &value)
    {
        if (!json.is_null()) {
            read(json, value.emplace());
        }
    }
    template <class Value> static void read(const Json &json, std::vector<Value> &values)
    {
        for (const auto &each : json) {
            read(each, values.emplace_back());
        }
    }

private:
    const Json &m_json;
};

template <class Visitor> void visit(Visitor &v, ConnectorRef &ref)
{
    v.field("context", ref.context.text);
    v.field("cluster", ref.cluster.text);
    v.field("name", ref.name);
}
template <class Visitor> void visit(Visitor &v, TopicPartition &tp)
{
    v.field("topic", tp.topic);
    v.field("partition", tp.partition);
}
template <class Visitor> void visit(Visitor &v, Position &position)
{
    v.field("kind", position.kind);
    v.field("number", position.number);
    v.field("time", position.time);
    v.field("operation", position.operation.text);
}
template <class Visitor> void visit(Visitor &v, PartitionPosition &position)
{
    v.field("tp", position.tp);
    v.field("position", position.position);
}
template <class Visitor> void visit(Visitor &v, ConnectorOffset &offset)
{
    v.field("partition", offset.partitionJson);
    v.field("offset", offset.offsetJson);
}
template <class Visitor> void visit(Visitor &v, ReplayRequest &request)
{
    v.field("connector", request.connector);
    v.field("everywhere", request.everywhere);
    v.field("partitions", request.partitions);
    v.field("source", request.source);
    v.field("restores", request.restores.text);
    v.field("reason", request.reason);
}
template <class Visitor> void visit(Visitor &v, State &state)
{
    v.field("state", state.raw);
}
template <class Visitor> void visit(Visitor &v, ReplayTopic &topic)
{
    v.field("name", topic.name);
    v.field("id", topic.id);
    v.field("partitions", topic.partitions);
    v.field("compacted", topic.compacted);
    v.field("transactional", topic.transactional);
}
template <class Visitor> void visit(Visitor &v, PartitionMove &move)
{
    v.field("tp", move.tp);
    v.field("before", move.before);
    v.field("after", move.after);
    v.field("start", move.start);
    v.field("end", move.end);
    v.field("again", move.again);
    v.field("skipped", move.skipped);
    v.field("moves", move.moves);
}
template <class Visitor> void visit(Visitor &v, SourceMove &move)
{
    v.field("partition", move.partitionJson);
    v.field("before", move.before);
    v.field("after", move.after);
}
template <class Visitor> void visit(Visitor &v, PlanWarning &warning)
{
    v.field("kind", warning.kind);
    v.field("tp", warning.tp);
    v.field("asked", warning.asked);
    v.field("bound", warning.bound);
    v.field("text", warning.text);
}
template <class Visitor> void visit(Visitor &v, SizeSample &sample)
{
    v.field("records", sample.records);
    v.field("meanBytes", sample.meanBytes);
    v.field("standardError", sample.standardError);
}
template <class Visitor> void visit(Visitor &v, Downstream &downstream)
{
    v.field("system", downstream.system);
    v.field("idempotence", downstream.idempotence);
    v.field("because", downstream.because);
}
template <class Visitor> void visit(Visitor &v, RestRequest &request)
{
    v.field("method", request.method);
    v.field("path", request.path);
    v.field("body", request.body);
}
template <class Visitor> void visit(Visitor &v, ReplayPlan &plan)
{
    v.field("request", plan.request);
    v.field("environment", plan.environment);
    v.field("contextName", plan.contextName);
    v.field("kafkaClusterId", plan.kafkaClusterId);
    v.field("type", plan.type);
    v.field("formerState", plan.formerState);
    v.field("tasks", plan.tasks);
    v.field("configHash", plan.configHash);
    v.field("groupName", plan.groupName);
    v.field("topics", plan.topics);
    v.field("moves", plan.moves);
    v.field("sourceMoves", plan.sourceMoves);
    v.field("warnings", plan.warnings);
    v.field("again", plan.again);
    v.field("skipped", plan.skipped);
    v.field("atMost", plan.atMost);
    v.field("sizes", plan.sizes);
    v.field("recordsPerSecond", plan.recordsPerSecond);
    v.field("downstream", plan.downstream);
    v.field("provable", plan.provable);
    v.field("reasonNeeded", plan.reasonNeeded);
    v.field("requests", plan.requests);
    v.field("madeAt", plan.madeAt);
}

// Enums by word, so that a new one in between does not change what an old file says.
template <class Enum> using Word = std::pair<Enum, const char *>;

constexpr std::array kPositionWords {Word<PositionKind> {PositionKind::Keep, "keep"},
    Word<PositionKind> {PositionKind::Earliest, "earliest"}, Word<PositionKind> {PositionKind::Latest, "latest"},
    Word<PositionKind> {PositionKind::Offset, "offset"}, Word<PositionKind> {PositionKind::Time, "time"},
    Word<PositionKind> {PositionKind::BackBy, "back-by"},
    Word<PositionKind> {PositionKind::BeforeOperation, "before-operation"},
    Word<PositionKind> {PositionKind::PastRecord, "past-record"}};
constexpr std::array kEnvironmentWords {Word<Environment> {Environment::Development, "development"},
    Word<Environment> {Environment::Staging, "staging"}, Word<Environment> {Environment::Production, "production"}};
constexpr std::array kTypeWords {Word<ConnectorType> {ConnectorType::Source, "source"},
    Word<ConnectorType> {ConnectorType::Sink, "sink"}, Word<ConnectorType> {ConnectorType::Unknown, "unknown"}};
constexpr std::array kIdempotenceWords {Word<Idempotence> {Idempotence::Idempotent, "idempotent"},
    Word<Idempotence> {Idempotence::NotIdempotent, "not-idempotent"},
    Word<Idempotence> {Idempotence::Unknown, "unknown"}};
constexpr std::array kWarningWords {Word<PlanWarningKind> {PlanWarningKind::LogTruncated, "log-truncated"},
    Word<PlanWarningKind> {PlanWarningKind::ClampedToStart, "clamped-to-start"},
    Word<PlanWarningKind> {PlanWarningKind::NothingCommitted, "nothing-committed"},
    Word<PlanWarningKind> {PlanWarningKind::UnknownPartition, "unknown-partition"},
    Word<PlanWarningKind> {PlanWarningKind::BeyondEnd, "beyond-end"},
    Word<PlanWarningKind> {PlanWarningKind::NothingMoves, "nothing-moves"},
    Word<PlanWarningKind> {PlanWarningKind::Transactional, "transactional"},
    Word<PlanWarningKind> {PlanWarningKind::Compacted, "compacted"},
    Word<PlanWarningKind> {PlanWarningKind::ForeignMembers, "foreign-members"},
    Word<PlanWarningKind> {PlanWarningKind::GroupNotReadable, "group-not-readable"},
    Word<PlanWarningKind> {PlanWarningKind::BoundsNotReadable, "bounds-not-readable"},
    Word<PlanWarningKind> {PlanWarningKind::BoundsUnchecked, "bounds-unchecked"},
    Word<PlanWarningKind> {PlanWarningKind::NoTimeLookup, "no-time-lookup"},
    Word<PlanWarningKind> {PlanWarningKind::NoneThatLate, "none-that-late"},
    Word<PlanWarningKind> {PlanWarningKind::PartitionError, "partition-error"},
    Word<PlanWarningKind> {PlanWarningKind::PositionElsewhere, "position-elsewhere"},
    Word<PlanWarningKind> {PlanWarningKind::OnlyWhatIsKept, "only-what-is-kept"},
    Word<PlanWarningKind> {PlanWarningKind::SnapshotAgain, "snapshot-again"},
    Word<PlanWarningKind> {PlanWarningKind::JumpsToNow, "jumps-to-now"},
    Word<PlanWarningKind> {PlanWarningKind::ResetMeansPolicy, "reset-means-policy"},
    Word<PlanWarningKind> {PlanWarningKind::RunsAgainstDuplicates, "duplicates"},
    Word<PlanWarningKind> {PlanWarningKind::OrderGoesBack, "order-goes-back"}};

const auto &wordsOf(PositionKind /*of*/)
{
    return kPositionWords;
}
const auto &wordsOf(Environment /*of*/)
{
    return kEnvironmentWords;
}
const auto &wordsOf(ConnectorType /*of*/)
{
    return kTypeWords;
}
const auto &wordsOf(Idempotence /*of*/)
{
    return kIdempotenceWords;
}
const auto &wordsOf(PlanWarningKind /*of*/)
{
    return kWarningWords;
}

template <class Value> Json ToJson::json(const Value &value)
{
    if constexpr (std::is_enum_v<Value>) {
        for (const auto &[kind, word] : wordsOf(value)) {
            if (kind == value) {
                return word;
            }
        }
        return {};
    } else {
        ToJson writer;
        visit(writer, const_cast<Value &>(value)); // the writing visitor changes nothing
        return writer.take();
    }
}

template <class Value> void FromJson::read(const Json &json, Value &value)
{
    if constexpr (std::is_enum_v<Value>) {
        const auto text = json.get<std::string>();
        for (const auto &[kind, word] : wordsOf(value)) {
            if (text == word) {
                value = kind;
                return;
            }
        }
        throw std::invalid_argument(text);
    } else {
        FromJson reader(json);
        visit(reader, value);
    }
}

} // namespace

Json planJson(const ReplayPlan &plan)
{
    auto json = ToJson::json(plan);
    json["configHash"] = plan.configHash.toHex().toStdString(); // bytes are no text
    return json;
}

std::optional<ReplayPlan> planFromJson(const Json &json)
{
    try {
        ReplayPlan plan;
        FromJson::read(json, plan);
        plan.configHash = QByteArray::fromHex(plan.configHash);
        plan.formerState = parseState(plan.formerState.raw);
        return plan;
    } catch (const std::exception &) {
        return std::nullopt;
    }
}

} // namespace headgate
