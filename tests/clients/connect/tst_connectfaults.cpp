// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/harness.h"
#include "domain/connectors/connectrequests.h"
#include "support/fakes/fakeclock.h"
#include "support/faultproxy/faultproxy.h"

#include <QTest>
#include <QThread>

using namespace headgate;
using namespace Qt::Literals::StringLiterals;
using fake::FakeConnect;
using fake::FakePhase;
using fake::Fault;
using fake::FaultProxy;
using Direction = FaultProxy::Direction;

namespace {

const auto name = u"connector-00000"_s;
const CallOptions usual {Milliseconds(5000)};

QString through(const FaultProxy &proxy)
{
    return QString(u"http://"_s + proxy.endpoint());
}

QByteArray connectSays(int code, const char *message)
{
    return R"({"error_code":)" + QByteArray::number(code) + R"(,"message":")" + message + "\"}";
}

} // namespace

/*! The client against workers, networks and proxies that fail. Every wait is on a condition; where a deadline is the
 * point, only its order of magnitude is. */
class ConnectFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWriteWhoseAnswerIsLostIsUnknownAndSentOnce_data();
    void aWriteWhoseAnswerIsLostIsUnknownAndSentOnce();
    void aWriteCutOnTheWayIsNeverRepeated();
    void aListingCutMidwayIsDiscarded();
    void aRebalanceStormIsPolite();
    void aRebalanceStormCanBeCancelled();
    void aWriteInARebalanceIsNotRepeated();
    void aStuckHerderLeavesTheWriteUnknown();
    void aRebalanceInDisguise();
    void aConnectorThatIsGone();
    void aBlackHoleEndsByDeadline();
    void aBlackHoleHurtsNobodyElse();
    void aSlowLorisEndsByTheTotalDeadline();
    void aConnectionHalfOpenEndsByDeadline();
    void garbageIsNoAnswer();
    void anEndlessBodyStops();
    void fiveMegabytesOfTraceHurtNobody();
    void hungWritesDoNotDelayReadsOrHealth();
    void cancelReturnsPromptly();
};

void ConnectFaultsTest::aWriteWhoseAnswerIsLostIsUnknownAndSentOnce_data()
{
    QTest::addColumn<RestRequest>("request");
    QTest::newRow("pause") << pauseRequest(name);
    QTest::newRow("stop") << stopRequest(name);
    QTest::newRow("restart") << restartRequest(name, true, true);
    QTest::newRow("restart task") << restartTaskRequest(name, 0);
    QTest::newRow("create") << createRequest(u"new"_s, {{u"a"_s, u"b"_s}});
    QTest::newRow("config") << putConfigRequest(name, {{u"a"_s, u"b"_s}});
    QTest::newRow("patch") << RestRequest {"PATCH", "/connectors/connector-00000/offsets", R"({"offsets":[]})"};
    QTest::newRow("delete") << deleteRequest(name);
}

// Rows: CR-01
void ConnectFaultsTest::aWriteWhoseAnswerIsLostIsUnknownAndSentOnce()
{
    QFETCH(RestRequest, request);
    for (const bool reused : {false, true}) { // Qt repeats a request on fresh and on kept connections
        FakeConnect fake({.workers = 2});
        fake.addMany(1, 1);
        ConnectHarness harness(fake.urls());
        if (reused) {
            QVERIFY(await(harness.client().send(resumeRequest(name), usual)).has_value());
            fake.clearLog();
        }
        fake.script({.method = request.method, .fault = Fault::CloseAfterRequest});
        const auto answer = await(harness.client().send(request, usual));
        QCOMPARE(answer.error().kind, ErrorKind::OutcomeUnknown);
        QCOMPARE(answer.error().request, QString::fromLatin1(request.method + ' ' + request.path));
        QVERIFY(await(harness.client().fetchServerInfo(usual)).has_value()); // time for a second sending to show
        QCOMPARE(fake.count(request.method), 1);
        QCOMPARE(fake.requests().front().body, request.body);
    }
}

