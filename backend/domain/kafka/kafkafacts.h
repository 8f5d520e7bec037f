// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/ids.h"

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <vector>

namespace headgate {

struct BrokerFact
{
    std::int32_t id = -1;
    QString host;
    int port = 0;
    QString rack; //!< zone; empty where not set

    bool operator==(const BrokerFact &) const = default;
};

struct PartitionFact
{
    std::int32_t id = 0;
    std::int32_t leader = -1; //!< -1: none
    std::vector<std::int32_t> replicas, isr;
    QString error;

    bool operator==(const PartitionFact &) const = default;
};

struct TopicFact
{
    QString name;
    std::vector<PartitionFact> partitions;
    QString error;
    bool internal = false; //!< flagged by the broker, or hidden by name (leading "__")

    bool operator==(const TopicFact &) const = default;
};

//! Metadata of one cluster. "No topics" for a user without ACLs means "none visible to this user".
struct ClusterFact
{
    QString clusterId;
    std::int32_t controllerId = -1;
    std::vector<BrokerFact> brokers;
    std::vector<TopicFact> topics;

    bool operator==(const ClusterFact &) const = default;
};

struct GroupMember
{
    QString memberId;
    QString clientId; //!< Connect: "connector-consumer-<name>-<task>"
    QString host;
    std::vector<TopicPartition> assigned;

    bool operator==(const GroupMember &) const = default;
};
struct GroupDescription
{
    QString group;
    QString state; //!< Stable, Empty, Dead, PreparingRebalance, ...
    std::vector<GroupMember> members;
    QString error; //!< e.g. GROUP_AUTHORIZATION_FAILED

    bool operator==(const GroupDescription &) const = default;
};

struct ConfigEntry
{
    QString name;
    QString value; //!< masked where sensitive, and where a URI value holds credentials
    bool sensitive = false;
    bool isDefault = false;
    bool readOnly = false;

    bool operator==(const ConfigEntry &) const = default;
};

struct RecordHeader
{
    QByteArray key, value;

    bool operator==(const RecordHeader &) const = default;
};
struct Record
{
    TopicPartition tp;
    std::int64_t offset = 0;
    Instant timestamp {};
    std::optional<QByteArray> key, value; //!< nullopt = null (tombstone)
    std::vector<RecordHeader> headers;

    bool operator==(const Record &) const = default;
};

} // namespace headgate
