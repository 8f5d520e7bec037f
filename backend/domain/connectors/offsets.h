// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/ids.h"
#include "common/observed.h"

#include <cstdint>
#include <vector>

namespace headgate {

//! "No committed offset" of the Kafka protocol (-1001 in librdkafka) is an absent value, never a number here.
struct PartitionOffset
{
    TopicPartition tp;
    std::optional<std::int64_t> offset;
    QString error; //!< this partition's own failure, e.g. "TOPIC_AUTHORIZATION_FAILED"

    bool operator==(const PartitionOffset &) const = default;
};

//! Lag of one partition as far as it is known. All offsets int64, never through double.
struct PartitionLag
{
    TopicPartition tp;
    std::optional<std::int64_t> committed, start, end;
    std::optional<std::int64_t> lag; //!< max(0, end - committed); absent when either is
    bool belowStart = false;         //!< committed < log start: records were lost to retention
    bool beyondEnd = false;          //!< committed > log end: the consumer will reset
    bool unread = false;             //!< the committed position could not be read, which is not "none committed"

    bool operator==(const PartitionLag &) const = default;
};

//! Sum over partitions. `partial` when some partition is unknown: the sum is then a lower bound and shown as such.
struct GroupLag
{
    std::vector<PartitionLag> partitions;
    std::int64_t records = 0;
    bool partial = false;
    bool anyCommit = false;

    bool operator==(const GroupLag &) const = default;
};

//! Lag never negative, never wrapped (saturating int64). KF-05.
PartitionLag partitionLag(TopicPartition tp, std::optional<std::int64_t> committed, std::optional<std::int64_t> start,
    std::optional<std::int64_t> end);
GroupLag groupLag(std::vector<PartitionLag> partitions);

/*! (end offset, time) samples of one partition, bounded ring. secondsBehind answers how old the position `committed`
 * is: the time since the end offset passed it, by interpolation; absent before there are samples that old. */
class EndOffsetHistory
{
public:
    void add(std::int64_t end, Monotonic at);
    std::optional<double> secondsBehind(std::int64_t committed, Monotonic now) const;

private:
    struct Sample
    {
        std::int64_t end;
        Monotonic at;
    };
    std::vector<Sample> m_samples; // oldest first, at most 256: thinned by dropping every second one
};

} // namespace headgate
