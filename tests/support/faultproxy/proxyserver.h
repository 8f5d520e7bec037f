// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/faultproxy/faultproxy.h"

#include <QMutex>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <array>
#include <deque>

namespace headgate::fake {

using Direction = FaultProxy::Direction;
using std::chrono::milliseconds;

struct Slices
{
    int bytes = 0;
    milliseconds interval {0};
};

struct ProxyFaults
{
    milliseconds latency {0};
    std::array<Slices, 2> slices {};
    std::array<qint64, 2> limit {-1, -1};
    bool blackHole = false;
    bool garbage = false;
    std::function<QByteArray(Direction, QByteArray)> rewrite;
};

//! Shared by the proxy's and the test's thread; only under `mutex`.
struct ProxyShared
{
    mutable QMutex mutex;
    ProxyFaults faults;
    int connections = 0;
    int open = 0;
    std::array<qint64, 2> bytes {0, 0};

    ProxyFaults current() const
    {
        QMutexLocker lock(&mutex);
        return faults;
    }
};

//! One direction of one connection: what came in waits here until its time and goes out in order.
class ProxyPipe : public QObject
{
    Q_OBJECT

public:
    ProxyPipe(ProxyShared &shared, Direction direction, QTcpSocket *from, QTcpSocket *to, QObject *parent);
    bool isEmpty() const { return m_waiting.empty(); }

Q_SIGNALS:
    void limitReached();
    void drained();

private:
    struct Piece
    {
        qint64 due; // milliseconds of the monotonic clock
        QByteArray bytes;
    };
    void take();
    void deliver();
    void pass(QByteArray bytes);

    ProxyShared &m_shared;
    const Direction m_direction;
    QTcpSocket *const m_from;
    QTcpSocket *const m_to;
    std::deque<Piece> m_waiting;
    QTimer m_timer;
    qint64 m_passed = 0;
};

//! One client's connection and its twin to the server.
class ProxyLink : public QObject
{
    Q_OBJECT

public:
    ProxyLink(ProxyShared &shared, QTcpSocket *client, const QString &host, quint16 port, QObject *parent);
    ~ProxyLink() override;
    void reset(); //!< RST to both

private:
    void endWhenDrained(ProxyPipe *pipe, QTcpSocket *other);

    ProxyShared &m_shared;
    QTcpSocket *const m_client;
    QTcpSocket m_server;
};

class ProxyServer : public QObject
{
    Q_OBJECT

public:
    ProxyServer(ProxyShared &shared, QString host, quint16 port);
    void listen();
    void refuse();
    void resetAll();
    quint16 port() const { return m_port; }

private:
    ProxyShared &m_shared;
    const QString m_host;
    const quint16 m_upstreamPort;
    QTcpServer *m_server = nullptr;
    quint16 m_port = 0;
};

} // namespace headgate::fake
