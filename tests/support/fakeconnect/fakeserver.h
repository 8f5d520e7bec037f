// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fakeconnect/fakeconnect.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace headgate::fake {

//! What the fake's thread and the test's thread share; everything in it only under `mutex`.
struct FakeShared
{
    mutable QMutex mutex;
    FakeOptions options;
    FakeCluster cluster;
    std::vector<FakeRule> rules;
    std::vector<FakePhase> phases;
    milliseconds healthDelay {50};
    std::vector<FakeRequest> log;
    qint64 bytesSent = 0;
    int connections = 0;
    QElapsedTimer clock;

    milliseconds now() const { return milliseconds(clock.elapsed()); }
};

//! An answer with the way it is delivered.
struct FakeDelivery
{
    FakeAnswer answer;
    Fault fault = Fault::None;
    QByteArray contentType = "application/json";
    milliseconds delay {0};
    qint64 bytes = 1;
    milliseconds interval {100};
};

//! One accepted connection: reads requests one after the other, delivers answers with their faults. Lives in the fake's
//! thread.
class FakeConnection : public QObject
{
    Q_OBJECT

public:
    FakeConnection(FakeShared &shared, int worker, QTcpSocket *socket, QObject *parent);

private:
    void read();
    bool takeRequest(FakeRequest &request);
    FakeDelivery decide(const FakeRequest &request);
    std::optional<FakeDelivery> byRule(const FakeRequest &request);
    FakeDelivery byState(const FakeRequest &request);
    std::optional<FakeAnswer> refusedLogin(const FakeRequest &request) const;
    FakeDelivery healthAnswer(FakePhase phase) const;
    void deliver(const FakeDelivery &delivery);
    void drip(const QByteArray &rest, qint64 bytes, milliseconds interval);
    void flood();
    void send(const QByteArray &bytes);

    FakeShared &m_shared;
    const int m_worker;
    QTcpSocket *const m_socket;
    QByteArray m_buffer;
    bool m_busy = false;
    bool m_head = false; // the request asked for headers only
    bool m_last = false; // the client wants the connection closed afterwards
};

//! The listening side of all workers. Lives in the fake's thread.
class FakeServer : public QObject
{
    Q_OBJECT

public:
    explicit FakeServer(FakeShared &shared);
    void start(int worker);
    void kill(int worker);
    quint16 port(int worker) const { return m_workers.at(size_t(worker)).port; }

private:
    struct Worker
    {
        QTcpServer *server = nullptr;
        quint16 port = 0;
        std::vector<QPointer<QTcpSocket>> sockets;
    };
    void accept(int worker);
    QTcpServer *makeServer();

    FakeShared &m_shared;
    std::vector<Worker> m_workers;
};

} // namespace headgate::fake
