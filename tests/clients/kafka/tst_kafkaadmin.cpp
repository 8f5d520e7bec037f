// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/rdkafkaadmin.h"
#include "support/fakes/fakesecretstore.h"
#include "support/mockcluster/mockcluster.h"

#include <QCoroTask>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace headgate;
using headgate::test::MockCluster;
using namespace std::chrono_literals;

namespace {

constexpr int notLeader = 6;            // NOT_LEADER_FOR_PARTITION
constexpr int fencedEpoch = 74;         // FENCED_LEADER_EPOCH
constexpr std::int16_t listOffsets = 2; // API keys
constexpr std::int16_t metadata = 3;

std::unique_ptr<KafkaAdmin> adminOf(const KafkaConfig &config)
{
    return makeRdKafkaAdmin(config, std::make_shared<FakeSecretStore>(), std::make_shared<SystemClock>());
}

std::vector<TopicPartition> partitionsOf(const QString &topic, int count)
{
    std::vector<TopicPartition> partitions;
    for (int i = 0; i < count; ++i) {
        partitions.push_back({topic, i});
    }
    return partitions;
}

} // namespace

class tst_KafkaAdmin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void metadataTellsBrokersAndTopics();
    void internalTopicsAreKnownByName();
    void endAndStartOffsets();
    void tenThousandPartitionsInChunks();
    void capabilitiesOfTheMock();
    void oneBrokerDownLeavesOthersKnown();
    void movedLeaderIsAskedOnceMore_data();
    void movedLeaderIsAskedOnceMore();
    void leaderThatKeepsMovingIsUnknown();
    void refusedPortIsToldAtOnce();
    void httpPortIsNamed();
    void groupCallsAreNotSentToADeadCluster();
    void blockedCallLeavesTheLoopFree();
    void stopEndsACall();
    void closeWithCallsUnderWay();
    void missingSecretStopsBeforeConnecting();

private:
    std::unique_ptr<KafkaAdmin> m_admin;
};

void tst_KafkaAdmin::cleanup()
{
    if (m_admin) {
        QCoro::waitFor(m_admin->close());
        m_admin.reset();
    }
}

void tst_KafkaAdmin::metadataTellsBrokersAndTopics()
{
    MockCluster mock(3);
    mock.createTopic("orders", 2);
    mock.createTopic("alpha", 1);
    m_admin = adminOf(mock.config());
    const auto cluster = QCoro::waitFor(m_admin->fetchCluster({}));
    QVERIFY2(cluster, qPrintable(cluster ? QString() : cluster.error().message));
    QVERIFY(!cluster->clusterId.isEmpty());
    QCOMPARE(cluster->brokers.size(), 3U);
    QCOMPARE(cluster->brokers[0].id, 1);
    QCOMPARE(cluster->brokers[0].host, QStringLiteral("127.0.0.1"));
    QCOMPARE(cluster->topics.size(), 2U);
    QCOMPARE(cluster->topics[0].name, QStringLiteral("alpha"));
    QCOMPARE(cluster->topics[1].partitions.size(), 2U);
    QVERIFY(cluster->topics[1].partitions[1].leader > 0);
}

void tst_KafkaAdmin::internalTopicsAreKnownByName()
{
    MockCluster mock(1);
    mock.createTopic("__auto_balancer_metrics", 1);
    mock.createTopic("_mine", 1);
    m_admin = adminOf(mock.config());
    const auto cluster = QCoro::waitFor(m_admin->fetchCluster({}));
    QVERIFY(cluster);
    QVERIFY(cluster->topics[0].internal);
    QVERIFY(!cluster->topics[1].internal);
}

