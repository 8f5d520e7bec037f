// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/kafka/recordproducer.h"

#include "common/offload.h"

#include <librdkafka/rdkafka.h>

#include <array>

namespace headgate::localworker {

//! What a call of send() still waits for. The tickets given to librdkafka share it, so that a late report finds it
//! alive.
struct RecordProducer::Batch
{
    std::size_t left = 0;
    std::vector<std::int64_t> offsets;
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
};

namespace {

template <class Batch> struct Ticket
{
    std::shared_ptr<Batch> batch;
    std::size_t index;
};

void setBytes(rd_kafka_vu_t &field, const std::optional<QByteArray> &bytes)
{
    field.u.mem.ptr = bytes ? const_cast<char *>(bytes->constData()) : nullptr; // copied, never written to
    field.u.mem.size = bytes ? static_cast<std::size_t>(bytes->size()) : 0;
}

rd_kafka_resp_err_t enqueue(rd_kafka_t *client, const OutRecord &record, void *ticket)
{
    auto *headers = rd_kafka_headers_new(record.headers.size());
    for (const auto &[name, value] : record.headers) {
        rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()),
            value ? value->constData() : nullptr, value ? value->size() : 0);
    }
    std::array<rd_kafka_vu_t, 8> fields {};
    fields[0].vtype = RD_KAFKA_VTYPE_TOPIC;
    fields[0].u.cstr = record.topic.c_str();
    fields[1].vtype = RD_KAFKA_VTYPE_PARTITION;
    fields[1].u.i32 = record.partition;
    fields[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    fields[2].u.i = RD_KAFKA_MSG_F_COPY;
    fields[3].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
    fields[3].u.i64 = record.timestamp;
    fields[4].vtype = RD_KAFKA_VTYPE_KEY;
    setBytes(fields[4], record.key);
    fields[5].vtype = RD_KAFKA_VTYPE_VALUE;
    setBytes(fields[5], record.value);
    fields[6].vtype = RD_KAFKA_VTYPE_HEADERS;
    fields[6].u.headers = headers;
    fields[7].vtype = RD_KAFKA_VTYPE_OPAQUE;
    fields[7].u.ptr = ticket;
    const ErrorHandle error(rd_kafka_produceva(client, fields.data(), fields.size()));
    if (!error) {
        return RD_KAFKA_RESP_ERR_NO_ERROR;
    }
    rd_kafka_headers_destroy(headers); // still ours when it failed
    return rd_kafka_error_code(error.get());
}

Throwable writeFailed(rd_kafka_resp_err_t error)
{
    return {.type = "org.apache.kafka.connect.errors.ConnectException",
        .message = "Unrecoverable exception from producer send callback",
        .at = "RecordProducer.send",
        .cause
        = std::make_shared<const Throwable>(Throwable {.type = std::string("org.apache.kafka.common.KafkaException"),
            .message = rd_kafka_err2str(error),
            .at = "librdkafka",
            .cause = {}})};
}

} // namespace

RecordProducer::RecordProducer(RdKafka client)
    : m_client(std::move(client))
    , m_watch(std::make_unique<QueueWatch>(QueueHandle(rd_kafka_queue_get_main(m_client.get()))))
{
    connect(m_watch.get(), &QueueWatch::ready, this, &RecordProducer::drain);
}

RecordProducer::~RecordProducer() = default;

QCoro::Task<Outcome<std::vector<std::int64_t>>> RecordProducer::send(std::vector<OutRecord> records)
{
    const auto batch = std::make_shared<Batch>();
    batch->offsets.resize(records.size(), -1);
    for (std::size_t i = 0; i < records.size() && batch->error == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
        auto ticket = std::make_unique<Ticket<Batch>>(batch, i);
        auto error = enqueue(m_client.get(), records[i], ticket.get());
        while (error == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
            co_await m_delivered.wait();
            error = enqueue(m_client.get(), records[i], ticket.get());
        }
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
            batch->error = error;
        } else {
            ticket.release(); // comes back with its delivery report
            ++batch->left;
        }
    }
    while (batch->left > 0) {
        co_await m_delivered.wait();
    }
    if (batch->error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        co_return thrown(writeFailed(batch->error));
    }
    co_return std::move(batch->offsets);
}

void RecordProducer::drain()
{
    while (EventHandle event {rd_kafka_queue_poll(m_watch->queue(), 0)}) {
        while (const auto *message = rd_kafka_event_message_next(event.get())) {
            const std::unique_ptr<Ticket<Batch>> ticket(static_cast<Ticket<Batch> *>(message->_private));
            if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
                ticket->batch->error = message->err;
            }
            ticket->batch->offsets[ticket->index] = message->offset;
            --ticket->batch->left;
        }
    }
    m_delivered.notify();
}

QCoro::Task<> RecordProducer::close()
{
    const auto flush = [](rd_kafka_t *client) {
        return rd_kafka_flush(client, 2000);
    };
    // With delivery reports as events flush() only counts them, so they must be drained meanwhile.
    const auto flushed = QtConcurrent::run(flush, m_client.get());
    while (!flushed.isFinished()) {
        co_await m_delivered.wait(Milliseconds(20));
        drain();
    }
    rd_kafka_purge(m_client.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    drain();
    m_watch.reset();
    co_await destroyClient(std::move(m_client));
}

} // namespace headgate::localworker
