// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/kafkaanswers.h"

#include "clients/kafka/kafkaerrors.h"
#include "domain/connectors/secrets.h"

#include <algorithm>
#include <span>

namespace headgate {

namespace {

QString text(const char *value)
{
    return QString::fromUtf8(value);
}

PartitionFact partitionOf(const struct rd_kafka_metadata_partition &partition)
{
    const std::span replicas(partition.replicas, static_cast<std::size_t>(partition.replica_cnt));
    const std::span isr(partition.isrs, static_cast<std::size_t>(partition.isr_cnt));
    return {.id = partition.id,
        .leader = partition.leader,
        .replicas = {replicas.begin(), replicas.end()},
        .isr = {isr.begin(), isr.end()},
        .error = nameOf(partition.err)};
}

TopicFact topicOf(const struct rd_kafka_metadata_topic &topic)
{
    TopicFact fact {.name = text(topic.topic), .error = nameOf(topic.err)};
    // By name, not by flag: AutoMQ's internal topics are not flagged, and every flagged one of Kafka starts so too.
    fact.internal = fact.name.startsWith(QLatin1String("__"));
    for (const auto &partition : std::span(topic.partitions, static_cast<std::size_t>(topic.partition_cnt))) {
        fact.partitions.push_back(partitionOf(partition));
    }
    std::ranges::sort(fact.partitions, {}, &PartitionFact::id);
    return fact;
}

std::vector<TopicPartition> partitionsOf(const rd_kafka_topic_partition_list_t *list)
{
    std::vector<TopicPartition> partitions;
    if (list) {
        for (const auto &each : std::span(list->elems, static_cast<std::size_t>(list->cnt))) {
            partitions.push_back({text(each.topic), each.partition});
        }
        std::ranges::sort(partitions);
    }
    return partitions;
}

GroupMember memberOf(const rd_kafka_MemberDescription_t *member)
{
    const auto *assignment = rd_kafka_MemberDescription_assignment(member);
    return {.memberId = text(rd_kafka_MemberDescription_consumer_id(member)),
        .clientId = text(rd_kafka_MemberDescription_client_id(member)),
        .host = text(rd_kafka_MemberDescription_host(member)),
        .assigned = partitionsOf(assignment ? rd_kafka_MemberAssignment_partitions(assignment) : nullptr)};
}

GroupDescription groupOf(const rd_kafka_ConsumerGroupDescription_t *group)
{
    GroupDescription description {.group = text(rd_kafka_ConsumerGroupDescription_group_id(group)),
        .state = text(rd_kafka_consumer_group_state_name(rd_kafka_ConsumerGroupDescription_state(group)))};
    if (const auto *error = rd_kafka_ConsumerGroupDescription_error(group); error && rd_kafka_error_code(error) != 0) {
        description.error = nameOf(rd_kafka_error_code(error));
    }
    const auto members = rd_kafka_ConsumerGroupDescription_member_count(group);
    for (std::size_t i = 0; i < members; ++i) {
        description.members.push_back(memberOf(rd_kafka_ConsumerGroupDescription_member(group, i)));
    }
    std::ranges::sort(description.members, {}, &GroupMember::memberId);
    return description;
}

ConfigEntry entryOf(const rd_kafka_ConfigEntry_t *entry)
{
    const auto name = text(rd_kafka_ConfigEntry_name(entry));
    return {.name = name,
        .value = maskedValue(name, text(rd_kafka_ConfigEntry_value(entry))),
        .sensitive = rd_kafka_ConfigEntry_is_sensitive(entry) == 1,
        .isDefault = rd_kafka_ConfigEntry_is_default(entry) == 1,
        .readOnly = rd_kafka_ConfigEntry_is_read_only(entry) == 1};
}

std::optional<QByteArray> bytes(const void *data, std::size_t length)
{
    if (!data) {
        return std::nullopt;
    }
    return QByteArray(static_cast<const char *>(data), static_cast<qsizetype>(length));
}

std::vector<RecordHeader> headersOf(const rd_kafka_message_t &message)
{
    std::vector<RecordHeader> headers;
    rd_kafka_headers_t *list = nullptr;
    if (rd_kafka_message_headers(&message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return headers;
    }
    const char *name = nullptr;
    const void *value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0; rd_kafka_header_get_all(list, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
        headers.push_back({QByteArray(name), bytes(value, size).value_or(QByteArray())});
    }
    return headers;
}

} // namespace

MetadataAnswer fetchMetadata(
    rd_kafka_t *client, MetadataScope scope, std::chrono::milliseconds timeout, std::stop_token stop)
{
    const struct rd_kafka_metadata *metadata = nullptr;
    auto code = RD_KAFKA_RESP_ERR__TIMED_OUT;
    constexpr std::chrono::milliseconds longestSlice {4000};
    std::chrono::milliseconds slice {1000};
    const int allTopics = scope == MetadataScope::AllTopics ? 1 : 0;
    while (timeout.count() > 0 && !stop.stop_requested() && code == RD_KAFKA_RESP_ERR__TIMED_OUT) {
        const auto wait = std::min(slice, timeout);
        code = rd_kafka_metadata(client, allTopics, nullptr, &metadata, static_cast<int>(wait.count()));
        if (code == RD_KAFKA_RESP_ERR__TRANSPORT) { // said after the whole wait: no broker was connected in that time
            code = RD_KAFKA_RESP_ERR__TIMED_OUT;
        }
        timeout -= wait;
        slice = std::min(slice * 2, longestSlice);
    }
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return {.code = code};
    }
    const rd::Metadata owned(metadata);
    char *id = rd_kafka_clusterid(client, 0); // both are known from the answer above
    auto cluster = clusterOf(*metadata, QString::fromUtf8(id), rd_kafka_controllerid(client, 0));
    if (id) {
        rd_kafka_mem_free(client, id);
    }
    return {.cluster = std::move(cluster)};
}

ClusterFact clusterOf(const struct rd_kafka_metadata &metadata, const QString &clusterId, std::int32_t controllerId)
{
    ClusterFact cluster {.clusterId = clusterId, .controllerId = controllerId};
    for (const auto &broker : std::span(metadata.brokers, static_cast<std::size_t>(metadata.broker_cnt))) {
        cluster.brokers.push_back({.id = broker.id, .host = text(broker.host), .port = broker.port});
    }
    for (const auto &topic : std::span(metadata.topics, static_cast<std::size_t>(metadata.topic_cnt))) {
        cluster.topics.push_back(topicOf(topic));
    }
    std::ranges::sort(cluster.brokers, {}, &BrokerFact::id);
    std::ranges::sort(cluster.topics, {}, &TopicFact::name);
    return cluster;
}

QHash<std::int32_t, QString> racksOf(const rd_kafka_event_t *event)
{
    std::size_t count = 0;
    const auto **nodes = rd_kafka_DescribeCluster_result_nodes(
        rd_kafka_event_DescribeCluster_result(const_cast<rd_kafka_event_t *>(event)), &count);
    QHash<std::int32_t, QString> racks;
    for (const auto *node : std::span(nodes, count)) {
        racks.insert(rd_kafka_Node_id(node), text(rd_kafka_Node_rack(node)));
    }
    return racks;
}

std::vector<OffsetAnswer> listedOffsets(const rd_kafka_event_t *event)
{
    std::size_t count = 0;
    const auto **infos = rd_kafka_ListOffsets_result_infos(
        rd_kafka_event_ListOffsets_result(const_cast<rd_kafka_event_t *>(event)), &count);
    std::vector<OffsetAnswer> answers;
    for (const auto *info : std::span(infos, count)) {
        const auto *tp = rd_kafka_ListOffsetsResultInfo_topic_partition(info);
        OffsetAnswer answer {.partition = {.tp = {text(tp->topic), tp->partition}}, .code = tp->err};
        answer.partition.error = nameOf(tp->err);
        if (tp->err == RD_KAFKA_RESP_ERR_NO_ERROR && tp->offset >= 0) {
            answer.partition.offset = tp->offset;
        }
        answers.push_back(std::move(answer));
    }
    return answers;
}

PartitionOffset clampedToLog(PartitionOffset found, const PartitionOffset &start, const PartitionOffset &end)
{
    if (!start.offset || !end.offset) {
        found.offset.reset();
        if (found.error.isEmpty()) {
            found.error = start.offset ? end.error : start.error;
        }
    } else if (found.offset) {
        const auto clamped = std::max(*found.offset, *start.offset);
        found.offset = clamped < *end.offset ? std::optional(clamped) : std::nullopt;
    }
    return found;
}

Result<std::vector<PartitionOffset>> committedOffsets(const rd_kafka_event_t *event, const QString &group)
{
    std::size_t count = 0;
    const auto **groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
        rd_kafka_event_ListConsumerGroupOffsets_result(const_cast<rd_kafka_event_t *>(event)), &count);
    std::vector<PartitionOffset> offsets;
    for (const auto *result : std::span(groups, count)) {
        if (const auto *error = rd_kafka_group_result_error(result); error && rd_kafka_error_code(error) != 0) {
            return failure(kafkaError(
                rd_kafka_error_code(error), text(rd_kafka_error_string(error)), group, QStringLiteral("OffsetFetch")));
        }
        const auto *list = rd_kafka_group_result_partitions(result);
        for (const auto &each : std::span(list->elems, list ? static_cast<std::size_t>(list->cnt) : 0)) {
            PartitionOffset offset {.tp = {text(each.topic), each.partition}, .error = nameOf(each.err)};
            if (each.err == RD_KAFKA_RESP_ERR_NO_ERROR && each.offset >= 0) {
                offset.offset = each.offset;
            }
            offsets.push_back(std::move(offset));
        }
    }
    std::ranges::sort(offsets, {}, &PartitionOffset::tp);
    return offsets;
}

