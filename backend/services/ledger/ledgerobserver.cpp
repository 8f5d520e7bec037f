// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/ledgerobserver.h"

#include "domain/replay/replayfindings.h"
#include "domain/replay/replayprogress.h"
#include "services/ledger/ledgermarks.h"

#include <algorithm>

namespace headgate {

namespace {

std::optional<std::int64_t> number(const QByteArray &digits)
{
    bool isNumber = false;
    const auto value = digits.toLongLong(&isNumber);
    return isNumber ? std::optional<std::int64_t>(value) : std::nullopt;
}

//! Positions may have been set by it.
bool wrote(const Operation &replay)
{
    return std::ranges::any_of(
        replay.steps, [](const OperationStep &step) { return step.what == stepWord(ReplayStep::SetPositions); });
}

} // namespace

struct LedgerObserver::Look
{
    const ConnectorFacts &row;
    Instant now;
    Rest rest;
    PositionSight sight;
    std::vector<const Operation *> replays; //!< of this connector
    QString platform;

    static Rest restOf(const State &state)
    {
        return state.run == RunState::Stopped ? Rest::Stopped
            : state.run == RunState::Paused   ? Rest::Paused
                                              : Rest::AtWork;
    }
    static Look at(
        const ConnectorFacts &row, const std::vector<Operation> &operations, const PlatformSnapshot &snapshot);
};

LedgerObserver::Look LedgerObserver::Look::at(
    const ConnectorFacts &row, const std::vector<Operation> &operations, const PlatformSnapshot &snapshot)
{
    Look look {.row = row,
        .now = snapshot.takenAt,
        .rest = restOf(row.status.connector),
        .sight = sightOf(row),
        .replays = {},
        .platform = snapshot.kafka.value ? snapshot.kafka.value->clusterId : QString()};
    look.sight.atRest = look.rest == Rest::Stopped && row.status.tasks.empty() && row.members.empty();
    for (const auto &operation : operations) {
        if (operation.request.kind == OperationKind::Replay && operation.request.connector == row.ref) {
            look.replays.push_back(&operation);
        }
    }
    return look;
}

LedgerObserver::LedgerObserver(const LedgerRecords &past, Policy policy)
    : m_policy(policy)
{
    auto marks = past.marks;
    std::ranges::sort(marks, {}, [](const PeriodMark &mark) { return std::pair(mark.at, beginsPeriod(mark.kind)); });
    std::ranges::for_each(marks, [this](const PeriodMark &mark) { remember(mark); });
    auto jumps = past.jumps;
    std::ranges::sort(jumps, {}, &PositionJump::seenAt);
    std::ranges::for_each(jumps, [this](const PositionJump &jump) { remember(jump); });
}

void LedgerObserver::remember(const PeriodMark &mark)
{
    auto &watched = m_watched[mark.connector];
    if (mark.kind == MarkKind::Gone) {
        m_watched.erase(mark.connector);
        return;
    }
    watched.platform = mark.platform;
    watched.sight = sightOf(mark);
    watched.absentTopics = mark.absentTopics;
    watched.deadLetters = mark.deadLetters;
    watched.open = beginsPeriod(mark.kind);
    watched.rest = mark.kind == MarkKind::Stopped ? Rest::Stopped
        : mark.kind == MarkKind::Paused           ? Rest::Paused
                                                  : Rest::AtWork;
}

//! What was told once is no news at the next start.
void LedgerObserver::remember(const PositionJump &jump)
{
    const auto known = m_watched.find(jump.connector);
    if (known == m_watched.end() || known->second.sight.at >= jump.seenAt || known->second.platform != jump.platform) {
        return;
    }
    auto &sight = known->second.sight;
    sight.at = jump.seenAt;
    for (const auto &each : jump.partitions) {
        const auto found = std::ranges::find(sight.partitions, each.tp, &PartitionLag::tp);
        if (found == sight.partitions.end()) {
            continue;
        }
        auto &value = jump.kind == JumpKind::LogWentBack ? found->end : found->committed;
        value = number(each.after);
        if (jump.kind == JumpKind::LogWentBack) {
            found->committed.reset(); // of another log
        }
    }
}

LedgerNews LedgerObserver::look(const PlatformSnapshot &snapshot, const std::vector<Operation> &operations)
{
    LedgerNews news;
    if (snapshot.fromDisk || snapshot.kafkaError) {
        return news;
    }
    std::set<ConnectorRef> seen;
    for (const auto &row : snapshot.connectors) {
        if (row.gone) {
            continue;
        }
        seen.insert(row.ref);
        if (row.stale || row.positionsAt == Instant {} || row.status.type == ConnectorType::Unknown) {
            continue;
        }
        const auto look = Look::at(row, operations, snapshot);
        auto &watched = m_watched[row.ref];
        if (isElsewhere(watched, look)) {
            watched = {};
        }
        watched.platform = look.platform.isEmpty() ? watched.platform : look.platform;
        countFailures(watched, row.status);
        watched.here ? follow(watched, look, news) : begin(watched, look, news);
    }
    endGone(snapshot, seen, news);
    return news;
}

bool LedgerObserver::isElsewhere(const Watched &watched, const Look &look)
{
    return !watched.platform.isEmpty() && !look.platform.isEmpty() && watched.platform != look.platform;
}

//! The first look of this run: what happened since the log's last word.
void LedgerObserver::begin(Watched &watched, const Look &look, LedgerNews &news)
{
    const bool known = !watched.sight.connector.name.isEmpty();
    watched.here = true;
    for (const auto *replay : look.replays) {
        if (replay->phase == OperationPhase::Finished) {
            watched.toldReplays.insert(replay->id.text);
        }
    }
    if (known) {
        watched.since = look.row.since.value;
        follow(watched, look, news);
        return;
    }
    take(watched, look);
    if (look.rest == Rest::AtWork) {
        openPeriod(watched, markOf(watched, MarkKind::FirstSeen), news);
    }
}

void LedgerObserver::follow(Watched &watched, const Look &look, LedgerNews &news)
{
    const Operation *ended = nullptr;
    for (const auto *replay : look.replays) {
        if (watched.toldReplays.contains(replay->id.text) || replay->interrupted) {
            continue;
        }
        if (replay->phase != OperationPhase::Finished || replay->endedAt >= look.sight.at) {
            watched.inReplay = look.rest == Rest::Stopped ? std::optional(look.sight) : watched.inReplay;
            return; // its steps are told by its end
        }
        ended = ended && ended->startedAt > replay->startedAt ? ended : replay;
        watched.toldReplays.insert(replay->id.text);
    }
    if (ended) {
        tellReplay(watched, *ended, look, news);
        return;
    }
    if (look.sight.at > watched.sight.at) {
        auto before = watched.sight, after = look.sight;
        before.atRest = before.atRest && watched.since == look.row.since.value; // it may have worked in between
        for (auto &jump : jumpsBetween(before, after, m_policy.jumps)) {
            jump.platform = watched.platform;
            news.jumps.push_back(std::move(jump));
        }
    }
    goOn(watched, look, news);
}

void LedgerObserver::goOn(Watched &watched, const Look &look, LedgerNews &news)
{
    if (look.rest == Rest::AtWork && watched.stopping) { // so short a stop that its positions never stood still
        auto mark = markOf(watched, watched.stopping->kind);
        mark.settled = false;
        closePeriod(watched, std::move(mark), news);
    }
    if (look.rest == Rest::AtWork && !watched.open) {
        auto mark = markOf(watched, MarkKind::Started); // as it was at the last look before
        mark.settled = watched.current && (watched.sight.atRest || watched.rest == Rest::Paused);
        openPeriod(watched, std::move(mark), news);
    }
    if (look.rest != Rest::AtWork && watched.open && !watched.stopping) {
        watched.stopping = {
            .kind = look.rest == Rest::Paused ? MarkKind::Paused : MarkKind::Stopped, .since = look.now, .seenAt = {}};
    }
    if (watched.stopping) {
        end(watched, look, news);
    }
    take(watched, look);
}

void LedgerObserver::take(Watched &watched, const Look &look)
{
    watched.sight = look.sight;
    watched.sight.atRest = look.sight.atRest && !watched.stopping; // the last commit may come after the state
    watched.absentTopics = absentTopicsOf(look.row);
    watched.deadLetters = deadLettersOf(look.row);
    watched.since = look.row.since.value;
    watched.rest = look.rest;
    watched.current = true;
}

//! Once two looks after the stop see the same, or after long enough.
void LedgerObserver::end(Watched &watched, const Look &look, LedgerNews &news)
{
    auto &stopping = *watched.stopping;
    const bool after = look.sight.at >= stopping.since;
    const bool stood = stopping.seenAt != Instant {} && look.sight.at > stopping.seenAt
        && stands(watched.sight, look.sight) && watched.deadLetters == deadLettersOf(look.row);
    if (!stood && look.now - stopping.since < m_policy.settle) {
        stopping.seenAt = after ? look.sight.at : stopping.seenAt;
        return;
    }
    watched.sight = look.sight;
    watched.deadLetters = deadLettersOf(look.row);
    auto mark = markOf(watched, stopping.kind);
    mark.settled = stood;
    closePeriod(watched, std::move(mark), news);
}

void LedgerObserver::tellReplay(Watched &watched, const Operation &replay, const Look &look, LedgerNews &news)
{
    const auto found = findingsOf(replay);
    const bool source = look.sight.type == ConnectorType::Source;
    const auto stopped = watched.inReplay;
    const auto deadLetters = watched.deadLetters;
    watched.inReplay.reset();
    watched.stopping.reset();
    if (watched.open && found.saved) {
        watched.sight = stopped.value_or(watched.sight);
        auto mark = markOf(watched, MarkKind::Stopped);
        mark.operation = replay.id;
        mark.settled = !source || stopped.has_value();
        mark.positions = source ? mark.positions : positionsOf(*found.saved);
        mark.document = source ? *found.saved : std::vector<ConnectorOffset>();
        closePeriod(watched, std::move(mark), news);
    }
    const bool opens = !watched.open && look.rest == Rest::AtWork;
    watched.sight = opens && source ? stopped.value_or(look.sight) : look.sight;
    watched.deadLetters = opens ? deadLetters : deadLettersOf(look.row);
    if (opens) {
        auto mark = markOf(watched, MarkKind::Started);
        mark.operation = replay.id;
        const auto &now = found.readBack || wrote(replay) ? found.readBack : found.saved;
        mark.settled = now && (!source || stopped);
        mark.positions = !source && now ? positionsOf(*now) : mark.positions;
        mark.document = source ? now.value_or(std::vector<ConnectorOffset>()) : mark.document;
        openPeriod(watched, std::move(mark), news);
    }
    take(watched, look);
}

//! Deleted: by somebody else, or not listed any more by a cluster that answers.
void LedgerObserver::endGone(const PlatformSnapshot &snapshot, const std::set<ConnectorRef> &seen, LedgerNews &news)
{
    const auto answers = [&](const ClusterName &name) {
        return std::ranges::any_of(snapshot.clusters, [&](const ConnectClusterFacts &cluster) {
            return cluster.name == name && !cluster.error && !cluster.starting && cluster.missedPolls == 0
                && cluster.statusAt != Instant {};
        });
    };
    for (auto each = m_watched.begin(); each != m_watched.end();) {
        auto &[ref, watched] = *each;
        const bool gone = !seen.contains(ref) && answers(ref.cluster);
        if (gone && watched.open) {
            auto mark = markOf(watched, MarkKind::Gone);
            mark.at = snapshot.takenAt;
            mark.settled = false;
            closePeriod(watched, std::move(mark), news);
        }
        each = gone ? m_watched.erase(each) : std::next(each);
    }
}

void LedgerObserver::countFailures(Watched &watched, const ConnectorStatus &status)
{
    std::set<int> failed;
    for (const auto &task : status.tasks) {
        if (task.state.run == RunState::Failed) {
            failed.insert(task.id);
            watched.failures += watched.failedTasks.contains(task.id) ? 0 : 1;
        }
    }
    watched.failedTasks = std::move(failed);
}

PeriodMark LedgerObserver::markOf(const Watched &watched, MarkKind kind)
{
    return {.connector = watched.sight.connector,
        .type = watched.sight.type,
        .kind = kind,
        .at = watched.sight.at,
        .platform = watched.platform,
        .positions = positionsOf(watched.sight),
        .absentTopics = watched.absentTopics,
        .deadLetters = watched.deadLetters};
}

void LedgerObserver::openPeriod(Watched &watched, PeriodMark mark, LedgerNews &news)
{
    watched.open = true;
    watched.watched = true;
    // Who failed before it was first seen did not fail in this period.
    watched.failures = mark.kind == MarkKind::FirstSeen ? 0 : std::int64_t(watched.failedTasks.size());
    news.marks.push_back(std::move(mark));
}

void LedgerObserver::closePeriod(Watched &watched, PeriodMark mark, LedgerNews &news)
{
    if (watched.watched) {
        mark.taskFailures = watched.failures;
    }
    watched.open = watched.watched = false;
    watched.stopping.reset();
    news.marks.push_back(std::move(mark));
}

} // namespace headgate
