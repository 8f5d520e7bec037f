// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/mockcluster/mockcluster.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <algorithm>
#include <span>

namespace headgate::test {

namespace {

rd_kafka_t *newProducer(const QByteArray &bootstrap)
{
    auto *conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "client.id", "mock-cluster", nullptr, 0);
    if (!bootstrap.isEmpty()) {
        rd_kafka_conf_set(conf, "bootstrap.servers", bootstrap.constData(), nullptr, 0);
    }
    rd_kafka_conf_set_log_cb(conf, [](const rd_kafka_t *, int, const char *, const char *) { });
    return rd_kafka_new(RD_KAFKA_PRODUCER, conf, nullptr, 0);
}

} // namespace

struct MockCluster::Private
{
    rd_kafka_t *host = nullptr;
    rd_kafka_mock_cluster_t *cluster = nullptr;
};

MockCluster::MockCluster(int brokers)
    : d(std::make_unique<Private>())
{
    d->host = newProducer({});
    d->cluster = rd_kafka_mock_cluster_new(d->host, brokers);
}

MockCluster::~MockCluster()
{
    rd_kafka_mock_cluster_destroy(d->cluster);
    rd_kafka_destroy(d->host);
}

QString MockCluster::bootstrap() const
{
    return QString::fromUtf8(rd_kafka_mock_cluster_bootstraps(d->cluster));
}

KafkaConfig MockCluster::config() const
{
    return {.bootstrap = bootstrap()};
}

void MockCluster::createTopic(const QByteArray &topic, int partitions)
{
    rd_kafka_mock_topic_create(d->cluster, topic.constData(), partitions, 1);
}

bool MockCluster::produce(const QByteArray &topic, int partition, int count, std::int64_t firstTimestampMs)
{
    auto *producer = newProducer(bootstrap().toUtf8());
    for (int i = 0; i < count; ++i) {
        const auto value = QByteArray::number(i);
        const auto timestamp = firstTimestampMs > 0 ? firstTimestampMs + i : 0;
        rd_kafka_vu_t fields[6] = {};
        fields[0].vtype = RD_KAFKA_VTYPE_TOPIC;
        fields[0].u.cstr = topic.constData();
        fields[1].vtype = RD_KAFKA_VTYPE_PARTITION;
        fields[1].u.i32 = partition;
        fields[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
        fields[2].u.i = RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_BLOCK;
        fields[3].vtype = RD_KAFKA_VTYPE_KEY;
        fields[4].vtype = RD_KAFKA_VTYPE_VALUE;
        fields[3].u.mem = {const_cast<char *>(value.constData()), static_cast<std::size_t>(value.size())};
        fields[4].u.mem = fields[3].u.mem;
        fields[5].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
        fields[5].u.i64 = timestamp;
        if (auto *error = rd_kafka_produceva(producer, fields, std::size(fields))) {
            rd_kafka_error_destroy(error);
        }
    }
    const bool done = rd_kafka_flush(producer, 20'000) == RD_KAFKA_RESP_ERR_NO_ERROR;
    rd_kafka_destroy(producer);
    return done;
}

void MockCluster::setDown(std::int32_t broker)
{
    rd_kafka_mock_broker_set_down(d->cluster, broker);
}

void MockCluster::setUp(std::int32_t broker)
{
    rd_kafka_mock_broker_set_up(d->cluster, broker);
}

void MockCluster::setRoundTrip(std::int32_t broker, int ms)
{
    rd_kafka_mock_broker_set_rtt(d->cluster, broker, ms);
}

void MockCluster::setLeader(const QByteArray &topic, int partition, std::int32_t broker)
{
    rd_kafka_mock_partition_set_leader(d->cluster, topic.constData(), partition, broker);
}

void MockCluster::pushErrors(std::int16_t apiKey, const std::vector<int> &errors)
{
    std::vector<rd_kafka_resp_err_t> codes;
    for (const int error : errors) {
        codes.push_back(static_cast<rd_kafka_resp_err_t>(error));
    }
    rd_kafka_mock_push_request_errors_array(d->cluster, apiKey, codes.size(), codes.data());
}

void MockCluster::startTracking()
{
    rd_kafka_mock_start_request_tracking(d->cluster);
}

int MockCluster::requests(std::int16_t apiKey) const
{
    std::size_t count = 0;
    auto **requests = rd_kafka_mock_get_requests(d->cluster, &count);
    const auto found = std::ranges::count_if(std::span(requests, count),
        [apiKey](auto *request) { return rd_kafka_mock_request_api_key(request) == apiKey; });
    rd_kafka_mock_request_destroy_array(requests, count);
    return static_cast<int>(found);
}

} // namespace headgate::test
