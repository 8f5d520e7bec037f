// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/harness.h"
#include "domain/connectors/connectrequests.h"
#include "domain/connectors/secrets.h"

#include <QTest>

using namespace headgate;
using namespace Qt::Literals::StringLiterals;
using fake::FakeCluster;
using fake::FakeConnect;
using fake::FakePhase;

namespace {

const CallOptions usual {Milliseconds(5000)};

} // namespace

//! The client against a fake cluster that behaves: resources, capabilities, workers and their order.
class RestConnectClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryResource();
    void writesArriveAsPreviewed();
    void oneCallForAThousandConnectors();
    void olderWorkersAreAskedOneByOne();
    void unknownStatesSurvive();
    void namesArriveExactly();
    void dotsAreRefusedNotSentElsewhere();
    void healthOfEachWorker();
    void missingCapabilitiesAreNamed();
    void readsMoveToTheNextWorker();
    void writesMoveOnOnlyWhenNothingWasSent();
    void loginIsSentAndWrongOnesAreNotRepeated();
    void aMaskIsNeverStored();
    void bearerTokenIsSent();
    void secretsThatCannotBeReadSendNothing();
    void closeEndsCallsInFlight();
};

// Rows: A05
void RestConnectClientTest::readsEveryResource()
{
    FakeConnect fake;
    fake.addMany(2, 2);
    fake.change(u"connector-00000"_s, [](fake::FakeConnector &connector) {
        connector.offsets
            = R"([{"partition":{"kafka_partition":0,"kafka_topic":"t"},"offset":{"kafka_offset":9007199254740993}}])";
    });
    fake.setUp([](FakeCluster &cluster) {
        cluster.validateJson
            = R"({"name":"F","error_count":1,"groups":["Common"],"configs":[{"definition":{"name":"topic","type":"STRING",)"
              R"("required":true,"default_value":null,"importance":"HIGH","documentation":"d","group":null},"value":)"
              R"({"name":"topic","value":null,"recommended_values":["a"],"errors":["missing"],"visible":true}}]})";
    });
    ConnectHarness harness(fake.urls());
    auto &client = harness.client();
    const auto name = u"connector-00000"_s;

    const auto server = await(client.fetchServerInfo(usual));
    QVERIFY(server.has_value());
    QCOMPARE(server->version, u"4.1.0"_s);
    QCOMPARE(server->kafkaClusterId, u"fake-kafka-cluster"_s);
    QCOMPARE(await(client.fetchNames(usual)).value(), QStringList({u"connector-00000"_s, u"connector-00001"_s}));
    const auto statuses = await(client.fetchStatuses(usual));
    QCOMPARE(statuses->connectors.size(), size_t(2));
    QCOMPARE(statuses->worker, u"127.0.0.1:%1"_s.arg(fake.port()));
    QVERIFY(statuses->bytes > 100);
    const auto infos = await(client.fetchInfos(usual));
    QCOMPARE(infos->connectors[0].config.front().first, u"name"_s); // order is kept
    QCOMPARE(infos->connectors[0].taskIds, std::vector<int>({0, 1}));
    QCOMPARE(await(client.fetchStatus(name, usual)).value(), statuses->connectors[0]);
    QCOMPARE(await(client.fetchInfo(name, usual)).value(), infos->connectors[0]);
    QCOMPARE(await(client.fetchConfig(name, usual)).value(), infos->connectors[0].config);
    QCOMPARE(await(client.fetchTopics(name, usual)).value(), QStringList(u"topic-0"_s));
    QCOMPARE(await(client.fetchTopics(u"nosuch"_s, usual)).value(), QStringList());
    QCOMPARE(await(client.fetchOffsets(name, usual)).value().front().offsetJson,
        QByteArray("{\"kafka_offset\":9007199254740993}"));
    QCOMPARE(await(client.fetchPlugins(false, usual)).value().size(), size_t(2));
    QCOMPARE(fake.count("GET", "/connector-plugins?connectorsOnly=false"), 1);
    const auto report = await(client.validateConfig(u"F"_s, {{u"a"_s, u"b"_s}}, usual));
    QCOMPARE(report->keys.front().errors, QStringList(u"missing"_s));
    QCOMPARE(fake.requests().back().body, QByteArray("{\"a\":\"b\"}"));
    QCOMPARE(await(client.fetchLoggers(usual)).value().front().logger, u"root"_s);
    const auto missing = await(client.fetchConfig(u"nosuch"_s, usual));
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    QCOMPARE(missing.error().message, u"Connector nosuch not found"_s);
    QCOMPARE(missing.error().request, u"GET /connectors/nosuch/config"_s);
    QCOMPARE(missing.error().target, u"127.0.0.1:%1"_s.arg(fake.port()));
}

