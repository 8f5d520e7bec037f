// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/planrules.h"

#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace headgate {

namespace {

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

std::int64_t added(std::int64_t left, std::int64_t right) // both >= 0
{
    return left > kMost - right ? kMost : left + right;
}

void warn(ReplayPlan &plan, PlanWarning warning)
{
    plan.warnings.push_back(std::move(warning));
}

const Position &positionOf(const ReplayRequest &request, const TopicPartition &tp)
{
    const auto own = std::ranges::find(request.partitions, tp, &PartitionPosition::tp);
    return own == request.partitions.end() ? request.everywhere : own->position;
}

//! Where a position leads in one partition. Without a value the partition stays; `reset`: its position is removed.
struct Target
{
    std::optional<std::int64_t> offset;
    bool reset = false;
};

Target backBy(ReplayPlan &plan, const ReplayPartition &facts, std::int64_t records)
{
    if (!facts.committed) {
        warn(plan, {.kind = PlanWarningKind::NothingCommitted, .tp = facts.tp});
        return {};
    }
    const auto asked = *facts.committed - records;
    if (facts.start && asked < *facts.start) {
        warn(plan, {.kind = PlanWarningKind::ClampedToStart, .tp = facts.tp, .asked = asked, .bound = *facts.start});
        return {.offset = facts.start};
    }
    return {.offset = std::max<std::int64_t>(0, asked)};
}

Target savedBefore(ReplayPlan &plan, const ReplayPartition &facts)
{
    if (!facts.inSnapshot) {
        return {};
    }
    if (!facts.saved) {
        return {.offset = {}, .reset = true};
    }
    if (facts.start
        && *facts.saved < *facts.start) { // below it, auto.offset.reset would decide: it may jump to the end
        warn(plan,
            {.kind = PlanWarningKind::ClampedToStart, .tp = facts.tp, .asked = *facts.saved, .bound = *facts.start});
        return {.offset = facts.start};
    }
    return {.offset = facts.saved};
}

Target atTime(ReplayPlan &plan, const ReplayPartition &facts)
{
    if (!facts.atTime && facts.end) {
        warn(plan, {.kind = PlanWarningKind::NoneThatLate, .tp = facts.tp, .bound = *facts.end});
        return {.offset = facts.end};
    }
    return {.offset = facts.atTime && facts.start ? std::max(*facts.atTime, *facts.start) : facts.atTime};
}

Target targetOf(ReplayPlan &plan, const ReplayPartition &facts, const Position &position)
{
    switch (position.kind) {
    case PositionKind::Keep:
        return {};
    case PositionKind::Earliest:
        return {.offset = facts.start};
    case PositionKind::Latest:
        return {.offset = facts.end};
    case PositionKind::Offset:
        return {.offset = position.number};
    case PositionKind::Time:
        return atTime(plan, facts);
    case PositionKind::BackBy:
        return backBy(plan, facts, position.number);
    case PositionKind::BeforeOperation:
        return savedBefore(plan, facts);
    case PositionKind::PastRecord:
        return {.offset = position.number == kMost ? kMost : position.number + 1};
    }
    return {};
}

//! Places that only the brokers know. Without their word such a partition must not stay silently while others move.
bool needsBounds(PositionKind kind)
{
    return kind == PositionKind::Earliest || kind == PositionKind::Latest || kind == PositionKind::Time;
}

bool needsNumber(PositionKind kind)
{
    return kind == PositionKind::Offset || kind == PositionKind::BackBy || kind == PositionKind::PastRecord;
}

std::optional<Error> wrongInput(const ReplayRequest &request)
{
    const auto no = [](const QString &why) {
        return Error {.kind = ErrorKind::InvalidInput, .message = why};
    };
    if (!request.source.empty()) {
        return no(QStringLiteral("A sink's position is that of its consumer group, not an offset document"));
    }
    if (request.everywhere.kind == PositionKind::PastRecord) {
        return no(QStringLiteral("A record is in one partition: say which"));
    }
    auto all = request.partitions;
    all.push_back({{}, request.everywhere});
    for (const auto &[tp, position] : all) {
        if (needsNumber(position.kind) && position.number < 0) {
            return no(QStringLiteral("%1 is below zero").arg(position.number));
        }
    }
    std::ranges::sort(all, {}, &PartitionPosition::tp);
    const auto twice = std::ranges::adjacent_find(all, {}, &PartitionPosition::tp);
    if (twice != all.end()) {
        return no(QStringLiteral("Two positions are asked for %1-%2").arg(twice->tp.topic).arg(twice->tp.partition));
    }
    return std::nullopt;
}

//! It goes back to an operation that saved none of the partitions: the wrong one, most likely.
bool restoresNothing(const ReplayRequest &request, const ReplayFacts &facts)
{
    int asked = 0, saved = 0;
    for (const auto &partition : facts.partitions) {
        if (positionOf(request, partition.tp).kind == PositionKind::BeforeOperation) {
            ++asked;
            saved += partition.inSnapshot ? 1 : 0;
        }
    }
    return asked > 0 && saved == 0;
}

void movePartition(ReplayPlan &plan, const ReplayPartition &partition, const ReplayFacts &facts)
{
    PartitionMove move {.tp = partition.tp,
        .before = partition.committed,
        .after = partition.committed,
        .start = partition.start,
        .end = partition.end};
    const auto &position = positionOf(plan.request, partition.tp);
    const bool asked = position.kind != PositionKind::Keep;
    if (asked && !partition.error.isEmpty()) {
        warn(plan, {.kind = PlanWarningKind::PartitionError, .tp = partition.tp, .text = partition.error});
    } else if (asked) {
        const auto target = targetOf(plan, partition, position);
        if (target.offset || target.reset) {
            move.after = target.offset;
            move.moves = move.after != move.before;
            countMove(plan, move, partition, facts);
        } else if (needsBounds(position.kind)) {
            warn(plan, {.kind = PlanWarningKind::BoundsNotReadable, .tp = partition.tp});
        }
    }
    plan.moves.push_back(std::move(move));
}

QString resetPolicy(const ReplayFacts &facts)
{
    const auto *policy = facts.operation.info
        ? findConfig(facts.operation.info->config, QStringLiteral("consumer.override.auto.offset.reset"))
        : nullptr;
    return policy ? *policy : QStringLiteral("earliest"); // Connect's own default, whatever the consumer's is
}

//! Where a consumer begins that has no position. Without bounds, or by another policy, nobody can say.
std::optional<std::int64_t> beginning(const PartitionMove &move, const QString &policy)
{
    return policy == QLatin1String("latest")  ? move.end
        : policy == QLatin1String("earliest") ? move.start
                                              : std::nullopt;
}

//! Only what is in the log counts: a position may lie below its start (retention) or above its end (topic made anew).
void addCounts(PartitionMove &move, const QString &policy)
{
    move.again = 0;
    move.skipped = 0;
    const auto from = move.before ? move.before : beginning(move, policy);
    const auto to = move.after ? move.after : beginning(move, policy);
    if (!from || !to) {
        return;
    }
    const auto start = move.start.value_or(0);
    const auto first = std::max(*from, start);
    const auto next = std::max(*to, start);
    move.again = move.before ? std::max<std::int64_t>(0, std::min(first, move.end.value_or(first)) - next) : 0;
    move.skipped = std::max<std::int64_t>(0, next - first);
}

void warnOfTopics(ReplayPlan &plan)
{
    for (const auto &topic : plan.topics) {
        if (topic.compacted) {
            warn(plan, {.kind = PlanWarningKind::Compacted, .tp = {topic.name, -1}});
        }
        if (topic.transactional.value_or(false)) {
            warn(plan, {.kind = PlanWarningKind::Transactional, .tp = {topic.name, -1}});
        }
        plan.atMost = plan.atMost || topic.compacted || topic.transactional.value_or(false);
    }
}

//! Its tasks' consumers are named by Connect: connector-consumer-<name>-<task>, or as the configuration says.
bool isOwnMember(const GroupMember &member, const ReplayPlan &plan, const ReplayFacts &facts)
{
    const auto *named = facts.operation.info
        ? findConfig(facts.operation.info->config, QStringLiteral("consumer.override.client.id"))
        : nullptr;
    const auto own = QStringLiteral("connector-consumer-%1-").arg(plan.request.connector.name);
    bool number = false;
    member.clientId.mid(own.size()).toInt(&number);
    return (member.clientId.startsWith(own) && number) || (named && member.clientId.startsWith(*named));
}

void warnOfGroup(ReplayPlan &plan, const ReplayFacts &facts)
{
    if (!facts.group || !facts.group->error.isEmpty()) {
        warn(plan, {.kind = PlanWarningKind::GroupNotReadable, .text = facts.group ? facts.group->error : QString()});
        return;
    }
    QStringList strangers;
    for (const auto &member : facts.group->members) {
        if (!isOwnMember(member, plan, facts)) {
            strangers << QStringLiteral("%1 (%2)").arg(member.clientId, member.host);
        }
    }
    if (!strangers.isEmpty()) {
        warn(plan, {.kind = PlanWarningKind::ForeignMembers, .text = strangers.join(QStringLiteral(", "))});
    }
}

void warnOfDownstream(ReplayPlan &plan)
{
    if (plan.again > 0 && plan.downstream.idempotence != Idempotence::Idempotent) {
        warn(plan, {.kind = PlanWarningKind::RunsAgainstDuplicates, .text = plan.downstream.because});
    } else if (plan.again > 0) {
        warn(plan, {.kind = PlanWarningKind::OrderGoesBack, .text = plan.downstream.because});
    }
}

} // namespace

