// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/partitionread.h"

#include "clients/kafka/kafkaanswers.h"
#include "clients/kafka/kafkaerrors.h"

#include <QCoroFuture>
#include <QtConcurrentRun>

namespace headgate {

namespace {

qint64 sizeOf(const rd_kafka_message_t &message)
{
    return static_cast<qint64>(message.key_len + message.len);
}

} // namespace

PartitionRead::PartitionRead(KafkaHandlePtr handle, ReadRequest request)
    : m_handle(std::move(handle))
    , m_request(std::move(request))
    , m_topic(rd_kafka_topic_new(m_handle->client(), m_request.tp.topic.toUtf8().constData(), nullptr),
          rd_kafka_topic_destroy)
    , m_queue(rd_kafka_queue_new(m_handle->client()), rd_kafka_queue_destroy)
{
    m_answer.next = m_request.from;
    m_pump = std::make_unique<EventPump>(m_queue.get(), [this](rd::Event event) { receive(std::move(event)); });
    rd_kafka_consume_start_queue(m_topic.get(), m_request.tp.partition, m_request.from, m_queue.get());
}

QCoro::Task<> PartitionRead::stop()
{
    m_pump.reset();
    co_await QtConcurrent::run(&kafkaThreads(),
        [topic = std::move(m_topic), queue = std::move(m_queue), partition = m_request.tp.partition,
            native = m_handle->native()] { rd_kafka_consume_stop(topic.get(), partition); });
}

Task<ReadAnswer> PartitionRead::collect(CallOptions options)
{
    const auto ended = co_await m_done->within(options);
    if (!ended && ended.error().kind == ErrorKind::DeadlineExceeded && !m_answer.records.empty()) {
        m_answer.limited = true;
        co_return std::move(m_answer);
    }
    if (!ended) {
        co_return failure(ended.error());
    }
    co_return std::move(m_answer);
}

void PartitionRead::receive(rd::Event event)
{
    if (rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_ERROR) {
        receiveError(event.get());
        return;
    }
    while (const auto *message = rd_kafka_event_message_next(event.get())) {
        if (m_done->isResolved()) {
            return;
        }
        receiveMessage(*message);
    }
}

//! The end of a partition comes as an error event of its own, not among the messages.
void PartitionRead::receiveError(rd_kafka_event_t *event)
{
    const auto code = rd_kafka_event_error(event);
    if (code == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        // Also when the last offsets hold no records (transaction markers, compaction): then it comes before `until`.
        // An open transaction ends what can be read before that too.
        const std::unique_ptr<rd_kafka_topic_partition_t, decltype(&rd_kafka_topic_partition_destroy)> end(
            rd_kafka_event_topic_partition(event), rd_kafka_topic_partition_destroy);
        m_answer.next = std::max(m_answer.next, end && end->offset >= 0 ? end->offset : m_request.until);
        m_answer.reachedEnd = true;
        m_done->resolve(Done {});
    } else {
        m_done->resolve(failure(kafkaError(
            code, QString::fromUtf8(rd_kafka_event_error_string(event)), m_request.tp.topic, QStringLiteral("Fetch"))));
    }
}

void PartitionRead::receiveMessage(const rd_kafka_message_t &message)
{
    if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        // Also when the last offsets hold no records (transaction markers, compaction): then it comes before `until`.
        m_answer.next = std::max(m_answer.next, message.offset);
        m_answer.reachedEnd = true;
        m_done->resolve(Done {});
        return;
    }
    if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        m_done->resolve(failure(kafkaError(message.err, QString::fromUtf8(rd_kafka_message_errstr(&message)),
            m_request.tp.topic, QStringLiteral("Fetch"))));
        return;
    }
    if (message.offset >= m_request.until) {
        m_answer.next = m_request.until;
        m_answer.reachedEnd = true;
        m_done->resolve(Done {});
        return;
    }
    m_bytes += sizeOf(message);
    m_answer.records.push_back(recordOf(message));
    m_answer.next = message.offset + 1;
    m_answer.reachedEnd = m_answer.next >= m_request.until;
    m_answer.limited = !m_answer.reachedEnd
        && (m_answer.records.size() >= static_cast<std::size_t>(m_request.maxRecords) || m_bytes >= m_request.maxBytes);
    if (m_answer.reachedEnd || m_answer.limited) {
        m_done->resolve(Done {});
    }
}

} // namespace headgate
