// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/problemfindings.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

namespace headgate {

namespace {

auto keyOf(const Problem &problem)
{
    return std::tie(problem.kind, problem.connector, problem.worker);
}

//! By key; points into `problems`. A thousand connectors may fail at once, so nothing here looks through all for each.
std::map<decltype(keyOf(std::declval<const Problem &>())), const Problem *> byKey(const std::vector<Problem> &problems)
{
    std::map<decltype(keyOf(std::declval<const Problem &>())), const Problem *> all;
    for (const auto &problem : problems) {
        all.emplace(keyOf(problem), &problem);
    }
    return all;
}

//! Where a card stays, its age stays: a restart that failed again has not begun a new problem.
void keepMemory(Problem &problem, const Problem *before)
{
    if (!before) {
        return;
    }
    if (before->since < problem.since) {
        problem.since = before->since;
        problem.sinceAtLeast = before->sinceAtLeast;
    }
}

/*! Nobody answers for its cluster: the cluster's own card says so, and nothing is known to be good again. While the
 * cluster starts, its workers have no cards of their own either. */
bool isSilenced(const Problem &problem, const PlatformSnapshot &snapshot, const TriagePolicy &policy)
{
    const auto cluster = std::ranges::find(snapshot.clusters, problem.connector.cluster, &ConnectClusterFacts::name);
    if (cluster == snapshot.clusters.end() || problem.kind == ProblemKind::ClusterUnreachable) {
        return false;
    }
    const bool ofWorker
        = problem.kind == ProblemKind::WorkerUnreachable || problem.kind == ProblemKind::WorkerUnhealthy;
    return isStillUnreachable(*cluster, policy) || (ofWorker && cluster->starting);
}

//! A problem that is no longer found: it stays, with its present numbers, until it was good for long enough.
std::optional<Problem> recovering(Problem problem, const PlatformSnapshot &snapshot, const Moment &moment)
{
    if (isSilenced(problem, snapshot, moment.policy)) {
        return std::nullopt;
    }
    problem.recoveredSince = problem.recoveredSince.value_or(moment.monotonic);
    if (moment.monotonic - *problem.recoveredSince >= moment.policy.recoveredAfter) {
        return std::nullopt;
    }
    if (problem.connector.name.isEmpty()) {
        return problem;
    }
    const auto facts = std::ranges::lower_bound(snapshot.connectors, problem.connector, {}, &ConnectorFacts::ref);
    const auto rests = [](const ConnectorFacts &f) {
        return f.gone || f.standing == Standing::Stopped || f.standing == Standing::Paused;
    };
    if (facts == snapshot.connectors.end() || facts->ref != problem.connector || rests(*facts)) {
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
            .message = snapshot.kafkaError->message,
            .error = snapshot.kafkaError});
    }
    for (const auto &facts : snapshot.connectors) {
        const auto cluster = std::ranges::find(snapshot.clusters, facts.ref.cluster, &ConnectClusterFacts::name);
        if (cluster != snapshot.clusters.end()) {
            addConnectorProblems(problems, facts, *cluster, moment);
        }
    }
    const auto memory = byKey(previous);
    for (auto &problem : problems) {
        const auto before = memory.find(keyOf(problem));
        keepMemory(problem, before == memory.end() ? nullptr : before->second);
    }
    std::vector<Problem> leaving;
    const auto found = byKey(problems);
    for (const auto &before : previous) {
        if (!found.contains(keyOf(before))) {
            if (auto rest = recovering(before, snapshot, moment)) {
                leaving.push_back(std::move(*rest));
            }
        }
    }
    std::ranges::move(leaving, std::back_inserter(problems));
    std::ranges::sort(problems, isWorse);
    return problems;
}

} // namespace headgate
