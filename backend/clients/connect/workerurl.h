// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <QUrl>

namespace headgate {

//! The address of one Connect worker, checked: http or https, a host, perhaps a path prefix of a proxy; nothing else.
struct WorkerUrl
{
    QByteArray base; //!< encoded, without a trailing slash, e.g. "https://connect-1:8083/eu"
    QString host;    //!< "connect-1:8083", as errors name it
    bool secure = false;
    bool loopback = false;

    QString display() const { return QString::fromLatin1(base); }

    //! The URL of a resource. InvalidInput when the URL library would change the path (the names "." and ".."): never
    //! sent so.
    Result<QUrl> resource(const QByteArray &path) const;
};

/*! InvalidInput for anything else, without repeating the text: it may hold a password. `withCredentials`: a login
 * belongs to this cluster, so plain http is refused except on loopback (SE-12). */
Result<WorkerUrl> parseWorkerUrl(const QString &text, bool withCredentials);

} // namespace headgate
