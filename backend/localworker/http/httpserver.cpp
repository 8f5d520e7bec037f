// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/http/httpserver.h"

#include "localworker/http/httpconnection.h"

#include <QTcpSocket>

namespace headgate::localworker {

HttpServer::HttpServer(Gate gate, Handler handler, QObject *parent)
    : QObject(parent)
    , m_gate(std::move(gate))
    , m_handler(std::move(handler))
{
}

HttpServer::~HttpServer()
{
    close();
}

Result<quint16> HttpServer::listen(const QHostAddress &address, quint16 port)
{
    auto listener = std::make_unique<QTcpServer>();
    if (!listener->listen(address, port)) {
        return failure({.kind = ErrorKind::Unreachable,
            .message = listener->errorString(),
            .target = address.toString() + QLatin1Char(':') + QString::number(port)});
    }
    connect(listener.get(), &QTcpServer::newConnection, this, [this, raw = listener.get()] { accept(raw); });
    m_listeners.push_back(std::move(listener));
    return m_listeners.back()->serverPort();
}

void HttpServer::accept(QTcpServer *listener)
{
    while (auto *socket = listener->nextPendingConnection()) {
        if (connectionCount() >= maxConnections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        new HttpConnection(socket, m_gate, m_handler, this);
    }
}

std::vector<quint16> HttpServer::ports() const
{
    std::vector<quint16> found;
    for (const auto &listener : m_listeners) {
        found.push_back(listener->serverPort());
    }
    return found;
}

int HttpServer::connectionCount() const
{
    return static_cast<int>(findChildren<HttpConnection *>(QString(), Qt::FindDirectChildrenOnly).size());
}

void HttpServer::close()
{
    m_listeners.clear();
    qDeleteAll(findChildren<HttpConnection *>(QString(), Qt::FindDirectChildrenOnly));
}

} // namespace headgate::localworker
