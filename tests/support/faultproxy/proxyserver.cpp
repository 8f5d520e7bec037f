// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultproxy/proxyserver.h"

#include <QDeadlineTimer>

#include <sys/socket.h>

#include <algorithm>

namespace headgate::fake {

namespace {

qint64 monotonicNow()
{
    return QDeadlineTimer::current(Qt::PreciseTimer).deadline();
}

QByteArray noise(qsizetype size)
{
    QByteArray bytes(size, '\0');
    for (qsizetype i = 0; i < size; ++i) {
        bytes[i] = char((i * 151 + 77) % 251);
    }
    return bytes;
}

//! The next close sends RST instead of FIN.
void lingerNot(QTcpSocket &socket)
{
    const linger none {1, 0};
    ::setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

} // namespace

ProxyPipe::ProxyPipe(ProxyShared &shared, Direction direction, QTcpSocket *from, QTcpSocket *to, QObject *parent)
    : QObject(parent)
    , m_shared(shared)
    , m_direction(direction)
    , m_from(from)
    , m_to(to)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ProxyPipe::deliver);
    connect(from, &QTcpSocket::readyRead, this, &ProxyPipe::take);
}

void ProxyPipe::take()
{
    const auto faults = m_shared.current();
    auto bytes = m_from->readAll();
    if (faults.blackHole) {
        return;
    }
    if (faults.garbage && m_direction == Direction::Down) {
        bytes = noise(bytes.size());
    }
    if (faults.rewrite) {
        bytes = faults.rewrite(m_direction, bytes);
    }
    const auto slices = faults.slices.at(size_t(m_direction));
    const auto piece = slices.bytes > 0 ? qsizetype(slices.bytes) : std::max<qsizetype>(bytes.size(), 1);
    auto due = std::max(monotonicNow() + faults.latency.count(),
        m_waiting.empty() ? 0 : m_waiting.back().due + slices.interval.count());
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        m_waiting.push_back({due, bytes.mid(at, piece)});
        due += slices.interval.count();
    }
    deliver();
}

void ProxyPipe::deliver()
{
    while (!m_waiting.empty() && m_waiting.front().due <= monotonicNow()) {
        const auto bytes = m_waiting.front().bytes;
        m_waiting.pop_front();
        pass(bytes);
    }
    if (m_waiting.empty()) {
        Q_EMIT drained();
    } else {
        m_timer.start(int(std::max<qint64>(0, m_waiting.front().due - monotonicNow())));
    }
}

void ProxyPipe::pass(QByteArray bytes)
{
    const auto limit = m_shared.current().limit.at(size_t(m_direction));
    if (limit >= 0) {
        bytes.truncate(std::max<qint64>(0, limit - m_passed));
    }
    m_to->write(bytes); // kept by the socket while it still connects
    if (m_to->state() == QAbstractSocket::ConnectedState) {
        m_to->flush();
    }
    m_passed += bytes.size();
    {
        QMutexLocker lock(&m_shared.mutex);
        m_shared.bytes.at(size_t(m_direction)) += bytes.size();
    }
    if (limit >= 0 && m_passed >= limit) {
        Q_EMIT limitReached();
    }
}

ProxyLink::ProxyLink(ProxyShared &shared, QTcpSocket *client, const QString &host, quint16 port, QObject *parent)
    : QObject(parent)
    , m_shared(shared)
    , m_client(client)
{
    client->setParent(this);
    auto *up = new ProxyPipe(shared, Direction::Up, client, &m_server, this);
    auto *down = new ProxyPipe(shared, Direction::Down, &m_server, client, this);
    for (auto *pipe : {up, down}) {
        connect(pipe, &ProxyPipe::limitReached, this, &ProxyLink::reset, Qt::QueuedConnection);
    }
    connect(client, &QTcpSocket::disconnected, this, [this, up] { endWhenDrained(up, &m_server); });
    connect(&m_server, &QTcpSocket::disconnected, this, [this, down] { endWhenDrained(down, m_client); });
    connect(&m_server, &QTcpSocket::errorOccurred, this, [this] {
        if (m_server.state()
            == QAbstractSocket::UnconnectedState) { // refused upstream: the client sees a closed connection
            deleteLater();
        }
    });
    m_server.connectToHost(host, port);
    QMutexLocker lock(&m_shared.mutex);
    ++m_shared.open;
}

ProxyLink::~ProxyLink()
{
    m_client->disconnect(this);
    m_server.disconnect(this);
    QMutexLocker lock(&m_shared.mutex);
    --m_shared.open;
}

//! One side has closed: the other is closed when what is on its way to it has arrived.
void ProxyLink::endWhenDrained(ProxyPipe *pipe, QTcpSocket *other)
{
    if (pipe->isEmpty()) {
        other->disconnectFromHost();
        deleteLater();
    } else {
        connect(pipe, &ProxyPipe::drained, this, [this, other] {
            other->disconnectFromHost();
            deleteLater();
        });
    }
}

void ProxyLink::reset()
{
    for (auto *socket : {m_client, &m_server}) {
        if (socket->state() == QAbstractSocket::ConnectedState) {
            socket->flush();
            lingerNot(*socket);
        }
        socket->abort();
    }
    deleteLater();
}

ProxyServer::ProxyServer(ProxyShared &shared, QString host, quint16 port)
    : m_shared(shared)
    , m_host(std::move(host))
    , m_upstreamPort(port)
{
}

void ProxyServer::listen()
{
    if (m_server) {
        return;
    }
    m_server = new QTcpServer(this);
    connect(m_server, &QTcpServer::newConnection, this, [this] {
        while (auto *client = m_server->nextPendingConnection()) {
            {
                QMutexLocker lock(&m_shared.mutex);
                ++m_shared.connections;
            }
            new ProxyLink(m_shared, client, m_host, m_upstreamPort, this);
        }
    });
    if (!m_server->listen(QHostAddress::LocalHost, m_port)) {
        qFatal("fault proxy: %s", qPrintable(m_server->errorString()));
    }
    m_port = m_server->serverPort();
}

void ProxyServer::refuse()
{
    delete std::exchange(m_server, nullptr);
}

void ProxyServer::resetAll()
{
    for (auto *link : findChildren<ProxyLink *>(Qt::FindDirectChildrenOnly)) {
        link->reset();
    }
}

} // namespace headgate::fake
