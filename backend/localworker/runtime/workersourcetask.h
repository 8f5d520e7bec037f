// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/kafka/recordproducer.h"
#include "localworker/runtime/converter.h"
#include "localworker/runtime/errorpolicy.h"
#include "localworker/runtime/workertask.h"

namespace headgate::localworker {

//! Where a source task's positions go. Called on the event loop.
using OffsetWriter = std::function<void(const Json &sourcePartition, const Json &sourceOffset)>;

/*! poll -> convert -> write -> keep the position, in that order, so that a killed worker repeats records but loses
 * none. */
class WorkerSourceTask final : public WorkerTask
{
    Q_OBJECT
public:
    WorkerSourceTask(TaskId id, ConnectorConfig config, std::unique_ptr<SourceTask> task, RecordProducer &producer,
        OffsetReader read, OffsetWriter write, Clock &clock);

Q_SIGNALS:
    void wroteTo(const std::string &topic);

private:
    QCoro::Task<Outcome<void>> execute(std::stop_token stop) override;
    Outcome<std::vector<OutRecord>> convert(const std::vector<SourceRecord> &records) const;
    QCoro::Task<Outcome<void>> write(std::vector<SourceRecord> records);

    ConnectorConfig m_config;
    std::unique_ptr<SourceTask> m_task;
    RecordProducer &m_producer;
    OffsetReader m_read;
    OffsetWriter m_write;
    Clock &m_clock;
    ErrorPolicy m_policy;
    Converter m_key, m_value;
};

} // namespace headgate::localworker
