// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayplan.h"

#include <QMetaType>

namespace headgate {

/*! Where positions stand in a partition's log, as fractions of a bar whose right end is the log's end. All partitions
 * of a plan share one scale: equal lengths are equal numbers of records. */
struct PlaceInLog
{
    bool known = false;           //!< false: the brokers do not tell the log's bounds
    std::optional<double> start;  //!< absent: the log begins further left, its start is cut off
    std::optional<double> before; //!< absent: nothing committed
    std::optional<double> after;  //!< absent: removed, or it stays
    bool outside = false;         //!< the new position is not in the log: it stands at the edge

    bool operator==(const PlaceInLog &) const = default;
};

//! Records across a bar, so that the widest move of the plan fits with some of the log left of it. At least 1.
std::int64_t shownSpan(const std::vector<PartitionMove> &moves);
PlaceInLog placeInLog(const PartitionMove &move, std::int64_t span);

} // namespace headgate

Q_DECLARE_METATYPE(headgate::PlaceInLog)
