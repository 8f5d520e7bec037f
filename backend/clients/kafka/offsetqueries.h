// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "clients/kafka/kafkaconnection.h"

#include <QSet>

namespace headgate {

//! What is asked of one partition: RD_KAFKA_OFFSET_SPEC_LATEST, _EARLIEST or a time in ms since the epoch (ListOffsets,
//! KIP-396).
struct OffsetQuery
{
    TopicPartition tp;
    std::int64_t spec = 0;
};

/*! Offsets of many partitions at once: chunks of 400 (librdkafka's cost grows with the square of a list), all in
 * flight; a partition whose leader moved is asked once more after a metadata refresh (KF-02); one that stays without an
 * answer is unknown, never zero (KF-01).
 *
 * GUI thread; part of an admin or a reader, lives as long as its connection. */
class OffsetQueries
{
public:
    explicit OffsetQueries(KafkaConnection &connection)
        : m_connection(connection)
    {
    }

    //! One answer per query, same order. An Error only when no partition at all could be asked.
    Task<std::vector<PartitionOffset>> ask(std::vector<OffsetQuery> queries, CallOptions options);

private:
    struct Round;

    QCoro::Task<> askRound(KafkaHandlePtr handle, std::shared_ptr<Round> round, CallOptions options);
    QCoro::Task<> askChunk(
        KafkaHandlePtr handle, std::shared_ptr<Round> round, std::vector<OffsetQuery> chunk, CallOptions options);
    QCoro::Task<> refreshLeaders(KafkaHandlePtr handle, std::shared_ptr<Round> round, CallOptions options);

    KafkaConnection &m_connection;
    QSet<TopicPartition> m_suspects; //!< had no answer last time: they would spoil the chunk they are in
};

} // namespace headgate
