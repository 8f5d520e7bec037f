// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/storage/statelog.h"

#include <QFile>

namespace headgate::localworker {

/*! State as JSON lines `[topic, key, value]` in one file of mode 0600, each written at once (a killed process loses
 * none; a crashed machine may lose the last). Rewritten without dead lines at every load and whenever it has grown to
 * several times what is alive. A torn last line is dropped. */
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
    Result<void> rewrite(); //!< what is alive, and opens the file for more

    QString m_path;
    QFile m_file;
    std::map<StateTopic, StateMap> m_state; //!< what is alive
    qint64 m_size = 0, m_rewriteAt = 0;     //!< bytes
};

} // namespace headgate::localworker