void tst_KafkaAdmin::endAndStartOffsets()
{
    MockCluster mock(3);
    mock.createTopic("orders", 4);
    QVERIFY(mock.produce("orders", 2, 17));
    m_admin = adminOf(mock.config());
    const auto orders = QStringLiteral("orders");
    // Asked twice and out of order: one answer for each question, in its place.
    const std::vector<TopicPartition> asked {{orders, 2}, {orders, 0}, {orders, 2}, {QStringLiteral("no-such"), 0}};
    const auto ends = QCoro::waitFor(m_admin->fetchEndOffsets(asked, {}));
    QVERIFY2(ends, qPrintable(ends ? QString() : ends.error().message));
    QCOMPARE(ends->size(), 4U);
    QCOMPARE((*ends)[0].offset, std::optional<std::int64_t>(17));
    QCOMPARE((*ends)[1].offset, std::optional<std::int64_t>(0));
    QCOMPARE((*ends)[2].offset, std::optional<std::int64_t>(17));
    QCOMPARE((*ends)[3].offset, std::nullopt);
    QVERIFY2((*ends)[3].error.contains(QStringLiteral("UNKNOWN")), qPrintable((*ends)[3].error));
    const auto starts = QCoro::waitFor(m_admin->fetchStartOffsets({{orders, 2}}, {}));
    QVERIFY(starts);
    QCOMPARE((*starts)[0].offset, std::optional<std::int64_t>(0));
}

