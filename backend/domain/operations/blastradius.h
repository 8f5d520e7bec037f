// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/snapshot.h"

namespace headgate {

//! Another connector, and what it shares.
struct BlastNeighbour
{
    ConnectorRef ref;
    bool instance = false;       //!< its Connector instance runs on one of the workers
    std::vector<int> tasks;      //!< of it, on the same workers; sorted
    QStringList workers, topics; //!< shared ones, sorted
    QString group;               //!< shared consumer group; empty: its own
    QString system, team, owner; //!< empty: not known

    bool operator==(const BlastNeighbour &) const = default;
};

/*! What an act on a connector may reach beyond it: those that share a worker of the same Connect cluster, a topic
 * (read, written or for dead letters) or a consumer group. By one snapshot; who is not in it is not here. */
struct BlastRadius
{
    QStringList workers, topics;             //!< of the connector itself, sorted
    QString group;                           //!< empty: a source
    std::vector<BlastNeighbour> neighbours;  //!< sorted by ref
    QStringList systems, teams, owners;      //!< of it and its neighbours, sorted, each once
    std::vector<ConnectorRef> topicsUnknown; //!< neither shares a worker or group, nor are its topics known

    bool operator==(const BlastRadius &) const = default;
};
//! Absent: the connector is not in the snapshot.
std::optional<BlastRadius> blastRadius(const PlatformSnapshot &snapshot, const ConnectorRef &ref);

} // namespace headgate
