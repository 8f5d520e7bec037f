// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"

#include <QByteArray>
#include <QHash>

#include <mutex>

namespace headgate {

/*! Reads GET /connectors?expand=status again and again, and parses only the entries whose bytes are not those of the
 * answer before: between two ticks most of a platform stands as it was. The result is always that of
 * parseStatusListing(); whatever looks unusual is left to it whole. Keeps the last answer. Any thread, one at a time.
 */
class StatusListingReader
{
public:
    Result<StatusListing> read(const QByteArray &body);
    qsizetype reused() const { return m_reused; } //!< entries of the last answer that were not parsed again

private:
    struct Entry
    {
        QByteArrayView value; //!< into m_body
        ConnectorStatus status;
    };
    using Members = std::vector<std::pair<QByteArrayView, QByteArrayView>>; //!< key without its quotes, value
    std::optional<StatusListing> readChanges(const QByteArray &body, const Members &members);
    void remember(const QByteArray &body, const Members &members, const StatusListing &listing);

    std::mutex m_mutex;
    QByteArray m_body;
    QHash<QByteArrayView, Entry> m_entries;
    qsizetype m_reused = 0;
};

} // namespace headgate
