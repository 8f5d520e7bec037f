// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/schemaregistry/restschemaregistry.h"
#include "support/fakes/fakesecretstore.h"

#include <QCoroTask>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <map>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

//! With single quotes: moc loses a class that holds raw strings with escapes.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

//! Answers GET by path, one request a connection; remembers what it was asked.
class Server
{
public:
    struct Answer
    {
        int status = 200;
        QByteArray body;
    };
    Server()
    {
        if (!m_server.listen(QHostAddress::LocalHost)) {
            qFatal("no port");
        }
        QObject::connect(&m_server, &QTcpServer::newConnection, [this] {
            auto *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, [this, socket] {
                m_heads[socket] += socket->readAll();
                if (!m_heads[socket].contains("\r\n\r\n")) {
                    return;
                }
                const auto head = m_heads.extract(socket).mapped();
                asked.push_back(head.split(' ').value(1));
                logins.push_back(head.toLower().contains("authorization: basic") ? "basic" : "");
                const auto found = answers.find(asked.back());
                const auto answer = found != answers.end()
                    ? found->second
                    : Answer {404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"};
                socket->write("HTTP/1.1 " + QByteArray::number(answer.status)
                    + " X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                    + QByteArray::number(answer.body.size()) + "\r\n\r\n" + answer.body);
                socket->disconnectFromHost();
            });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
    }
    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()); }

    std::map<QByteArray, Answer> answers;
    std::vector<QByteArray> asked, logins;

private:
    QTcpServer m_server;
    std::map<QTcpSocket *, QByteArray> m_heads;
};

struct Lab
{
    ~Lab()
    {
        if (registry) {
            QCoro::waitFor(registry->close());
        }
    }
    Result<RegisteredSchema> fetch(std::int32_t id)
    {
        if (config.urls.isEmpty()) {
            config.urls = {server.url()};
        }
        if (!registry) {
            registry = makeRestSchemaRegistry(config, secrets, std::make_shared<SystemClock>());
        }
        return QCoro::waitFor(registry->fetchSchema(id, {5s}));
    }
    Server server;
    SchemaRegistryConfig config;
    std::shared_ptr<FakeSecretStore> secrets = std::make_shared<FakeSecretStore>();
    std::unique_ptr<SchemaRegistry> registry;
};

} // namespace

