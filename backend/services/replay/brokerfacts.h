// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayplan.h"
#include "services/brokers.h"
#include "services/remaining.h"

namespace headgate {

//! What is asked of the brokers for one replay.
struct BrokerQuestion
{
    ReplayRequest request;
    ConfigMap config;
    std::vector<ReplayPartition> known; //!< positions that Connect told, sorted
    QString group;
    int sampleRecords = 0; //!< 0: no sample
};

struct BrokerFacts
{
    bool known = false; //!< false: they did not answer; all but `partitions` is empty then
    bool timesKnown = true;
    std::vector<ReplayPartition> partitions; //!< sorted
    std::vector<ReplayTopic> topics;         //!< sorted
    std::optional<GroupDescription> group;
    std::optional<SizeSample> sizes;
};

/*! Log bounds, times, topics, group and a sample of record sizes. What is missing on this cluster is not asked for;
 * what does not answer is absent. Ends within the time. */
QCoro::Task<BrokerFacts> readBrokers(std::shared_ptr<Brokers> brokers, BrokerQuestion question, Remaining remaining);

//! The position asked for of one partition.
const Position &positionFor(const ReplayRequest &request, const TopicPartition &tp);

//! Who is in the group now. NotSupported where groups cannot be looked at; its own refusal is an error too.
Task<GroupDescription> describeGroup(std::shared_ptr<Brokers> brokers, QString group, CallOptions options);

} // namespace headgate
