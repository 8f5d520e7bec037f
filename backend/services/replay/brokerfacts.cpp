// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/brokerfacts.h"

#include "domain/connectors/sinktopics.h"
#include "services/replay/sizesample.h"
#include "services/replay/timesearch.h"

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kSampling = 2500ms;

Task<KafkaCapabilities> capabilitiesOf(std::shared_ptr<Brokers> brokers, CallOptions options)
{
    if (brokers->capabilities) {
        co_return KafkaCapabilities {*brokers->capabilities};
    }
    const auto probed = co_await brokers->admin->probeCapabilities(options);
    // A broker with groups looks up times: a probe that says otherwise met a bad moment and is made again.
    if (probed && probed->offsetsByTime == probed->groups) {
        brokers->capabilities = *probed;
    }
    co_return probed;
}

std::vector<TopicPartition> namesOf(const std::vector<ReplayPartition> &partitions)
{
    std::vector<TopicPartition> names;
    std::ranges::transform(partitions, std::back_inserter(names), &ReplayPartition::tp);
    return names;
}

ReplayPartition *find(std::vector<ReplayPartition> &partitions, const TopicPartition &tp)
{
    const auto found = std::ranges::lower_bound(partitions, tp, {}, &ReplayPartition::tp);
    return found != partitions.end() && found->tp == tp ? &*found : nullptr;
}

//! All partitions of the topics that it reads, and those where it has a position.
void addPartitions(BrokerFacts &facts, const ClusterFact &cluster, const ConfigMap &config)
{
    QStringList names;
    std::ranges::transform(cluster.topics, std::back_inserter(names), &TopicFact::name);
    auto read = topicsRead(config, names);
    for (const auto &partition : facts.partitions) {
        read << partition.tp.topic;
    }
    read.sort();
    read.removeDuplicates();
    const auto known = facts.partitions; // sorted, as `partitions` is again at the end
    for (const auto &name : read) {
        const auto topic = std::ranges::find(cluster.topics, name, &TopicFact::name);
        if (topic == cluster.topics.end()) {
            continue; // gone, or not visible to this user
        }
        facts.topics.push_back({.name = name, .partitions = int(topic->partitions.size())});
        for (const auto &partition : topic->partitions) {
            const TopicPartition tp {name, partition.id};
            if (!std::ranges::binary_search(known, tp, {}, &ReplayPartition::tp)) {
                facts.partitions.push_back({.tp = tp});
            }
        }
    }
    std::ranges::sort(facts.partitions, {}, &ReplayPartition::tp);
}

using Bound = std::optional<std::int64_t> ReplayPartition::*;

void take(BrokerFacts &facts, const Result<std::vector<PartitionOffset>> &answer, Bound bound)
{
    for (const auto &offset : answer ? *answer : std::vector<PartitionOffset>()) {
        if (auto *const partition = find(facts.partitions, offset.tp)) {
            partition->*bound = offset.offset;
            partition->error = partition->error.isEmpty() ? offset.error : partition->error;
        }
    }
}

QCoro::Task<> readBounds(Brokers *brokers, BrokerFacts *facts, Remaining remaining)
{
    const auto names = namesOf(facts->partitions);
    auto startsTask = brokers->admin->fetchStartOffsets(names, remaining.options());
    const auto ends = co_await brokers->admin->fetchEndOffsets(names, remaining.options());
    const auto starts = co_await startsTask;
    facts->known = starts && ends;
    take(*facts, starts, &ReplayPartition::start);
    take(*facts, ends, &ReplayPartition::end);
}

QCoro::Task<> readTopics(Brokers *brokers, BrokerFacts *facts, Remaining remaining)
{
    QStringList names;
    std::ranges::transform(facts->topics, std::back_inserter(names), &ReplayTopic::name);
    auto idsTask = brokers->admin->fetchTopicIds(names, remaining.options());
    std::vector<Task<std::vector<ConfigEntry>>> configs;
    for (const auto &name : names) {
        configs.push_back(brokers->admin->fetchTopicConfig(name, remaining.options()));
    }
    const auto ids = co_await idsTask;
    for (size_t i = 0; i < configs.size(); ++i) {
        const auto config = co_await configs[i];
        auto &topic = facts->topics[i];
        topic.id = ids ? ids->value(topic.name) : QString();
        const auto &entries = config ? *config : std::vector<ConfigEntry>();
        const auto policy = std::ranges::find(entries, QStringLiteral("cleanup.policy"), &ConfigEntry::name);
        topic.compacted = policy != entries.end() && policy->value.contains(QLatin1String("compact"));
    }
}

//! AutoMQ may name an offset below the log start; one at the end is none.
std::optional<std::int64_t> clamped(const std::optional<std::int64_t> &found, const ReplayPartition &partition)
{
    if (!found || !partition.start || !partition.end) {
        return std::nullopt;
    }
    const auto inside = std::max(*found, *partition.start);
    return inside < *partition.end ? std::optional(inside) : std::nullopt;
}

