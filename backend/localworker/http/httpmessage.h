// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <algorithm>
#include <optional>
#include <utility>

namespace headgate::localworker {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

//! One request as it came. Header names are lower case; `rawPath` is still percent-encoded, as sent, never normalised.
struct HttpRequest
{
    QByteArray method;
    QByteArray rawPath;
    QByteArray rawQuery;
    HttpHeaders headers;
    QByteArray body;
    quint16 localPort = 0; //!< which of the worker's addresses was asked
    bool keepAlive = true;

    //! First header of that lower-case name; absent and empty are different things.
    std::optional<QByteArray> header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers) {
            if (key == name) {
                return value;
            }
        }
        return std::nullopt;
    }
    int headerCount(const QByteArray &name) const
    {
        return static_cast<int>(
            std::count_if(headers.begin(), headers.end(), [&](const auto &h) { return h.first == name; }));
    }
};

struct HttpResponse
{
    int status = 200;
    QByteArray contentType; //!< empty: none is sent, as Connect does for its framework errors
    HttpHeaders headers;
    QByteArray body;
    bool close = false;
};

} // namespace headgate::localworker