class tst_RestSchemaRegistry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsASchemaOfEachKind_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<SchemaKind>("kind");
        QTest::newRow("Avro by default") << json("{'schema':'text'}") << SchemaKind::Avro;
        QTest::newRow("Avro") << json("{'schemaType':'AVRO','schema':'text'}") << SchemaKind::Avro;
        QTest::newRow("Protobuf") << json("{'schemaType':'PROTOBUF','schema':'text'}") << SchemaKind::Protobuf;
        QTest::newRow("JSON, and more than we know")
            << json("{'schemaType':'JSON','schema':'text','ruleSet':{'x':[1]}}") << SchemaKind::Json;
    }
    void readsASchemaOfEachKind()
    {
        QFETCH(QByteArray, body);
        QFETCH(SchemaKind, kind);
        Lab lab;
        lab.server.answers["/schemas/ids/1184"] = {200, body};
        const auto schema = lab.fetch(1184);
        QVERIFY2(schema, schema ? "" : qPrintable(schema.error().message));
        QCOMPARE(schema->id, 1184);
        QCOMPARE(schema->kind, kind);
        QCOMPARE(schema->text, QByteArray("text"));
    }

    //! Each once, and before those that need it.
    void bringsWhatItRefersTo()
    {
        Lab lab;
        lab.server.answers["/schemas/ids/1"] = {200,
            json("{'schemaType':'PROTOBUF','schema':'root','references':[{'name':'a.proto','subject':'a "
                 "b/c','version':2},"
                 "{'name':'b.proto','subject':'b','version':1}]}")};
        lab.server.answers["/subjects/a%20b%2Fc/versions/2"]
            = {200, json("{'schema':'a','references':[{'name':'b.proto','subject':'b','version':1}]}")};
        lab.server.answers["/subjects/b/versions/1"] = {200, json("{'schema':'b'}")};
        const auto schema = lab.fetch(1);
        QVERIFY2(schema, schema ? "" : qPrintable(schema.error().message));
        QCOMPARE(schema->references.size(), size_t(2));
        QCOMPARE(schema->references[0], std::pair(QStringLiteral("b.proto"), QByteArray("b")));
        QCOMPARE(schema->references[1], std::pair(QStringLiteral("a.proto"), QByteArray("a")));
        QCOMPARE(lab.server.asked.size(), size_t(3));
    }

    void faultsAreNamed_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("no such schema") << 404 << json("{'error_code':40403,'message':'Schema 7 not found'}")
                                        << ErrorKind::NotFound;
        QTest::newRow("no registry at all") << 404 << QByteArray("<html>nginx</html>") << ErrorKind::InvalidAnswer;
        QTest::newRow("wrong password") << 401 << QByteArray("{}") << ErrorKind::AuthenticationFailed;
        QTest::newRow("may not") << 403 << QByteArray("{}") << ErrorKind::NotPermitted;
        QTest::newRow("elsewhere") << 302 << QByteArray() << ErrorKind::Redirected;
        QTest::newRow("broken") << 500 << json("{'error_code':50001,'message':'store'}") << ErrorKind::ServerFailed;
        QTest::newRow("no JSON") << 200 << QByteArray("hello") << ErrorKind::InvalidAnswer;
        QTest::newRow("no schema in it") << 200 << json("{'schema':7}") << ErrorKind::InvalidAnswer;
        QTest::newRow("of another world")
            << 200 << json("{'schema':'x','schemaType':'THRIFT'}") << ErrorKind::InvalidAnswer;
    }
    void faultsAreNamed()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(ErrorKind, kind);
        Lab lab;
        lab.server.answers["/schemas/ids/7"] = {status, body};
        const auto schema = lab.fetch(7);
        QVERIFY(!schema);
        QCOMPARE(schema.error().kind, kind);
        QVERIFY(!schema.error().message.isEmpty());
        QVERIFY(schema.error().target.startsWith(QLatin1String("127.0.0.1:")));
        QCOMPARE(schema.error().request, QStringLiteral("GET /schemas/ids/7"));
    }

    void theNextAddressIsAskedWhereOneIsGone()
    {
        Lab lab;
        lab.config.urls = {QStringLiteral("http://127.0.0.1:1"), lab.server.url()};
        lab.server.answers["/schemas/ids/3"] = {200, json("{'schema':'text'}")};
        QVERIFY(lab.fetch(3));
    }

    void aLoginIsSentAndNeverWithoutItsSecret()
    {
        Lab lab;
        lab.config.auth = RestAuth::Basic;
        lab.config.user = QStringLiteral("ada");
        lab.config.secret = {QStringLiteral("headgate/test/registry")};
        lab.server.answers["/schemas/ids/3"] = {200, json("{'schema':'text'}")};
        const auto without = lab.fetch(3);
        QVERIFY(!without);
        QCOMPARE(without.error().kind, ErrorKind::SecretsUnavailable);
        QVERIFY(lab.server.asked.empty());
        lab.secrets->secrets[lab.config.secret] = "canary";
        QVERIFY(lab.fetch(3));
        QCOMPARE(lab.server.logins.back(), QByteArray("basic"));
    }

    void closeEndsCallsInFlight()
    {
        Lab lab;
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        lab.config.urls = {QStringLiteral("http://127.0.0.1:%1").arg(silent.serverPort())};
        lab.registry = makeRestSchemaRegistry(lab.config, lab.secrets, std::make_shared<SystemClock>());
        auto call = lab.registry->fetchSchema(1, {60s});
        QTRY_VERIFY(silent.hasPendingConnections());
        QCoro::waitFor(lab.registry->close());
        QVERIFY(call.isReady());
        QCOMPARE(QCoro::waitFor(std::move(call)).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(tst_RestSchemaRegistry)
#include "tst_restschemaregistry.moc"
