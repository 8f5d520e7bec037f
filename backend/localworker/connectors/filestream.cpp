// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/connectors/filestream.h"

#include <QDir>
#include <QFileInfo>

namespace headgate::localworker {

namespace {

constexpr Milliseconds pollInterval {250};

Outcome<void> notCreated(const std::string &file, const char *why)
{
    return thrown(
        connectException("Couldn't find or create file '" + file + "' for FileStreamSinkTask", "FileStreamSink.start")
            .because({.type = why, .message = file, .at = "QFile.open", .cause = {}}));
}

} // namespace

Outcome<QString> pathWithin(const QString &dataDirectory, const std::string &file)
{
    const QFileInfo wanted(QDir(dataDirectory), QString::fromStdString(file));
    const auto root = QFileInfo(dataDirectory).canonicalFilePath();
    // The deepest part that exists decides: links in it are followed, what is below it cannot be a link.
    QFileInfo existing(QDir::cleanPath(wanted.absoluteFilePath()));
    while (!existing.exists() && !existing.isRoot()) {
        existing = QFileInfo(existing.absolutePath());
    }
    const auto real = existing.canonicalFilePath();
    if (root.isEmpty() || (real != root && !real.startsWith(root + QLatin1Char('/')))) {
        return thrown(
            connectException("File '" + file + "' is outside the data directory of this worker", "pathWithin"));
    }
    return QDir::cleanPath(wanted.absoluteFilePath());
}

FileStreamSource::FileStreamSource(const ConnectorConfig &config, TaskEnvironment environment)
    : m_name(config.get("file"))
    , m_topic(config.get("topic"))
    , m_batch(config.number("batch.size", 2000))
    , m_environment(std::move(environment))
{
}

Outcome<void> FileStreamSource::start(const OffsetReader &offsets)
{
    const auto path = pathWithin(m_environment.dataDirectory, m_name);
    if (!path) {
        return thrown(path.error());
    }
    m_file.setFileName(*path);
    const auto kept = offsets({{"filename", m_name}});
    m_position = kept.is_object() ? kept.value("position", std::int64_t(0)) : 0;
    return {};
}

QCoro::Task<Outcome<std::vector<SourceRecord>>> FileStreamSource::poll(std::stop_token stop)
{
    std::vector<SourceRecord> records;
    if (!m_file.isOpen() && m_file.open(QIODevice::ReadOnly)) {
        m_file.seek(m_position);
    }
    while (m_file.isOpen() && static_cast<std::int64_t>(records.size()) < m_batch) {
        const auto line = m_file.readLine(1024 * 1024);
        if (!line.endsWith('\n')) {
            m_file.seek(m_position); // its end is still to be written
            break;
        }
        m_position += line.size();
        records.push_back({.topic = m_topic,
            .timestamp = m_environment.clock->now().time_since_epoch().count(),
            .key = {},
            .value = QByteArray(line.trimmed()).toStdString(),
            .sourcePartition = {{"filename", m_name}},
            .sourceOffset = {{"position", m_position}}});
    }
    if (records.empty()) {
        co_await m_environment.clock->sleepFor(pollInterval, stop);
    }
    co_return records;
}

FileStreamSink::FileStreamSink(const ConnectorConfig &config, TaskEnvironment environment)
    : m_name(config.get("file"))
    , m_environment(std::move(environment))
{
}

Outcome<void> FileStreamSink::start()
{
    if (m_name.empty()) {
        return {}; // real Connect prints to standard output then, which here belongs to whoever started the worker
    }
    const auto path = pathWithin(m_environment.dataDirectory, m_name);
    if (!path) {
        return thrown(path.error());
    }
    m_file.setFileName(*path);
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append)) {
        return notCreated(m_name,
            QFileInfo(QFileInfo(*path).absolutePath()).isDir() ? "java.nio.file.AccessDeniedException"
                                                               : "java.nio.file.NoSuchFileException");
    }
    return {};
}

QCoro::Task<Outcome<void>> FileStreamSink::put(std::vector<SinkRecord> records, std::stop_token)
{
    if (!m_file.isOpen()) {
        co_return Outcome<void>();
    }
    QByteArray lines;
    for (const auto &record : records) {
        lines += QByteArray::fromStdString(toText(record.value)) + '\n';
    }
    if (m_file.write(lines) != lines.size() || !m_file.flush()) {
        co_return thrown(connectException("Couldn't write to file '" + m_name + "'", "FileStreamSink.put")
                .because({.type = "java.io.IOException",
                    .message = m_file.errorString().toStdString(),
                    .at = "QFile.write",
                    .cause = {}}));
    }
    co_return Outcome<void>();
}

} // namespace headgate::localworker
