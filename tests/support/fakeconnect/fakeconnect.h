// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fakeconnect/fakecluster.h"

#include <memory>
#include <optional>

namespace headgate::fake {

//! How a fake worker goes wrong, or answers otherwise than its state says.
enum class Fault {
    None,              //!< the answer of the state or the scripted one, in time
    Hang,              //!< reads the request and never answers
    CloseAfterRequest, //!< reads the whole request and closes
    Garbage,           //!< bytes which are no HTTP
    Truncate,          //!< headers of the whole answer, `bytes` of its body, then close
    SlowBody,          //!< `bytes` of the body each `interval`
    Endless,           //!< a chunked body without end
    NoLength,          //!< neither length nor chunks: ends by closing, as HTTP/1.0
    Chunked,           //!< the same answer in chunks
};

/*! What requests of one kind meet. The first rule that matches and is not used up wins. */
struct FakeRule
{
    QByteArray method = {}; //!< empty: any
    QByteArray path = {};   //!< prefix of the path on the wire; empty: any
    int worker = -1;        //!< index, or any
    int times = -1;         //!< how many requests; -1: all
    Fault fault = Fault::None;
    std::optional<int> status = {}; //!< none: the state answers
    QByteArray body = {};
    QByteArray contentType = "application/json";
    QByteArray location = {};
    milliseconds delay {0};
    qint64 bytes = 1;
    milliseconds interval {100};
};

struct FakeRequest
{
    int worker = 0;
    QByteArray method;
    QByteArray path;                       //!< as on the wire
    QHash<QByteArray, QByteArray> headers; //!< names in lower case
    QByteArray body;
    std::chrono::steady_clock::time_point at; //!< when the whole of it had come
};

//! The phases of a worker's life as seen from outside.
enum class FakePhase {
    Ready,
    Starting,      //!< 404 with Jetty's own JSON for everything
    ReadingTopics, //!< empty list, 404 for connectors, /health 503
    Stuck,         //!< brokers dead: reads answer as before, /health 500 after `healthDelay`, herder-bound calls hang
};

struct FakeOptions
{
    int workers = 1;
    milliseconds latency {0};
    QString user = {}, password = {};           //!< asked for by HTTP Basic when set
    QByteArray bearer = {};                     //!< asked for when set
    QString certificateFile = {}, keyFile = {}; //!< PEM; with them the workers speak TLS
    QString clientCaFile = {};                  //!< PEM; with it a client certificate is asked for
    bool health = true;                         //!< false: /health is unknown, as below 3.9
};

/*! A fake Kafka Connect cluster: some workers on loopback ports that share one state, in a thread of its own, so that a
 * busy test loop does not slow it. All functions are safe from the test's thread; requests are answered and logged in
 * the fake's. */
class FakeConnect
{
public:
    explicit FakeConnect(FakeOptions options = {});
    ~FakeConnect();
    FakeConnect(const FakeConnect &) = delete;
    FakeConnect &operator=(const FakeConnect &) = delete;

    QString url(int worker = 0) const; //!< "http://127.0.0.1:port"
    QStringList urls() const;
    quint16 port(int worker = 0) const;

    //! @{ the state
    void add(FakeConnector connector);
    //! `count` running connectors "<prefix>-00000" with `tasks` tasks each.
    void addMany(int count, int tasks, const QString &prefix = QStringLiteral("connector"));
    void change(const QString &name, std::function<void(FakeConnector &)> edit);
    void failTask(const QString &name, int task, const QString &trace);
    void remove(const QString &name);
    FakeConnector connector(const QString &name) const;  //!< as it is now
    void setUp(std::function<void(FakeCluster &)> edit); //!< delays, version, plug-ins, ...
    //! @}

    //! @{ faults, at any time
    void script(FakeRule rule);
    void clearScripts();
    void setLatency(milliseconds latency); //!< added to every answer
    void setPhase(int worker, FakePhase phase);
    void setHealthDelay(milliseconds delay); //!< of a Stuck worker's /health; 10 s in real life, 50 ms here
    void kill(int worker);                   //!< closes its port and connections
    void start(int worker);                  //!< again on the same port
    //! @}

    //! @{ what was asked
    std::vector<FakeRequest> requests() const;
    int count(const QByteArray &method = {}, const QByteArray &pathPrefix = {}) const;
    qint64 bytesSent() const;
    int connections() const; //!< accepted since the fake was made
    void clearLog();
    //! @}

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace headgate::fake
