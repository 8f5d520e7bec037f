// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/kafka/recordconsumer.h"
#include "localworker/kafka/recordproducer.h"
#include "localworker/runtime/brokers.h"
#include "localworker/runtime/converter.h"
#include "localworker/runtime/errorpolicy.h"
#include "localworker/runtime/workertask.h"

namespace headgate::localworker {

//! Positions of a sink on brokers without groups: read at the start, kept at every commit. Event loop's thread.
struct SinkPositions
{
    std::function<std::int64_t(const std::string &topic, int partition)> read; //!< next offset; 0 when there is none
    std::function<void(const Positions &)> keep;
};

/*! consume -> convert -> put -> commit. Positions are committed after the first batch, then every 2 s (0.5 s into our
 * own file), and at the end, only for records that put() took or that went to the dead letter topic, so that a killed
 * worker repeats records but loses none. */
class WorkerSinkTask final : public WorkerTask
{
    Q_OBJECT
public:
    struct Parts
    {
        ConnectorConfig config;
        int taskCount = 1; //!< for sharing partitions out where there is no group
        std::unique_ptr<SinkTask> task;
        const Brokers *brokers;
        RecordProducer *producer; //!< for dead letters
        SinkPositions positions;
        Clock *clock;
    };

    WorkerSinkTask(TaskId id, Parts parts);

Q_SIGNALS:
    void readFrom(const std::string &topic);

private:
    QCoro::Task<Outcome<void>> execute(std::stop_token stop) override;
    QCoro::Task<Outcome<void>> consume(std::stop_token stop);
    QCoro::Task<Outcome<void>> openDeadLetters(); //!< makes the topic, as Connect does
    Outcome<void> openConsumer();
    QCoro::Task<Outcome<void>> takePartitions(); //!< join the group, or have them assigned
    QCoro::Task<Outcome<std::vector<SinkRecord>>> convert(std::vector<InRecord> batch);
    QCoro::Task<Outcome<void>> reject(InRecord record, std::string stage, std::string className, Throwable error);
    QCoro::Task<Outcome<void>> deliver(std::vector<SinkRecord> records, std::stop_token stop);
    void commitIfDue(bool now);

    Parts m_parts;
    ErrorPolicy m_policy;
    Converter m_key, m_value;
    std::unique_ptr<RecordConsumer> m_consumer;
    Positions m_rejected; //!< of the batch in hand: gone to the dead letters or dropped
    Positions m_done;     //!< put, not yet committed
    std::optional<Monotonic> m_committed;
    bool m_topicsMissing = false; //!< no group, and the topics were not there yet
};

} // namespace headgate::localworker
