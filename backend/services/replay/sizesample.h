// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "domain/replay/replayplan.h"
#include "services/remaining.h"

namespace headgate {

//! Some records out of several places of a log.
struct SizeSamples
{
    std::optional<SizeSample> sizes; //!< absent: no record was read
    QHash<QString, bool> gaps;       //!< by topic that was looked at: offsets that no record has were met
};

/*! Reads about `records` records, spread over the partitions and over each one's length. The error is the larger one of
 * that between records and that between places: neighbours are alike. What cannot be read in time is left out. */
QCoro::Task<SizeSamples> sampleSizes(
    std::shared_ptr<RecordReader> reader, std::vector<ReplayPartition> partitions, int records, Remaining remaining);

} // namespace headgate