void countMove(ReplayPlan &plan, PartitionMove &move, const ReplayPartition &partition, const ReplayFacts &facts)
{
    move.before = partition.committed;
    move.start = partition.start;
    move.end = partition.end;
    const bool restores = !plan.request.restores.isEmpty();
    if (!move.start || !move.end) {
        warn(plan,
            {.kind = restores ? PlanWarningKind::BoundsUnchecked : PlanWarningKind::BoundsNotReadable, .tp = move.tp});
    } else if (move.after && *move.after < *move.start) {
        warn(plan, {.kind = PlanWarningKind::LogTruncated, .tp = move.tp, .asked = *move.after, .bound = *move.start});
    } else if (move.after && *move.after > *move.end) {
        warn(plan, {.kind = PlanWarningKind::BeyondEnd, .tp = move.tp, .asked = *move.after, .bound = *move.end});
    }
    const auto policy = resetPolicy(facts);
    if (!move.after && move.moves) {
        warn(plan, {.kind = PlanWarningKind::ResetMeansPolicy, .tp = move.tp, .text = policy});
    }
    addCounts(move, policy);
}

void finishSink(ReplayPlan &plan, const ReplayFacts &facts)
{
    plan.again = 0;
    plan.skipped = 0;
    for (const auto &move : plan.moves) {
        plan.again = added(plan.again, move.moves ? move.again : 0);
        plan.skipped = added(plan.skipped, move.moves ? move.skipped : 0);
    }
    warnOfTopics(plan);
    warnOfGroup(plan, facts);
    warnOfDownstream(plan);
}

