// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/connectors/faultscript.h"

#include <map>

namespace headgate::localworker {

namespace {

//! Failures per task over restarts, for script.fail.times. Event loop's thread only.
std::int64_t &failuresOf(const TaskId &id)
{
    static std::map<std::string, std::int64_t> failures;
    return failures[id.text()];
}

} // namespace

FaultScript::FaultScript(const ConnectorConfig &config, TaskId id, TaskEnvironment environment)
    : m_delay(config.number("script.delay.ms", 0))
    , m_slowFrom(config.number("script.slow.from", 1))
    , m_slowUntil(config.number("script.slow.until", 0))
    , m_failAt(config.number("script.fail.at", 0))
    , m_failTimes(config.number("script.fail.times", 0))
    , m_refuseFrom(config.number("script.refuse.from", 0))
    , m_refuseTimes(config.number("script.refuse.times", 1))
    , m_message(config.get("script.fail.message", "The script says: fail here"))
    , m_id(std::move(id))
    , m_environment(std::move(environment))
{
}

QCoro::Task<Outcome<void>> FaultScript::beforeRecord(std::string what, std::stop_token stop)
{
    const auto number = m_count + 1;
    const bool slow = number >= m_slowFrom && (m_slowUntil == 0 || number < m_slowUntil);
    if (m_delay.count() > 0 && slow) {
        co_await m_environment.clock->sleepFor(m_delay, stop);
    }
    if (m_refuseFrom > 0 && number >= m_refuseFrom && m_refused < m_refuseTimes) {
        ++m_refused;
        co_return thrown({.type = "org.apache.kafka.connect.errors.RetriableException",
            .message = "Refused " + what + ", try again",
            .at = "FaultScript.beforeRecord",
            .cause = {},
            .retriable = true});
    }
    if (m_failAt > 0 && number == m_failAt && (m_failTimes == 0 || failuresOf(m_id) < m_failTimes)) {
        ++failuresOf(m_id);
        co_return thrown(connectException(m_message + " (" + what + ')', "FaultScript.beforeRecord"));
    }
    m_count = number;
    co_return Outcome<void>();
}

} // namespace headgate::localworker
