// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/storage/statelog.h"

#include <QFile>

namespace headgate::localworker {

/*! State as JSON lines `[topic, key, value]` in one file of mode 0600, each written at once (a killed process loses
 * none; a crashed machine may lose the last). Rewritten without dead lines at every load. A torn last line is dropped.
 */
class FileStateLog final : public StateLog
{
public:
    explicit FileStateLog(QString path);

    Task<std::map<StateTopic, StateMap>> load() override;
    Task<void> put(StateTopic topic, std::string key, std::optional<Json> value) override;
    void putLater(StateTopic topic, std::string key, std::optional<Json> value) override;
    QCoro::Task<> close() override;

private:
    Result<void> append(StateTopic topic, const std::string &key, const std::optional<Json> &value);

    QString m_path;
    QFile m_file;
};

} // namespace headgate::localworker
