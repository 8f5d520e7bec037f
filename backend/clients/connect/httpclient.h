// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connecterror.h"
#include "common/clock.h"
#include "common/task.h"

#include <QSslConfiguration>
#include <QUrl>

#include <array>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace headgate {

//! Connections which don't wait for each other: writes that hang 90 s must not freeze the reads, health must not wait
//! for either.
enum class Lane { Read, Write, Health };

struct HttpRequest
{
    Lane lane = Lane::Read; //!< Write: sent exactly once
    QByteArray method = "GET";
    QUrl url;
    QByteArray body;
    QByteArray authorization; //!< value of the Authorization header, or empty; the caller vouches for the origin
    QSslConfiguration tls;
    qint64 maxBody = 256LL * 1024 * 1024; //!< bytes; above it the call ends with TooLarge
};

//! A complete HTTP answer of whatever status.
struct HttpAnswer
{
    int status = 0;
    QByteArray body;
    QByteArray location;   //!< Location header
    QByteArray retryAfter; //!< Retry-After header
    Milliseconds took {0};
};

/*! HTTP/1.1 as an operator's tool needs it. GUI thread; outlives its calls (RestConnectClient::close() sees to that).
 *
 * Total deadlines, no redirects, no cookies, no cache, no second sending of writes, bounded bodies, and errors in own
 * words: Qt's error strings print URLs. Each lane has its own connections, 6 per host. */
class HttpClient
{
public:
    HttpClient();
    ~HttpClient();

    /*! Errors: Unreachable, TlsFailed, DeadlineExceeded, Cancelled, TooLarge, InvalidAnswer. On the write lane these
     * mean that nothing was sent, but for TooLarge and InvalidAnswer; whatever else happened to a write is
     * OutcomeUnknown. */
    Task<HttpAnswer> exchange(HttpRequest request, CallOptions options);

private:
    QNetworkAccessManager &manager(Lane lane);
    QNetworkReply *send(const HttpRequest &request);

    std::array<std::unique_ptr<QNetworkAccessManager>, 3> m_managers; // made on first use: each has a thread
};

} // namespace headgate
