// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/http/httpconnection.h"

#include <QPointer>

namespace headgate::localworker {

namespace {

constexpr int requestDeadlineMs = 10'000;
constexpr int idleDeadlineMs = 60'000;

QByteArray reasonOf(int status)
{
    switch (status) {
    case 100:
        return "Continue";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 505:
        return "HTTP Version Not Supported";
    }
    return "Unknown";
}

} // namespace

HttpConnection::HttpConnection(
    QTcpSocket *socket, const HttpServer::Gate &gate, const HttpServer::Handler &handler, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_gate(gate)
    , m_handler(handler)
{
    socket->setParent(this);
    socket->setReadBufferSize(HttpParser::maxBodyBytes);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(socket, &QTcpSocket::readyRead, this, &HttpConnection::readMore);
    connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, socket, &QTcpSocket::abort);
    m_deadline.start(requestDeadlineMs);
}

void HttpConnection::readMore()
{
    if (m_busy || m_closing) {
        return; // read buffer and TCP window hold the client back meanwhile
    }
    m_parser.feed(m_socket->readAll());
    proceed();
}

void HttpConnection::proceed()
{
    if (!m_deadline.isActive() || m_deadline.interval() != requestDeadlineMs) {
        m_deadline.start(requestDeadlineMs); // the total time of one request, not the idle time between bytes
    }
    m_parser.advance();
    if (m_parser.headIsNew() && !judgeHead()) {
        return;
    }
    switch (m_parser.state()) {
    case HttpParser::State::Head:
    case HttpParser::State::Body:
        return;
    case HttpParser::State::Broken:
        write({.status = m_parser.brokenStatus(), .contentType = {}, .headers = {}, .body = {}, .close = true}, {},
            false);
        return;
    case HttpParser::State::Complete:
        break;
    }
    m_deadline.stop();
    m_busy = true;
    auto request = m_parser.takeRequest();
    request.localPort = m_socket->localPort();
    answer(this, m_handler, std::move(request));
}

bool HttpConnection::judgeHead()
{
    auto head = m_parser.request();
    head.localPort = m_socket->localPort();
    if (auto refusal = m_gate ? m_gate(head) : std::nullopt) {
        refusal->close = true; // a body which nobody read may still be on its way
        write(*refusal, head.method, false);
        return false;
    }
    if (m_parser.state() == HttpParser::State::Body && m_parser.expectsContinue()) {
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    return true;
}

QCoro::Task<> HttpConnection::answer(QPointer<HttpConnection> self, HttpServer::Handler handler, HttpRequest request)
{
    const auto method = request.method;
    const bool keepAlive = request.keepAlive;
    const auto response = co_await handler(std::move(request));
    if (!self) {
        co_return; // the client went away meanwhile
    }
    self->m_busy = false;
    self->write(response, method, keepAlive);
    if (!self->m_closing) {
        self->m_deadline.start(idleDeadlineMs);
        if (self->m_parser.hasPending() || self->m_socket->bytesAvailable() > 0) {
            self->readMore(); // a pipelined request
        }
    }
}

void HttpConnection::write(const HttpResponse &response, const QByteArray &method, bool keepAlive)
{
    const bool close = response.close || !keepAlive;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonOf(response.status) + "\r\n";
    if (!response.contentType.isEmpty()) {
        head += "Content-Type: " + response.contentType + "\r\n";
    }
    for (const auto &[name, value] : response.headers) {
        head += name + ": " + value + "\r\n";
    }
    if (response.status != 204) {
        head += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    }
    head += close ? "Connection: close\r\n\r\n" : "\r\n";
    m_socket->write(method == "HEAD" || response.status == 204 ? head : head + response.body);
    if (close) {
        m_closing = true;
        m_socket->readAll();            // unread bytes would turn the close into a reset, and the answer would be lost
        m_socket->disconnectFromHost(); // writes what is pending first
        m_deadline.start(requestDeadlineMs);
    }
}

} // namespace headgate::localworker
