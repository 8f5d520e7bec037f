// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/realkafka/kafkafeeder.h"

#include <librdkafka/rdkafka.h>

#include <array>

namespace headgate::test {

namespace {

constexpr int patience = 60'000; // ms
constexpr int firstDelivery = 30'000;

using Event = std::unique_ptr<rd_kafka_event_t, decltype(&rd_kafka_event_destroy)>;
using Queue = std::unique_ptr<rd_kafka_queue_t, decltype(&rd_kafka_queue_destroy)>;
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, decltype(&rd_kafka_NewTopic_destroy)>;

struct Deliveries
{
    QString fault;
};

void onDelivery(rd_kafka_t *, const rd_kafka_message_t *message, void *)
{
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        static_cast<Deliveries *>(message->_private)->fault = QString::fromUtf8(rd_kafka_err2str(message->err));
    }
}

decltype(rd_kafka_vu_t::u.mem) memory(const std::optional<QByteArray> &bytes)
{
    decltype(rd_kafka_vu_t::u.mem) part {};
    if (bytes) {
        part.ptr = const_cast<char *>(bytes->constData()); // the library copies
        part.size = static_cast<size_t>(bytes->size());
    }
    return part;
}

} // namespace

KafkaFeeder::KafkaFeeder(const QString &bootstrap)
{
    auto *conf = rd_kafka_conf_new();
    char text[256] = {};
    rd_kafka_conf_set(conf, "bootstrap.servers", bootstrap.toUtf8().constData(), text, sizeof text);
    rd_kafka_conf_set(conf, "client.id", "headgate-test-feeder", text, sizeof text);
    rd_kafka_conf_set(conf, "linger.ms", "1", text, sizeof text);
    // In their order also where a batch has to be sent again: one request in flight alone lets the next batch pass the
    // one that waits for its retry.
    rd_kafka_conf_set(conf, "enable.idempotence", "true", text, sizeof text);
    rd_kafka_conf_set_dr_msg_cb(conf, onDelivery);
    m_kafka = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text, sizeof text);
    if (m_kafka == nullptr) {
        rd_kafka_conf_destroy(conf);
        m_fault = QString::fromUtf8(text);
    }
}

KafkaFeeder::~KafkaFeeder()
{
    if (m_kafka != nullptr) {
        rd_kafka_destroy(m_kafka);
    }
}

QString KafkaFeeder::createTopic(const QString &topic, int partitions, int copies, const QStringList &config)
{
    if (m_kafka == nullptr) {
        return m_fault;
    }
    char text[256] = {};
    const NewTopic wanted(rd_kafka_NewTopic_new(topic.toUtf8().constData(), partitions, copies, text, sizeof text),
        &rd_kafka_NewTopic_destroy);
    for (const auto &line : config) {
        rd_kafka_NewTopic_set_config(wanted.get(), line.section(QLatin1Char('='), 0, 0).toUtf8().constData(),
            line.section(QLatin1Char('='), 1).toUtf8().constData());
    }
    const Queue queue(rd_kafka_queue_new(m_kafka), &rd_kafka_queue_destroy);
    auto *raw = wanted.get();
    rd_kafka_CreateTopics(m_kafka, &raw, 1, nullptr, queue.get());
    const Event event(rd_kafka_queue_poll(queue.get(), patience), &rd_kafka_event_destroy);
    if (!event || rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return event ? QString::fromUtf8(rd_kafka_event_error_string(event.get())) : QStringLiteral("no answer");
    }
    size_t count = 0;
    const auto *results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
    const bool good = count == 1 && rd_kafka_topic_result_error(results[0]) == RD_KAFKA_RESP_ERR_NO_ERROR;
    return good ? QString() : QString::fromUtf8(rd_kafka_topic_result_error_string(results[0]));
}

QString KafkaFeeder::enqueue(QByteArray topic, int partition, const RealKafka::Produced &record, void *deliveries)
{
    auto *headers = rd_kafka_headers_new(record.headers.size());
    for (const auto &[name, value] : record.headers) {
        rd_kafka_header_add(headers, name.constData(), name.size(), value.constData(), value.size());
    }
    std::array<rd_kafka_vu_t, 8> parts {};
    parts[0].vtype = RD_KAFKA_VTYPE_TOPIC;
    parts[0].u.cstr = topic.constData();
    parts[1].vtype = RD_KAFKA_VTYPE_PARTITION;
    parts[1].u.i32 = partition;
    parts[2].vtype = RD_KAFKA_VTYPE_KEY;
    parts[2].u.mem = memory(record.key);
    parts[3].vtype = RD_KAFKA_VTYPE_VALUE;
    parts[3].u.mem = memory(record.value);
    parts[4].vtype = RD_KAFKA_VTYPE_HEADERS;
    parts[4].u.headers = headers;
    parts[5].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
    parts[5].u.i64 = record.timestamp;
    parts[6].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    parts[6].u.i = RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_BLOCK;
    parts[7].vtype = RD_KAFKA_VTYPE_OPAQUE;
    parts[7].u.ptr = deliveries;
    auto *error = rd_kafka_produceva(m_kafka, parts.data(), parts.size());
    if (error == nullptr) {
        return {};
    }
    rd_kafka_headers_destroy(headers); // ours again, as it was not sent
    const auto fault = QString::fromUtf8(rd_kafka_error_string(error));
    rd_kafka_error_destroy(error);
    return fault;
}

QString KafkaFeeder::produce(const QString &topic, int partition, const std::vector<RealKafka::Produced> &records)
{
    if (m_kafka == nullptr) {
        return m_fault;
    }
    Deliveries deliveries;
    for (const auto &record : records) {
        if (const auto fault = enqueue(topic.toUtf8(), partition, record, &deliveries); !fault.isEmpty()) {
            return fault;
        }
        rd_kafka_poll(m_kafka, 0);
    }
    const bool flushed = rd_kafka_flush(m_kafka, firstDelivery) == RD_KAFKA_RESP_ERR_NO_ERROR;
    return flushed ? deliveries.fault : QStringLiteral("not all records were delivered in time");
}

QString KafkaFeeder::deleteRecordsBefore(const QString &topic, int partition, qint64 offset)
{
    if (m_kafka == nullptr) {
        return m_fault;
    }
    const std::unique_ptr<rd_kafka_topic_partition_list_t, decltype(&rd_kafka_topic_partition_list_destroy)> list(
        rd_kafka_topic_partition_list_new(1), &rd_kafka_topic_partition_list_destroy);
    rd_kafka_topic_partition_list_add(list.get(), topic.toUtf8().constData(), partition)->offset = offset;
    const std::unique_ptr<rd_kafka_DeleteRecords_t, decltype(&rd_kafka_DeleteRecords_destroy)> wanted(
        rd_kafka_DeleteRecords_new(list.get()), &rd_kafka_DeleteRecords_destroy);
    const Queue queue(rd_kafka_queue_new(m_kafka), &rd_kafka_queue_destroy);
    auto *raw = wanted.get();
    rd_kafka_DeleteRecords(m_kafka, &raw, 1, nullptr, queue.get());
    const Event event(rd_kafka_queue_poll(queue.get(), patience), &rd_kafka_event_destroy);
    if (!event || rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return event ? QString::fromUtf8(rd_kafka_event_error_string(event.get())) : QStringLiteral("no answer");
    }
    const auto *done = rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event.get()));
    return done->elems[0].err == RD_KAFKA_RESP_ERR_NO_ERROR ? QString()
                                                            : QString::fromUtf8(rd_kafka_err2str(done->elems[0].err));
}

} // namespace headgate::test
