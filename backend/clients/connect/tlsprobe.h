// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"

#include <QSslConfiguration>
#include <QUrl>

namespace headgate {

/*! Asks a port that closed without an answer whether it speaks TLS, to tell people why. Sends a greeting and nothing
 * else: no request, no login; so the server's certificate is not judged. GUI thread. What cannot be found out within
 * the deadline is "no". */
QCoro::Task<bool> speaksTls(QUrl url, QSslConfiguration tls, CallOptions options);

} // namespace headgate
