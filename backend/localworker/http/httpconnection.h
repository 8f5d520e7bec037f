// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/http/httpparser.h"
#include "localworker/http/httpserver.h"

#include <QTcpSocket>
#include <QTimer>

namespace headgate::localworker {

/*! One connection of HttpServer: reads a request, has it answered, writes the answer, reads on. Dies with its socket.
 */
class HttpConnection : public QObject
{
    Q_OBJECT
public:
    HttpConnection(
        QTcpSocket *socket, const HttpServer::Gate &gate, const HttpServer::Handler &handler, QObject *parent);

private:
    void readMore();
    void proceed();
    bool judgeHead(); //!< false: refused, the answer is on its way
    static QCoro::Task<> answer(QPointer<HttpConnection> self, HttpServer::Handler handler, HttpRequest request);
    void write(const HttpResponse &response, const QByteArray &method, bool keepAlive);

    QTcpSocket *m_socket;
    const HttpServer::Gate &m_gate;
    const HttpServer::Handler &m_handler;
    HttpParser m_parser;
    QTimer m_deadline;
    bool m_busy = false, m_closing = false;
};

} // namespace headgate::localworker
