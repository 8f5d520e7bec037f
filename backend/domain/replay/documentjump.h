// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/offsetledger.h"

namespace headgate {

//! The offsets of a source as the log last knew them, of one that stood still then.
struct KnownDocument
{
    ConnectorRef connector;
    Instant at {};
    QString platform; //!< id of the Kafka cluster; empty: not known
    std::vector<ConnectorOffset> entries;

    bool operator==(const KnownDocument &) const = default;
};

/*! Of each source that the log leaves at rest: what was read when it stopped, what a replay read back since, and what
 * was seen of others since. Pure; sorted by connector. */
std::vector<KnownDocument> knownDocuments(const LedgerRecords &records);

//! What a source did between two looks at its offsets.
enum class Between {
    StoodStill, //!< it moves no position itself
    Worked,     //!< it may have moved them, forwards
    NotKnown    //!< nobody tells since when it stands so
};

/*! What others did to the offsets of a source since they were known; pure, sorted by kind. One that worked explains
 * whatever did not go back: a document goes back where a number of it is lower and none is higher. */
std::vector<PositionJump> documentJumps(
    const KnownDocument &known, const std::vector<ConnectorOffset> &now, Instant at, Between between);

} // namespace headgate
