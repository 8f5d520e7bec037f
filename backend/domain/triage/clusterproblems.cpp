// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/problemfindings.h"

#include <algorithm>

namespace headgate {

namespace {

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
        .error = cluster.error,
        .failures = cluster.missedPolls};
    for (const auto &facts : snapshot.connectors) {
        if (facts.ref.cluster == cluster.name) {
            problem.alsoTouched.push_back(facts.ref.name);
        }
    }
    return problem;
}

} // namespace

bool isStillUnreachable(const ConnectClusterFacts &cluster, const TriagePolicy &policy)
{
    const bool neverSeen = cluster.statusAt == Instant {};
    return cluster.error && (neverSeen || cluster.missedPolls >= policy.missedPollsUntilStale);
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

} // namespace headgate
