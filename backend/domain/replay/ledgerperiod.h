// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/positionjump.h"

namespace headgate {

//! Why positions were written down: a period of work begins or ends with it.
enum class MarkKind {
    FirstSeen, //!< at work when it was seen for the first time
    Started,
    Paused,
    Stopped,
    Gone, //!< deleted: its last known positions; or its whole platform is another one
};
bool beginsPeriod(MarkKind kind);

struct MarkedPosition
{
    TopicPartition tp;
    std::optional<std::int64_t> offset; //!< sink: committed, absent where nothing is; source: log end
    std::optional<std::int64_t> start;  //!< log start, where nothing is committed

    bool operator==(const MarkedPosition &) const = default;
};

//! Positions of a connector where a period of its work begins or ends.
struct PeriodMark
{
    ConnectorRef connector;
    ConnectorType type = ConnectorType::Unknown;
    MarkKind kind {};
    Instant at {};         //!< when the positions were read
    QString platform;      //!< id of the Kafka cluster; empty: not known
    OperationId operation; //!< the replay that ended one period and began the next, where it was one
    bool settled = true;   //!< false: they may have moved on after it; a range is then not exact
    std::vector<MarkedPosition> positions;
    QStringList absentTopics;              //!< source: topics it writes to that do not exist yet
    std::vector<ConnectorOffset> document; //!< source: its own offsets; empty: not read
    //! Log ends of its dead letter topic, none while that does not exist yet; absent: not configured, or not read.
    std::optional<std::vector<MarkedPosition>> deadLetters;
    std::optional<std::int64_t> taskFailures; //!< seen since the period began; absent: not watched all the time

    bool operator==(const PeriodMark &) const = default;
};

struct OffsetRange
{
    TopicPartition tp;
    std::optional<std::int64_t> from, to; //!< [from, to); absent: not known, or nothing committed

    bool operator==(const OffsetRange &) const = default;
};
//! Offsets in it; absent where an end is not known or it runs backwards.
std::optional<std::int64_t> countOf(const OffsetRange &range);
//! Of all; absent as soon as one is not known.
std::optional<std::int64_t> countOf(const std::vector<OffsetRange> &ranges);

//! What a source wrote, or a sink consumed, from one start to the next stop.
struct LedgerPeriod
{
    ConnectorRef connector;
    ConnectorType type = ConnectorType::Unknown;
    MarkKind begunBy {};
    std::optional<MarkKind> endedBy; //!< absent: it goes on
    Instant from {}, to {};
    OperationId operation; //!< the replay that ended it
    bool exact = true;     //!< false: positions at an end had not settled, or jumped in between
    int jumps = 0;
    std::vector<OffsetRange> ranges;      //!< source: written to its topics; sink: consumed
    std::vector<OffsetRange> deadLetters; //!< written to its dead letter topic, by whomever
    bool deadLettersKnown = false;        //!< false: it has no such topic, or its ends were not read
    std::optional<std::int64_t> taskFailures;
    std::vector<ConnectorOffset> documentBefore, documentAfter; //!< source

    bool operator==(const LedgerPeriod &) const = default;
};

/*! Periods of each connector from its marks and jumps, in any order; pure. Sorted by connector, then by time. A
 * partition that came while a source worked is counted from its beginning, where its topic was known before. */
std::vector<LedgerPeriod> periodsOf(std::vector<PeriodMark> marks, const std::vector<PositionJump> &jumps);

} // namespace headgate
