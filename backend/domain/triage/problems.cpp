// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/problemfindings.h"

#include <algorithm>
#include <tuple>

namespace headgate {

namespace {

auto keyOf(const Problem &problem)
{
    return std::tie(problem.kind, problem.connector, problem.worker);
}

//! Where a card stays, its age stays: a restart that failed again has not begun a new problem.
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