QCoro::Task<> lookUpTimes(Brokers *brokers, BrokerFacts *facts, std::vector<TimeQuery> queries, Remaining remaining)
{
    const auto answer = co_await brokers->admin->fetchOffsetsForTimes(queries, remaining.options());
    if (!answer) {
        for (const auto &query : queries) {
            find(facts->partitions, query.tp)->error = answer.error().message;
        }
        co_return;
    }
    for (const auto &found : *answer) {
        if (auto *const partition = find(facts->partitions, found.tp)) {
            partition->atTime = clamped(found.offset, *partition);
            partition->error = partition->error.isEmpty() ? found.error : partition->error;
        }
    }
}

QCoro::Task<> searchTimes(Brokers *brokers, BrokerFacts *facts, std::vector<TimeQuery> queries, Remaining remaining)
{
    facts->timesKnown = false;
    for (const auto &query : queries) {
        auto *const partition = find(facts->partitions, query.tp);
        if (!partition->start || !partition->end || !brokers->reader) {
            continue;
        }
        const auto found
            = co_await searchTime(brokers->reader, query.tp, *partition->start, *partition->end, query.at, remaining);
        if (found) {
            partition->atTime = *found;
        } else {
            partition->error = found.error().message;
        }
    }
}

QCoro::Task<> readTimes(
    Brokers *brokers, BrokerFacts *facts, const BrokerQuestion *question, bool byTime, Remaining remaining)
{
    std::vector<TimeQuery> queries;
    for (const auto &partition : facts->partitions) {
        const auto &position = positionFor(question->request, partition.tp);
        if (position.kind == PositionKind::Time) {
            queries.push_back({partition.tp, position.time});
        }
    }
    if (queries.empty()) {
        co_return;
    }
    if (byTime) {
        co_await lookUpTimes(brokers, facts, std::move(queries), remaining);
    } else {
        co_await searchTimes(brokers, facts, std::move(queries), remaining);
    }
}

QCoro::Task<> readSample(Brokers *brokers, BrokerFacts *facts, int records, Remaining remaining)
{
    if (!brokers->reader || records <= 0) {
        co_return;
    }
    const Remaining sampling(remaining.clock(), remaining.atMost(kSampling));
    const auto found = co_await sampleSizes(brokers->reader, facts->partitions, records, sampling);
    facts->sizes = found.sizes;
    for (auto &topic : facts->topics) {
        if (!topic.compacted && found.gaps.contains(topic.name)) {
            topic.transactional = found.gaps.value(topic.name);
        }
    }
}

} // namespace

const Position &positionFor(const ReplayRequest &request, const TopicPartition &tp)
{
    const auto own = std::ranges::find(request.partitions, tp, &PartitionPosition::tp);
    return own == request.partitions.end() ? request.everywhere : own->position;
}

Task<GroupDescription> describeGroup(std::shared_ptr<Brokers> brokers, QString group, CallOptions options)
{
    if (!brokers || group.isEmpty()) {
        co_return failure({.kind = ErrorKind::NotSupported, .message = QStringLiteral("No brokers are configured")});
    }
    const auto capabilities = co_await capabilitiesOf(brokers, options);
    if (!capabilities || !capabilities->groups) {
        co_return capabilities ? failure({.kind = ErrorKind::NotSupported,
                                     .message = QStringLiteral("These brokers have no groups to look at")})
                               : failure(capabilities.error());
    }
    const auto described = co_await brokers->admin->describeGroups({group}, options);
    if (!described) {
        co_return failure(described.error());
    }
    const auto found = std::ranges::find(*described, group, &GroupDescription::group);
    if (found == described->end() || !found->error.isEmpty()) {
        co_return failure({.kind = ErrorKind::NotPermitted,
            .message = found == described->end() ? QStringLiteral("The group was not described") : found->error});
    }
    co_return Result<GroupDescription>(*found);
}

QCoro::Task<BrokerFacts> readBrokers(std::shared_ptr<Brokers> brokers, BrokerQuestion question, Remaining remaining)
{
    BrokerFacts facts {.partitions = question.known};
    const auto capabilities = co_await capabilitiesOf(brokers, remaining.options());
    const auto cluster
        = capabilities ? co_await brokers->admin->fetchCluster(remaining.options()) : Result<ClusterFact>(failure({}));
    if (!capabilities || !cluster) {
        co_return facts;
    }
    addPartitions(facts, *cluster, question.config);
    auto groupTask = describeGroup(brokers, question.group, remaining.options());
    co_await readBounds(brokers.get(), &facts, remaining);
    if (capabilities->topicAdmin || capabilities->groups) { // mock brokers have no controller to ask
        co_await readTopics(brokers.get(), &facts, remaining);
    }
    const auto group = co_await groupTask;
    facts.group = group ? std::optional(*group) : std::nullopt;
    if (facts.known) {
        co_await readTimes(brokers.get(), &facts, &question, capabilities->offsetsByTime, remaining);
        co_await readSample(brokers.get(), &facts, question.sampleRecords, remaining);
    }
    co_return facts;
}

} // namespace headgate
