// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/lagtrend.h"
#include "domain/triage/problem.h"

#include <algorithm>
#include <tuple>

namespace headgate {

namespace {

using namespace std::chrono_literals;

//! A rebalance leaves tasks without a worker for a moment: shorter than this it is nobody's problem.
constexpr auto rebalanceTime = 10s;

struct Moment
{
    const TriagePolicy &policy;
    Instant now;
    Monotonic monotonic;
};

std::vector<int> tasksIn(const ConnectorStatus &status, RunState state)
{
    std::vector<int> ids;
    for (const auto &task : status.tasks) {
        if (task.state.run == state) {
            ids.push_back(task.id);
        }
    }
    return ids;
}

bool isStillUnreachable(const ConnectClusterFacts &cluster, const TriagePolicy &policy)
{
    const bool neverSeen = cluster.statusAt == Instant {};
    return cluster.error && (neverSeen || cluster.missedPolls >= policy.missedPollsUntilStale);
}

//! Partitions that nobody reads, where members are known; else those which have something waiting.
int waitingPartitions(const ConnectorFacts &facts)
{
    const auto waits = [&](const PartitionLag &partition) {
        const auto reads = [&](const GroupMember &m) {
            return std::ranges::find(m.assigned, partition.tp) != m.assigned.end();
        };
        return facts.members.empty() ? partition.lag.value_or(0) > 0 : std::ranges::none_of(facts.members, reads);
    };
    return static_cast<int>(std::ranges::count_if(facts.groupLag.partitions, waits));
}

//! What a card shows of its connector whatever the matter is.
void describe(Problem &problem, const ConnectorFacts &facts, const TriagePolicy &policy)
{
    problem.tasksTotal = static_cast<int>(facts.status.tasks.size());
    problem.tasksRunning
        = static_cast<int>(tasksIn(facts.status, RunState::Running).size() - facts.witnesses.silentTasks.size());
    problem.lagRecords = facts.lagRecords;
    problem.lagSeconds = facts.lagSeconds;
    problem.lagHistory = facts.lagHistory;
    problem.lagSlope = lagSlope(facts.lagHistory, policy.lagNotFalling);
    problem.outRate = facts.recordsPerSecond;
    if (problem.outRate.value && facts.lagHistory.size() >= 2) {
        problem.inRate = problem.outRate;
        problem.inRate.value = std::max(0.0, *problem.outRate.value + problem.lagSlope);
    }
    problem.topics = facts.topics;
    problem.partitionsTotal = static_cast<int>(facts.groupLag.partitions.size());
    problem.partitionsWaiting = waitingPartitions(facts);
    problem.system = facts.system;
    problem.team = facts.team;
    problem.owner = facts.owner;
    problem.contact = facts.contact;
    problem.witnesses = facts.witnesses;
}

Problem problemOf(ProblemKind kind, Severity severity, const ConnectorFacts &facts, const Moment &moment)
{
    Problem problem {.kind = kind,
        .severity = severity,
        .connector = facts.ref,
        .since = facts.since.value.value_or(moment.now),
        .sinceAtLeast = facts.sinceAtLeast || !facts.since.value};
    describe(problem, facts, moment.policy);
    return problem;
}

void explain(Problem &problem, const QString &trace)
{
    problem.rawTrace = trace;
    problem.trace = explainTrace(trace);
    problem.restartKnownToFail = problem.trace.recurs;
    if (problem.trace.record && problem.trace.recordOffset) {
        problem.record = FailingRecord {.tp = *problem.trace.record,
            .offset = *problem.trace.recordOffset,
            .how = QStringLiteral("named by the trace")};
    }
}

Problem failedConnector(const ConnectorFacts &facts, const Moment &moment)
{
    auto problem = problemOf(ProblemKind::ConnectorFailed, Severity::Stopped, facts, moment);
    problem.taskWorker = facts.status.workerId;
    explain(problem, facts.status.trace);
    problem.nextSteps = {OperationKind::RestartConnector, OperationKind::Pause};
    return problem;
}

Problem failedTasks(const ConnectorFacts &facts, const Moment &moment)
{
    auto problem = problemOf(ProblemKind::TasksFailed, Severity::Stopped, facts, moment);
    problem.tasks = tasksIn(facts.status, RunState::Failed);
    const auto first = std::ranges::find(facts.status.tasks, problem.tasks.front(), &TaskStatus::id);
    problem.taskWorker = first->workerId;
    explain(problem, first->trace);
    problem.nextSteps = {problem.tasks.size() == 1 ? OperationKind::RestartTask : OperationKind::RestartFailed};
    if (facts.status.connector.run != RunState::Paused) {
        problem.nextSteps.push_back(OperationKind::Pause);
    }
    return problem;
}

//! Tasks without a worker, unless a lost worker's card already tells of them.
std::optional<Problem> unassignedTasks(
    const ConnectorFacts &facts, const ConnectClusterFacts &cluster, const Moment &moment)
{
    const auto isUntold = [&](const TaskStatus &task) {
        const auto *worker = findWorker(cluster, task.workerId);
        return task.state.run == RunState::Unassigned && !(worker && isLost(*worker));
    };
    const bool lasts = facts.since.value && moment.now - *facts.since.value >= rebalanceTime;
    if (!lasts || facts.status.connector.run == RunState::Stopped
        || std::ranges::none_of(facts.status.tasks, isUntold)) {
        return std::nullopt;
    }
    auto problem = problemOf(ProblemKind::TasksUnassigned, Severity::Reduced, facts, moment);
    problem.tasks = tasksIn(facts.status, RunState::Unassigned);
    problem.severity = problem.tasksRunning == 0 ? Severity::Stopped : Severity::Reduced;
    return problem;
}

Problem growingLag(const ConnectorFacts &facts, const Moment &moment)
{
    auto problem = problemOf(ProblemKind::LagGrows, Severity::Growing, facts, moment);
    problem.since = moment.now - notFallingFor(facts.lagHistory);
    problem.sinceAtLeast = true;
    problem.nextSteps = {OperationKind::Pause};
    return problem;
}

//! Silent and unhealthy workers have cards of their own.
std::optional<Problem> disagreement(const ConnectorFacts &facts, const Moment &moment)
{
    const auto kind = facts.witnesses.kind;
    if (kind != WitnessKind::NotInGroup && kind != WitnessKind::OffsetsStand) {
        return std::nullopt;
    }
    auto problem = problemOf(ProblemKind::WitnessesDisagree, Severity::Stopped, facts, moment);
    problem.since = facts.witnesses.since;
    problem.sinceAtLeast = true;
    problem.tasks = facts.witnesses.silentTasks;
    problem.message = facts.witnesses.sentence;
    problem.nextSteps = {OperationKind::RestartAllTasks, OperationKind::Pause};
    return problem;
}

std::optional<Problem> lostOffsets(const ConnectorFacts &facts, const Moment &moment)
{
    const auto atRisk = [](const PartitionLag &partition) {
        return partition.belowStart || partition.beyondEnd;
    };
    const auto count = std::ranges::count_if(facts.groupLag.partitions, atRisk);
    if (count == 0) {
        return std::nullopt;
    }
    auto problem = problemOf(ProblemKind::OffsetsAtRisk, Severity::Stopped, facts, moment);
    problem.since = moment.now; // nobody knows when retention overtook it
    problem.sinceAtLeast = true;
    problem.partitionsWaiting = static_cast<int>(count);
    problem.nextSteps = {OperationKind::Pause};
    return problem;
}

std::optional<Problem> growingDeadLetters(const ConnectorFacts &facts, const Moment &moment)
{
    if (lagSlope(facts.deadLetterHistory, moment.policy.lagNotFalling) <= 0) {
        return std::nullopt;
    }
    auto problem = problemOf(ProblemKind::DeadLettersGrow, Severity::Reduced, facts, moment);
    problem.since = moment.now;
    problem.sinceAtLeast = true;
    problem.topics = {facts.deadLetterTopic};
    return problem;
}

void addConnectorProblems(std::vector<Problem> &problems, const ConnectorFacts &facts,
    const ConnectClusterFacts &cluster, const Moment &moment)
{
    const auto add = [&](std::optional<Problem> problem) {
        if (problem) {
            problems.push_back(std::move(*problem));
        }
    };
    if (facts.gone || facts.status.connector.run == RunState::Stopped) {
        return;
    }
    if (facts.status.connector.run == RunState::Failed) {
        add(failedConnector(facts, moment));
    } else if (!tasksIn(facts.status, RunState::Failed).empty()) {
        add(failedTasks(facts, moment));
    }
    if (isStillUnreachable(cluster, moment.policy)) {
        return; // failures are lasting; everything else is only remembered
    }
    add(unassignedTasks(facts, cluster, moment));
    add(disagreement(facts, moment));
    add(lostOffsets(facts, moment));
    add(growingDeadLetters(facts, moment));
    if (facts.standing == Standing::Lagging) {
        add(growingLag(facts, moment));
    }
}

Problem lostWorker(const WorkerFacts &worker, const ConnectClusterFacts &cluster, const PlatformSnapshot &snapshot)
{
    Problem problem {.kind = ProblemKind::WorkerUnreachable,
        .severity = Severity::SelfHealing,
        .connector = {snapshot.context, cluster.name, {}},
        .worker = worker.address,
        .since = worker.unreachableSince,
        .sinceAtLeast = false,
        .message = worker.lastError,
        .failures = worker.failures};
    for (const auto &facts : snapshot.connectors) {
        if (facts.ref.cluster != cluster.name) {
            continue;
        }
        problem.tasksTotal += static_cast<int>(facts.status.tasks.size());
        problem.tasksRunning += static_cast<int>(tasksIn(facts.status, RunState::Running).size());
        bool touched = false;
        for (const auto &task : facts.status.tasks) {
            if (findWorker(cluster, task.workerId) == &worker && task.state.run != RunState::Stopped) {
                problem.tasks.push_back(static_cast<int>(problem.tasks.size())); // a count: ids repeat over connectors
                touched = true;
            }
        }
        if (touched) {
            problem.alsoTouched.push_back(facts.ref.name);
        }
    }
    return problem;
}

Problem sickWorker(const WorkerFacts &worker, const ConnectClusterFacts &cluster, const PlatformSnapshot &snapshot)
{
    auto problem = lostWorker(worker, cluster, snapshot);
    problem.kind = ProblemKind::WorkerUnhealthy;
    problem.severity = Severity::Stopped; // it answers from memory: nothing it says is news
    problem.since = worker.healthAt;
    problem.sinceAtLeast = true;
    problem.message = worker.health.message;
    return problem;
}

Problem lostCluster(const ConnectClusterFacts &cluster, const PlatformSnapshot &snapshot)
{
    const bool seen = cluster.statusAt != Instant {};
    Problem problem {.kind = ProblemKind::ClusterUnreachable,
        .severity = Severity::Stopped,
        .connector = {snapshot.context, cluster.name, {}},
        .worker = cluster.error->target,
        .since = seen ? cluster.statusAt : snapshot.takenAt,
        .sinceAtLeast = !seen,
        .message = cluster.error->message,
        .failures = cluster.missedPolls};
    for (const auto &facts : snapshot.connectors) {
        if (facts.ref.cluster == cluster.name) {
            problem.alsoTouched.push_back(facts.ref.name);
        }
    }
    return problem;
}

void addClusterProblems(std::vector<Problem> &problems, const ConnectClusterFacts &cluster,
    const PlatformSnapshot &snapshot, const Moment &moment)
{
    if (isStillUnreachable(cluster, moment.policy)) {
        problems.push_back(lostCluster(cluster, snapshot));
        return; // its workers' cards would say the same once more each
    }
    if (cluster.starting) {
        problems.push_back({.kind = ProblemKind::ClusterStarting,
            .severity = Severity::SelfHealing,
            .connector = {snapshot.context, cluster.name, {}},
            .since = moment.now});
        return;
    }
    for (const auto &worker : cluster.workers) {
        if (isLost(worker)) {
            problems.push_back(lostWorker(worker, cluster, snapshot));
        } else if (worker.health.health == WorkerHealth::Unhealthy) {
            problems.push_back(sickWorker(worker, cluster, snapshot));
        }
    }
}

auto keyOf(const Problem &problem)
{
    return std::tie(problem.kind, problem.connector, problem.worker);
}

//! Where a card stays, its age stays: a restart that failed again has not begun a new problem. So does the record found
//! for it.
void keepMemory(Problem &problem, const std::vector<Problem> &previous)
{
    const auto before = std::ranges::find_if(previous, [&](const Problem &p) { return keyOf(p) == keyOf(problem); });
    if (before == previous.end()) {
        return;
    }
    if (before->since < problem.since) {
        problem.since = before->since;
        problem.sinceAtLeast = before->sinceAtLeast;
    }
    if (!problem.record && before->rawTrace == problem.rawTrace) {
        problem.record = before->record;
    }
}

//! A problem that is no longer found: it stays, with its present numbers, until it was good for long enough.
std::optional<Problem> recovering(Problem problem, const PlatformSnapshot &snapshot, const Moment &moment)
{
    problem.recoveredSince = problem.recoveredSince.value_or(moment.monotonic);
    if (moment.monotonic - *problem.recoveredSince >= moment.policy.recoveredAfter) {
        return std::nullopt;
    }
    if (problem.connector.name.isEmpty()) {
        return problem;
    }
    const auto facts = std::ranges::find(snapshot.connectors, problem.connector, &ConnectorFacts::ref);
    const auto rests = [](const ConnectorFacts &f) {
        return f.gone || f.standing == Standing::Stopped || f.standing == Standing::Paused;
    };
    if (facts == snapshot.connectors.end() || rests(*facts)) {
        return std::nullopt; // deleted or put to rest by somebody: there is nothing to recover
    }
    describe(problem, *facts, moment.policy);
    return problem;
}

bool isWorse(const Problem &a, const Problem &b)
{
    const auto order = [](const Problem &p) {
        return std::tuple(p.severity, p.recoveredSince.has_value(), p.since);
    };
    return order(a) != order(b) ? order(a) < order(b) : keyOf(a) < keyOf(b);
}

} // namespace

std::vector<Problem> findProblems(const PlatformSnapshot &snapshot, const TriagePolicy &policy,
    const std::vector<Problem> &previous, Instant now, Monotonic monotonicNow)
{
    const Moment moment {policy, now, monotonicNow};
    std::vector<Problem> problems;
    for (const auto &cluster : snapshot.clusters) {
        addClusterProblems(problems, cluster, snapshot, moment);
    }
    if (snapshot.kafkaError) {
        problems.push_back({.kind = ProblemKind::KafkaUnreachable,
            .severity = Severity::Reduced,
            .connector = {snapshot.context, {}, {}},
            .worker = snapshot.kafkaError->target,
            .since = now,
            .message = snapshot.kafkaError->message});
    }
    for (const auto &facts : snapshot.connectors) {
        const auto cluster = std::ranges::find(snapshot.clusters, facts.ref.cluster, &ConnectClusterFacts::name);
        if (cluster != snapshot.clusters.end()) {
            addConnectorProblems(problems, facts, *cluster, moment);
        }
    }
    for (auto &problem : problems) {
        keepMemory(problem, previous);
    }
    const auto found = problems.size();
    for (const auto &before : previous) {
        const auto same = [&](const Problem &p) {
            return keyOf(p) == keyOf(before);
        };
        if (std::none_of(problems.begin(), problems.begin() + static_cast<std::ptrdiff_t>(found), same)) {
            if (auto rest = recovering(before, snapshot, moment)) {
                problems.push_back(std::move(*rest));
            }
        }
    }
    std::ranges::sort(problems, isWorse);
    return problems;
}

} // namespace headgate
