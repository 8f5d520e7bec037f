// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/kafka/kafkahandle.h"
#include "localworker/kafka/recordconsumer.h"

#include <optional>

namespace headgate::localworker {

using PositionEdits
    = std::vector<std::pair<std::pair<std::string, std::int32_t>, std::optional<std::int64_t>>>; //!< nullopt: reset

//! What a broker refused: its code decides what Connect would say.
enum class AdminFault { None, GroupNotEmpty, Other };
struct AdminAnswer
{
    AdminFault fault = AdminFault::None;
    std::string message;
};

/*! Admin calls on a real broker. Each blocks in the pool, at most 30 s, and resumes on the event loop; the client must
 * outlive it. */
QCoro::Task<Outcome<void>> createTopic(
    rd_kafka_t *client, std::string topic, int partitions, int replication, bool compacted);
QCoro::Task<Outcome<Positions>> committedOffsets(rd_kafka_t *client, std::string group);
//! Each partition by itself: good ones are applied even when others are refused.
QCoro::Task<AdminAnswer> alterOffsets(rd_kafka_t *client, std::string group, PositionEdits edits);
QCoro::Task<AdminAnswer> deleteGroup(rd_kafka_t *client, std::string group);
//! Empty when no broker answers within 5 s.
QCoro::Task<std::string> clusterId(rd_kafka_t *client);

} // namespace headgate::localworker
