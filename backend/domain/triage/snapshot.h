// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/observed.h"
#include "domain/connectors/connector.h"
#include "domain/connectors/offsets.h"
#include "domain/contexts/context.h"
#include "domain/kafka/kafkafacts.h"

#include <QHash>

#include <memory>
#include <vector>

namespace headgate {

//! How a connector stands when everything that is known is put together. Order = order of the table (worst first).
enum class Standing {
    Failed,
    Unreachable,
    Degraded,
    Unassigned,
    Lagging,
    Restarting,
    Unknown,
    Paused,
    Stopped,
    Running
};

//! What speaks against a REST status of RUNNING.
enum class WitnessKind {
    None,
    WorkerSilent,    //!< the task's worker does not answer, and no group member speaks for the task
    NotInGroup,      //!< the task is no member of its consumer group
    WorkerUnhealthy, //!< its worker's /health says no: the worker repeats what it remembers
    OffsetsStand,    //!< records wait and no position moves
};

//! Who says what about a connector when REST, group members and offsets disagree ("two witnesses").
struct WitnessReport
{
    bool agree = true;
    WitnessKind kind = WitnessKind::None;
    std::vector<int> silentTasks; //!< REST says RUNNING, nobody else does
    int tasksTotal = 0;
    int members = 0; //!< of the group, where they are the matter
    QString worker;  //!< display address, where the matter is a worker
    Instant since {};

    bool operator==(const WitnessReport &) const = default;
};

struct LagSample
{
    Monotonic at {};
    std::int64_t records = 0;

    bool operator==(const LagSample &) const = default;
};

//! One row of the platform: everything known of one connector at one time.
struct ConnectorFacts
{
    ConnectorRef ref;
    ConnectorStatus status;
    std::optional<ConnectorInfo> info; //!< with masked config only
    Standing standing = Standing::Unknown;
    Observed<std::int64_t> lagRecords; //!< sinks; sources have NotConfigured with reason "source"
    Observed<double> lagSeconds;
    std::vector<LagSample> lagHistory; //!< newest last, at most 60
    Observed<double> recordsPerSecond; //!< committed (sink) or end offsets' (source) movement
    std::vector<float> rateHistory;    //!< newest last, at most 60
    GroupLag groupLag;
    std::vector<GroupMember> members;
    Instant membersAt {};    //!< when the group was described; epoch = not known, which is not "nobody"
    Observed<Instant> since; //!< since when it stands so (status topic), else "since at least (first seen)"
    bool sinceAtLeast = true;
    Observed<Instant> changed; //!< last configuration change (config topic)
    QStringList topics;
    QString deadLetterTopic;
    Observed<std::int64_t> deadLetters;
    std::vector<LagSample> deadLetterHistory; //!< the same over time, newest last, at most 60
    //! @{ Read with each round, without being a change that is told by itself.
    std::vector<PartitionOffset> written; //!< source: log ends of what it writes
    std::optional<std::vector<PartitionOffset>>
        deadLetterEnds;     //!< none while the topic does not exist; absent: not read
    Instant positionsAt {}; //!< when groupLag or `written` were read; epoch: not yet
    //! @}
    QString owner; //!< ownership.yaml; empty = no owner known
    QString team, system, contact, rollbackOwner;
    WitnessReport witnesses;
    QByteArray configHash;
    Instant seenAt {}; //!< of the status
    bool stale = false;
    bool gone = false; //!< was listed, now 404

    bool operator==(const ConnectorFacts &) const = default;
};

struct WorkerFacts
{
    QString address;  //!< display form of the URL
    QString workerId; //!< "host:port" as it names itself in statuses, where known
    WorkerHealthReport health;
    Instant healthAt {};
    Instant unreachableSince {};
    int failures = 0;              //!< tries in a row that failed
    int tasks = 0, connectors = 0; //!< assigned to it by status
    QString lastError;

    bool operator==(const WorkerFacts &) const = default;
};

struct ConnectClusterFacts
{
    ClusterName name;
    Observed<ServerInfo> server;
    std::vector<WorkerFacts> workers;
    Instant statusAt {}; //!< of the last complete listing
    Instant infoAt {};
    std::optional<Error> error; //!< why the last listing failed
    int missedPolls = 0;
    bool starting = false; //!< answers, but its lists are not to be believed yet
    bool stop = true, offsets = true, patch = true, healthCall = true, restartFlags = true; //!< probed capabilities

    bool operator==(const ConnectClusterFacts &) const = default;
};

//! A whole immutable picture of one context. Published by one signal; tables merge by key.
struct PlatformSnapshot
{
    ContextId context;
    std::uint64_t generation = 0; //!< grows with every published picture
    Instant takenAt {};
    std::vector<ConnectClusterFacts> clusters;
    std::vector<ConnectorFacts> connectors; //!< sorted by ref
    Observed<ClusterFact> kafka;
    std::optional<Error> kafkaError;
    bool fromDisk = false; //!< last-known picture, the network has not answered yet

    bool operator==(const PlatformSnapshot &) const = default;
};
using SnapshotPtr = std::shared_ptr<const PlatformSnapshot>;

} // namespace headgate
