// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/restconnectclient.h"
#include "clients/kafka/rdkafkaadmin.h"
#include "models/common/errortext.h"
#include "models/contexts/checktext.h"
#include "services/contexts/connectiontest.h"
#include "support/fakeconnect/fakeconnect.h"
#include "support/fakes/fakesecretstore.h"
#include "support/faultproxy/faultproxy.h"

#include <QCoroTask>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;
using fake::FakeConnect;
using fake::FakeRule;
using fake::Fault;

namespace {

//! What a person typed and what stands there; answers the address to type.
using Scene = std::function<QString(FakeConnect &, fake::FaultProxy &)>;

Edges realEdges()
{
    Edges edges;
    edges.clock = std::make_shared<SystemClock>();
    edges.secrets = std::make_shared<FakeSecretStore>();
    edges.connect = [clock = edges.clock](const ConnectClusterConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRestConnectClient(config, std::move(secrets), clock, {.maxBody = 4 * 1024 * 1024});
    };
    edges.kafkaAdmin = [clock = edges.clock](const KafkaConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRdKafkaAdmin(config, std::move(secrets), clock);
    };
    return edges;
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

std::vector<ConnectionCheck> test(const ContextConfig &context, Milliseconds deadline)
{
    return QCoro::waitFor(testConnection(context, {}, realEdges(), {.deadline = deadline}))
        .value_or(std::vector<ConnectionCheck>());
}

//! A sentence that a tired person can use.
void checkSentence(const QString &sentence)
{
    QVERIFY2(sentence.size() > 30 && sentence.size() < 420, qPrintable(sentence));
    QVERIFY2(sentence.endsWith(QLatin1Char('.')), qPrintable(sentence));
    static const QRegularExpression raw(
        QStringLiteral("<(html|body|h1|!DOCTYPE)|QNetworkReply|[\\x00-\\x1f\\x{202e}]|\\.\\.|\\?\\.|F5"));
    QVERIFY2(!raw.match(sentence).hasMatch(), qPrintable(sentence));
    QVERIFY2(!sentence.contains(QStringLiteral("hunter2")), qPrintable(sentence));
}

} // namespace

Q_DECLARE_METATYPE(Scene)

/*! Wrong addresses, wrong services, wrong passwords and broken answers, met by the real clients behind the connection
 * test: each is one sentence that names the cause and one with the next step. */
class TestBadConnections : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aWorkerThatIsNone_data();
    void aWorkerThatIsNone();
    void brokersThatAreNone_data();
    void brokersThatAreNone();
};

void TestBadConnections::aWorkerThatIsNone_data()
{
    QTest::addColumn<Scene>("scene");
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("next");
    const auto row = [](const char *name, Scene scene, const char *step, const char *cause, const char *next) {
        QTest::newRow(name) << scene << QString::fromLatin1(step) << QString::fromLatin1(cause)
                            << QString::fromLatin1(next);
    };
    const auto answers = [](FakeRule rule) -> Scene {
        return [rule](FakeConnect &fake, fake::FaultProxy &) {
            fake.script(rule);
            return fake.url();
        };
    };
    const auto port = "Check address, port and network, then test again";
    const auto service = "Check that the address is Kafka Connect's REST port";
    row(
        "nothing listens", [](auto &, auto &) { return QStringLiteral("http://127.0.0.1:%1").arg(freePort()); },
        "reach", "cannot be reached: Connection refused", port);
    row(
        "no such host", [](auto &, auto &) { return QStringLiteral("http://connect.invalid:8083"); }, "reach",
        "Host name not found", port);
    row(
        "https on a plain port",
        [](FakeConnect &fake, auto &) { return fake.url().replace(QStringLiteral("http:"), QStringLiteral("https:")); },
        "tls", "does not speak TLS", "http or https");
    row(
        "wrong path", [](FakeConnect &fake, auto &) { return QString(fake.url() + QStringLiteral("/console")); },
        "reach", "not at this path", service);
    row("a web page",
        answers({.status = 200, .body = "<!DOCTYPE html><html><body>Hi</body></html>", .contentType = "text/html"}),
        "reach", "could not be read", service);
    row("a web page that is not there",
        answers({.status = 404, .body = "<html><h1>404 nginx</h1></html>", .contentType = "text/html"}), "reach",
        "HTML page", service);
    row("nothing is there, said without a word", answers({.status = 404, .body = ""}), "reach", "HTTP 404", service);
    row("another JSON service", answers({.status = 200, .body = R"({"name":"elasticsearch","tagline":"You know"})"}),
        "reach", "could not be read", service);
    row("another service's 404", answers({.status = 404, .body = R"({"status":404,"error":"Not Found","path":"/"})"}),
        "reach", "HTTP 404", service);
    row("no HTTP at all", answers({.fault = Fault::Garbage}), "reach", "closed before the answer was complete", port);
    row("half an answer", answers({.fault = Fault::Truncate, .bytes = 10}), "reach",
        "closed before the answer was complete", "");
    row("an answer without end", answers({.fault = Fault::Endless}), "reach", "larger than Headgate reads", service);
    row("broken JSON", answers({.status = 200, .body = R"({"version":"4.1.0",)"}), "reach", "could not be read",
        service);
    row("a wrong type", answers({.status = 200, .body = R"({"version":41})"}), "reach", "could not be read", service);
    row("control characters and a mark",
        answers({.status = 400, .body = "{\"error_code\":400,\"message\":\"\\u001b[31mno\\u202e <img src=x>\"}"}),
        "reach", "refused", "");
    row("a login page", answers({.status = 302, .body = "", .location = "https://idp.example.org/?t=hunter2"}), "reach",
        "idp.example.org", "login page");
    row("wrong password", answers({.status = 401, .body = "Unauthorized hunter2? no"}), "log in", "refused the login",
        "Check user and password");
    row("no right", answers({.status = 403, .body = R"({"error_code":403,"message":"Forbidden"})"}), "log in",
        "does not permit", "Ask the platform's owner");
    row("a proxy without its worker",
        answers({.status = 502, .body = "<html><h1>502 Bad Gateway</h1></html>", .contentType = "text/html"}), "reach",
        "failed inside", "worker's log");
    row(
        "silence",
        [](FakeConnect &, fake::FaultProxy &proxy) {
            proxy.setBlackHole(true);
            return QString(QStringLiteral("http://") + proxy.endpoint());
        },
        "reach", "silent or too slow", "");
}

