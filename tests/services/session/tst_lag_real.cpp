// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/restconnectclient.h"
#include "clients/kafka/rdkafkaadmin.h"
#include "clients/kafka/rdkafkareader.h"
#include "contract/subject.h"
#include "services/session/contextsession.h"
#include "support/fakes/fakesecretstore.h"
#include "support/faultproxy/faultproxy.h"
#include "support/realkafka/realkafka.h"

#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

/*! Lag as the window shows it, of a real sink on real Connect, by a real broker whose listener is reached through the
 * fault proxy alone. The functions go on where the one before ended. */
class TestLagReal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void lagIsWhatTheSinkHasNotRead();
    void aPositionBeyondTheEndIsNoLagAndNoHealth();
    void aPositionBelowTheStartIsDataLoss();
    void brokersAwayLeaveTheLastNumberWithItsAge();

private:
    Result<RestAnswer> send(const RestRequest &request) { return wait(m_client->send(request, patient)); }
    QString shapeNow() { return shape(wait(m_client->fetchStatus(m_name, patient))); }
    const ConnectorFacts *facts() const;
    std::optional<std::int64_t> lag() const { return facts() ? facts()->lagRecords.value : std::nullopt; }
    PartitionLag partition() const
    {
        return facts() && !facts()->groupLag.partitions.empty() ? facts()->groupLag.partitions.front() : PartitionLag();
    }
    bool atRisk() const
    {
        return std::ranges::any_of(
            m_session->problems(), [](const Problem &one) { return one.kind == ProblemKind::OffsetsAtRisk; });
    }
    bool moveTo(int offset);

    const QString m_name = QStringLiteral("orders-sink");
    const QString m_topic = QStringLiteral("orders");
    std::unique_ptr<RealKafka> m_kafka;
    std::unique_ptr<fake::FaultProxy> m_proxy;
    std::unique_ptr<ConnectClient> m_client;
    std::unique_ptr<ContextSession> m_session;
    mutable SnapshotPtr m_seen;
};

