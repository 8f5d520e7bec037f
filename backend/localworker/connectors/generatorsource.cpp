// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/connectors/generatorsource.h"

#include <algorithm>

namespace headgate::localworker {

namespace {

constexpr Milliseconds turn {100};
constexpr double largestBatch = 500;

Json partitionOf(const TaskId &id)
{
    return {{"generator", id.task}};
}

} // namespace

GeneratorSource::GeneratorSource(const ConnectorConfig &config, TaskId id, TaskEnvironment environment, bool scripted)
    : m_topic(config.get("topic"))
    , m_rate(QByteArray::fromStdString(config.get("rate", "10")).toDouble())
    , m_burstRate(QByteArray::fromStdString(config.get("burst.rate", "0")).toDouble())
    , m_burstEvery(config.number("burst.every.ms", 0))
    , m_burstLength(config.number("burst.length.ms", 0))
    , m_bytes(std::clamp<std::int64_t>(config.number("record.bytes", 120), 1, 900'000))
    , m_keys(std::max<std::int64_t>(config.number("keys", 100), 1))
    , m_maxRecords(config.number("max.records", 0))
    , m_id(id)
    , m_environment(environment)
{
    if (scripted) {
        m_script.emplace(config, id, environment);
    }
}

Outcome<void> GeneratorSource::start(const OffsetReader &offsets)
{
    const auto kept = offsets(partitionOf(m_id));
    m_count = kept.is_object() ? kept.value("count", std::int64_t(0)) : 0;
    m_started = m_last = m_environment.clock->monotonic();
    return {};
}

double GeneratorSource::rateNow(Monotonic now) const
{
    if (m_burstEvery.count() <= 0) {
        return m_rate;
    }
    return (now - m_started) % m_burstEvery < m_burstLength ? m_burstRate : m_rate;
}

SourceRecord GeneratorSource::recordNumber(std::int64_t number) const
{
    const auto now = m_environment.clock->now();
    Json value {
        {"id", number}, {"created", toIso(now).toStdString()}, {"amount", double(number * 7919 % 100000) / 100}};
    const auto used = static_cast<std::int64_t>(dump(value).size()) + 12;
    if (used < m_bytes) {
        value["note"] = std::string(static_cast<std::size_t>(m_bytes - used), '.');
    }
    return {.topic = m_topic,
        .timestamp = now.time_since_epoch().count(),
        .key = std::to_string(number % m_keys),
        .value = std::move(value),
        .sourcePartition = partitionOf(m_id),
        .sourceOffset = {{"count", number + 1}}};
}

QCoro::Task<Outcome<std::vector<SourceRecord>>> GeneratorSource::poll(std::stop_token stop)
{
    co_await m_environment.clock->sleepFor(turn, stop);
    const auto now = m_environment.clock->monotonic();
    // A process that slept long does not owe the time in between.
    m_due = std::min(m_due + rateNow(now) * double((now - m_last).count()) / 1000, largestBatch);
    m_last = now;
    std::vector<SourceRecord> records;
    while (m_due >= 1 && !stop.stop_requested() && (m_maxRecords == 0 || m_count < m_maxRecords)) {
        if (m_script) {
            if (auto fault = co_await m_script->beforeRecord("record " + std::to_string(m_count + 1), stop); !fault) {
                co_return thrown(std::move(fault.error()));
            }
        }
        records.push_back(recordNumber(m_count));
        ++m_count;
        m_due -= 1;
    }
    co_return records;
}

} // namespace headgate::localworker
