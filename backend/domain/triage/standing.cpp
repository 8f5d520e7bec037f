// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/lagtrend.h"
#include "domain/triage/problem.h"

#include <algorithm>

namespace headgate {

namespace {

int countTasks(const ConnectorStatus &status, RunState state)
{
    return static_cast<int>(
        std::ranges::count(status.tasks, state, [](const TaskStatus &task) { return task.state.run; }));
}

bool isUnreachable(const ConnectClusterFacts &cluster, const TriagePolicy &policy)
{
    return cluster.error && cluster.missedPolls >= policy.missedPollsUntilStale;
}

//! What the tasks say where the Connector instance runs.
Standing standingOfTasks(const ConnectorFacts &facts, const TriagePolicy &policy)
{
    const auto &status = facts.status;
    const auto all = static_cast<int>(status.tasks.size());
    const auto running = countTasks(status, RunState::Running);
    const auto silent = static_cast<int>(facts.witnesses.silentTasks.size());
    if (all > 0 && silent == all) { // REST alone says that they run
        return facts.witnesses.kind == WitnessKind::WorkerSilent ? Standing::Unreachable : Standing::Unknown;
    }
    if (countTasks(status, RunState::Restarting) > 0) {
        return Standing::Restarting;
    }
    if (all > 0 && countTasks(status, RunState::Unassigned) == all) {
        return Standing::Unassigned;
    }
    if (running == 0 && countTasks(status, RunState::Unknown) > 0) {
        return Standing::Unknown;
    }
    if (running < all || silent > 0) {
        return Standing::Degraded;
    }
    return isLagging(facts, policy) ? Standing::Lagging : Standing::Running;
}

} // namespace

Standing standingOf(const ConnectorFacts &facts, const ConnectClusterFacts &cluster, const TriagePolicy &policy)
{
    if (isUnreachable(cluster, policy)) {
        return Standing::Unreachable;
    }
    if (cluster.starting || facts.gone) {
        return Standing::Unknown;
    }
    const auto &status = facts.status;
    if (status.connector.run == RunState::Stopped) {
        return Standing::Stopped; // its tasks are on their way out, failed ones too
    }
    if (status.connector.run == RunState::Failed || countTasks(status, RunState::Failed) > 0) {
        return Standing::Failed;
    }
    switch (status.connector.run) {
    case RunState::Paused:
        return Standing::Paused;
    case RunState::Restarting:
        return Standing::Restarting;
    case RunState::Unassigned:
        return countTasks(status, RunState::Running) > 0 ? Standing::Degraded : Standing::Unassigned;
    case RunState::Unknown:
        return Standing::Unknown;
    case RunState::Running:
    case RunState::Stopped:
    case RunState::Failed:
        return standingOfTasks(facts, policy);
    }
    return Standing::Unknown;
}

StandingCounts countStandings(const PlatformSnapshot &snapshot)
{
    StandingCounts counts;
    for (const auto &facts : snapshot.connectors) {
        ++counts.total;
        counts.failed += facts.standing == Standing::Failed ? 1 : 0;
        counts.degraded += facts.standing == Standing::Degraded || facts.standing == Standing::Unassigned ? 1 : 0;
        counts.lagging += facts.standing == Standing::Lagging ? 1 : 0;
        counts.paused += facts.standing == Standing::Paused ? 1 : 0;
        counts.stopped += facts.standing == Standing::Stopped ? 1 : 0;
        counts.running += facts.standing == Standing::Running ? 1 : 0;
        counts.unreachable += facts.standing == Standing::Unreachable ? 1 : 0;
    }
    return counts;
}

} // namespace headgate
