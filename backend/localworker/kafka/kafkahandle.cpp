// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/kafka/kafkahandle.h"

#include "common/offload.h"

#include <librdkafka/rdkafka.h>

#include <array>

#include <sys/eventfd.h>
#include <unistd.h>

namespace headgate::localworker {

void Destroy::operator()(rd_kafka_t *p) const
{
    rd_kafka_destroy(p);
}
void Destroy::operator()(rd_kafka_conf_t *p) const
{
    rd_kafka_conf_destroy(p);
}
void Destroy::operator()(rd_kafka_queue_t *p) const
{
    rd_kafka_queue_destroy(p);
}
void Destroy::operator()(rd_kafka_event_t *p) const
{
    rd_kafka_event_destroy(p);
}
void Destroy::operator()(rd_kafka_message_t *p) const
{
    rd_kafka_message_destroy(p);
}
void Destroy::operator()(rd_kafka_topic_partition_list_t *p) const
{
    rd_kafka_topic_partition_list_destroy(p);
}
void Destroy::operator()(rd_kafka_error_t *p) const
{
    rd_kafka_error_destroy(p);
}

Outcome<RdKafka> makeClient(ClientRole role, const Properties &properties)
{
    std::array<char, 512> text {};
    ConfHandle conf(rd_kafka_conf_new());
    for (const auto &[key, value] : properties) {
        if (rd_kafka_conf_set(conf.get(), key.c_str(), value.c_str(), text.data(), text.size()) != RD_KAFKA_CONF_OK) {
            return thrown({.type = "org.apache.kafka.common.config.ConfigException",
                .message = text.data(),
                .at = "makeClient",
                .cause = {}});
        }
    }
    const bool producer = role == ClientRole::Producer;
    rd_kafka_conf_set_events(conf.get(), producer ? RD_KAFKA_EVENT_DR : RD_KAFKA_EVENT_NONE);
    rd_kafka_conf_set_log_cb(conf.get(), nullptr); // its reasons reach us as errors; its own lines would go to stderr
    auto *client = rd_kafka_new(producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, conf.get(), text.data(), text.size());
    if (!client) {
        return thrown({.type = "org.apache.kafka.common.KafkaException",
            .message = text.data(),
            .at = "makeClient",
            .cause = {}});
    }
    conf.release(); // rd_kafka_new took it
    return RdKafka(client);
}

QCoro::Task<> destroyClient(RdKafka client)
{
    auto shared = std::shared_ptr<rd_kafka_t>(std::move(client));
    const auto free = [](std::shared_ptr<rd_kafka_t> handle) {
        handle.reset();
    };
    co_await QtConcurrent::run(free, std::move(shared));
}

QueueWatch::QueueWatch(QueueHandle queue, QObject *parent)
    : QObject(parent)
    , m_queue(std::move(queue))
    , m_descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_notifier(m_descriptor, QSocketNotifier::Read)
{
    const std::uint64_t one = 1;
    rd_kafka_queue_io_event_enable(m_queue.get(), m_descriptor, &one, sizeof one);
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        std::uint64_t count = 0;
        if (::read(m_descriptor, &count, sizeof count) > 0) {
            Q_EMIT ready();
        }
    });
}

QueueWatch::~QueueWatch()
{
    rd_kafka_queue_io_event_enable(m_queue.get(), -1, nullptr, 0);
    m_notifier.setEnabled(false);
    ::close(m_descriptor);
}

} // namespace headgate::localworker
