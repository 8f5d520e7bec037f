// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/kafka/brokeradmin.h"
#include "localworker/runtime/resterror.h"
#include "localworker/storage/statelog.h"

namespace headgate::localworker {

//! One entry of PATCH /connectors/{name}/offsets, as sent. A null or missing offset resets the partition.
struct PositionChange
{
    Json partition, offset;
};

/*! Where sinks stand: the groups of a real broker, or this worker's own state where brokers keep no groups. */
class SinkOffsets
{
public:
    virtual ~SinkOffsets() = default;
    virtual QCoro::Task<RestResult<Positions>> list(std::string connector, std::string group) = 0;
    //! Good entries are applied even when others are refused: real Connect is not atomic here either.
    virtual QCoro::Task<RestResult<void>> alter(std::string connector, std::string group, PositionEdits edits) = 0;
    virtual QCoro::Task<RestResult<void>> reset(std::string connector, std::string group) = 0;
};

/*! Positions kept in the StateLog, for the mock brokers. Partitions are checked against the brokers' metadata. */
class LocalSinkOffsets final : public SinkOffsets
{
public:
    LocalSinkOffsets(StateLog &log, rd_kafka_t *client);

    void restore(const StateMap &kept);
    std::int64_t next(
        const std::string &connector, const std::string &topic, int partition) const; //!< 0 when there is none
    void keep(const std::string &connector, const Positions &positions);

    QCoro::Task<RestResult<Positions>> list(std::string connector, std::string group) override;
    QCoro::Task<RestResult<void>> alter(std::string connector, std::string group, PositionEdits edits) override;
    QCoro::Task<RestResult<void>> reset(std::string connector, std::string group) override;

private:
    StateLog &m_log;
    rd_kafka_t *m_client;
    std::map<std::string, Positions> m_positions;
};

} // namespace headgate::localworker
