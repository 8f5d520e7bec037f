// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace headgate::fake {

/*! A TCP proxy that spoils what passes through it, switched at any time from the test's thread; works in a thread of
 * its own, on the level of bytes, so for HTTP, TLS and Kafka alike.
 *
 * Up is from the client to the server, down the way back. */
class FaultProxy
{
public:
    enum class Direction { Up, Down };
    using milliseconds = std::chrono::milliseconds;

    FaultProxy(QString upstreamHost, quint16 upstreamPort);
    ~FaultProxy();
    FaultProxy(const FaultProxy &) = delete;
    FaultProxy &operator=(const FaultProxy &) = delete;

    quint16 port() const;
    QString endpoint() const; //!< "127.0.0.1:port"

    void heal();                           //!< everything off; broken connections stay broken
    void setLatency(milliseconds latency); //!< added to every chunk, each way
    void setSlices(Direction direction, int bytes, milliseconds interval); //!< `bytes` at a time; 0: whole
    void setBlackHole(bool on);                       //!< connections are accepted, bytes go nowhere
    void setGarbage(bool on);                         //!< what comes down is replaced by noise of the same length
    void setLimit(Direction direction, qint64 bytes); //!< after so many bytes of a connection it is reset; -1: never
    void setRefuse(bool on);                          //!< the port is closed, or open again
    void resetAll();                                  //!< breaks every open connection with RST
    //! Sees each chunk and may change it; runs in the proxy's thread. For protocols with frames it has to collect them
    //! itself.
    void setRewrite(std::function<QByteArray(Direction, QByteArray)> rewrite);

    int connections() const; //!< accepted since the proxy was made
    int openConnections() const;
    qint64 bytes(Direction direction) const; //!< passed on

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace headgate::fake