// Rows: UX-07, A05
void RestConnectClientTest::writesArriveAsPreviewed()
{
    FakeConnect fake;
    fake.addMany(1, 2);
    ConnectHarness harness(fake.urls());
    const auto name = u"connector-00000"_s;
    const std::vector<std::pair<RestRequest, int>> writes {
        {pauseRequest(name), 202},
        {resumeRequest(name), 202},
        {stopRequest(name), 204},
        {restartRequest(name, false, false), 204},
        {restartRequest(name, true, false), 202},
        {createRequest(u"new"_s, {{u"k"_s, u"v"_s}}), 201},
        {putConfigRequest(u"new"_s, {{u"k"_s, u"w"_s}}), 200},
        {setLoggerLevelRequest(u"org.x"_s, u"DEBUG"_s, true), 204},
        {deleteRequest(u"new"_s), 204},
    };
    for (const auto &[request, status] : writes) {
        fake.clearLog();
        const auto answer = await(harness.client().send(request, usual));
        QVERIFY2(answer.has_value(), qPrintable(answer ? QString() : answer.error().message));
        QCOMPARE(answer->status, status);
        QCOMPARE(fake.requests().size(), size_t(1));
        QCOMPARE(fake.requests().front().method, request.method);
        QCOMPARE(fake.requests().front().path, request.path);
        QCOMPARE(fake.requests().front().body, request.body);
    }
    const auto again = await(harness.client().send(deleteRequest(u"new"_s), usual));
    QCOMPARE(again.error().kind, ErrorKind::NotFound);
}

// Rows: UX-02, PB-18
void RestConnectClientTest::oneCallForAThousandConnectors()
{
    FakeConnect fake;
    fake.addMany(1000, 8);
    ConnectHarness harness(fake.urls());
    const auto statuses = await(harness.client().fetchStatuses(usual));
    QCOMPARE(statuses->connectors.size(), size_t(1000));
    QCOMPARE(fake.requests().size(), size_t(1));
    const auto infos = await(harness.client().fetchInfos(usual));
    QCOMPARE(infos->connectors.size(), size_t(1000));
    QCOMPARE(fake.requests().size(), size_t(2));
    QCOMPARE(fake.requests().front().path, QByteArray("/connectors?expand=status"));
}

void RestConnectClientTest::olderWorkersAreAskedOneByOne()
{
    FakeConnect fake;
    fake.addMany(10, 1);
    fake.setUp([](FakeCluster &cluster) { cluster.expands = false; });
    ConnectHarness harness(fake.urls());
    QCOMPARE(await(harness.client().fetchStatuses(usual))->connectors.size(), size_t(10));
    QCOMPARE(fake.requests().size(), size_t(1 + 1 + 10)); // the probe, the names, the connectors
    fake.clearLog();
    QCOMPARE(await(harness.client().fetchInfos(usual))->connectors.size(), size_t(10));
    QCOMPARE(fake.count("GET", "/connectors?expand"), 0); // the probe is not repeated
}

