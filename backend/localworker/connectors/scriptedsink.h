// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/connectors/faultscript.h"

namespace headgate::localworker {

//! dev.headgate.connect.ScriptedSink: swallows records, and goes wrong as its FaultScript says.
class ScriptedSink final : public SinkTask
{
public:
    ScriptedSink(const ConnectorConfig &config, TaskId id, TaskEnvironment environment);

    Outcome<void> start() override { return {}; }
    QCoro::Task<Outcome<void>> put(std::vector<SinkRecord> records, std::stop_token stop) override;

private:
    FaultScript m_script;
    std::size_t m_done = 0; //!< of the current batch: a retry goes on where it was refused
};

} // namespace headgate::localworker