Result<QStringList> listedGroups(const rd_kafka_event_t *event)
{
    const auto *result = rd_kafka_event_ListConsumerGroups_result(const_cast<rd_kafka_event_t *>(event));
    std::size_t count = 0;
    if (const auto **errors = rd_kafka_ListConsumerGroups_result_errors(result, &count); count > 0) {
        return failure(kafkaError(
            rd_kafka_error_code(errors[0]), text(rd_kafka_error_string(errors[0])), {}, QStringLiteral("ListGroups")));
    }
    const auto **listings = rd_kafka_ListConsumerGroups_result_valid(result, &count);
    QStringList groups;
    for (const auto *listing : std::span(listings, count)) {
        groups.append(text(rd_kafka_ConsumerGroupListing_group_id(listing)));
    }
    groups.sort();
    groups.removeDuplicates(); // a group that moves is listed by both coordinators
    return groups;
}

std::vector<GroupDescription> describedGroups(const rd_kafka_event_t *event)
{
    std::size_t count = 0;
    const auto **groups = rd_kafka_DescribeConsumerGroups_result_groups(
        rd_kafka_event_DescribeConsumerGroups_result(const_cast<rd_kafka_event_t *>(event)), &count);
    std::vector<GroupDescription> descriptions;
    for (const auto *group : std::span(groups, count)) {
        descriptions.push_back(groupOf(group));
    }
    return descriptions;
}

