// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/kafka/mockbrokers.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

namespace headgate::localworker {

Outcome<RdKafka> MockBrokers::start(int brokers)
{
    // With test.mock.num.brokers librdkafka makes the mock cluster itself and points this client at it.
    return makeClient(ClientRole::Producer,
        {{"test.mock.num.brokers", std::to_string(brokers)}, {"client.id", "headgate-worker"}, {"linger.ms", "5"},
            {"partitioner", "murmur2_random"}, {"message.timeout.ms", "10000"},
            {"queue.buffering.max.kbytes", "8192"}});
}

std::string MockBrokers::bootstrap(rd_kafka_t *client)
{
    return rd_kafka_mock_cluster_bootstraps(rd_kafka_handle_mock_cluster(client));
}

Outcome<void> MockBrokers::createTopic(rd_kafka_t *client, const std::string &topic, int partitions, int replicas)
{
    if (const auto error
        = rd_kafka_mock_topic_create(rd_kafka_handle_mock_cluster(client), topic.c_str(), partitions, replicas)) {
        return thrown({.type = "org.apache.kafka.common.KafkaException",
            .message = rd_kafka_err2str(error),
            .at = "MockBrokers.createTopic",
            .cause = {}});
    }
    return {};
}

} // namespace headgate::localworker