Result<void> planSink(ReplayPlan &plan, const ReplayFacts &facts)
{
    if (auto why = wrongInput(plan.request)) {
        return failure(*std::move(why));
    }
    if (restoresNothing(plan.request, facts)) {
        return failure({.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("That operation saved none of these partitions' positions")});
    }
    for (const auto &partition : facts.partitions) {
        movePartition(plan, partition, facts);
    }
    std::ranges::sort(plan.moves, {}, &PartitionMove::tp);
    for (const auto &[tp, position] : plan.request.partitions) {
        if (position.kind != PositionKind::Keep
            && std::ranges::find(plan.moves, tp, &PartitionMove::tp) == plan.moves.end()) {
            warn(plan, {.kind = PlanWarningKind::UnknownPartition, .tp = tp});
        }
    }
    const auto byTime = [&](const PartitionPosition &each) {
        return each.position.kind == PositionKind::Time;
    };
    if (!facts.timesKnown
        && (plan.request.everywhere.kind == PositionKind::Time
            || std::ranges::any_of(plan.request.partitions, byTime))) {
        warn(plan, {.kind = PlanWarningKind::NoTimeLookup});
    }
    finishSink(plan, facts);
    return {};
}

ReplayPlan recounted(const ReplayPlan &plan, const ReplayFacts &now)
{
    auto counted = plan;
    counted.warnings.clear();
    for (auto &move : counted.moves) {
        const auto found = std::ranges::find(now.partitions, move.tp, &ReplayPartition::tp);
        if (!move.moves) {
            continue;
        }
        if (found == now.partitions.end()) {
            warn(counted, {.kind = PlanWarningKind::UnknownPartition, .tp = move.tp});
        } else if (!found->error.isEmpty()) {
            warn(counted, {.kind = PlanWarningKind::PartitionError, .tp = move.tp, .text = found->error});
        } else {
            countMove(counted, move, *found, now);
        }
    }
    if (counted.type == ConnectorType::Sink) {
        finishSink(counted, now);
    }
    putForbiddingFirst(counted);
    return counted;
}

} // namespace headgate
