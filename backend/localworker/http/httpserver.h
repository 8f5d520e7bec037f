// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "localworker/http/httpmessage.h"

#include <QCoroTask>
#include <QHostAddress>
#include <QObject>
#include <QTcpServer>

#include <functional>
#include <memory>
#include <vector>

namespace headgate::localworker {

/*! A small HTTP/1.1 server on several addresses of this machine. Event loop's thread; owned by whoever made it.
 *
 * Limits: 64 connections over all listeners (more are closed at once), 1 MB bodies, 32 kB heads, 10 s for a request to
 * arrive, 60 s of idle keep-alive. One request of a connection is worked on at a time. */
class HttpServer : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<QCoro::Task<HttpResponse>(HttpRequest)>;
    //! Judges a head before its body is read; an answer given here is sent and the connection closed.
    using Gate = std::function<std::optional<HttpResponse>(const HttpRequest &)>;

    static constexpr int maxConnections = 64;

    HttpServer(Gate gate, Handler handler, QObject *parent = nullptr);
    ~HttpServer() override;

    //! Port 0: any free one. Answers the port. Unreachable when the address is not free.
    Result<quint16> listen(const QHostAddress &address, quint16 port);
    std::vector<quint16> ports() const;
    int connectionCount() const;
    void close(); //!< listeners and connections, at once

private:
    void accept(QTcpServer *listener);

    Gate m_gate;
    Handler m_handler;
    std::vector<std::unique_ptr<QTcpServer>> m_listeners;
};

} // namespace headgate::localworker