Result<std::vector<ConfigEntry>> describedConfig(const rd_kafka_event_t *event)
{
    std::size_t count = 0;
    const auto **resources = rd_kafka_DescribeConfigs_result_resources(
        rd_kafka_event_DescribeConfigs_result(const_cast<rd_kafka_event_t *>(event)), &count);
    std::vector<ConfigEntry> entries;
    for (const auto *resource : std::span(resources, count)) {
        if (const auto code = rd_kafka_ConfigResource_error(resource); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
            return failure(kafkaError(code, text(rd_kafka_ConfigResource_error_string(resource)),
                text(rd_kafka_ConfigResource_name(resource)), QStringLiteral("DescribeConfigs")));
        }
        std::size_t configs = 0;
        const auto **list = rd_kafka_ConfigResource_configs(resource, &configs);
        for (const auto *entry : std::span(list, configs)) {
            entries.push_back(entryOf(entry));
        }
    }
    std::ranges::sort(entries, {}, &ConfigEntry::name);
    return entries;
}

QHash<QString, QString> topicIdsOf(const rd_kafka_event_t *event)
{
    std::size_t count = 0;
    const auto **topics = rd_kafka_DescribeTopics_result_topics(
        rd_kafka_event_DescribeTopics_result(const_cast<rd_kafka_event_t *>(event)), &count);
    QHash<QString, QString> ids;
    for (const auto *topic : std::span(topics, count)) {
        const auto *id = rd_kafka_TopicDescription_topic_id(topic);
        const auto *error = rd_kafka_TopicDescription_error(topic);
        const bool none = rd_kafka_Uuid_least_significant_bits(id) == 0 && rd_kafka_Uuid_most_significant_bits(id) == 0;
        if (!none && (!error || rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR_NO_ERROR)) {
            ids.insert(text(rd_kafka_TopicDescription_name(topic)), text(rd_kafka_Uuid_base64str(id)));
        }
    }
    return ids;
}

Record recordOf(const rd_kafka_message_t &message)
{
    rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
    const auto timestamp = rd_kafka_message_timestamp(&message, &type);
    Record record {.tp = {text(rd_kafka_topic_name(message.rkt)), message.partition}, .offset = message.offset};
    if (type != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE && timestamp > 0) {
        record.timestamp = Instant(Milliseconds(timestamp));
    }
    record.key = bytes(message.key, message.key_len);
    record.value = bytes(message.payload, message.len);
    record.headers = headersOf(message);
    return record;
}

} // namespace headgate
