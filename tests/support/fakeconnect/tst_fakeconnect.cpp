// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeconnect/fakeconnect.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>

using namespace headgate::fake;
using namespace Qt::Literals::StringLiterals;

namespace {

bool isComplete(const QByteArray &answer)
{
    const auto end = answer.indexOf("\r\n\r\n");
    const auto at = answer.indexOf("Content-Length: ");
    const auto length = at < 0 ? 0 : answer.mid(at + 16, answer.indexOf('\r', at) - at - 16).toLongLong();
    return end >= 0 && answer.size() >= end + 4 + length;
}

//! One request on a connection of its own, read until the fake closes or the answer is complete.
QByteArray ask(const FakeConnect &fake, const QByteArray &line, int worker = 0)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, fake.port(worker));
    if (!socket.waitForConnected(30'000)) {
        return "refused";
    }
    socket.write(line + " HTTP/1.1\r\nHost: x\r\n\r\n");
    QByteArray answer;
    while (!isComplete(answer) && socket.waitForReadyRead(60'000)) {
        answer += socket.readAll();
    }
    return answer;
}

QJsonObject body(const QByteArray &answer)
{
    return QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4)).object();
}

} // namespace

//! The fake is an instrument: it is checked by raw sockets, not by the client it serves to test.
class FakeConnectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsThousandsOfConnectors();
    void stateConvergesAfterTheAnswer();
    void aHopelessTaskFlashesGreen();
    void aKilledWorkerRefusesAndComesBack();
    void faultsAreWhatTheySay();
};

void FakeConnectTest::listsThousandsOfConnectors()
{
    FakeConnect fake;
    fake.addMany(10'000, 8);
    const auto listing = body(ask(fake, "GET /connectors?expand=status"));
    QCOMPARE(listing.size(), 10'000);
    QCOMPARE(fake.count("GET", "/connectors"), 1);
}

void FakeConnectTest::stateConvergesAfterTheAnswer()
{
    FakeConnect fake;
    fake.addMany(1, 2);
    fake.setUp([](FakeCluster &cluster) { cluster.delays.tasks = milliseconds(200); });
    QVERIFY(ask(fake, "PUT /connectors/connector-00000/stop").startsWith("HTTP/1.1 204"));
    QTRY_COMPARE(fake.connector(u"connector-00000"_s).state, u"STOPPED"_s);
    QTRY_COMPARE(fake.connector(u"connector-00000"_s).tasks.size(), size_t(0));
    QVERIFY(ask(fake, "PUT /connectors/connector-00000/resume").startsWith("HTTP/1.1 202"));
    QTRY_COMPARE(fake.connector(u"connector-00000"_s).tasks.size(), size_t(2));
    QVERIFY(ask(fake, "PUT /connectors/nosuch/pause").contains("Unknown connector nosuch"));
}

void FakeConnectTest::aHopelessTaskFlashesGreen()
{
    FakeConnect fake;
    fake.addMany(1, 1);
    fake.failTask(u"connector-00000"_s, 0, u"java.lang.Exception: bad"_s);
    fake.change(u"connector-00000"_s, [](FakeConnector &connector) { connector.failsAgain = true; });
    QVERIFY(
        ask(fake, "POST /connectors/connector-00000/restart?includeTasks=true&onlyFailed=true").contains("RESTARTING"));
    QTRY_COMPARE(fake.connector(u"connector-00000"_s).tasks[0].state, u"RUNNING"_s);
    QTRY_COMPARE(fake.connector(u"connector-00000"_s).tasks[0].state, u"FAILED"_s);
}

void FakeConnectTest::aKilledWorkerRefusesAndComesBack()
{
    FakeConnect fake({.workers = 2});
    fake.addMany(1, 1);
    fake.kill(0);
    QCOMPARE(ask(fake, "GET /", 0), QByteArray("refused"));
    QVERIFY(ask(fake, "GET /connectors", 1).contains("connector-00000"));
    fake.start(0);
    QVERIFY(ask(fake, "GET /connectors", 0).contains("connector-00000"));
}

void FakeConnectTest::faultsAreWhatTheySay()
{
    FakeConnect fake;
    fake.script({.path = "/cut", .fault = Fault::Truncate, .status = 200, .body = "0123456789", .bytes = 4});
    fake.script({.path = "/away", .status = 307, .location = "http://127.0.0.1:1/x"});
    fake.script({.path = "/once", .times = 1, .status = 409, .body = "{}"});
    QVERIFY(ask(fake, "GET /cut").endsWith("\r\n\r\n0123"));
    QVERIFY(ask(fake, "GET /away").contains("Location: http://127.0.0.1:1/x"));
    QVERIFY(ask(fake, "GET /once").startsWith("HTTP/1.1 409"));
    QVERIFY(ask(fake, "GET /once").startsWith("HTTP/1.1 404"));
    fake.setPhase(0, FakePhase::Starting);
    QVERIFY(ask(fake, "GET /connectors").contains("\"status\":\"404\""));
    fake.setPhase(0, FakePhase::Stuck);
    QVERIFY(ask(fake, "GET /health").startsWith("HTTP/1.1 500"));
}

QTEST_GUILESS_MAIN(FakeConnectTest)
#include "tst_fakeconnect.moc"
