// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/runtime/task.h"

#include <QFile>

namespace headgate::localworker {

/*! The absolute path of a FileStream `file`, which must lie below the data directory (symbolic links resolved): a
 * connector must not read or write the rest of the machine. A missing file is fine, a missing directory is for the task
 * to report. */
Outcome<QString> pathWithin(const QString &dataDirectory, const std::string &file);

/*! org.apache.kafka.connect.file.FileStreamSourceConnector: one record a line; a line is sent once its end is there.
 * Position in bytes, {"filename": file} -> {"position": n}. A missing file is waited for. */
class FileStreamSource final : public SourceTask
{
public:
    FileStreamSource(const ConnectorConfig &config, TaskEnvironment environment);
    Outcome<void> start(const OffsetReader &offsets) override;
    QCoro::Task<Outcome<std::vector<SourceRecord>>> poll(std::stop_token stop) override;

private:
    std::string m_name, m_topic;
    std::int64_t m_batch;
    TaskEnvironment m_environment;
    QFile m_file;
    qint64 m_position = 0;
};

//! org.apache.kafka.connect.file.FileStreamSinkConnector: appends each value as a line.
class FileStreamSink final : public SinkTask
{
public:
    FileStreamSink(const ConnectorConfig &config, TaskEnvironment environment);
    Outcome<void> start() override;
    QCoro::Task<Outcome<void>> put(std::vector<SinkRecord> records, std::stop_token stop) override;

private:
    std::string m_name;
    TaskEnvironment m_environment;
    QFile m_file;
};

} // namespace headgate::localworker
