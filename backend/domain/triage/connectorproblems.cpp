// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/lagtrend.h"
#include "domain/triage/problemfindings.h"

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

//! A rebalance leaves tasks without a worker for a moment: shorter than this it is nobody's problem.
constexpr auto rebalanceTime = 10s;

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
            .evidence = RecordEvidence::NamedByTrace};
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
    if (facts.status.connector.run != RunState::Stopped) {
        problem.nextSteps = {OperationKind::Pause};
    }
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

} // namespace

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

void addConnectorProblems(std::vector<Problem> &problems, const ConnectorFacts &facts,
    const ConnectClusterFacts &cluster, const Moment &moment)
{
    const auto add = [&](std::optional<Problem> problem) {
        if (problem) {
            problems.push_back(std::move(*problem));
        }
    };
    if (facts.gone) {
        return;
    }
    if (facts.status.connector.run == RunState::Stopped) { // by choice; but retention goes on meanwhile
        add(lostOffsets(facts, moment));
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

} // namespace headgate
