// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace headgate::bench {

/*! How other tools ask for the end offsets of many partitions, on plain librdkafka against the same brokers; topics are
 * "<prefix>0", "<prefix>1", ... Each gives the milliseconds for all partitions, negative when an answer was missing. */
struct Topics
{
    QByteArray prefix;
    int count = 0;
    int partitionsEach = 0;

    int partitions() const { return count * partitionsEach; }
    QByteArray name(int topic) const { return prefix + QByteArray::number(topic); }
};

//! kcat -Q: all partitions in one call.
double askLikeKcat(const QString &bootstrap, const Topics &topics);
//! kafkajs fetchTopicOffsets: topic after topic; `tried` of them, the rest extrapolated.
double askLikeKafkaJs(const QString &bootstrap, const Topics &topics, int tried);
//! A loop over rd_kafka_query_watermark_offsets(); `tried` partitions, the rest extrapolated.
double askOneByOne(const QString &bootstrap, const Topics &topics, int tried);

} // namespace headgate::bench
