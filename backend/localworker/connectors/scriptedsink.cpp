// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/connectors/scriptedsink.h"

namespace headgate::localworker {

ScriptedSink::ScriptedSink(const ConnectorConfig &config, TaskId id, TaskEnvironment environment)
    : m_script(config, std::move(id), std::move(environment))
{
}

QCoro::Task<Outcome<void>> ScriptedSink::put(std::vector<SinkRecord> records, std::stop_token stop)
{
    for (; m_done < records.size() && !stop.stop_requested(); ++m_done) {
        const auto &raw = records[m_done].raw;
        auto passed = co_await m_script.beforeRecord("topic " + raw.topic + ", partition "
                + std::to_string(raw.partition) + ", offset " + std::to_string(raw.offset),
            stop);
        if (!passed) {
            co_return passed;
        }
    }
    if (stop.stop_requested()) {
        co_return thrown({.type = "org.apache.kafka.connect.errors.RetriableException",
            .message = "Stopped while writing",
            .at = "ScriptedSink.put",
            .cause = {},
            .retriable = true});
    }
    m_done = 0;
    co_return Outcome<void>();
}

} // namespace headgate::localworker