void TestLagReal::initTestCase()
{
    if (const auto why = RealKafka::whyNot(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    m_kafka = std::make_unique<RealKafka>(RealKafka::Options {.workers = 1});
    QVERIFY2(m_kafka->prepare(), qPrintable(m_kafka->error()));
    m_proxy = std::make_unique<fake::FaultProxy>(QStringLiteral("127.0.0.1"), m_kafka->brokerPort());
    m_kafka->advertise(m_proxy->port());
    QVERIFY2(m_kafka->start(), qPrintable(m_kafka->error()));
    QVERIFY2(m_kafka->createTopic(m_topic), qPrintable(m_kafka->error()));
    QVERIFY2(m_kafka->produce(m_topic, 0, std::vector<RealKafka::Produced>(100, {.key = {}, .value = "x"})),
        qPrintable(m_kafka->error()));

    ContextConfig context;
    context.id = {QStringLiteral("lab")};
    context.name = QStringLiteral("lab");
    context.connectClusters = {{.name = {QStringLiteral("main")}, .workers = m_kafka->workerUrls()}};
    context.kafka.bootstrap = m_proxy->endpoint();
    m_client = makeClient(context.connectClusters.front(), {});
    Edges edges;
    edges.clock = std::make_shared<SystemClock>();
    edges.secrets = std::make_shared<FakeSecretStore>();
    edges.connect = [clock = edges.clock](const ConnectClusterConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRestConnectClient(config, std::move(secrets), clock);
    };
    edges.kafkaAdmin = [clock = edges.clock](const KafkaConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRdKafkaAdmin(config, std::move(secrets), clock);
    };
    edges.reader = [clock = edges.clock](const KafkaConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRdKafkaReader(config, std::move(secrets), clock);
    };
    ContextSession::Settings settings;
    settings.tick = 500ms;
    settings.infoEvery = 2s;
    m_session = std::make_unique<ContextSession>(context, edges, settings);
    m_session->start();

    const auto text = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
    const auto created = send(createRequest(m_name,
        {{QStringLiteral("connector.class"), QStringLiteral("org.apache.kafka.connect.file.FileStreamSinkConnector")},
            {QStringLiteral("topics"), m_topic},
            {QStringLiteral("file"), QString(m_kafka->directory() + QStringLiteral("/out.txt"))},
            {QStringLiteral("key.converter"), text}, {QStringLiteral("value.converter"), text}}));
    QVERIFY2(created, why(created).constData());
    QTRY_VERIFY_WITH_TIMEOUT(facts(), 60'000);
    m_session->setInterest({.visible = true, .onScreen = {facts()->ref}}); // asked for each tick
}

void TestLagReal::cleanupTestCase()
{
    if (m_session) {
        QCoro::waitFor(m_session->close());
        m_session.reset();
    }
    if (m_client) {
        QCoro::waitFor(m_client->close());
        m_client.reset();
    }
    m_kafka.reset();
}

const ConnectorFacts *TestLagReal::facts() const
{
    m_seen = m_session->snapshot();
    const auto found
        = std::ranges::find(m_seen->connectors, m_name, [](const ConnectorFacts &one) { return one.ref.name; });
    return found == m_seen->connectors.end() ? nullptr : &*found;
}

//! Its group is empty while it is stopped: then Connect moves positions wherever one wants them.
bool TestLagReal::moveTo(int offset)
{
    const QByteArray body
        = R"({"offsets":[{"partition":{"kafka_topic":"orders","kafka_partition":0},"offset":{"kafka_offset":)"
        + QByteArray::number(offset) + "}}]}";
    return QTest::qWaitFor(
        [&] { return send({.method = "PATCH", .path = "/connectors/orders-sink/offsets", .body = body}).has_value(); },
        90'000);
}

// Rows: L22
void TestLagReal::lagIsWhatTheSinkHasNotRead()
{
    QTRY_COMPARE_WITH_TIMEOUT(lag(), std::optional<std::int64_t>(0), 90'000); // all 100 are read and committed
    QCOMPARE(facts()->lagRecords.source, QStringLiteral("group connect-orders-sink"));
    QCOMPARE(partition().committed, std::optional<std::int64_t>(100));
    QVERIFY(send(stopRequest(m_name)));
    QTRY_COMPARE_WITH_TIMEOUT(shapeNow(), QStringLiteral("STOPPED[]"), 60'000);
    QVERIFY2(m_kafka->produce(m_topic, 0, std::vector<RealKafka::Produced>(50, {.key = {}, .value = "x"})),
        qPrintable(m_kafka->error()));
    QTRY_COMPARE_WITH_TIMEOUT(lag(), std::optional<std::int64_t>(50), 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(facts()->lagSeconds.value.value_or(0) > 0, 60'000); // nobody reads: it grows old
    QVERIFY(!atRisk());
}

// Rows: KF-05
void TestLagReal::aPositionBeyondTheEndIsNoLagAndNoHealth()
{
    QVERIFY(moveTo(500));
    QTRY_VERIFY_WITH_TIMEOUT(partition().beyondEnd, 60'000);
    QCOMPARE(partition().lag, std::optional<std::int64_t>(0)); // not -350, not 2^64 - 350
    QTRY_VERIFY_WITH_TIMEOUT(atRisk(), 60'000);
}

// Rows: KF-05
void TestLagReal::aPositionBelowTheStartIsDataLoss()
{
    QVERIFY(moveTo(10));
    QVERIFY2(m_kafka->deleteRecordsBefore(m_topic, 0, 120), qPrintable(m_kafka->error()));
    QTRY_VERIFY_WITH_TIMEOUT(partition().belowStart, 60'000);
    QCOMPARE(partition().start, std::optional<std::int64_t>(120));
    QTRY_VERIFY_WITH_TIMEOUT(atRisk(), 60'000);
}

// Rows: KF-01, KF-05
void TestLagReal::brokersAwayLeaveTheLastNumberWithItsAge()
{
    QTRY_VERIFY_WITH_TIMEOUT(lag(), 60'000);
    const auto before = lag();
    m_proxy->setBlackHole(true);
    m_proxy->resetAll();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->snapshot()->kafkaError, 120'000);
    QCOMPARE(lag(), before); // no zero
    const auto at = facts()->lagRecords.at;
    m_proxy->heal();
    m_proxy->resetAll();
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->snapshot()->kafkaError, 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(facts()->lagRecords.at > at, 120'000);
}

QTEST_GUILESS_MAIN(TestLagReal)
#include "tst_lag_real.moc"
