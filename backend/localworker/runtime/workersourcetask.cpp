// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/workersourcetask.h"

#include <set>

namespace headgate::localworker {

namespace {
constexpr Milliseconds retryPause {300}; // errors.retry begins with it, as Connect does
}

WorkerSourceTask::WorkerSourceTask(TaskId id, ConnectorConfig config, std::unique_ptr<SourceTask> task,
    RecordProducer &producer, OffsetReader read, OffsetWriter write, Clock &clock)
    : WorkerTask(std::move(id))
    , m_config(std::move(config))
    , m_task(std::move(task))
    , m_producer(producer)
    , m_read(std::move(read))
    , m_write(std::move(write))
    , m_clock(clock)
    , m_policy(ErrorPolicy::from(m_config))
    , m_key(converterFor(m_config, "key").value_or(Converter {}))
    , m_value(converterFor(m_config, "value").value_or(Converter {}))
{
}

QCoro::Task<Outcome<void>> WorkerSourceTask::execute(std::stop_token stop)
{
    if (auto started = m_task->start(m_read); !started) {
        co_return started;
    }
    showState();
    while (!stop.stop_requested()) {
        co_await whilePaused(stop);
        auto records = co_await m_task->poll(stop);
        if (!records && records.error().retriable) {
            co_await m_clock.sleepFor(retryPause, stop); // a source's retriable poll is asked again without limit
            continue;
        }
        if (!records) {
            co_return thrown(std::move(records.error()));
        }
        if (auto written = co_await write(std::move(*records)); !written) {
            co_return written;
        }
    }
    co_return Outcome<void>();
}

Outcome<std::vector<OutRecord>> WorkerSourceTask::convert(const std::vector<SourceRecord> &records) const
{
    std::vector<OutRecord> out;
    for (const auto &record : records) {
        auto key = m_key.fromConnect(record.key);
        auto value = m_value.fromConnect(record.value);
        if (key && value) {
            out.push_back({.topic = record.topic,
                .partition = record.partition,
                .timestamp = record.timestamp,
                .key = std::move(*key),
                .value = std::move(*value),
                .headers = {}});
        } else if (!m_policy.rules.toleratesAll()) {
            return thrown(toleranceExceeded(key ? value.error() : key.error()));
        }
    }
    return out;
}

QCoro::Task<Outcome<void>> WorkerSourceTask::write(std::vector<SourceRecord> records)
{
    if (records.empty()) {
        co_return Outcome<void>();
    }
    auto converted = convert(records);
    if (!converted) {
        co_return thrown(std::move(converted.error()));
    }
    if (const auto sent = co_await m_producer.send(std::move(*converted)); !sent) {
        co_return thrown(sent.error());
    }
    std::set<std::string> topics;
    std::map<std::string, const SourceRecord *> last; // one position a source partition, the latest
    for (const auto &record : records) {
        topics.insert(record.topic);
        last[dump(record.sourcePartition)] = &record;
    }
    for (const auto &[partition, record] : last) {
        m_write(record->sourcePartition, record->sourceOffset);
    }
    for (const auto &topic : topics) {
        Q_EMIT wroteTo(topic);
    }
    co_return Outcome<void>();
}

} // namespace headgate::localworker
