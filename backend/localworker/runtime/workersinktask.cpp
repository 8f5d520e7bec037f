// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/workersinktask.h"

#include "common/log.h"
#include "localworker/kafka/brokeradmin.h"

#include <QRegularExpression>

#include <algorithm>
#include <set>

namespace headgate::localworker {

namespace {

constexpr Milliseconds groupCommitInterval {2000};
constexpr Milliseconds fileCommitInterval {500}; // nothing but a line in our own file
constexpr Milliseconds idlePatience {500};
constexpr Milliseconds firstRetry {300};

} // namespace

WorkerSinkTask::WorkerSinkTask(TaskId id, Parts parts)
    : WorkerTask(std::move(id))
    , m_parts(std::move(parts))
    , m_policy(ErrorPolicy::from(m_parts.config))
    , m_key(converterFor(m_parts.config, "key").value_or(Converter {}))
    , m_value(converterFor(m_parts.config, "value").value_or(Converter {}))
{
}

QCoro::Task<Outcome<void>> WorkerSinkTask::execute(std::stop_token stop)
{
    if (auto started = m_parts.task->start(); !started) {
        co_return started;
    }
    if (auto ready = co_await openDeadLetters(); !ready) {
        co_return ready;
    }
    if (auto opened = openConsumer(); !opened) {
        co_return opened;
    }
    auto ended = co_await takePartitions();
    if (ended) {
        showState();
        ended = co_await consume(stop);
    }
    // What was put is committed even when the task failed: it will not be delivered again for the sake of its
    // neighbour.
    if (m_parts.brokers->mock) {
        commitIfDue(true);
    }
    co_await m_consumer->close(m_done);
    co_await m_parts.task->close();
    co_return ended;
}

QCoro::Task<Outcome<void>> WorkerSinkTask::openDeadLetters()
{
    if (m_policy.rules.deadLetterTopic.isEmpty() || m_parts.brokers->mock) {
        co_return Outcome<void>(); // mock brokers make a topic when it is first written to
    }
    auto made = co_await createTopic(
        m_parts.producer->client(), m_policy.deadLetterTopic(), 1, m_policy.rules.deadLetterReplication, false);
    if (!made) {
        co_return thrown(
            connectException("Could not initialize dead letter queue with topic=" + m_policy.deadLetterTopic(),
                "WorkerSinkTask.openDeadLetters")
                .because(std::move(made.error())));
    }
    co_return Outcome<void>();
}

Outcome<void> WorkerSinkTask::openConsumer()
{
    const auto overrides = m_parts.config.under("consumer.override.");
    const auto group = overrides.get("group.id", "connect-" + id().connector);
    auto properties = m_parts.brokers->client("connector-consumer-" + id().text());
    properties.insert(properties.end(),
        {{"group.id", group}, {"enable.auto.commit", "false"}, {"session.timeout.ms", "10000"},
            {"enable.auto.offset.store", "false"},
            {"auto.offset.reset", overrides.get("auto.offset.reset", "earliest")}, {"queued.min.messages", "500"},
            {"queued.max.messages.kbytes", "1024"}, {"fetch.wait.max.ms", "200"}, {"fetch.error.backoff.ms", "50"},
            {"allow.auto.create.topics", "false"}, {"topic.metadata.refresh.interval.ms", "30000"}});
    auto client = makeClient(ClientRole::Consumer, properties);
    if (!client) {
        return thrown(std::move(client.error()));
    }
    m_consumer = std::make_unique<RecordConsumer>(std::move(*client));
    return {};
}

QCoro::Task<Outcome<void>> WorkerSinkTask::takePartitions()
{
    const auto topics = m_parts.config.list("topics");
    if (!m_parts.brokers->mock) {
        auto wanted = topics;
        if (const auto regex = m_parts.config.get("topics.regex"); !regex.empty()) {
            wanted.push_back('^' + regex); // librdkafka takes a name that begins with ^ as a pattern
        }
        co_return m_consumer->subscribe(wanted);
    }
    const auto sizes = co_await topicSizes(m_parts.producer->client());
    const auto regex = m_parts.config.get("topics.regex");
    const QRegularExpression pattern(QRegularExpression::anchoredPattern(QString::fromStdString(regex)));
    Positions assigned;
    for (const auto &[topic, partitions] : sizes) {
        const bool named = std::ranges::find(topics, topic) != topics.end();
        if (!named && (regex.empty() || !pattern.match(QString::fromStdString(topic)).hasMatch())) {
            continue;
        }
        for (int partition = id().task; partition < partitions; partition += m_parts.taskCount) {
            assigned[{topic, partition}] = m_parts.positions.read(topic, partition);
        }
    }
    m_topicsMissing = assigned.empty();
    co_return m_consumer->assign(assigned);
}

QCoro::Task<Outcome<void>> WorkerSinkTask::consume(std::stop_token stop)
{
    const auto overrides = m_parts.config.under("consumer.override.");
    const int limit = static_cast<int>(std::clamp<std::int64_t>(overrides.number("max.poll.records", 500), 1, 5000));
    bool paused = false;
    while (!stop.stop_requested()) {
        if (paused != isPaused()) {
            paused = isPaused();
            m_consumer->setPaused(paused); // a paused sink keeps its place in the group, so it must go on polling
        }
        showState();
        auto batch = m_consumer->take(limit);
        if (!batch) {
            co_return thrown(std::move(batch.error()));
        }
        if (batch->empty()) {
            co_await m_consumer->waitReadable(idlePatience, stop);
            if (m_topicsMissing) {
                co_await takePartitions(); // a group would learn of a new topic by itself
            }
        } else {
            auto records = co_await convert(std::move(*batch));
            if (!records) {
                co_return thrown(std::move(records.error()));
            }
            if (auto put = co_await deliver(std::move(*records), stop); !put) {
                co_return put;
            }
        }
        commitIfDue(false);
    }
    co_return Outcome<void>();
}

QCoro::Task<Outcome<std::vector<SinkRecord>>> WorkerSinkTask::convert(std::vector<InRecord> batch)
{
    std::vector<SinkRecord> records;
    std::set<std::string> topics;
    for (auto &raw : batch) {
        auto key = m_key.toConnect(raw.key);
        auto value = key ? m_value.toConnect(raw.value) : Outcome<ConnectValue>(ConnectValue());
        topics.insert(raw.topic);
        if (key && value) {
            records.push_back({std::move(raw), std::move(*key), std::move(*value)});
            continue;
        }
        const auto &converter = key ? m_value : m_key;
        m_rejected[{raw.topic, raw.partition}] = raw.offset + 1;
        if (auto kept = co_await reject(std::move(raw), key ? "VALUE_CONVERTER" : "KEY_CONVERTER",
                converter.className(), std::move(key ? value.error() : key.error()));
            !kept) {
            co_return thrown(std::move(kept.error()));
        }
    }
    for (const auto &topic : topics) {
        Q_EMIT readFrom(topic);
    }
    co_return records;
}

QCoro::Task<Outcome<void>> WorkerSinkTask::reject(
    InRecord record, std::string stage, std::string className, Throwable error)
{
    if (m_policy.rules.log) {
        qCWarning(logWorker).noquote().nospace()
            << "Error encountered in task " << QString::fromStdString(id().text()) << ". Executing stage '"
            << QString::fromStdString(stage) << "' with class '" << QString::fromStdString(className)
            << "', where consumed record is {topic='" << QString::fromStdString(record.topic)
            << "', partition=" << record.partition << ", offset=" << record.offset << "}.";
    }
    // Written before anything else: also the record that ends the task lies there, once for each try.
    if (!m_policy.rules.deadLetterTopic.isEmpty()) {
        std::vector<OutRecord> dead;
        dead.push_back(deadLetter(m_policy, record, id().connector, id().task, stage, className, error));
        if (const auto sent = co_await m_parts.producer->send(std::move(dead)); !sent) {
            co_return thrown(sent.error());
        }
    }
    if (stopsTask(fateOfRefused(m_policy.rules))) {
        co_return thrown(toleranceExceeded(std::move(error)));
    }
    co_return Outcome<void>();
}

QCoro::Task<Outcome<void>> WorkerSinkTask::deliver(std::vector<SinkRecord> records, std::stop_token stop)
{
    for (auto pause = firstRetry; !records.empty(); pause = std::min(pause * 2, m_policy.retryDelayMax)) {
        auto put = co_await m_parts.task->put(records, stop);
        if (put) {
            break;
        }
        if (stop.stop_requested()) {
            co_return Outcome<void>(); // not delivered, not committed: the next start reads it again
        }
        if (!put.error().retriable) {
            co_return thrown(
                connectException("Exiting WorkerSinkTask due to unrecoverable exception.", "WorkerSinkTask.deliver")
                    .because(std::move(put.error())));
        }
        co_await m_parts.clock->sleepFor(pause, stop);
    }
    // Rejected ones are passed only now, together with their neighbours: a position never goes beyond what was put.
    for (const auto &record : records) {
        m_rejected[{record.raw.topic, record.raw.partition}]
            = std::max(m_rejected[{record.raw.topic, record.raw.partition}], record.raw.offset + 1);
    }
    for (const auto &[tp, next] : m_rejected) {
        m_done[tp] = next;
    }
    m_rejected.clear();
    co_return Outcome<void>();
}

void WorkerSinkTask::commitIfDue(bool now)
{
    const auto at = m_parts.clock->monotonic();
    const auto interval = m_parts.brokers->mock ? fileCommitInterval : groupCommitInterval;
    if (m_done.empty() || (!now && m_committed && at - *m_committed < interval)) {
        return;
    }
    m_committed = at;
    if (m_parts.brokers->mock) {
        m_parts.positions.keep(m_done);
    } else {
        m_consumer->commit(m_done);
    }
    m_done.clear();
}

} // namespace headgate::localworker
