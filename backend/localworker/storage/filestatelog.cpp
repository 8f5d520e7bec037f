// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/storage/filestatelog.h"

#include "common/log.h"

#include <QSaveFile>

#include <algorithm>
#include <array>
#include <utility>

namespace headgate::localworker {

namespace {

constexpr qint64 smallestRewrite = 1024 * 1024;
constexpr std::array topicNames {"configs", "offsets", "status", "sink-positions"};

QByteArray lineOf(StateTopic topic, const std::string &key, const Json &value)
{
    return toBytes(Json::array({topicNames[static_cast<std::size_t>(topic)], key, value})) + '\n';
}

void take(std::map<StateTopic, StateMap> &state, const Json &line)
{
    if (!line.is_array() || line.size() != 3 || !line[0].is_string() || !line[1].is_string()) {
        return;
    }
    for (std::size_t i = 0; i < topicNames.size(); ++i) {
        if (line[0].get_ref<const std::string &>() == topicNames[i]) {
            auto &topic = state[static_cast<StateTopic>(i)];
            if (line[2].is_null()) {
                topic.erase(line[1].get<std::string>());
            } else {
                topic[line[1].get<std::string>()] = line[2];
            }
        }
    }
}

} // namespace

FileStateLog::FileStateLog(QString path)
    : m_path(std::move(path))
{
}

Task<std::map<StateTopic, StateMap>> FileStateLog::load()
{
    if (QFile old(m_path); old.open(QIODevice::ReadOnly)) {
        while (!old.atEnd()) {
            const auto line = old.readLine();
            take(m_state, parseJson(std::string_view(line.constData(), static_cast<std::size_t>(line.size()))));
        }
    }
    if (const auto rewritten = rewrite(); !rewritten) {
        co_return tl::unexpected(rewritten.error());
    }
    co_return std::as_const(m_state);
}

Result<void> FileStateLog::rewrite()
{
    QSaveFile fresh(m_path);
    if (!fresh.open(QIODevice::WriteOnly)) {
        return failure({.kind = ErrorKind::StorageFailed, .message = fresh.errorString(), .target = m_path});
    }
    fresh.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    for (const auto &[topic, entries] : m_state) {
        for (const auto &[key, value] : entries) {
            fresh.write(lineOf(topic, key, value));
        }
    }
    m_size = fresh.size();
    m_rewriteAt = std::max(smallestRewrite, 4 * m_size);
    const bool kept = fresh.commit(); // where not, the old file is still whole
    m_file.close();
    m_file.setFileName(m_path);
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered) || !kept) {
        const auto &why = kept ? m_file.errorString() : fresh.errorString();
        return failure({.kind = ErrorKind::StorageFailed, .message = why, .target = m_path});
    }
    return {};
}

Result<void> FileStateLog::append(StateTopic topic, const std::string &key, const std::optional<Json> &value)
{
    const auto line = lineOf(topic, key, value.value_or(Json()));
    if (m_file.write(line) != line.size()) {
        return failure({.kind = ErrorKind::StorageFailed, .message = m_file.errorString(), .target = m_path});
    }
    if (value) {
        m_state[topic][key] = *value;
    } else {
        m_state[topic].erase(key);
    }
    m_size += line.size();
    if (m_size >= m_rewriteAt) {
        if (const auto rewritten = rewrite(); !rewritten) {
            qCWarning(logWorker) << "State not rewritten:" << rewritten.error().message; // it only stays long
        }
    }
    return {};
}

Task<void> FileStateLog::put(StateTopic topic, std::string key, std::optional<Json> value)
{
    co_return append(topic, key, value);
}

void FileStateLog::putLater(StateTopic topic, std::string key, std::optional<Json> value)
{
    if (const auto kept = append(topic, key, value); !kept) {
        qCWarning(logWorker) << "State not written:" << kept.error().message;
    }
}

QCoro::Task<> FileStateLog::close()
{
    m_file.close();
    co_return;
}

} // namespace headgate::localworker
