// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/kafka/recordconsumer.h"

#include "common/offload.h"

#include <librdkafka/rdkafka.h>

namespace headgate::localworker {

namespace {

Throwable kafkaError(rd_kafka_resp_err_t error, std::string message, std::string at)
{
    if (message.empty()) {
        message = rd_kafka_err2str(error);
    }
    return {.type = "org.apache.kafka.common.KafkaException",
        .message = std::move(message),
        .at = std::move(at),
        .cause = {}};
}

PartitionList listOf(const Positions &positions)
{
    PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(positions.size())));
    for (const auto &[tp, offset] : positions) {
        rd_kafka_topic_partition_list_add(list.get(), tp.first.c_str(), tp.second)->offset = offset;
    }
    return list;
}

std::optional<QByteArray> bytesOf(const void *data, std::size_t size)
{
    return data ? std::optional(QByteArray(static_cast<const char *>(data), static_cast<qsizetype>(size)))
                : std::nullopt;
}

InRecord recordOf(const rd_kafka_message_t &message)
{
    InRecord record {.topic = rd_kafka_topic_name(message.rkt),
        .partition = message.partition,
        .offset = message.offset,
        .timestamp = rd_kafka_message_timestamp(&message, nullptr),
        .key = bytesOf(message.key, message.key_len),
        .value = bytesOf(message.payload, message.len),
        .headers = {}};
    rd_kafka_headers_t *headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
        const char *name = nullptr;
        const void *value = nullptr;
        std::size_t size = 0;
        for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
            ++i) {
            record.headers.emplace_back(name, bytesOf(value, size));
        }
    }
    return record;
}

} // namespace

RecordConsumer::RecordConsumer(RdKafka client)
    : m_client(std::move(client))
{
    rd_kafka_poll_set_consumer(m_client.get());
    m_watch = std::make_unique<QueueWatch>(QueueHandle(rd_kafka_queue_get_consumer(m_client.get())));
    connect(m_watch.get(), &QueueWatch::ready, this, [this] {
        m_arrived = true;
        m_readable.notify();
    });
}

RecordConsumer::~RecordConsumer() = default;

Outcome<void> RecordConsumer::subscribe(const std::vector<std::string> &topics)
{
    m_grouped = true;
    const PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(topics.size())));
    for (const auto &topic : topics) {
        rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    }
    if (const auto error = rd_kafka_subscribe(m_client.get(), list.get())) {
        return thrown(kafkaError(error, {}, "RecordConsumer.subscribe"));
    }
    return {};
}

Outcome<void> RecordConsumer::assign(const Positions &positions)
{
    if (const auto error = rd_kafka_assign(m_client.get(), listOf(positions).get())) {
        return thrown(kafkaError(error, {}, "RecordConsumer.assign"));
    }
    return {};
}

Outcome<std::vector<InRecord>> RecordConsumer::take(int limit)
{
    m_arrived = false;
    std::vector<InRecord> records;
    while (static_cast<int>(records.size()) < limit) {
        const MessageHandle message(rd_kafka_consumer_poll(m_client.get(), 0));
        if (!message) {
            return records;
        }
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            records.push_back(recordOf(*message));
        } else if (message->err != RD_KAFKA_RESP_ERR__PARTITION_EOF
            && message->err != RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) {
            // A missing topic is no error for a sink; transport troubles pass by themselves and come as
            // RD_KAFKA_EVENT_ERROR.
            if (rd_kafka_fatal_error(m_client.get(), nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR) {
                return thrown(kafkaError(message->err, rd_kafka_message_errstr(message.get()), "RecordConsumer.take"));
            }
        }
    }
    m_arrived = true; // more may be there, and the queue tells only when it was empty before
    return records;
}

QCoro::Task<> RecordConsumer::waitReadable(std::chrono::milliseconds patience, std::stop_token stop)
{
    if (m_arrived || stop.stop_requested()) {
        co_return;
    }
    co_await m_readable.wait(patience, stop);
}

void RecordConsumer::setPaused(bool paused)
{
    rd_kafka_topic_partition_list_t *raw = nullptr;
    if (rd_kafka_assignment(m_client.get(), &raw) == RD_KAFKA_RESP_ERR_NO_ERROR) {
        const PartitionList assigned(raw);
        paused ? rd_kafka_pause_partitions(m_client.get(), raw) : rd_kafka_resume_partitions(m_client.get(), raw);
    }
}

void RecordConsumer::commit(const Positions &positions)
{
    if (m_grouped && !positions.empty()) {
        rd_kafka_commit(m_client.get(), listOf(positions).get(), 1);
    }
}

QCoro::Task<> RecordConsumer::close(Positions last)
{
    m_watch.reset();
    auto client = std::shared_ptr<rd_kafka_t>(std::move(m_client));
    const auto leave = [](std::shared_ptr<rd_kafka_t> handle, bool grouped, Positions positions) {
        if (grouped && !positions.empty()) {
            rd_kafka_commit(handle.get(), listOf(positions).get(), 0);
        }
        rd_kafka_consumer_close(handle.get());
        handle.reset();
    };
    co_await QtConcurrent::run(leave, std::move(client), m_grouped, std::move(last));
}

QCoro::Task<std::map<std::string, int>> topicSizes(rd_kafka_t *client)
{
    const auto ask = [](rd_kafka_t *handle) {
        std::map<std::string, int> sizes;
        const rd_kafka_metadata_t *metadata = nullptr;
        if (rd_kafka_metadata(handle, 1, nullptr, &metadata, 3000) == RD_KAFKA_RESP_ERR_NO_ERROR) {
            for (int i = 0; i < metadata->topic_cnt; ++i) {
                sizes[metadata->topics[i].topic] = metadata->topics[i].partition_cnt;
            }
            rd_kafka_metadata_destroy(metadata);
        }
        return sizes;
    };
    co_return co_await QtConcurrent::run(ask, client);
}

} // namespace headgate::localworker
