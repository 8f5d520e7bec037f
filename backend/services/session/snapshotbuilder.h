// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/ownership.h"
#include "domain/triage/problem.h"
#include "services/session/clusterlane.h"

namespace headgate {

//! What the brokers tell of one connector.
struct ConnectorFlow
{
    Observed<std::int64_t> lagRecords;
    Observed<double> lagSeconds;
    std::vector<LagSample> lagHistory;
    Observed<double> recordsPerSecond;
    std::vector<float> rateHistory;
    GroupLag groupLag;
    std::vector<GroupMember> members;
    Instant membersAt {};
    Observed<std::int64_t> deadLetters;
    std::vector<LagSample> deadLetterHistory;
    std::vector<PartitionOffset> written;
    std::optional<std::vector<PartitionOffset>> deadLetterEnds;
    Instant positionsAt {};

    bool operator==(const ConnectorFlow &) const = default;
};

struct KafkaPicture
{
    Observed<ClusterFact> cluster;
    std::optional<Error> error;
    std::shared_ptr<const QHash<ConnectorRef, ConnectorFlow>> flows; //!< may be null
};

//! When a connector came into its state and when its configuration changed, as Connect's own topics tell.
struct ConnectorTimes
{
    std::optional<Instant> since, changed;
    Instant readAt {};

    bool operator==(const ConnectorTimes &) const = default;
};

//! Everything a picture is made of. Values and shared constants, so that it can be made in the pool.
struct SnapshotInputs
{
    ContextId context;
    bool kafkaConfigured = false;
    Instant now {};
    std::vector<ClusterPicture> clusters;
    KafkaPicture kafka;
    QHash<ConnectorRef, ConnectorTimes> times;
    QHash<ConnectorRef, QStringList> fetchedTopics;
    std::vector<OwnershipRule> ownership;
    TriagePolicy policy;
    SnapshotPtr previous; //!< for "since", and the rows of clusters that were never seen in this run
};

//! Pure; any thread. The generation is left to the caller.
PlatformSnapshot buildSnapshot(const SnapshotInputs &inputs);

//! True when nothing differs but when things were observed.
bool sameButAges(const PlatformSnapshot &a, const PlatformSnapshot &b);

} // namespace headgate
