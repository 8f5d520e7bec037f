// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/rdptr.h"
#include "common/error.h"
#include "domain/connectors/offsets.h"
#include "domain/kafka/kafkafacts.h"

#include <QHash>
#include <QStringList>

#include <chrono>
#include <stop_token>

namespace headgate {

// librdkafka's structures -> values. A "successful" event hides failures in its items: each of these opens them.

struct MetadataAnswer
{
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    ClusterFact cluster; //!< without racks
};
enum class MetadataScope { AllTopics, AnyAnswer };
/*! Blocking: in the pool only. Waits in slices of 1 s, 2 s, 4 s, 4 s ... so that a handle given up is not held for the
 * whole time-out (a dead broker uses up every time-out). */
MetadataAnswer fetchMetadata(
    rd_kafka_t *client, MetadataScope scope, std::chrono::milliseconds timeout, std::stop_token stop);

ClusterFact clusterOf(const struct rd_kafka_metadata &metadata, const QString &clusterId, std::int32_t controllerId);
//! DescribeCluster: racks are not in the metadata structure.
QHash<std::int32_t, QString> racksOf(const rd_kafka_event_t *event);

//! One partition's answer with the code behind `error`, which decides about a second try.
struct OffsetAnswer
{
    PartitionOffset partition;
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
};
std::vector<OffsetAnswer> listedOffsets(const rd_kafka_event_t *event);
/*! An offset found by time, put inside the log: AutoMQ may name one below the start, and one at or past the end is none
 * (a fetch there, or a group set there, would be out of range). Unknown bounds make it unknown. */
PartitionOffset clampedToLog(PartitionOffset found, const PartitionOffset &start, const PartitionOffset &end);
//! Committed offsets of the one group of the event; a negative offset (-1001) is "no commit".
Result<std::vector<PartitionOffset>> committedOffsets(const rd_kafka_event_t *event, const QString &group);
//! Complete or an error: brokers that did not answer have groups we would otherwise not show.
Result<QStringList> listedGroups(const rd_kafka_event_t *event);
std::vector<GroupDescription> describedGroups(const rd_kafka_event_t *event);
Result<std::vector<ConfigEntry>> describedConfig(const rd_kafka_event_t *event);
//! Topic ids (KIP-516) by name; a topic without one, or one that cannot be described, is left out.
QHash<QString, QString> topicIdsOf(const rd_kafka_event_t *event);
Record recordOf(const rd_kafka_message_t &message);

} // namespace headgate