void TestBadConnections::aWorkerThatIsNone()
{
    QFETCH(Scene, scene);
    FakeConnect fake;
    fake.addMany(1, 1);
    fake::FaultProxy proxy(QStringLiteral("127.0.0.1"), fake.port());
    ContextConfig context;
    context.id = {QStringLiteral("lab")};
    context.connectClusters = {{.name = {QStringLiteral("main")}, .workers = {scene(fake, proxy)}}};
    const auto checks = test(context, 2s);
    QCOMPARE(checks.size(), size_t(1)); // where the first step fails nothing more is asked
    QVERIFY(checks.front().error);
    QTEST(checks.front().step, "step");
    const auto note = checkText(checks.front()).note;
    qInfo().noquote() << note;
    QFETCH(QString, cause);
    QFETCH(QString, next);
    QVERIFY2(note.contains(cause), qPrintable(note));
    QVERIFY2(note.contains(next), qPrintable(note));
    checkSentence(note);
}

void TestBadConnections::brokersThatAreNone_data()
{
    QTest::addColumn<QString>("stands");
    QTest::addColumn<QString>("cause");
    QTest::newRow("nothing listens") << QStringLiteral("nothing") << QStringLiteral("Connection refused");
    QTest::newRow("Connect's own port") << QStringLiteral("connect") << QStringLiteral("HTTP");
    QTest::newRow("hangs up") << QStringLiteral("hangs up") << QStringLiteral("security protocol");
    QTest::newRow("silence") << QStringLiteral("silence") << QStringLiteral("in time");
    QTest::newRow("no such host") << QStringLiteral("no host") << QStringLiteral("resolve");
}

void TestBadConnections::brokersThatAreNone()
{
    QFETCH(QString, stands);
    FakeConnect fake;
    fake::FaultProxy hole(QStringLiteral("127.0.0.1"), fake.port());
    hole.setBlackHole(true);
    QTcpServer rude; // as a TLS or SASL listener that is spoken to in plain text
    connect(&rude, &QTcpServer::newConnection, this, [&rude] {
        auto *socket = rude.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, &QTcpSocket::abort);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    });
    QVERIFY(rude.listen(QHostAddress::LocalHost));
    QTcpServer web; // as Connect's own port
    connect(&web, &QTcpServer::newConnection, this, [&web] {
        auto *socket = web.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 400 Illegal character CNTL=0x0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
        });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    });
    QVERIFY(web.listen(QHostAddress::LocalHost));
    const QMap<QString, QString> addresses {{QStringLiteral("nothing"), QStringLiteral("127.0.0.1:%1").arg(freePort())},
        {QStringLiteral("connect"), QStringLiteral("127.0.0.1:%1").arg(web.serverPort())},
        {QStringLiteral("hangs up"), QStringLiteral("127.0.0.1:%1").arg(rude.serverPort())},
        {QStringLiteral("silence"), hole.endpoint()},
        {QStringLiteral("no host"), QStringLiteral("kafka.invalid:9092")}};
    ContextConfig context;
    context.id = {QStringLiteral("lab")};
    context.kafka.bootstrap = addresses.value(stands);
    const auto checks = test(context, 5s);
    QCOMPARE(checks.size(), size_t(1));
    QVERIFY(checks.front().error);
    const auto note = checkText(checks.front()).note;
    qInfo().noquote() << note;
    QFETCH(QString, cause);
    QVERIFY2(note.contains(cause), qPrintable(note));
    checkSentence(note);
}

QTEST_GUILESS_MAIN(TestBadConnections)
#include "tst_badconnections.moc"
