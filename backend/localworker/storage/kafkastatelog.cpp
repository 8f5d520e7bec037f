// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/storage/kafkastatelog.h"

#include "common/log.h"
#include "common/offload.h"
#include "localworker/kafka/brokeradmin.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <chrono>
#include <thread>

namespace headgate::localworker {

namespace {

constexpr std::array kafkaTopics {StateTopic::Configs, StateTopic::Offsets, StateTopic::Status};
constexpr std::chrono::seconds readDeadline {60};

struct TopicRead
{
    StateMap entries;
    std::string fault;
};

std::string textOf(const void *data, std::size_t size)
{
    return data ? std::string(static_cast<const char *>(data), size) : std::string();
}

//! Ends of the partitions; false when the brokers do not tell.
bool endsOf(rd_kafka_t *client, const std::string &topic, int partitions, std::map<int, std::int64_t> &left)
{
    for (int i = 0; i < partitions; ++i) {
        std::int64_t low = 0;
        std::int64_t high = 0;
        if (rd_kafka_query_watermark_offsets(client, topic.c_str(), i, &low, &high, 10'000)
            != RD_KAFKA_RESP_ERR_NO_ERROR) {
            return false;
        }
        if (high > low) {
            left[i] = high;
        }
    }
    return true;
}

//! Blocking; runs in the pool with a consumer of its own.
TopicRead readWhole(Properties properties, const std::string &topic, int partitions)
{
    auto client = makeClient(ClientRole::Consumer, properties);
    if (!client) {
        return {{}, client.error().message};
    }
    const auto until = std::chrono::steady_clock::now() + readDeadline;
    std::map<int, std::int64_t> left;
    while (!endsOf(client->get(), topic, partitions, left)) { // a topic just made may have no leader yet
        if (std::chrono::steady_clock::now() > until) {
            return {{}, "No answer from the brokers for " + topic};
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    const PartitionList assigned(rd_kafka_topic_partition_list_new(partitions));
    for (const auto &[partition, end] : left) {
        rd_kafka_topic_partition_list_add(assigned.get(), topic.c_str(), partition)->offset = RD_KAFKA_OFFSET_BEGINNING;
    }
    rd_kafka_assign(client->get(), assigned.get());
    TopicRead read;
    while (!left.empty()) {
        const MessageHandle message(rd_kafka_consumer_poll(client->get(), 200));
        if (std::chrono::steady_clock::now() > until) {
            return {{}, "Reading " + topic + " did not come to its end in time"};
        }
        if (!message) {
            continue;
        }
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            const auto key = textOf(message->key, message->key_len);
            auto value = parseJson(textOf(message->payload, message->len));
            if (!message->payload || value.is_discarded()) {
                read.entries.erase(key);
            } else {
                read.entries[key] = std::move(value);
            }
        }
        // The last offsets may be missing (compacted, transaction markers): the end of the partition counts too.
        const auto end = left.find(message->partition);
        const bool atEnd = message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
        if (end != left.end() && (atEnd || message->offset + 1 >= end->second)) {
            left.erase(end);
        }
    }
    rd_kafka_consumer_close(client->get());
    return read;
}

} // namespace

KafkaStateLog::KafkaStateLog(const Brokers &brokers, std::string group, RecordProducer &producer)
    : m_brokers(brokers)
    , m_group(std::move(group))
    , m_producer(producer)
{
}

std::string KafkaStateLog::nameOf(StateTopic topic) const
{
    switch (topic) {
    case StateTopic::Configs:
        return m_group + "-configs";
    case StateTopic::Offsets:
        return m_group + "-offsets";
    case StateTopic::Status:
        return m_group + "-status";
    case StateTopic::SinkPositions:
        break; // a real broker has groups
    }
    return {};
}

Task<std::map<StateTopic, StateMap>> KafkaStateLog::load()
{
    auto properties = m_brokers.client("headgate-worker-state");
    properties.insert(properties.end(),
        {{"group.id", m_group + "-state"}, {"enable.auto.commit", "false"}, {"enable.partition.eof", "true"}});
    std::map<StateTopic, StateMap> state;
    for (const auto topic : kafkaTopics) {
        const int partitions = topic == StateTopic::Configs ? 1 : 5;
        const auto made = co_await createTopic(m_producer.client(), nameOf(topic), partitions, -1, true);
        if (!made) {
            co_return failure({.kind = ErrorKind::StorageFailed,
                .message = QString::fromStdString(made.error().message),
                .target = QString::fromStdString(nameOf(topic))});
        }
        const auto sizes = co_await topicSizes(m_producer.client());
        const auto size = sizes.find(nameOf(topic));
        auto read = co_await QtConcurrent::run(
            readWhole, properties, nameOf(topic), size == sizes.end() ? partitions : size->second);
        if (!read.fault.empty()) {
            co_return failure({.kind = ErrorKind::StorageFailed, .message = QString::fromStdString(read.fault)});
        }
        state[topic] = std::move(read.entries);
    }
    co_return state;
}

Task<void> KafkaStateLog::put(StateTopic topic, std::string key, std::optional<Json> value)
{
    std::vector<OutRecord> records;
    records.push_back({.topic = nameOf(topic),
        .key = QByteArray::fromStdString(key),
        .value = value ? std::optional(toBytes(*value)) : std::nullopt,
        .headers = {}});
    const auto sent = co_await m_producer.send(std::move(records));
    if (!sent) {
        const auto &cause = sent.error().cause ? *sent.error().cause : sent.error();
        co_return failure({.kind = ErrorKind::StorageFailed, .message = QString::fromStdString(cause.message)});
    }
    co_return {};
}

void KafkaStateLog::putLater(StateTopic topic, std::string key, std::optional<Json> value)
{
    put(topic, std::move(key), std::move(value)).then([](const Result<void> &kept) {
        if (!kept) {
            qCWarning(logWorker) << "State not written:" << kept.error().message;
        }
    });
}

QCoro::Task<> KafkaStateLog::close()
{
    co_return; // the producer, which is closed next, sends what is left
}

} // namespace headgate::localworker
