// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/snapshotbuilder.h"

#include <algorithm>

namespace headgate {

namespace {

const ConnectorFacts *findRow(const SnapshotPtr &snapshot, const ConnectorRef &ref)
{
    if (!snapshot) {
        return nullptr;
    }
    const auto found = std::ranges::lower_bound(snapshot->connectors, ref, {}, &ConnectorFacts::ref);
    return found != snapshot->connectors.end() && found->ref == ref ? &*found : nullptr;
}

bool sameStates(const ConnectorStatus &a, const ConnectorStatus &b)
{
    return a.connector == b.connector
        && std::ranges::equal(a.tasks, b.tasks,
            [](const TaskStatus &x, const TaskStatus &y) { return x.id == y.id && x.state == y.state; });
}

void addOwner(ConnectorFacts &row, const std::vector<OwnershipRule> &rules)
{
    if (const auto *rule = ownerOf(row.ref.name, rules)) {
        row.owner = rule->owner;
        row.team = rule->team;
        row.system = rule->system;
        row.contact = rule->contact;
        row.rollbackOwner = rule->rollbackOwner;
    }
}

//! Without Connect's own topics we know what we saw: "since at least" for what already stood so when first seen.
void addTimes(ConnectorFacts &row, const ConnectorFacts *before, const SnapshotInputs &inputs)
{
    const auto source = QStringLiteral("status");
    if (before && before->since.value && sameStates(before->status, row.status)) {
        row.since = before->since;
        row.sinceAtLeast = before->sinceAtLeast;
    } else {
        row.since = Observed<Instant>::of(inputs.now, inputs.now, source);
        row.sinceAtLeast = !before;
    }
    const auto times = inputs.times.constFind(row.ref);
    if (times == inputs.times.cend()) {
        return;
    }
    if (times->since) {
        row.since = Observed<Instant>::of(*times->since, times->readAt, QStringLiteral("status topic"));
        row.sinceAtLeast = false;
    }
    if (times->changed) {
        row.changed = Observed<Instant>::of(*times->changed, times->readAt, QStringLiteral("config topic"));
    }
}

void addInfo(
    ConnectorFacts &row, const ConnectorFacts *before, const ClusterPicture &cluster, const SnapshotInputs &inputs)
{
    static const QHash<QString, KnownInfo> none;
    const auto &infos = cluster.infos ? *cluster.infos : none;
    if (const auto known = infos.constFind(row.ref.name); known != infos.cend()) {
        row.info = known->info;
        row.configHash = known->configHash;
        row.topics = known->topics;
        row.deadLetterTopic = known->deadLetterTopic;
    } else if (before) {
        row.info = before->info;
        row.configHash = before->configHash;
        row.topics = before->topics;
        row.deadLetterTopic = before->deadLetterTopic;
    }
    for (const auto &topic : inputs.fetchedTopics.value(row.ref)) {
        if (!row.topics.contains(topic)) {
            row.topics << topic;
        }
    }
}

void addFlow(ConnectorFacts &row, const SnapshotInputs &inputs)
{
    if (row.status.type == ConnectorType::Source) {
        row.lagRecords = Observed<std::int64_t>::none(Absence::NotConfigured, QStringLiteral("source"));
        row.lagSeconds = Observed<double>::none(Absence::NotConfigured, QStringLiteral("source"));
    } else if (!inputs.kafkaConfigured) {
        const auto reason = QStringLiteral("no brokers configured");
        row.lagRecords = Observed<std::int64_t>::none(Absence::NotConfigured, reason);
        row.lagSeconds = Observed<double>::none(Absence::NotConfigured, reason);
    }
    if (!inputs.kafkaConfigured) {
        row.recordsPerSecond = Observed<double>::none(Absence::NotConfigured, QStringLiteral("no brokers configured"));
    }
    if (row.deadLetterTopic.isEmpty()) {
        row.deadLetters = Observed<std::int64_t>::none(Absence::NotConfigured, QStringLiteral("no dead letter topic"));
    }
    if (!inputs.kafka.flows || !inputs.kafka.flows->contains(row.ref)) {
        return;
    }
    const auto flow = inputs.kafka.flows->constFind(row.ref);
    if (row.status.type != ConnectorType::Source) {
        row.lagRecords = flow->lagRecords;
        row.lagSeconds = flow->lagSeconds;
        row.lagHistory = flow->lagHistory;
        row.groupLag = flow->groupLag;
        row.members = flow->members;
        row.membersAt = flow->membersAt;
    }
    row.written = flow->written;
    row.positionsAt = flow->positionsAt;
    row.recordsPerSecond = flow->recordsPerSecond;
    row.rateHistory = flow->rateHistory;
    if (!row.deadLetterTopic.isEmpty()) {
        row.deadLetters = flow->deadLetters;
        row.deadLetterHistory = flow->deadLetterHistory;
        row.deadLetterEnds = flow->deadLetterEnds;
    }
}

ConnectorFacts makeRow(const ConnectorStatus &status, const ClusterPicture &cluster, const SnapshotInputs &inputs)
{
    ConnectorFacts row {.ref = {inputs.context, cluster.facts.name, status.name}, .status = status};
    row.seenAt = cluster.facts.statusAt;
    row.stale = cluster.facts.missedPolls >= inputs.policy.missedPollsUntilStale;
    row.gone = cluster.gone.contains(status.name);
    const auto *before = findRow(inputs.previous, row.ref);
    addInfo(row, before, cluster, inputs);
    if (row.status.type == ConnectorType::Unknown && row.info) {
        row.status.type = row.info->type;
    }
    addFlow(row, inputs);
    addTimes(row, before, inputs);
    addOwner(row, inputs.ownership);
    row.witnesses = hearWitnesses(row, cluster.facts, inputs.now);
    row.standing = standingOf(row, cluster.facts, inputs.policy);
    return row;
}

//! A cluster that has not answered in this run shows the rows of the last one, stale.
void keepRows(const ClusterPicture &cluster, const SnapshotInputs &inputs, std::vector<ConnectorFacts> &rows)
{
    if (!inputs.previous) {
        return;
    }
    for (auto row : inputs.previous->connectors) {
        if (row.ref.cluster == cluster.facts.name) {
            row.stale = true;
            row.standing = standingOf(row, cluster.facts, inputs.policy);
            rows.push_back(std::move(row));
        }
    }
}

void countAssigned(ConnectClusterFacts &facts, const std::vector<ConnectorStatus> &statuses)
{
    for (auto &worker : facts.workers) { // few: cheaper than a hash of every task's worker
        const auto id = worker.workerId.isEmpty() ? worker.address : worker.workerId;
        worker.connectors = worker.tasks = 0;
        for (const auto &status : statuses) {
            worker.connectors += status.workerId == id ? 1 : 0;
            worker.tasks += int(std::ranges::count(status.tasks, id, &TaskStatus::workerId));
        }
    }
}

template <class T> bool sameValue(const Observed<T> &a, const Observed<T> &b)
{
    return a.value == b.value && a.source == b.source && a.absence == b.absence && a.reason == b.reason;
}

//! A flat line stays flat however long it grows.
bool sameLine(const std::vector<LagSample> &a, const std::vector<LagSample> &b)
{
    const auto flat = [](const auto &line) {
        return std::ranges::all_of(
            line, [&](const LagSample &sample) { return sample.records == line.front().records; });
    };
    if (a.empty() || b.empty()) {
        return a.empty() == b.empty();
    }
    return a.back().records == b.back().records && (a == b || (flat(a) && flat(b)));
}

bool sameLine(const std::vector<float> &a, const std::vector<float> &b)
{
    const auto zero = [](const auto &line) {
        return std::ranges::all_of(line, [](float rate) { return rate == 0; });
    };
    return a == b || (zero(a) && zero(b));
}

bool sameRow(const ConnectorFacts &a, const ConnectorFacts &b)
{
    return a.ref == b.ref && a.standing == b.standing && a.stale == b.stale && a.gone == b.gone
        && a.sinceAtLeast == b.sinceAtLeast && sameValue(a.lagRecords, b.lagRecords)
        && sameValue(a.lagSeconds, b.lagSeconds) && sameValue(a.recordsPerSecond, b.recordsPerSecond)
        && sameValue(a.since, b.since) && sameValue(a.changed, b.changed) && sameValue(a.deadLetters, b.deadLetters)
        && sameLine(a.lagHistory, b.lagHistory) && sameLine(a.rateHistory, b.rateHistory)
        && sameLine(a.deadLetterHistory, b.deadLetterHistory) && a.status == b.status && a.info == b.info
        && a.groupLag == b.groupLag && a.members == b.members && a.topics == b.topics
        && a.deadLetterTopic == b.deadLetterTopic && a.owner == b.owner && a.team == b.team && a.system == b.system
        && a.contact == b.contact && a.rollbackOwner == b.rollbackOwner && a.witnesses == b.witnesses
        && a.configHash == b.configHash;
}

bool sameCluster(const ConnectClusterFacts &a, const ConnectClusterFacts &b, int missedUntilStale)
{
    const auto withoutAges = [missedUntilStale](ConnectClusterFacts facts) {
        facts.statusAt = facts.infoAt = facts.server.at = {};
        facts.missedPolls = std::min(facts.missedPolls, missedUntilStale);
        facts.missedPolls = facts.missedPolls == 1 ? 0 : facts.missedPolls; // a late poll is no event
        for (auto &worker : facts.workers) {
            worker.healthAt = {};
        }
        return facts;
    };
    return withoutAges(a) == withoutAges(b);
}

} // namespace

PlatformSnapshot buildSnapshot(const SnapshotInputs &inputs)
{
    PlatformSnapshot snapshot {.context = inputs.context, .takenAt = inputs.now};
    snapshot.kafka = inputs.kafka.cluster;
    snapshot.kafkaError = inputs.kafka.error;
    bool anySeen = false;
    for (const auto &cluster : inputs.clusters) {
        snapshot.clusters.push_back(cluster.facts);
        if (!cluster.statuses) {
            keepRows(cluster, inputs, snapshot.connectors);
            continue;
        }
        anySeen = true;
        countAssigned(snapshot.clusters.back(), *cluster.statuses);
        auto withCounts = cluster;
        withCounts.facts = snapshot.clusters.back();
        snapshot.connectors.reserve(snapshot.connectors.size() + cluster.statuses->size() + cluster.gone.size());
        for (const auto &status : *cluster.statuses) {
            snapshot.connectors.push_back(makeRow(status, withCounts, inputs));
        }
        for (const auto &[name, gone] : cluster.gone) {
            if (!std::ranges::binary_search(*cluster.statuses, name, {}, &ConnectorStatus::name)) {
                snapshot.connectors.push_back(makeRow(gone.status, withCounts, inputs));
            }
        }
    }
    snapshot.fromDisk = !anySeen && inputs.previous && inputs.previous->fromDisk;
    if (!std::ranges::is_sorted(snapshot.connectors, {}, &ConnectorFacts::ref)) { // as one cluster's list comes
        std::ranges::sort(snapshot.connectors, {}, &ConnectorFacts::ref);
    }
    return snapshot;
}

bool sameButAges(const PlatformSnapshot &a, const PlatformSnapshot &b)
{
    constexpr int kMissed = 3;
    return a.context == b.context && a.fromDisk == b.fromDisk && sameValue(a.kafka, b.kafka)
        && a.kafkaError == b.kafkaError
        && std::ranges::equal(
            a.clusters, b.clusters, [](const auto &x, const auto &y) { return sameCluster(x, y, kMissed); })
        && std::ranges::equal(a.connectors, b.connectors, sameRow);
}

} // namespace headgate