// Rows: CR-01
void ConnectFaultsTest::aWriteCutOnTheWayIsNeverRepeated()
{
    FakeConnect fake;
    fake.addMany(1, 1);
    FaultProxy proxy(u"127.0.0.1"_s, fake.port());
    ConnectHarness harness({through(proxy)});
    for (const auto limit : {0, 1, 20, 80}) { // bytes of the answer that still pass
        fake.clearLog();
        proxy.setLimit(Direction::Down, limit);
        const auto answer = await(harness.client().send(putConfigRequest(name, {{u"a"_s, u"b"_s}}), usual));
        QCOMPARE(answer.error().kind, ErrorKind::OutcomeUnknown);
        proxy.heal();
        const auto after = await(harness.client().fetchServerInfo(usual));
        QVERIFY2(after.has_value(), after ? "" : qPrintable(QString(after.error().message + after.error().detail)));
        QCOMPARE(fake.count("PUT"), 1);
    }
    fake.clearLog();
    proxy.setLimit(Direction::Up, 10); // not even the request arrived; nobody here can know that
    QCOMPARE(await(harness.client().send(pauseRequest(name), usual)).error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(fake.count("PUT"), 0);
}

// Rows: CR-02
void ConnectFaultsTest::aListingCutMidwayIsDiscarded()
{
    FakeConnect fake({.workers = 2});
    fake.addMany(100, 2);
    ConnectHarness harness(fake.urls());
    const auto size = await(harness.client().fetchStatuses(usual)).value().bytes;
    for (const auto part : {qint64(0), qint64(1), size / 2, size - 1}) {
        fake.script({.path = "/connectors?expand", .fault = Fault::Truncate, .bytes = part});
        const auto cut = await(harness.client().fetchStatuses(usual));
        QVERIFY(!cut);
        QVERIFY(cut.error().kind == ErrorKind::Unreachable || cut.error().kind == ErrorKind::InvalidAnswer);
        fake.clearScripts();
        fake.script({.path = "/connectors?expand", .worker = 0, .fault = Fault::Truncate, .bytes = part});
        const auto other = await(harness.client().fetchStatuses(usual)); // the other worker was tried
        QCOMPARE(other->connectors.size(), size_t(100));
        QCOMPARE(other->worker, QString(u"127.0.0.1:"_s + QString::number(fake.port(1))));
        fake.clearScripts();
    }
}

// Rows: CR-03
void ConnectFaultsTest::aRebalanceStormIsPolite()
{
    FakeConnect fake({.workers = 2});
    fake.addMany(1, 1);
    fake.script({.path = "/connectors/connector-00000/offsets",
        .status = 409,
        .body = connectSays(409, "(e.g. worker rebalance)")});
    auto clock = std::make_shared<FakeClock>();
    const auto begin = clock->monotonic();
    ConnectHarness harness(fake.urls(), clock);
    std::optional<Result<std::vector<ConnectorOffset>>> ended;
    harness.client().fetchOffsets(name, within(Milliseconds(60'000))).then([&ended](auto result) { ended = result; });
    QTRY_VERIFY_WITH_TIMEOUT(
        (clock->sleeping() > 0 ? clock->advance(Milliseconds(100)) : void(), ended.has_value()), 20'000);
    QCOMPARE(ended->error().kind, ErrorKind::Rebalancing);
    QVERIFY(ended->error().retryable);
    QCOMPARE(fake.requests().size(), size_t(4));                          // the budget, and one after the other
    QVERIFY(clock->monotonic() - begin >= Milliseconds(125 + 250 + 500)); // at least half of each back-off
}

// Rows: CR-03, UX-37
void ConnectFaultsTest::aRebalanceStormCanBeCancelled()
{
    FakeConnect fake;
    fake.script({.path = "/connectors/connector-00000/offsets",
        .status = 409,
        .body = connectSays(409, "(e.g. worker rebalance)")});
    auto clock = std::make_shared<FakeClock>(); // never moved: the back-off would last for ever
    ConnectHarness harness(fake.urls(), clock);
    std::stop_source stop;
    std::optional<ErrorKind> ended;
    harness.client().fetchOffsets(name, within(Milliseconds(60'000), stop.get_token())).then([&ended](auto result) {
        ended = result.error().kind;
    });
    QTRY_COMPARE(clock->sleeping(), 1);
    stop.request_stop();
    QTRY_COMPARE(ended, ErrorKind::Cancelled);
    QCOMPARE(fake.requests().size(), size_t(1));
}

// Rows: CR-03
void ConnectFaultsTest::aWriteInARebalanceIsNotRepeated()
{
    FakeConnect fake({.workers = 2});
    fake.script({.method = "PUT",
        .status = 409,
        .body
        = connectSays(409, "Cannot complete request because of a conflicting operation (e.g. worker rebalance)")});
    ConnectHarness harness(fake.urls());
    const auto answer = await(harness.client().send(pauseRequest(name), usual));
    QCOMPARE(answer.error().kind, ErrorKind::Rebalancing);
    QCOMPARE(fake.count("PUT"), 1);
}

// Rows: CR-04
void ConnectFaultsTest::aStuckHerderLeavesTheWriteUnknown()
{
    FakeConnect fake({.workers = 2});
    fake.script({.status = 500,
        .body = connectSays(500, "Request timed out. The worker is currently flushing updates to the status topic"),
        .delay = Milliseconds(50)});
    ConnectHarness harness(fake.urls());
    const auto answer = await(harness.client().send(stopRequest(name), usual));
    QCOMPARE(answer.error().kind, ErrorKind::OutcomeUnknown);
    QVERIFY(answer.error().message.contains(u"flushing updates to the status topic"_s));
    QCOMPARE(fake.requests().size(), size_t(1));
    const auto read = await(harness.client().fetchConfig(name, usual));
    QCOMPARE(read.error().kind, ErrorKind::DeadlineExceeded);
    QCOMPARE(fake.count("GET"), 1); // no more work for the same herder through another worker
}

// Rows: CR-05
void ConnectFaultsTest::aRebalanceInDisguise()
{
    FakeConnect fake;
    fake.addMany(1, 1);
    fake.script({.method = "GET",
        .times = 2,
        .status = 500,
        .body = connectSays(500, "Request cannot be completed because a rebalance is expected")});
    ConnectHarness harness(fake.urls());
    QVERIFY(await(harness.client().fetchConfig(name, usual)).has_value()); // waited for, as for a 409
    QCOMPARE(fake.count("GET"), 3);
}

// Rows: CR-06
void ConnectFaultsTest::aConnectorThatIsGone()
{
    FakeConnect fake({.workers = 2});
    fake.addMany(2, 1);
    ConnectHarness harness(fake.urls());
    const auto listed = await(harness.client().fetchStatuses(usual));
    QCOMPARE(listed->connectors.size(), size_t(2));
    fake.remove(name);
    fake.clearLog();
    QCOMPARE(await(harness.client().fetchStatus(name, usual)).error().kind, ErrorKind::NotFound);
    QCOMPARE(await(harness.client().send(pauseRequest(name), usual)).error().kind, ErrorKind::NotFound);
    QCOMPARE(fake.requests().size(), size_t(2)); // a 404 of a ready worker is an answer: nobody else is asked
}

// Rows: CR-07
void ConnectFaultsTest::aBlackHoleEndsByDeadline()
{
    FakeConnect fake;
    fake.addMany(1, 1);
    FaultProxy proxy(u"127.0.0.1"_s, fake.port());
    proxy.setBlackHole(true);
    ConnectHarness harness({through(proxy)});
    const auto read = await(harness.client().fetchStatuses(within(Milliseconds(300))));
    QCOMPARE(read.error().kind, ErrorKind::DeadlineExceeded);
    QVERIFY(read.error().message.startsWith(u"No complete answer within 0."_s)); // of what was left when it was sent
    const auto write = await(harness.client().send(pauseRequest(name), within(Milliseconds(300))));
    QCOMPARE(write.error().kind, ErrorKind::OutcomeUnknown);
    proxy.heal();
    proxy.resetAll();
    QVERIFY(await(harness.client().fetchStatuses(usual)).has_value());
    QCOMPARE(fake.count("PUT"), 0);
}

// Rows: CR-07, PB-04
void ConnectFaultsTest::aBlackHoleHurtsNobodyElse()
{
    FakeConnect fake;
    fake.addMany(25, 1);
    FaultProxy hole(u"127.0.0.1"_s, fake.port());
    hole.setBlackHole(true);
    std::optional<ErrorKind> hungEnded; // outlives the client, whose close() ends the call
    ConnectHarness hung({through(hole)});
    hung.client().fetchStatuses(within(Milliseconds(10'000))).then([&hungEnded](auto result) {
        hungEnded = result.error().kind;
    });
    std::vector<std::unique_ptr<ConnectHarness>> others;
    int answered = 0;
    for (int i = 0; i < 23; ++i) {
        others.push_back(std::make_unique<ConnectHarness>(fake.urls()));
        others.back()->client().fetchStatuses(usual).then([&answered](auto result) { answered += result ? 1 : 0; });
    }
    QTRY_COMPARE(answered, 23);
    QVERIFY(!hungEnded);
}

//! The deadline is total: bytes that trickle in never put it off, whatever way they are slow.
// Rows: CR-08
void ConnectFaultsTest::aSlowLorisEndsByTheTotalDeadline()
{
    FakeConnect fake;
    fake.addMany(10, 1);
    FaultProxy proxy(u"127.0.0.1"_s, fake.port());
    proxy.setSlices(Direction::Down, 1, Milliseconds(20)); // headers and body: minutes in all, never idle
    ConnectHarness harness({through(proxy)});
    const auto deadline = Milliseconds(500);
    auto best = Milliseconds::max(); // of some tries: a busy machine makes one late, a wrong deadline all
    for (int i = 0; i < 5; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        const auto read = await(harness.client().fetchStatuses(within(deadline)));
        best = std::min(best, std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin));
        QCOMPARE(read.error().kind, ErrorKind::DeadlineExceeded);
    }
    QVERIFY2(best >= deadline && best <= deadline + Milliseconds(100), qPrintable(QString::number(best.count())));
    QVERIFY(proxy.bytes(Direction::Down) > 0);
    const auto write = await(harness.client().send(pauseRequest(name), within(Milliseconds(300))));
    QCOMPARE(write.error().kind, ErrorKind::OutcomeUnknown); // its answer was on the way
    QCOMPARE(fake.count("PUT"), 1);
}

// Rows: CR-09
void ConnectFaultsTest::aConnectionHalfOpenEndsByDeadline()
{
    FakeConnect fake;
    FaultProxy proxy(u"127.0.0.1"_s, fake.port());
    proxy.setBlackHole(true);
    ConnectHarness harness({QString(u"https://"_s + proxy.endpoint())}); // the handshake never goes on
    const auto read = await(harness.client().fetchStatuses(within(Milliseconds(300))));
    QCOMPARE(read.error().kind, ErrorKind::DeadlineExceeded);
    const auto write = await(harness.client().send(pauseRequest(name), within(Milliseconds(300))));
    QCOMPARE(write.error().kind, ErrorKind::Unreachable); // before the handshake nothing of the request was sent
    QVERIFY(write.error().message.contains(u"nothing was sent"_s));
}

// Rows: CR-10
void ConnectFaultsTest::garbageIsNoAnswer()
{
    FakeConnect fake;
    fake.addMany(1, 1);
    FaultProxy proxy(u"127.0.0.1"_s, fake.port());
    proxy.setGarbage(true);
    ConnectHarness harness({through(proxy)});
    // Qt may wait for more of what could still become a status line: then the deadline ends it.
    QVERIFY(!await(harness.client().fetchStatuses(within(Milliseconds(500)))));
    const auto write = await(harness.client().send(pauseRequest(name), within(Milliseconds(500))));
    QCOMPARE(write.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(fake.count("PUT"), 1);
    proxy.heal();
    fake.script({.status = 200, .body = "<html>login</html>", .contentType = "text/html"});
    QCOMPARE(await(harness.client().fetchStatuses(usual)).error().kind, ErrorKind::InvalidAnswer);
    fake.clearScripts();
    fake.script({.path = "/connectors", .fault = Fault::NoLength});
    QCOMPARE(await(harness.client().fetchStatuses(usual)).value().connectors.size(), size_t(1));
    fake.clearScripts();
    fake.script({.path = "/connectors",
        .fault = Fault::Chunked,
        .contentType = {}}); // without Content-Type it is JSON all the same
    QCOMPARE(await(harness.client().fetchStatuses(usual)).value().connectors.size(), size_t(1));
}

// Rows: CR-11
void ConnectFaultsTest::anEndlessBodyStops()
{
    FakeConnect fake;
    fake.script({.fault = Fault::Endless});
    ConnectHarness harness(fake.urls());
    harness.limits.maxBody = 8 * 1024 * 1024;
    const auto read = await(harness.client().fetchStatuses(within(Milliseconds(30'000))));
    QCOMPARE(read.error().kind, ErrorKind::TooLarge);
    QVERIFY(read.error().message.contains(u"8 MB"_s));
}

// Rows: CR-25
void ConnectFaultsTest::fiveMegabytesOfTraceHurtNobody()
{
    FakeConnect fake;
    fake.addMany(1000, 1);
    fake.failTask(u"connector-00500"_s, 0, u"\tat org.example.Sink.put(Sink.java:1)\n"_s.repeated(150'000));
    ConnectHarness harness(fake.urls());
    const auto read = await(harness.client().fetchStatuses(usual));
    QCOMPARE(read->connectors.size(), size_t(1000));
    QVERIFY(read->connectors[500].tasks[0].trace.size() > 5'000'000);
    QCOMPARE(read->connectors[999].tasks[0].state.run, RunState::Running);
}

// Rows: CR-07
void ConnectFaultsTest::hungWritesDoNotDelayReadsOrHealth()
{
    FakeConnect fake;
    fake.addMany(1, 1);
    fake.script({.method = "PUT", .fault = Fault::Hang});
    ConnectHarness harness(fake.urls());
    int unknown = 0;
    for (int i = 0; i < 10; ++i) { // more than the connections to a host
        harness.client().send(pauseRequest(name), within(Milliseconds(60'000))).then([&unknown](auto result) {
            unknown += result.error().kind == ErrorKind::OutcomeUnknown || result.error().kind == ErrorKind::Cancelled
                ? 1
                : 0;
        });
    }
    QTRY_COMPARE(fake.count("PUT"), 6);
    QVERIFY(await(harness.client().fetchStatuses(usual)).has_value());
    QCOMPARE(await(harness.client().fetchHealth(fake.url(), usual))->health, WorkerHealth::Healthy);
    await(harness.client().close());
    QTRY_COMPARE(unknown, 10);
}

// Rows: UX-37
void ConnectFaultsTest::cancelReturnsPromptly()
{
    FakeConnect fake;
    fake.script({.fault = Fault::Hang});
    ConnectHarness harness(fake.urls());
    std::stop_source stop;
    std::optional<ErrorKind> read, write;
    harness.client().fetchStatuses(within(Milliseconds(60'000), stop.get_token())).then([&read](auto r) {
        read = r.error().kind;
    });
    harness.client().send(pauseRequest(name), within(Milliseconds(60'000), stop.get_token())).then([&write](auto r) {
        write = r.error().kind;
    });
    QTRY_COMPARE(fake.requests().size(), size_t(2));
    std::unique_ptr<QThread> other(QThread::create([&stop] { stop.request_stop(); })); // from any thread
    other->start();
    QTRY_COMPARE_WITH_TIMEOUT(read, ErrorKind::Cancelled, 2000);
    QTRY_COMPARE_WITH_TIMEOUT(write, ErrorKind::OutcomeUnknown, 2000); // it was sent
    other->wait();
}

QTEST_GUILESS_MAIN(ConnectFaultsTest)
#include "tst_connectfaults.moc"
