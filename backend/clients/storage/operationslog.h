// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <QByteArray>

#include <vector>

namespace headgate {

//! What a check of the whole log found.
struct LogVerdict
{
    bool intact = false;
    qint64 records = 0;
    qint64 firstBad = -1; //!< line number from 1; -1 = none
    QString what;         //!< "edited", "removed", "reordered", "truncated", "appended", "head missing"

    bool operator==(const LogVerdict &) const = default;
};

struct LogEntry
{
    qint64 line = 0; //!< from 1
    QByteArray body; //!< JSON object as given to append()

    bool operator==(const LogEntry &) const = default;
};

/*! One append-only operations log: journal and audit log. JSON lines; each holds its number, the hash of the line
 * before it and its own (SHA-256 over the bytes before `,"hash":`). A head file beside it holds count and hash, so that
 * a cut end is noticed.
 *
 * Several processes share a log: flock around read-last-line and append, held for milliseconds. Everything blocks: call
 * through offload(). A value; any thread. */
class OperationsLog
{
public:
    explicit OperationsLog(QString path)
        : m_path(std::move(path))
    {
    }

    /*! On disk (fsync) when it returns. `body` is a JSON object without line breaks. StorageFailed, Locked (5 s). A
     * head that does not fit the last line is written down as a record of its own first, so that later records do not
     * hide it. */
    Result<void> append(const QByteArray &body) const;
    //! Bodies in order; lines that cannot be read are skipped (verify() names them). A missing file is empty.
    Result<std::vector<LogEntry>> read() const;
    Result<LogVerdict> verify() const;
    const QString &path() const { return m_path; }
    QString headPath() const { return m_path + QStringLiteral(".head"); }

private:
    QString m_path;
};

} // namespace headgate
