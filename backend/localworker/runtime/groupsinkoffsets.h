// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/runtime/sinkoffsets.h"

namespace headgate::localworker {

//! Sinks stand where their group `connect-<name>` on a real broker says.
class GroupSinkOffsets final : public SinkOffsets
{
public:
    explicit GroupSinkOffsets(rd_kafka_t *client)
        : m_client(client)
    {
    }
    QCoro::Task<RestResult<Positions>> list(std::string connector, std::string group) override;
    QCoro::Task<RestResult<void>> alter(std::string connector, std::string group, PositionEdits edits) override;
    QCoro::Task<RestResult<void>> reset(std::string connector, std::string group) override;

private:
    rd_kafka_t *m_client;
};

} // namespace headgate::localworker
