// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/lagtrend.h"
#include "domain/triage/problem.h"

#include <algorithm>
#include <span>

namespace headgate {

namespace {

using namespace std::chrono_literals;

//! A new task needs some seconds until it is in the group.
constexpr auto joinTime = 15s;
//! Connect commits every 60 s by default: only after two silent rounds the positions say something.
constexpr auto commitTime = 120s;

std::vector<int> runningTasks(const ConnectorStatus &status)
{
    std::vector<int> ids;
    for (const auto &task : status.tasks) {
        if (task.state.run == RunState::Running) {
            ids.push_back(task.id);
        }
    }
    return ids;
}

//! Is this task in its group? By client id; where that is overridden, by the number of members.
bool isMember(const ConnectorFacts &facts, int task)
{
    const QString own
        = QLatin1String("connector-consumer-") + facts.status.name + QLatin1Char('-') + QString::number(task);
    const auto prefix = QString(QLatin1String("connector-consumer-") + facts.status.name + QLatin1Char('-'));
    const bool named = std::ranges::any_of(facts.members, [&](const auto &m) { return m.clientId.startsWith(prefix); });
    return named ? std::ranges::any_of(facts.members, [&](const auto &m) { return m.clientId == own; })
                 : facts.members.size() >= runningTasks(facts.status).size();
}

bool knowsMembers(const ConnectorFacts &facts)
{
    return facts.status.type == ConnectorType::Sink && facts.membersAt != Instant {};
}

WitnessReport lostWorker(const ConnectorFacts &facts, const ConnectClusterFacts &cluster)
{
    WitnessReport report;
    for (const auto &task : facts.status.tasks) {
        const auto *worker = findWorker(cluster, task.workerId);
        const bool believed = task.state.run != RunState::Running || !worker || !isLost(*worker);
        if (believed || (knowsMembers(facts) && isMember(facts, task.id))) {
            continue;
        }
        report.silentTasks.push_back(task.id);
        report.worker = worker->address;
        report.since = worker->unreachableSince;
    }
    if (!report.silentTasks.empty()) {
        report.agree = false;
        report.kind = WitnessKind::WorkerSilent;
        report.tasksTotal = static_cast<int>(facts.status.tasks.size());
    }
    return report;
}

WitnessReport missingMembers(const ConnectorFacts &facts, Instant now)
{
    WitnessReport report;
    const bool settled
        = facts.since.value && now - *facts.since.value >= joinTime && facts.membersAt >= facts.seenAt - joinTime;
    if (!knowsMembers(facts) || !settled) {
        return report;
    }
    for (const int task : runningTasks(facts.status)) {
        if (!isMember(facts, task)) {
            report.silentTasks.push_back(task);
        }
    }
    if (!report.silentTasks.empty()) {
        report.agree = false;
        report.kind = WitnessKind::NotInGroup;
        report.since = facts.membersAt;
        report.tasksTotal = static_cast<int>(facts.status.tasks.size());
        report.members = static_cast<int>(facts.members.size());
    }
    return report;
}

WitnessReport unhealthyWorker(const ConnectorFacts &facts, const ConnectClusterFacts &cluster)
{
    for (const auto &task : facts.status.tasks) {
        const auto *worker = findWorker(cluster, task.workerId);
        if (task.state.run == RunState::Running && worker && worker->health.health == WorkerHealth::Unhealthy) {
            return {.agree = false,
                .kind = WitnessKind::WorkerUnhealthy,
                .worker = worker->address,
                .since = worker->healthAt};
        }
    }
    return {};
}

//! Something waits and nothing was committed over two commit intervals.
WitnessReport standingOffsets(const ConnectorFacts &facts, Instant now)
{
    const auto &lag = facts.lagHistory;
    const bool watched = lag.size() >= 2 && lag.back().at - lag.front().at >= commitTime && !facts.rateHistory.empty();
    if (facts.status.type != ConnectorType::Sink || !watched || lag.front().records <= 0) {
        return {};
    }
    // There are fewer rates than lags: the first sample has none, nor has a minute in which no commit was seen.
    const auto rates = std::span(facts.rateHistory).last(std::min(lag.size(), facts.rateHistory.size()));
    const bool still
        = std::ranges::all_of(rates, [](float rate) { return rate == 0; }) && notFallingFor(lag) >= commitTime;
    if (!still || runningTasks(facts.status).empty()) {
        return {};
    }
    const auto since = now - (lag.back().at - lag.front().at);
    return {.agree = false, .kind = WitnessKind::OffsetsStand, .since = since};
}

} // namespace

bool isLost(const WorkerFacts &worker)
{
    return worker.health.health == WorkerHealth::Unreachable && worker.failures >= 2;
}

const WorkerFacts *findWorker(const ConnectClusterFacts &cluster, const QString &workerId)
{
    const auto found = std::ranges::find_if(cluster.workers, [&](const WorkerFacts &worker) {
        return worker.workerId.isEmpty() ? worker.address == workerId : worker.workerId == workerId;
    });
    return found == cluster.workers.end() ? nullptr : &*found;
}

WitnessReport hearWitnesses(const ConnectorFacts &facts, const ConnectClusterFacts &cluster, Instant now)
{
    if (facts.status.connector.run != RunState::Running || cluster.error) {
        return {}; // nobody claims that it runs, or nobody can be asked
    }
    for (auto report : {lostWorker(facts, cluster), missingMembers(facts, now), unhealthyWorker(facts, cluster),
             standingOffsets(facts, now)}) {
        if (!report.agree) {
            return report;
        }
    }
    return {};
}

} // namespace headgate
