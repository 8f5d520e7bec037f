// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayplan.h"

#include <algorithm>

namespace headgate {

namespace {

QString partitionText(const TopicPartition &tp)
{
    return QStringLiteral("%1-%2").arg(tp.topic).arg(tp.partition);
}

QString numberText(std::optional<std::int64_t> number)
{
    return number ? QString::number(*number) : QStringLiteral("none");
}

QString documentText(const QByteArray &json)
{
    return json == "null" ? QStringLiteral("none") : QString::fromUtf8(json);
}

//! STARTED, PAUSED, STOPPED: what somebody wants of a connector, whatever became of it.
QString targetState(const State &state)
{
    switch (state.run) {
    case RunState::Paused:
    case RunState::Stopped:
        return state.raw;
    case RunState::Running:
    case RunState::Failed:
    case RunState::Unassigned:
    case RunState::Restarting:
    case RunState::Unknown:
        return QStringLiteral("RUNNING");
    }
    return {};
}

void compareTopic(std::vector<PlanDrift> &drift, const ReplayTopic &then, const std::vector<ReplayTopic> &topics)
{
    const auto now = std::ranges::find(topics, then.name, &ReplayTopic::name);
    if (now == topics.end()) {
        drift.push_back({PlanDriftKind::TopicGone, then.name, {}, {}});
    } else if (!then.id.isEmpty() && !now->id.isEmpty() && then.id != now->id) {
        drift.push_back({PlanDriftKind::TopicMadeAnew, then.name, then.id, now->id});
    } else if (then.partitions != now->partitions) {
        drift.push_back({PlanDriftKind::PartitionsChanged, then.name, QString::number(then.partitions),
            QString::number(now->partitions)});
    }
}

void compareBounds(std::vector<PlanDrift> &drift, const PartitionMove &move, const std::vector<ReplayPartition> &facts)
{
    const auto now = std::ranges::find(facts, move.tp, &ReplayPartition::tp);
    if (!move.moves || !move.after || now == facts.end() || !now->start || !now->end) {
        return;
    }
    if (*move.after < *now->start || *move.after > *now->end) {
        drift.push_back({PlanDriftKind::BoundPassed, partitionText(move.tp), numberText(move.after),
            QStringLiteral("%1 to %2").arg(*now->start).arg(*now->end)});
    }
}

} // namespace

std::vector<PlanDrift> driftOf(const ReplayPlan &plan, const ReplayFacts &now)
{
    std::vector<PlanDrift> drift;
    const auto compare = [&](PlanDriftKind kind, const QString &then, const QString &present) {
        if (!then.isEmpty() && !present.isEmpty() && then != present) {
            drift.push_back({kind, {}, then, present});
        }
    };
    compare(PlanDriftKind::OtherPlatform, plan.kafkaClusterId, now.kafkaClusterId);
    const auto hash = now.operation.info ? configHash(now.operation.info->config) : QByteArray();
    compare(PlanDriftKind::ConfigChanged, QString::fromLatin1(plan.configHash.toHex().left(8)),
        QString::fromLatin1(hash.toHex().left(8)));
    compare(PlanDriftKind::StateChanged, targetState(plan.formerState), targetState(now.operation.status.connector));
    if (now.operation.status.type != plan.type) {
        drift.push_back({PlanDriftKind::TypeChanged, {}, {}, {}});
    }
    if (!now.brokersKnown && !plan.topics.empty()) {
        return drift; // topics cannot be compared: said by the warnings of a new count
    }
    for (const auto &topic : plan.topics) {
        compareTopic(drift, topic, now.topics);
    }
    for (const auto &move : plan.moves) {
        compareBounds(drift, move, now.partitions);
    }
    return drift;
}

std::vector<PositionDifference> differences(
    const ReplayPlan &plan, const std::vector<ConnectorOffset> &now, bool toAfter)
{
    std::vector<PositionDifference> found;
    std::vector<SinkPosition> positions;
    for (const auto &entry : now) {
        if (const auto position = sinkPosition(entry)) {
            positions.push_back(*position);
        }
    }
    for (const auto &move : plan.moves) {
        const auto at = std::ranges::find(positions, move.tp, &SinkPosition::tp);
        const auto is = at == positions.end() ? std::nullopt : at->offset;
        const auto asked = toAfter ? move.after : move.before;
        if (move.moves && is != asked) {
            found.push_back({partitionText(move.tp), numberText(asked), numberText(is)});
        }
    }
    for (const auto &move : plan.sourceMoves) {
        const auto at = std::ranges::find_if(
            now, [&](const ConnectorOffset &each) { return sameDocument(each.partitionJson, move.partitionJson); });
        const auto is = at == now.end() ? QByteArray("null") : at->offsetJson;
        const auto &asked = toAfter ? move.after : move.before;
        if (!sameDocument(is, asked)) {
            found.push_back({QString::fromUtf8(move.partitionJson), documentText(asked), documentText(is)});
        }
    }
    return found;
}

} // namespace headgate
