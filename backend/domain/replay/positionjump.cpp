// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/positionjump.h"

#include "domain/replay/replayplanfile.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <array>

namespace headgate {

namespace {

constexpr std::array kKinds {JumpKind::WentBack, JumpKind::MovedAtRest, JumpKind::BeyondEnd, JumpKind::TooFar,
    JumpKind::Removed, JumpKind::GroupRemoved, JumpKind::LogWentBack};

QByteArray digits(std::optional<std::int64_t> offset)
{
    return offset ? QByteArray::number(qint64(*offset)) : QByteArrayLiteral("null");
}

//! How one partition jumped, if it did. A group that is gone as a whole is found by the caller.
class PartitionJudge
{
public:
    PartitionJudge(const PositionSight &before, const PositionSight &after, const JumpPolicy &policy)
        : m_bothAtRest(before.atRest && after.atRest)
        , m_seconds(std::max(1.0, std::chrono::duration<double>(after.at - before.at).count()))
        , m_policy(policy)
    {
    }
    std::optional<JumpKind> judge(const PartitionLag &before, const PartitionLag *after) const
    {
        if (after && before.end && after->end && *after->end < *before.end) {
            return JumpKind::LogWentBack;
        }
        if (!before.committed || (after && after->unread)) {
            return std::nullopt; // a first commit is no jump
        }
        if (!after || !after->committed) {
            return JumpKind::Removed;
        }
        return judge(*before.committed, *after, before.beyondEnd);
    }

private:
    std::optional<JumpKind> judge(std::int64_t before, const PartitionLag &after, bool wasBeyond) const
    {
        const auto now = *after.committed;
        if (now < before) {
            return JumpKind::WentBack;
        }
        if (after.beyondEnd && !wasBeyond) {
            return JumpKind::BeyondEnd;
        }
        if (m_bothAtRest && now > before) {
            return JumpKind::MovedAtRest;
        }
        if (double(now) - double(before) > m_policy.fastestPerPartition * m_seconds) {
            return JumpKind::TooFar;
        }
        return std::nullopt;
    }

    bool m_bothAtRest;
    double m_seconds;
    const JumpPolicy &m_policy;
};

PartitionJump jumpOf(JumpKind kind, const PartitionLag &before, const PartitionLag *after)
{
    const bool log = kind == JumpKind::LogWentBack;
    return {.tp = before.tp,
        .partitionJson = {},
        .before = digits(log ? before.end : before.committed),
        .after = digits(!after ? std::nullopt
                : log          ? after->end
                               : after->committed)};
}

bool overlaps(const Operation &operation, const PositionJump &jump, Milliseconds slack)
{
    return operation.request.kind == OperationKind::Replay && operation.request.connector == jump.connector
        && operation.startedAt <= jump.seenAt
        && (operation.endedAt == Instant {} || operation.endedAt + slack >= jump.notBefore);
}

//! What a replay's plan moves. A plan that cannot be read explains everything of its connector.
class Explanation
{
public:
    explicit Explanation(const Operation &operation)
    {
        const auto plan = planFromText(operation.plan);
        m_all = !plan.has_value();
        for (const auto &move : plan ? plan->moves : std::vector<PartitionMove>()) {
            if (move.moves) {
                m_partitions.insert(move.tp);
            }
        }
        if (plan) {
            m_documents = plan->sourceMoves;
        }
    }
    bool explains(const PartitionJump &jump) const
    {
        return m_all || m_partitions.contains(jump.tp)
            || (!jump.partitionJson.isEmpty() && std::ranges::any_of(m_documents, [&](const SourceMove &move) {
                   return sameDocument(move.partitionJson, jump.partitionJson);
               }));
    }

private:
    bool m_all = false;
    QSet<TopicPartition> m_partitions;
    std::vector<SourceMove> m_documents;
};

} // namespace

std::vector<PositionJump> jumpsBetween(
    const PositionSight &before, const PositionSight &after, const JumpPolicy &policy)
{
    QHash<TopicPartition, const PartitionLag *> now;
    for (const auto &each : after.partitions) {
        now.insert(each.tp, &each);
    }
    const PartitionJudge judge(before, after, policy);
    std::array<std::vector<PartitionJump>, kKinds.size()> found;
    std::size_t committed = 0;
    for (const auto &was : before.partitions) {
        const auto *const is = now.value(was.tp, nullptr);
        committed += was.committed ? 1 : 0;
        if (const auto kind = judge.judge(was, is)) {
            found[std::size_t(*kind)].push_back(jumpOf(*kind, was, is));
        }
    }
    auto &removed = found[std::size_t(JumpKind::Removed)];
    if (committed > 0 && removed.size() == committed) {
        std::swap(removed, found[std::size_t(JumpKind::GroupRemoved)]);
    }
    std::vector<PositionJump> jumps;
    for (const auto kind : kKinds) {
        if (auto &partitions = found[std::size_t(kind)]; !partitions.empty()) {
            std::ranges::sort(partitions, {}, &PartitionJump::tp);
            jumps.push_back({after.connector, after.type, kind, before.at, after.at, {}, std::move(partitions)});
        }
    }
    return jumps;
}

std::vector<PositionJump> withoutExplained(
    std::vector<PositionJump> jumps, const std::vector<Operation> &operations, Milliseconds slack)
{
    for (auto &jump : jumps) {
        for (const auto &operation : operations) {
            if (jump.kind == JumpKind::LogWentBack || !overlaps(operation, jump, slack)) {
                continue;
            }
            const Explanation explanation(operation);
            std::erase_if(jump.partitions, [&](const PartitionJump &each) { return explanation.explains(each); });
        }
    }
    std::erase_if(jumps, [](const PositionJump &jump) { return jump.partitions.empty(); });
    return jumps;
}

} // namespace headgate
