// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/ids.h"
#include "domain/connectors/connector.h"

#include <cstdint>
#include <vector>

namespace headgate {

//! How a person says where a connector shall read next.
enum class PositionKind {
    Keep,            //!< this partition stays where it is
    Earliest,        //!< log start
    Latest,          //!< log end
    Offset,          //!< `number` = the offset read next
    Time,            //!< the first record at or after `time`; none that late: the log end
    BackBy,          //!< `number` records before the position
    BeforeOperation, //!< the position that an earlier operation saved
    PastRecord,      //!< just past the record at offset `number`
};

struct Position
{
    PositionKind kind = PositionKind::Keep;
    std::int64_t number = 0;
    Instant time {};
    OperationId operation; //!< of BeforeOperation

    bool operator==(const Position &) const = default;
};

struct PartitionPosition
{
    TopicPartition tp;
    Position position;

    bool operator==(const PartitionPosition &) const = default;
};

/*! A change of position as asked for. A sink's positions are those of its consumer group; a source's are the entries of
 * its own offset document. */
struct ReplayRequest
{
    ConnectorRef connector;
    Position everywhere;                       //!< sink: of each partition without an entry of its own
    std::vector<PartitionPosition> partitions; //!< sink
    std::vector<ConnectorOffset> source;       //!< source: entries to set; the offset "null" removes one
    OperationId restores;                      //!< the replay that this one takes back, where it is one
    QString reason;                            //!< required on production

    bool operator==(const ReplayRequest &) const = default;
};

//! @{ The sink form of an offset entry: {"kafka_topic","kafka_partition"} and {"kafka_offset"}; KIP-875.
//! An absent offset is written as null, which resets the partition; the key is never left out.
struct SinkPosition
{
    TopicPartition tp;
    std::optional<std::int64_t> offset;

    bool operator==(const SinkPosition &) const = default;
};
ConnectorOffset sinkOffset(const SinkPosition &position);
//! InvalidAnswer: not of that form. Numbers may come as texts.
Result<SinkPosition> sinkPosition(const ConnectorOffset &entry);
//! @}

//! Equal as JSON values, whatever the order of keys; numbers by their digits (int64 and decimals never through double).
bool sameDocument(const QByteArray &left, const QByteArray &right);

} // namespace headgate
