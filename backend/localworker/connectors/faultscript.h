// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/runtime/task.h"

namespace headgate::localworker {

/*! What a scripted connector does wrong, read from its `script.*` keys. Records are counted from 1 since the task was
 * started.
 *
 *   script.delay.ms          wait before each record, from record script.slow.from (1) until script.slow.until (0 = for
 * ever) script.fail.at           the task fails at this record; script.fail.message is what it says script.fail.times
 * only the first so many times (0 = always), counted over restarts: later it has recovered script.refuse.from from this
 * record on every attempt is refused, retriable, script.refuse.times (1) times */
class FaultScript
{
public:
    FaultScript(const ConnectorConfig &config, TaskId id, TaskEnvironment environment);

    //! Waits and fails as the script says for the next record. `what` names the record in the message.
    QCoro::Task<Outcome<void>> beforeRecord(std::string what, std::stop_token stop);

private:
    Milliseconds m_delay;
    std::int64_t m_slowFrom, m_slowUntil, m_failAt, m_failTimes, m_refuseFrom, m_refuseTimes;
    std::string m_message;
    TaskId m_id;
    TaskEnvironment m_environment;
    std::int64_t m_count = 0, m_refused = 0;
};

} // namespace headgate::localworker