// Rows: UX-04
void RestConnectClientTest::unknownStatesSurvive()
{
    FakeConnect fake;
    fake.addMany(1, 2);
    fake.change(u"connector-00000"_s, [](fake::FakeConnector &connector) {
        connector.state = u"BANANA"_s;
        connector.type = u"gadget"_s;
        connector.tasks[1].state = u"RESTARTING"_s;
    });
    ConnectHarness harness(fake.urls());
    const auto listing = await(harness.client().fetchStatuses(usual));
    const auto &status = listing->connectors.front();
    QCOMPARE(status.connector, (State {RunState::Unknown, u"BANANA"_s}));
    QCOMPARE(status.tasks[1].state.run, RunState::Restarting);
    QCOMPARE(status.type, ConnectorType::Unknown);
    QVERIFY(listing->damaged.isEmpty());
}

// Rows: CR-24
void RestConnectClientTest::namesArriveExactly()
{
    FakeConnect fake;
    ConnectHarness harness(fake.urls());
    for (const auto &name : {u"sl/ash"_s, u"a\\b"_s, u"percent%41"_s, u"a b"_s, u"q?#;+&:\"'"_s,
             u"\u05d0\u202e\u4e2d\U0001F642"_s, u"..."_s, u"n\u0301"_s, u"x"_s.repeated(10'240)}) {
        fake.add({.name = name});
        const auto status = await(harness.client().fetchStatus(name, usual));
        QVERIFY2(status.has_value(), qPrintable(name.left(50)));
        QCOMPARE(status->name, name);
        QVERIFY(await(harness.client().send(pauseRequest(name), usual)).has_value());
        QCOMPARE(fake.requests().back().path, pauseRequest(name).path);
    }
}

// Rows: CR-24
void RestConnectClientTest::dotsAreRefusedNotSentElsewhere()
{
    FakeConnect fake;
    ConnectHarness harness(fake.urls());
    for (const auto &name : {u"."_s, u".."_s}) {
        const auto answer = await(harness.client().send(deleteRequest(name), usual));
        QCOMPARE(answer.error().kind, ErrorKind::InvalidInput);
    }
    QCOMPARE(fake.requests().size(), size_t(0));
}

void RestConnectClientTest::healthOfEachWorker()
{
    FakeConnect fake({.workers = 2});
    ConnectHarness harness(fake.urls());
    const auto health = [&](int worker) {
        return await(harness.client().fetchHealth(fake.url(worker), usual)).value();
    };
    QCOMPARE(health(0).health, WorkerHealth::Healthy);
    fake.setPhase(1, FakePhase::ReadingTopics);
    QCOMPARE(health(1).health, WorkerHealth::Starting);
    fake.setPhase(1, FakePhase::Starting);
    QCOMPARE(health(1).health, WorkerHealth::Starting);
    fake.setPhase(1, FakePhase::Stuck);
    QCOMPARE(health(1).health, WorkerHealth::Unhealthy);
    QVERIFY(health(1).message.contains(u"flushing updates to the status topic"_s));
    fake.kill(1);
    QCOMPARE(health(1).health, WorkerHealth::Unreachable);
    QCOMPARE(health(1).message, u"Connection refused"_s);
    QCOMPARE(await(harness.client().fetchHealth(u"http://elsewhere:1"_s, usual)).error().kind, ErrorKind::InvalidInput);
}

void RestConnectClientTest::missingCapabilitiesAreNamed()
{
    FakeConnect fake({.health = false});
    fake.addMany(1, 1);
    fake.setUp([](FakeCluster &cluster) { cluster.topicTracking = false; });
    fake.script({.path = "/connectors/connector-00000/offsets",
        .status = 404,
        .body = R"({"error_code":404,"message":"HTTP 404 Not Found"})"});
    fake.script({.method = "PUT",
        .path = "/connectors/connector-00000/stop",
        .status = 405,
        .body = R"({"error_code":405,"message":"HTTP 405 Method Not Allowed"})"});
    ConnectHarness harness(fake.urls());
    auto &client = harness.client();
    QCOMPARE(await(client.fetchHealth(fake.url(), usual))->health, WorkerHealth::NotSupported);
    QCOMPARE(await(client.fetchOffsets(u"connector-00000"_s, usual)).error().kind, ErrorKind::NotSupported);
    QCOMPARE(await(client.fetchTopics(u"connector-00000"_s, usual)).error().kind, ErrorKind::NotSupported);
    QCOMPARE(await(client.send(stopRequest(u"connector-00000"_s), usual)).error().kind, ErrorKind::NotSupported);
}

// Rows: N09
void RestConnectClientTest::readsMoveToTheNextWorker()
{
    FakeConnect fake({.workers = 3});
    fake.addMany(3, 1);
    ConnectHarness harness(fake.urls());
    auto &client = harness.client();
    QCOMPARE(await(client.fetchStatuses(usual))->worker, u"127.0.0.1:%1"_s.arg(fake.port(0)));
    fake.kill(0);
    QCOMPARE(await(client.fetchStatuses(usual))->worker, u"127.0.0.1:%1"_s.arg(fake.port(1)));
    QCOMPARE(client.workerUrls().front(), fake.url(1)); // last success first
    fake.setPhase(1, FakePhase::Starting);              // its 404 is not a word about connectors
    QCOMPARE(await(client.fetchStatuses(usual))->worker, u"127.0.0.1:%1"_s.arg(fake.port(2)));
    fake.kill(1);
    fake.kill(2);
    const auto none = await(client.fetchStatuses(usual));
    QCOMPARE(none.error().kind, ErrorKind::Unreachable);
    fake.start(0);
    QCOMPARE(await(client.fetchStatuses(usual))->connectors.size(), size_t(3));
}

// Rows: N09
void RestConnectClientTest::writesMoveOnOnlyWhenNothingWasSent()
{
    FakeConnect fake({.workers = 2});
    fake.addMany(1, 1);
    ConnectHarness harness(fake.urls());
    fake.kill(0);
    const auto moved = await(harness.client().send(pauseRequest(u"connector-00000"_s), usual));
    QCOMPARE(moved->worker, u"127.0.0.1:%1"_s.arg(fake.port(1)));
    fake.start(0);
    fake.clearLog();
    fake.script(
        {.method = "PUT", .times = 1, .status = 500, .body = R"({"error_code":500,"message":"something broke"})"});
    const auto failed = await(harness.client().send(resumeRequest(u"connector-00000"_s), usual));
    QCOMPARE(failed.error().kind, ErrorKind::ServerFailed);
    QCOMPARE(fake.count("PUT"), 1);
}

// Rows: N09, CR-16
void RestConnectClientTest::loginIsSentAndWrongOnesAreNotRepeated()
{
    FakeConnect fake({.workers = 2, .user = u"ops"_s, .password = u"right \u00e4"_s});
    fake.addMany(1, 1);
    ConnectHarness harness(fake.urls());
    harness.login(u"ops"_s, "wrong");
    const auto refused = await(harness.client().fetchStatuses(usual));
    QCOMPARE(refused.error().kind, ErrorKind::AuthenticationFailed);
    QCOMPARE(refused.error().code, 401);
    QCOMPARE(refused.error().message, u"HTTP 401"_s); // not its words: they may repeat the password
    QVERIFY(refused.error().detail.isEmpty());
    QCOMPARE(fake.requests().size(), size_t(1));
    const auto write = await(harness.client().send(pauseRequest(u"connector-00000"_s), usual));
    QCOMPARE(write.error().kind, ErrorKind::AuthenticationFailed);
    QCOMPARE(fake.requests().size(), size_t(2));
    harness.secrets->secrets[harness.config.secret] = QString(u"right \u00e4"_s).toUtf8(); // put right meanwhile
    QVERIFY(await(harness.client().fetchStatuses(usual)).has_value());
}

//! What is shown masked can be sent neither whole nor in part; what was read untouched keeps its secrets.
// Rows: SE-08
void RestConnectClientTest::aMaskIsNeverStored()
{
    FakeConnect fake;
    fake.addMany(1, 1);
    const auto name = u"connector-00000"_s;
    fake.change(name, [](fake::FakeConnector &connector) {
        connector.config.emplace_back(u"connection.password"_s, u"hunter2"_s);
        connector.config.emplace_back(u"connection.url"_s, u"jdbc:x://db?password=hunter2"_s);
    });
    const auto stored = fake.connector(name).config;
    ConnectHarness harness(fake.urls());
    auto config = await(harness.client().fetchConfig(name, usual)).value();
    const auto shown = masked(config);
    QVERIFY(shown != config);
    const auto nested = RestRequest {"PATCH", "/connectors/connector-00000/config",
        u"{\"connection.url\":\"%1\"}"_s.arg(*findConfig(shown, u"connection.url"_s)).toUtf8()};
    for (const auto &request : {putConfigRequest(name, shown), createRequest(u"copy"_s, shown), nested}) {
        const auto refused = await(harness.client().send(request, usual));
        QCOMPARE(refused.error().kind, ErrorKind::InvalidInput);
        QVERIFY(refused.error().message.contains(u"hidden value"_s));
    }
    QCOMPARE(fake.count("PUT") + fake.count("POST") + fake.count("PATCH"), 0);
    QVERIFY(fake.connector(name).config == stored);
    config.emplace_back(u"note"_s, u"2"_s); // one changed beside the untouched secrets
    QVERIFY(await(harness.client().send(putConfigRequest(name, config), usual)).has_value());
    const auto after = await(harness.client().fetchConfig(name, usual)).value();
    QCOMPARE(*findConfig(after, u"connection.password"_s), u"hunter2"_s);
}

void RestConnectClientTest::bearerTokenIsSent()
{
    FakeConnect fake({.bearer = "token-1"});
    ConnectHarness harness(fake.urls());
    harness.login({}, "token-1");
    harness.config.auth = RestAuth::Bearer;
    QVERIFY(await(harness.client().fetchNames(usual)).has_value());
}

void RestConnectClientTest::secretsThatCannotBeReadSendNothing()
{
    FakeConnect fake;
    ConnectHarness harness(fake.urls());
    harness.login(u"ops"_s, "x");
    harness.secrets->broken = Error {.kind = ErrorKind::SecretsUnavailable, .message = u"The keyring is locked"_s};
    QCOMPARE(await(harness.client().fetchNames(usual)).error().kind, ErrorKind::SecretsUnavailable);
    harness.secrets->broken.reset();
    harness.secrets->secrets.clear();
    const auto missing = await(harness.client().fetchNames(usual)).error(); // the worker does not lack it, we do
    QCOMPARE(missing.kind, ErrorKind::SecretsUnavailable);
    QVERIFY2(missing.message.contains(harness.config.secret.text), qPrintable(missing.message));
    QCOMPARE(fake.requests().size(), size_t(0));
}

void RestConnectClientTest::closeEndsCallsInFlight()
{
    FakeConnect fake;
    fake.script({.fault = fake::Fault::Hang});
    ConnectHarness harness(fake.urls());
    std::optional<Result<QStringList>> ended;
    const auto task
        = harness.client().fetchNames(within(Milliseconds(60'000))).then([&ended](Result<QStringList> result) {
              ended = result;
          });
    QTRY_COMPARE(fake.requests().size(), size_t(1));
    await(harness.client().close());
    QTRY_VERIFY(ended.has_value());
    QCOMPARE(ended->error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(RestConnectClientTest)
#include "tst_restconnectclient.moc"
