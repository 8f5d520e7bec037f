// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/kafka/kafkahandle.h"

namespace headgate::localworker {

/*! Brokers within this process, librdkafka's mock cluster on loopback ports: metadata, produce and fetch as a real one;
 * about 5 MB a partition are kept; no groups of ours, no topic or config administration, no offsets by time. Ends with
 * its client. */
class MockBrokers
{
public:
    //! A producer which carries the brokers: `client()` serves both. Three brokers as in the cast of the pictures.
    static Outcome<RdKafka> start(int brokers);
    static std::string bootstrap(rd_kafka_t *client);
    static Outcome<void> createTopic(rd_kafka_t *client, const std::string &topic, int partitions, int replicas);
};

} // namespace headgate::localworker
