// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/offsets.h"
#include "domain/operations/operation.h"

#include <vector>

namespace headgate {

//! Positions of one connector as they were read at one time.
struct PositionSight
{
    ConnectorRef connector;
    ConnectorType type = ConnectorType::Unknown;
    Instant at {};       //!< when they were read
    bool atRest = false; //!< stopped, without tasks, nobody in its group: it moves no position itself
    std::vector<PartitionLag>
        partitions; //!< sink: committed, with the log's bounds; source: log ends of what it writes

    bool operator==(const PositionSight &) const = default;
};

//! How a position moved that the connector itself did not move by reading or writing.
enum class JumpKind {
    WentBack,       //!< the committed position is lower than before: records are delivered again
    MovedAtRest,    //!< it moved forwards while the connector was stopped
    BeyondEnd,      //!< it is above the log's end: the consumer resets it by its policy
    TooFar,         //!< it moved forwards further than a partition can be read in that time
    Removed,        //!< nothing is committed any more, in this partition
    GroupRemoved,   //!< nothing is committed any more, in any partition: the group was deleted or has expired
    LogWentBack,    //!< the log's end is lower than before: the topic was made anew, or its end was lost
    MovedUnwatched, //!< a source stands still with other offsets than when it was last seen; whether it worked in
                    //!< between is not known
};

struct PartitionJump
{
    TopicPartition tp;        //!< topic empty: an entry of a source's document
    QByteArray partitionJson; //!< of a source's document, else empty
    QByteArray before, after; //!< JSON: an offset's digits, a source's document, "null" for no position

    bool operator==(const PartitionJump &) const = default;
};

//! Positions of one connector that jumped in one way between two looks.
struct PositionJump
{
    ConnectorRef connector;
    ConnectorType type = ConnectorType::Unknown;
    JumpKind kind {};
    Instant notBefore {}, seenAt {}; //!< of the two looks
    QString platform;                //!< id of the Kafka cluster; empty: not known
    std::vector<PartitionJump> partitions;

    bool operator==(const PositionJump &) const = default;
};

struct JumpPolicy
{
    //! Records a second that no consumer reads from one partition: more is a jump. An upper bound, so that a fast
    //! connector is never suspected.
    double fastestPerPartition = 1'000'000;
};

/*! What jumped from one look at a connector to the next; pure. A position that could not be read is no jump. One value
 * a kind, in the order of JumpKind. */
std::vector<PositionJump> jumpsBetween(
    const PositionSight &before, const PositionSight &after, const JumpPolicy &policy = {});

/*! Without the partitions whose jump one of these operations explains: a replay of that connector, under way between
 * the two looks, whose plan moves the partition. A log that went back is explained by none. `slack`: how old a
 * position may be when it is looked at. */
std::vector<PositionJump> withoutExplained(
    std::vector<PositionJump> jumps, const std::vector<Operation> &operations, Milliseconds slack);

} // namespace headgate
