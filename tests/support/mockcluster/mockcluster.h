// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"
#include "domain/kafka/kafkafacts.h"

#include <QByteArray>

#include <cstdint>
#include <memory>
#include <vector>

namespace headgate::test {

/*! librdkafka's mock brokers in this process, on loopback ports: metadata, producing, fetching and ListOffsets work;
 * groups, topic and configuration calls and look-ups by time do not. Keeps about 5 MB a partition. Any thread. */
class MockCluster
{
public:
    explicit MockCluster(int brokers = 3);
    ~MockCluster();

    QString bootstrap() const;
    KafkaConfig config() const;

    void createTopic(const QByteArray &topic, int partitions);
    //! Values "0", "1", ... one ms apart, by a producer of its own; blocks until all are acknowledged.
    bool produce(const QByteArray &topic, int partition, int count, std::int64_t firstTimestampMs = 0);
    void setDown(std::int32_t broker); //!< 1, 2, ...
    void setUp(std::int32_t broker);
    void setRoundTrip(std::int32_t broker, int ms);
    void setLeader(const QByteArray &topic, int partition, std::int32_t broker);
    //! The next answers to requests of this API key carry these errors (rd_kafka_resp_err_t). 1 Fetch, 2 ListOffsets, 3
    //! Metadata.
    void pushErrors(std::int16_t apiKey, const std::vector<int> &errors);
    //! Counts requests of an API key from now on.
    void startTracking();
    int requests(std::int16_t apiKey) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate::test
