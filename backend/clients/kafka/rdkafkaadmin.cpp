// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/rdkafkaadmin.h"

#include "clients/kafka/admincalls.h"
#include "clients/kafka/kafkaanswers.h"
#include "clients/kafka/kafkaerrors.h"
#include "clients/kafka/offsetqueries.h"

#include <algorithm>
#include <functional>

namespace headgate {

namespace {

constexpr qsizetype groupsPerCall = 50; // one event a call: slices keep the window moving
constexpr int mostProbed = 50;
constexpr std::chrono::milliseconds controllerDeadline {1000};

class RdKafkaAdmin final : public KafkaAdmin
{
public:
    RdKafkaAdmin(const KafkaConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock)
        : m_connection(config, HandleRole::Admin, std::move(secrets), std::move(clock))
        , m_offsets(m_connection)
        , m_calls(m_connection)
    {
    }

    Task<ClusterFact> fetchCluster(CallOptions options) override;
    Task<KafkaCapabilities> probeCapabilities(CallOptions options) override;
    Task<std::vector<PartitionOffset>> fetchEndOffsets(
        std::vector<TopicPartition> partitions, CallOptions options) override;
    Task<std::vector<PartitionOffset>> fetchStartOffsets(
        std::vector<TopicPartition> partitions, CallOptions options) override;
    Task<std::vector<PartitionOffset>> fetchOffsetsForTimes(
        std::vector<TimeQuery> queries, CallOptions options) override;
    Task<std::vector<PartitionOffset>> fetchCommitted(QString group, CallOptions options) override;
    Task<QStringList> fetchGroups(CallOptions options) override;
    Task<std::vector<GroupDescription>> describeGroups(QStringList groups, CallOptions options) override;
    Task<QHash<QString, QString>> fetchTopicIds(QStringList topics, CallOptions options) override;
    Task<std::vector<ConfigEntry>> fetchTopicConfig(QString topic, CallOptions options) override;
    Task<std::vector<ConfigEntry>> fetchBrokerConfig(std::int32_t broker, CallOptions options) override;
    QString lastTransportError() const override { return m_connection.lastError(); }
    QCoro::Task<> close() override { return m_connection.close(); }

private:
    Task<std::vector<GroupDescription>> describeSlice(QStringList groups, CallOptions options);
    Task<std::vector<ConfigEntry>> fetchConfig(rd_kafka_ResourceType_t type, QByteArray name, CallOptions options);
    Task<std::vector<PartitionOffset>> fetchAt(
        std::int64_t spec, std::vector<TopicPartition> partitions, CallOptions options);
    Task<bool> findsOffsetsByTime(std::vector<TopicPartition> partitions, CallOptions options);

    QCoro::Task<> learnRacks();

