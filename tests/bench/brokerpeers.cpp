// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/brokerpeers.h"

#include <QElapsedTimer>

#include <librdkafka/rdkafka.h>

namespace headgate::bench {

namespace {

constexpr int patience = 30'000;

class Client
{
public:
    explicit Client(const QString &bootstrap)
    {
        auto *conf = rd_kafka_conf_new();
        rd_kafka_conf_set(conf, "bootstrap.servers", bootstrap.toUtf8().constData(), nullptr, 0);
        rd_kafka_conf_set(conf, "client.id", "bench-peer", nullptr, 0);
        m_client = rd_kafka_new(RD_KAFKA_CONSUMER, conf, nullptr, 0);
    }
    ~Client() { rd_kafka_destroy(m_client); }
    Q_DISABLE_COPY_MOVE(Client)

    //! False when a partition has no answer.
    bool askTopics(const Topics &topics, int first, int count) const
    {
        auto *list = rd_kafka_topic_partition_list_new(count * topics.partitionsEach);
        for (int topic = first; topic < first + count; ++topic) {
            for (int partition = 0; partition < topics.partitionsEach; ++partition) {
                rd_kafka_topic_partition_list_add(list, topics.name(topic).constData(), partition)->offset
                    = RD_KAFKA_OFFSET_END;
            }
        }
        bool good = rd_kafka_offsets_for_times(m_client, list, patience) == RD_KAFKA_RESP_ERR_NO_ERROR;
        for (int i = 0; i < list->cnt; ++i) {
            good = good && list->elems[i].err == RD_KAFKA_RESP_ERR_NO_ERROR && list->elems[i].offset >= 0;
        }
        rd_kafka_topic_partition_list_destroy(list);
        return good;
    }
    bool askPartition(const QByteArray &topic, int partition) const
    {
        std::int64_t low = 0, high = -1;
        const auto code
            = rd_kafka_query_watermark_offsets(m_client, topic.constData(), partition, &low, &high, patience);
        return code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0;
    }

private:
    rd_kafka_t *m_client;
};

double since(const QElapsedTimer &clock)
{
    return double(clock.nsecsElapsed()) / 1e6;
}

} // namespace

double askLikeKcat(const QString &bootstrap, const Topics &topics)
{
    const Client client(bootstrap);
    QElapsedTimer clock;
    clock.start();
    return client.askTopics(topics, 0, topics.count) ? since(clock) : -1;
}

double askLikeKafkaJs(const QString &bootstrap, const Topics &topics, int tried)
{
    const Client client(bootstrap);
    bool good = client.askTopics(topics, 0, 1); // connections and metadata are not counted
    QElapsedTimer clock;
    clock.start();
    for (int topic = 0; topic < tried; ++topic) {
        good = client.askTopics(topics, topic, 1) && good;
    }
    return good ? since(clock) / tried * topics.count : -1;
}

double askOneByOne(const QString &bootstrap, const Topics &topics, int tried)
{
    const Client client(bootstrap);
    bool good = client.askTopics(topics, 0, 1);
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < tried; ++i) {
        good = client.askPartition(topics.name(i % topics.count), i / topics.count) && good;
    }
    return good ? since(clock) / tried * topics.partitions() : -1;
}

} // namespace headgate::bench
