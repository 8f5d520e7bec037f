// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "services/remaining.h"

namespace headgate {

/*! The first offset of [start, end) whose record is at or after `at`, found by halving the range and reading one record
 * each time: for clusters without a lookup by time. As good as timestamps are in order. Absent: none that late. Fails
 * as the reader does. */
Task<std::optional<std::int64_t>> searchTime(std::shared_ptr<RecordReader> reader, TopicPartition tp,
    std::int64_t start, std::int64_t end, Instant at, Remaining remaining);

} // namespace headgate