    KafkaConnection m_connection;
    OffsetQueries m_offsets;
    AdminCalls m_calls;
    QHash<std::int32_t, QString> m_racks;
    bool m_controllerAsked = false;
};

Task<ClusterFact> RdKafkaAdmin::fetchCluster(CallOptions options)
{
    const Countdown countdown(options);
    const auto handle = co_await m_connection.handle(countdown.options());
    if (!handle) {
        co_return failure(handle.error());
    }
    const auto timeout = countdown.left();
    auto metadata = co_await KafkaHandle::blocking(
        *handle,
        [timeout](rd_kafka_t *client, std::stop_token stop) {
            return fetchMetadata(client, MetadataScope::AllTopics, timeout, stop);
        },
        countdown.options());
    if (!metadata) {
        co_return failure((*handle)->explained(metadata.error()));
    }
    if (metadata->code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        co_return failure((*handle)->explained(
            kafkaError(metadata->code, {}, m_connection.config().bootstrap, QStringLiteral("Metadata"))));
    }
    (*handle)->prove();
    if (m_racks.isEmpty() && !m_controllerAsked) {
        m_controllerAsked = true;
        learnRacks(); // goes on by itself; close() ends it
    }
    for (auto &broker : metadata->cluster.brokers) {
        broker.rack = m_racks.value(broker.id);
    }
    co_return std::move(metadata->cluster);
}

/*! Racks are not in the metadata structure, but come with a call to the controller, which may be mute (librdkafka's
 * mock brokers) and must not hold the picture up: they are in the next one. */
QCoro::Task<> RdKafkaAdmin::learnRacks()
{
    const auto described = co_await m_calls.ask(AdminCall::describeCluster(), {.deadline = controllerDeadline});
    if (described) {
        m_racks = racksOf(described->event.get());
    }
}

Task<KafkaCapabilities> RdKafkaAdmin::probeCapabilities(CallOptions options)
{
    const Countdown countdown(options);
    const auto cluster = co_await fetchCluster(countdown.part(2));
    if (!cluster) {
        co_return failure(cluster.error());
    }
    const auto groups = co_await fetchGroups(countdown.part(2));
    KafkaCapabilities found;
    found.groups = groups || groups.error().kind != ErrorKind::NotSupported;
    const auto controller = co_await m_calls.ask(AdminCall::describeCluster(),
        {.deadline = std::min(countdown.left(), controllerDeadline), .stop = options.stop});
    found.topicAdmin = controller.has_value(); // topics are made and changed by the controller
    // There is no way to ask for DeleteRecords without deleting: brokers that manage topics have had it since 0.11.
    found.deleteRecords = found.topicAdmin && found.groups;
    std::vector<TopicPartition> partitions;
    for (const auto &topic : cluster->topics) {
        for (const auto &partition : topic.partitions) {
            if (partition.leader >= 0 && partitions.size() < mostProbed) {
                partitions.push_back({topic.name, partition.id});
            }
        }
    }
    const auto byTime = co_await findsOffsetsByTime(partitions, countdown.options());
    found.offsetsByTime = byTime ? *byTime : found.groups; // nothing to try it on: every broker that has groups has it
    co_return found;
}

//! Asks for the first record since 1970 of partitions that have records; librdkafka's mock brokers say "none".
Task<bool> RdKafkaAdmin::findsOffsetsByTime(std::vector<TopicPartition> partitions, CallOptions options)
{
    const Countdown countdown(options);
    const auto starts = co_await fetchStartOffsets(partitions, countdown.part(3));
    const auto ends = co_await fetchEndOffsets(partitions, countdown.part(2));
    std::vector<OffsetQuery> filled;
    for (std::size_t i = 0; starts && ends && i < partitions.size(); ++i) {
        const auto &start = (*starts)[i].offset;
        const auto &end = (*ends)[i].offset;
        if (start && end && *start < *end) {
            filled.push_back({partitions[i], 1});
        }
    }
    if (filled.empty()) {
        co_return failure({.kind = ErrorKind::NotFound, .message = QStringLiteral("No partition has records")});
    }
    const auto found = co_await m_offsets.ask(filled, countdown.options());
    co_return found &&std::ranges::any_of(*found, [](const PartitionOffset &each) { return each.offset.has_value(); });
}

Task<std::vector<PartitionOffset>> RdKafkaAdmin::fetchAt(
    std::int64_t spec, std::vector<TopicPartition> partitions, CallOptions options)
{
    std::vector<OffsetQuery> queries;
    queries.reserve(partitions.size());
    for (const auto &tp : partitions) {
        queries.push_back({tp, spec});
    }
    return m_offsets.ask(std::move(queries), options);
}

Task<std::vector<PartitionOffset>> RdKafkaAdmin::fetchEndOffsets(
    std::vector<TopicPartition> partitions, CallOptions options)
{
    return fetchAt(RD_KAFKA_OFFSET_SPEC_LATEST, std::move(partitions), options);
}

Task<std::vector<PartitionOffset>> RdKafkaAdmin::fetchStartOffsets(
    std::vector<TopicPartition> partitions, CallOptions options)
{
    return fetchAt(RD_KAFKA_OFFSET_SPEC_EARLIEST, std::move(partitions), options);
}

Task<std::vector<PartitionOffset>> RdKafkaAdmin::fetchOffsetsForTimes(
    std::vector<TimeQuery> queries, CallOptions options)
{
    std::vector<OffsetQuery> times;
    std::vector<TopicPartition> partitions;
    for (const auto &query : queries) {
        times.push_back({query.tp, query.at.time_since_epoch().count()});
        partitions.push_back(query.tp);
    }
    auto startsTask = fetchStartOffsets(partitions, options);
    auto endsTask = fetchEndOffsets(partitions, options);
    auto found = co_await m_offsets.ask(std::move(times), options);
    const auto starts = co_await startsTask;
    const auto ends = co_await endsTask;
    if (!found || !starts || !ends) {
        co_return failure(!found ? found.error() : !starts ? starts.error() : ends.error());
    }
    for (std::size_t i = 0; i < found->size(); ++i) {
        (*found)[i] = clampedToLog(std::move((*found)[i]), (*starts)[i], (*ends)[i]);
    }
    co_return std::move(*found);
}

Task<std::vector<PartitionOffset>> RdKafkaAdmin::fetchCommitted(QString group, CallOptions options)
{
    const auto answer = co_await m_calls.askCoordinator(AdminCall::committed(group), options);
    if (!answer) {
        co_return failure(answer.error());
    }
    co_return committedOffsets(answer->event.get(), group);
}

Task<QStringList> RdKafkaAdmin::fetchGroups(CallOptions options)
{
    const auto answer = co_await m_calls.ask(AdminCall::listGroups(), options);
    if (!answer) {
        co_return failure(answer.error());
    }
    co_return listedGroups(answer->event.get());
}

Task<std::vector<GroupDescription>> RdKafkaAdmin::describeSlice(QStringList groups, CallOptions options)
{
    const auto answer = co_await m_calls.askCoordinator(AdminCall::describeGroups(groups), options);
    if (!answer) {
        co_return failure(answer.error());
    }
    co_return describedGroups(answer->event.get());
}

Task<std::vector<GroupDescription>> RdKafkaAdmin::describeGroups(QStringList groups, CallOptions options)
{
    groups.removeDuplicates();
    std::vector<Task<std::vector<GroupDescription>>> slices;
    for (qsizetype at = 0; at < groups.size(); at += groupsPerCall) {
        slices.push_back(describeSlice(groups.mid(at, groupsPerCall), options));
    }
    std::vector<GroupDescription> descriptions;
    std::optional<Error> error;
    for (auto &slice : slices) {
        auto described = co_await slice;
        if (described) {
            std::ranges::move(*described, std::back_inserter(descriptions));
        } else {
            error = described.error();
        }
    }
    if (error) {
        co_return failure(*error);
    }
    co_return descriptions;
}

Task<QHash<QString, QString>> RdKafkaAdmin::fetchTopicIds(QStringList topics, CallOptions options)
{
    if (topics.isEmpty()) {
        co_return QHash<QString, QString>();
    }
    const auto answer = co_await m_calls.ask(AdminCall::describeTopics(topics), options);
    if (!answer) {
        co_return failure(answer.error());
    }
    co_return topicIdsOf(answer->event.get());
}

Task<std::vector<ConfigEntry>> RdKafkaAdmin::fetchConfig(
    rd_kafka_ResourceType_t type, QByteArray name, CallOptions options)
{
    const auto answer = co_await m_calls.ask(AdminCall::describeConfig(type, name), options);
    if (!answer) {
        co_return failure(answer.error());
    }
    co_return describedConfig(answer->event.get());
}

Task<std::vector<ConfigEntry>> RdKafkaAdmin::fetchTopicConfig(QString topic, CallOptions options)
{
    return fetchConfig(RD_KAFKA_RESOURCE_TOPIC, topic.toUtf8(), options);
}

Task<std::vector<ConfigEntry>> RdKafkaAdmin::fetchBrokerConfig(std::int32_t broker, CallOptions options)
{
    return fetchConfig(RD_KAFKA_RESOURCE_BROKER, QByteArray::number(broker), options);
}

} // namespace

std::unique_ptr<KafkaAdmin> makeRdKafkaAdmin(
    const KafkaConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock)
{
    return std::make_unique<RdKafkaAdmin>(config, std::move(secrets), std::move(clock));
}

} // namespace headgate