void tst_KafkaAdmin::tenThousandPartitionsInChunks()
{
    MockCluster mock(3);
    mock.createTopic("wide", 10'000);
    m_admin = adminOf(mock.config());
    QVERIFY(QCoro::waitFor(m_admin->fetchCluster({.deadline = 20s})));
    mock.startTracking();
    const auto ends
        = QCoro::waitFor(m_admin->fetchEndOffsets(partitionsOf(QStringLiteral("wide"), 10'000), {.deadline = 30s}));
    QVERIFY2(ends, qPrintable(ends ? QString() : ends.error().message));
    QCOMPARE(ends->size(), 10'000U);
    const auto known = std::ranges::count_if(*ends, [](const PartitionOffset &each) { return each.offset == 0; });
    QCOMPARE(known, 10'000);
    // 25 chunks, each split by leader: neither one list (its cost grows with the square) nor one request a partition.
    QVERIFY2(mock.requests(listOffsets) >= 25 && mock.requests(listOffsets) <= 75,
        qPrintable(QString::number(mock.requests(listOffsets))));
}

void tst_KafkaAdmin::capabilitiesOfTheMock()
{
    MockCluster mock(1);
    mock.createTopic("filled", 1);
    QVERIFY(mock.produce("filled", 0, 3, 1'700'000'000'000));
    m_admin = adminOf(mock.config());
    const auto found = QCoro::waitFor(m_admin->probeCapabilities({.deadline = 8s}));
    QVERIFY2(found, qPrintable(found ? QString() : found.error().message));
    QVERIFY(!found->groups);
    QVERIFY(!found->offsetsByTime);
    QVERIFY(!found->deleteRecords);
    QVERIFY(!found->topicAdmin);
}

//! The affected partitions are unknown, never zero; the others are known.
// Rows: KF-01
void tst_KafkaAdmin::oneBrokerDownLeavesOthersKnown()
{
    MockCluster mock(3);
    mock.createTopic("orders", 6);
    for (int i = 0; i < 6; ++i) {
        mock.setLeader("orders", i, i % 3 + 1);
        QVERIFY(mock.produce("orders", i, i + 1));
    }
    m_admin = adminOf(mock.config());
    QVERIFY(QCoro::waitFor(m_admin->fetchCluster({})));
    mock.setDown(2);                       // leads 1 and 4
    for (int tick = 0; tick < 2; ++tick) { // the tick in which it happens, and one that knows already
        const auto ends
            = QCoro::waitFor(m_admin->fetchEndOffsets(partitionsOf(QStringLiteral("orders"), 6), {.deadline = 4s}));
        QVERIFY2(ends, qPrintable(ends ? QString() : ends.error().message));
        for (const int i : {0, 2, 3, 5}) {
            QCOMPARE((*ends)[size_t(i)].offset, std::optional<std::int64_t>(i + 1));
        }
        for (const int i : {1, 4}) {
            QCOMPARE((*ends)[size_t(i)].offset, std::nullopt);
            QVERIFY(!(*ends)[size_t(i)].error.isEmpty());
        }
    }
    mock.setUp(2);
    QTRY_VERIFY_WITH_TIMEOUT(
        QCoro::waitFor(m_admin->fetchEndOffsets({{QStringLiteral("orders"), 4}}, {.deadline = 4s})).value()[0].offset
            == 5,
        30'000);
}

void tst_KafkaAdmin::movedLeaderIsAskedOnceMore_data()
{
    QTest::addColumn<int>("error");
    QTest::newRow("NOT_LEADER_FOR_PARTITION") << notLeader;
    QTest::newRow("FENCED_LEADER_EPOCH") << fencedEpoch;
}

// Rows: KF-02
void tst_KafkaAdmin::movedLeaderIsAskedOnceMore()
{
    QFETCH(int, error);
    MockCluster mock(1);
    mock.createTopic("orders", 1);
    QVERIFY(mock.produce("orders", 0, 9));
    m_admin = adminOf(mock.config());
    QVERIFY(QCoro::waitFor(m_admin->fetchEndOffsets({{QStringLiteral("orders"), 0}}, {})));
    mock.startTracking();
    mock.pushErrors(listOffsets, {error});
    const auto ends = QCoro::waitFor(m_admin->fetchEndOffsets({{QStringLiteral("orders"), 0}}, {}));
    QVERIFY(ends);
    QCOMPARE((*ends)[0].offset, std::optional<std::int64_t>(9));
    QCOMPARE(mock.requests(listOffsets), 2);
    QVERIFY(mock.requests(metadata) >= 1);
}

// Rows: KF-02
void tst_KafkaAdmin::leaderThatKeepsMovingIsUnknown()
{
    MockCluster mock(1);
    mock.createTopic("orders", 1);
    QVERIFY(mock.produce("orders", 0, 9));
    m_admin = adminOf(mock.config());
    QVERIFY(QCoro::waitFor(m_admin->fetchEndOffsets({{QStringLiteral("orders"), 0}}, {})));
    mock.startTracking();
    mock.pushErrors(listOffsets, std::vector<int>(20, notLeader));
    const auto ends = QCoro::waitFor(m_admin->fetchEndOffsets({{QStringLiteral("orders"), 0}}, {}));
    if (ends) {
        QCOMPARE((*ends)[0].offset, std::nullopt);
        QCOMPARE((*ends)[0].error, QStringLiteral("NOT_LEADER_FOR_PARTITION"));
    } else {
        QCOMPARE(ends.error().kind, ErrorKind::Rebalancing);
    }
    QCOMPARE(mock.requests(listOffsets), 2); // once more in the tick, not for ever
}

void tst_KafkaAdmin::refusedPortIsToldAtOnce()
{
    m_admin = adminOf({.bootstrap = QStringLiteral("127.0.0.1:1")});
    const auto cluster = QCoro::waitFor(m_admin->fetchCluster({.deadline = 60s})); // far more than it takes
    QVERIFY(!cluster);
    QCOMPARE(cluster.error().kind, ErrorKind::Unreachable);
    QVERIFY2(
        cluster.error().message.contains(QStringLiteral("Connection refused")), qPrintable(cluster.error().message));
    QVERIFY2(!cluster.error().message.contains(QStringLiteral("in state")), qPrintable(cluster.error().message));
    QVERIFY(m_admin->lastTransportError().contains(QStringLiteral("Connection refused")));
}

void tst_KafkaAdmin::httpPortIsNamed()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&server] {
        auto *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    m_admin = adminOf({.bootstrap = QStringLiteral("127.0.0.1:%1").arg(server.serverPort())});
    const auto cluster = QCoro::waitFor(m_admin->fetchCluster({.deadline = 60s}));
    QVERIFY(!cluster);
    QVERIFY2(cluster.error().message.contains(QStringLiteral("HTTP")), qPrintable(cluster.error().message));
}

void tst_KafkaAdmin::groupCallsAreNotSentToADeadCluster()
{
    MockCluster mock(1);
    m_admin = adminOf(mock.config());
    QVERIFY(QCoro::waitFor(m_admin->fetchCluster({})));
    mock.setDown(1);
    // In flight when it goes: fails with the reason, long before its deadline, and takes the handle with it.
    QCOMPARE(QCoro::waitFor(m_admin->fetchCommitted(QStringLiteral("connect-a"), {.deadline = 60s})).error().kind,
        ErrorKind::Unreachable);
    std::vector<Task<std::vector<PartitionOffset>>> calls;
    for (int i = 0; i < 300; ++i) { // more than the window
        calls.push_back(m_admin->fetchCommitted(QStringLiteral("connect-%1").arg(i), {.deadline = 10s}));
    }
    for (auto &call : calls) {
        const auto committed = QCoro::waitFor(std::move(call));
        QVERIFY(!committed);
        QCOMPARE(committed.error().kind, ErrorKind::Unreachable);
    }
}

//! A server that accepts and says nothing holds librdkafka's blocking call for its whole time-out; only our deadline
//! ends it.
// Rows: KF-19
void tst_KafkaAdmin::blockedCallLeavesTheLoopFree()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    m_admin = adminOf({.bootstrap = QStringLiteral("127.0.0.1:%1").arg(silent.serverPort())});
    int turns = 0;
    QTimer heart;
    connect(&heart, &QTimer::timeout, this, [&turns] { ++turns; });
    heart.start(10ms);
    const auto cluster = QCoro::waitFor(m_admin->fetchCluster({.deadline = 1500ms}));
    QVERIFY(!cluster);
    QCOMPARE(cluster.error().kind, ErrorKind::DeadlineExceeded);
    QVERIFY2(turns > 30, qPrintable(QString::number(turns))); // a call on this thread would have left none
}

void tst_KafkaAdmin::stopEndsACall()
{
    m_admin = adminOf({.bootstrap = QStringLiteral("127.0.0.1:1")});
    std::stop_source stop;
    auto call = m_admin->fetchCluster({.deadline = 60s, .stop = stop.get_token()});
    stop.request_stop();
    const auto cluster = QCoro::waitFor(std::move(call));
    QVERIFY(!cluster);
    QCOMPARE(cluster.error().kind, ErrorKind::Cancelled);
}

void tst_KafkaAdmin::closeWithCallsUnderWay()
{
    MockCluster mock(1);
    mock.createTopic("orders", 1);
    m_admin = adminOf(mock.config());
    QVERIFY(QCoro::waitFor(m_admin->fetchCluster({})));
    mock.setRoundTrip(1, 3000);
    auto first = m_admin->fetchEndOffsets({{QStringLiteral("orders"), 0}}, {.deadline = 10s});
    auto second = m_admin->fetchCluster({.deadline = 10s});
    QCoro::waitFor(m_admin->close());
    QVERIFY(!QCoro::waitFor(std::move(first)));
    QVERIFY(!QCoro::waitFor(std::move(second)));
    const auto later = QCoro::waitFor(m_admin->fetchCluster({}));
    QVERIFY(!later);
    QCOMPARE(later.error().kind, ErrorKind::Cancelled);
}

void tst_KafkaAdmin::missingSecretStopsBeforeConnecting()
{
    MockCluster mock(1);
    auto config = mock.config();
    config.protocol = SecurityProtocol::SaslPlaintext;
    config.mechanism = SaslMechanism::Plain;
    config.password = SecretRef {QStringLiteral("headgate/x/kafka")};
    m_admin = adminOf(config);
    const auto cluster = QCoro::waitFor(m_admin->fetchCluster({}));
    QVERIFY(!cluster);
    QCOMPARE(cluster.error().kind, ErrorKind::SecretsUnavailable);
}

QTEST_GUILESS_MAIN(tst_KafkaAdmin)
#include "tst_kafkaadmin.moc"
