// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/kafka/brokeradmin.h"

#include "common/offload.h"

#include <librdkafka/rdkafka.h>

#include <array>

namespace headgate::localworker {

namespace {

constexpr int answerDeadlineMs = 30'000;

template <class T, void (*Free)(T *)> struct FreedBy
{
    void operator()(T *p) const { Free(p); }
};
template <class T, void (*Free)(T *)> using Held = std::unique_ptr<T, FreedBy<T, Free>>;
using AdminOptions = Held<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;
using NewTopic = Held<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy>;
using ListRequest = Held<rd_kafka_ListConsumerGroupOffsets_t, rd_kafka_ListConsumerGroupOffsets_destroy>;
using AlterRequest = Held<rd_kafka_AlterConsumerGroupOffsets_t, rd_kafka_AlterConsumerGroupOffsets_destroy>;
using DeleteRequest = Held<rd_kafka_DeleteConsumerGroupOffsets_t, rd_kafka_DeleteConsumerGroupOffsets_destroy>;
using DeleteGroup = Held<rd_kafka_DeleteGroup_t, rd_kafka_DeleteGroup_destroy>;

//! librdkafka's own time-out stays long (a short one can abort the process); ours is how long we wait for the event.
AdminOptions longOptions(rd_kafka_t *client, rd_kafka_admin_op_t operation)
{
    std::array<char, 256> text {};
    AdminOptions options(rd_kafka_AdminOptions_new(client, operation));
    rd_kafka_AdminOptions_set_request_timeout(options.get(), 60'000, text.data(), text.size());
    return options;
}

AdminFault faultOf(rd_kafka_resp_err_t error)
{
    switch (error) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
    case RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND:
        return AdminFault::None;
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR_NON_EMPTY_GROUP:
    case RD_KAFKA_RESP_ERR_GROUP_SUBSCRIBED_TO_TOPIC:
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
        return AdminFault::GroupNotEmpty;
    default:
        return AdminFault::Other; // librdkafka adds codes with every version
    }
}

AdminAnswer answerOf(rd_kafka_resp_err_t error)
{
    return {faultOf(error), error == RD_KAFKA_RESP_ERR_NO_ERROR ? std::string() : rd_kafka_err2str(error)};
}

Throwable kafkaException(const char *type, std::string message)
{
    return {.type = type, .message = std::move(message), .at = "BrokerAdmin", .cause = {}};
}

AdminAnswer worst(AdminAnswer a, const rd_kafka_topic_partition_list_t *partitions)
{
    for (int i = 0; partitions && i < partitions->cnt && a.fault == AdminFault::None; ++i) {
        a = answerOf(partitions->elems[i].err);
    }
    return a;
}

const rd_kafka_topic_partition_list_t *partitionsOf(const rd_kafka_group_result_t *const *groups, std::size_t count)
{
    return count == 1 ? rd_kafka_group_result_partitions(groups[0]) : nullptr;
}

Outcome<void> createNow(rd_kafka_t *client, const std::string &topic, int partitions, int replication, bool compacted)
{
    std::array<char, 256> text {};
    const NewTopic wanted(rd_kafka_NewTopic_new(topic.c_str(), partitions, replication, text.data(), text.size()));
    if (compacted) {
        rd_kafka_NewTopic_set_config(wanted.get(), "cleanup.policy", "compact");
    }
    const QueueHandle queue(rd_kafka_queue_new(client));
    std::array topics {wanted.get()};
    rd_kafka_CreateTopics(
        client, topics.data(), 1, longOptions(client, RD_KAFKA_ADMIN_OP_CREATETOPICS).get(), queue.get());
    const EventHandle event(rd_kafka_queue_poll(queue.get(), answerDeadlineMs));
    if (!event || rd_kafka_event_error(event.get())) {
        return thrown(kafkaException("org.apache.kafka.common.errors.TimeoutException",
            event ? rd_kafka_event_error_string(event.get()) : "No answer from the brokers"));
    }
    std::size_t count = 0;
    const auto *const *results
        = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
    const auto error = count == 1 ? rd_kafka_topic_result_error(results[0]) : RD_KAFKA_RESP_ERR__BAD_MSG;
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
        return {};
    }
    const auto *message = count == 1 ? rd_kafka_topic_result_error_string(results[0]) : nullptr;
    return thrown(kafkaException(error == RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR
            ? "org.apache.kafka.common.errors.InvalidReplicationFactorException"
            : "org.apache.kafka.common.KafkaException",
        message ? message : rd_kafka_err2str(error)));
}

Outcome<Positions> listNow(rd_kafka_t *client, const std::string &group)
{
    const ListRequest request(rd_kafka_ListConsumerGroupOffsets_new(group.c_str(), nullptr));
    const QueueHandle queue(rd_kafka_queue_new(client));
    auto *raw = request.get();
    rd_kafka_ListConsumerGroupOffsets(
        client, &raw, 1, longOptions(client, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS).get(), queue.get());
    const EventHandle event(rd_kafka_queue_poll(queue.get(), answerDeadlineMs));
    const auto *result = event ? rd_kafka_event_ListConsumerGroupOffsets_result(event.get()) : nullptr;
    if (!result
        || (rd_kafka_event_error(event.get()) && faultOf(rd_kafka_event_error(event.get())) != AdminFault::None)) {
        return thrown(kafkaException("org.apache.kafka.common.errors.TimeoutException",
            event ? rd_kafka_event_error_string(event.get()) : "No answer from the brokers"));
    }
    std::size_t count = 0;
    const auto *const *groups = rd_kafka_ListConsumerGroupOffsets_result_groups(result, &count);
    const auto *partitions = partitionsOf(groups, count);
    Positions found;
    for (int i = 0; partitions && i < partitions->cnt; ++i) {
        const auto &one = partitions->elems[i];
        if (one.offset >= 0 && one.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            found[{one.topic, one.partition}] = one.offset;
        }
    }
    return found;
}

AdminAnswer setNow(rd_kafka_t *client, const std::string &group, const rd_kafka_topic_partition_list_t *positions)
{
    const AlterRequest request(rd_kafka_AlterConsumerGroupOffsets_new(group.c_str(), positions));
    const QueueHandle queue(rd_kafka_queue_new(client));
    auto *raw = request.get();
    rd_kafka_AlterConsumerGroupOffsets(
        client, &raw, 1, longOptions(client, RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS).get(), queue.get());
    const EventHandle event(rd_kafka_queue_poll(queue.get(), answerDeadlineMs));
    const auto *result = event ? rd_kafka_event_AlterConsumerGroupOffsets_result(event.get()) : nullptr;
    if (!result) {
        return answerOf(event ? rd_kafka_event_error(event.get()) : RD_KAFKA_RESP_ERR__TIMED_OUT);
    }
    std::size_t count = 0;
    const auto *const *groups = rd_kafka_AlterConsumerGroupOffsets_result_groups(result, &count);
    const auto *error = count == 1 ? rd_kafka_group_result_error(groups[0]) : nullptr;
    return worst(error ? answerOf(rd_kafka_error_code(error)) : AdminAnswer {}, partitionsOf(groups, count));
}

AdminAnswer dropNow(rd_kafka_t *client, const std::string &group, const rd_kafka_topic_partition_list_t *positions)
{
    const DeleteRequest request(rd_kafka_DeleteConsumerGroupOffsets_new(group.c_str(), positions));
    const QueueHandle queue(rd_kafka_queue_new(client));
    auto *raw = request.get();
    rd_kafka_DeleteConsumerGroupOffsets(
        client, &raw, 1, longOptions(client, RD_KAFKA_ADMIN_OP_DELETECONSUMERGROUPOFFSETS).get(), queue.get());
    const EventHandle event(rd_kafka_queue_poll(queue.get(), answerDeadlineMs));
    const auto *result = event ? rd_kafka_event_DeleteConsumerGroupOffsets_result(event.get()) : nullptr;
    if (!result) {
        return answerOf(event ? rd_kafka_event_error(event.get()) : RD_KAFKA_RESP_ERR__TIMED_OUT);
    }
    std::size_t count = 0;
    const auto *const *groups = rd_kafka_DeleteConsumerGroupOffsets_result_groups(result, &count);
    const auto *error = count == 1 ? rd_kafka_group_result_error(groups[0]) : nullptr;
    return worst(error ? answerOf(rd_kafka_error_code(error)) : AdminAnswer {}, partitionsOf(groups, count));
}

AdminAnswer alterNow(rd_kafka_t *client, const std::string &group, const PositionEdits &edits)
{
    const PartitionList set(rd_kafka_topic_partition_list_new(1));
    const PartitionList drop(rd_kafka_topic_partition_list_new(1));
    for (const auto &[tp, next] : edits) {
        // A later entry for the same partition wins.
        for (auto *list : {set.get(), drop.get()}) {
            rd_kafka_topic_partition_list_del(list, tp.first.c_str(), tp.second);
        }
        rd_kafka_topic_partition_list_add(next ? set.get() : drop.get(), tp.first.c_str(), tp.second)->offset
            = next.value_or(0);
    }
    AdminAnswer answer;
    if (set->cnt > 0) {
        answer = setNow(client, group, set.get());
    }
    if (drop->cnt > 0) {
        const auto dropped = dropNow(client, group, drop.get());
        answer = answer.fault == AdminFault::None ? dropped : answer;
    }
    return answer;
}

AdminAnswer deleteNow(rd_kafka_t *client, const std::string &group)
{
    const DeleteGroup request(rd_kafka_DeleteGroup_new(group.c_str()));
    const QueueHandle queue(rd_kafka_queue_new(client));
    auto *raw = request.get();
    rd_kafka_DeleteGroups(client, &raw, 1, longOptions(client, RD_KAFKA_ADMIN_OP_DELETEGROUPS).get(), queue.get());
    const EventHandle event(rd_kafka_queue_poll(queue.get(), answerDeadlineMs));
    const auto *result = event ? rd_kafka_event_DeleteGroups_result(event.get()) : nullptr;
    if (!result) {
        return answerOf(event ? rd_kafka_event_error(event.get()) : RD_KAFKA_RESP_ERR__TIMED_OUT);
    }
    std::size_t count = 0;
    const auto *const *groups = rd_kafka_DeleteGroups_result_groups(result, &count);
    const auto *error = count == 1 ? rd_kafka_group_result_error(groups[0]) : nullptr;
    return error ? answerOf(rd_kafka_error_code(error)) : AdminAnswer {};
}

std::string clusterIdNow(rd_kafka_t *client)
{
    char *text = rd_kafka_clusterid(client, 5000);
    std::string id = text ? text : "";
    rd_kafka_mem_free(client, text);
    return id;
}

} // namespace

QCoro::Task<Outcome<void>> createTopic(
    rd_kafka_t *client, std::string topic, int partitions, int replication, bool compacted)
{
    co_return co_await QtConcurrent::run(createNow, client, topic, partitions, replication, compacted);
}

QCoro::Task<Outcome<Positions>> committedOffsets(rd_kafka_t *client, std::string group)
{
    co_return co_await QtConcurrent::run(listNow, client, group);
}

QCoro::Task<AdminAnswer> alterOffsets(rd_kafka_t *client, std::string group, PositionEdits edits)
{
    co_return co_await QtConcurrent::run(alterNow, client, group, edits);
}

QCoro::Task<AdminAnswer> deleteGroup(rd_kafka_t *client, std::string group)
{
    co_return co_await QtConcurrent::run(deleteNow, client, group);
}

QCoro::Task<std::string> clusterId(rd_kafka_t *client)
{
    co_return co_await QtConcurrent::run(clusterIdNow, client);
}

} // namespace headgate::localworker
