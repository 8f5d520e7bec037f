// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/connectors/faultscript.h"

namespace headgate::localworker {

/*! dev.headgate.connect.GeneratorSource: makes records at a steady rate with bursts. As ScriptedSource it also obeys a
 * FaultScript.
 *
 *   topic, rate (records/s, 10), record.bytes (about, 120), keys (distinct, 100), max.records (0 = no end)
 *   burst.every.ms, burst.length.ms, burst.rate: every so often another rate for a while
 * Its position is {"generator": <task>} -> {"count": n}; a replay from an earlier count makes the same ids again. */
class GeneratorSource final : public SourceTask
{
public:
    GeneratorSource(const ConnectorConfig &config, TaskId id, TaskEnvironment environment, bool scripted);

    Outcome<void> start(const OffsetReader &offsets) override;
    QCoro::Task<Outcome<std::vector<SourceRecord>>> poll(std::stop_token stop) override;

private:
    double rateNow(Monotonic now) const;
    SourceRecord recordNumber(std::int64_t number) const;

    std::string m_topic;
    double m_rate, m_burstRate;
    Milliseconds m_burstEvery, m_burstLength;
    std::int64_t m_bytes, m_keys, m_maxRecords;
    TaskId m_id;
    TaskEnvironment m_environment;
    std::optional<FaultScript> m_script;
    std::int64_t m_count = 0;
    Monotonic m_started, m_last;
    double m_due = 0; //!< records owed since m_last, with their fraction
};

} // namespace headgate::localworker
