// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/restconnectclient.h"
#include "domain/connectors/ownership.h"
#include "sandbox/kafkacast.h"
#include "sandbox/kafkaplayground.h"
#include "support/fakes/fakesecretstore.h"

#include <QCoroTask>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace headgate;

namespace {

const CallOptions patient {.deadline = std::chrono::seconds(60)};

QString shape(const ConnectorStatus &status)
{
    QStringList tasks;
    for (const auto &task : status.tasks) {
        tasks += task.state.raw;
    }
    return QStringLiteral("%1[%2]").arg(status.connector.raw, tasks.join(QLatin1Char(',')));
}

} // namespace

//! The real sandbox tells its story: one start for all.
class TestKafkaPlayground : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void playsTheCast_data();
    void playsTheCast();
    void failsAtTheBadRecordAfterCommits();
    void hasAnOwnerForItsStory();
    void keepsItsPasswordFromTheProcessList();

private:
    QTemporaryDir m_directory;
    std::unique_ptr<KafkaPlayground> m_sandbox;
    Playground m_playground;
    std::unique_ptr<ConnectClient> m_client;
};

void TestKafkaPlayground::initTestCase()
{
    const auto distribution = findKafkaDistribution();
    if (!distribution || !distribution->hasSandboxPlugin()) {
        QSKIP(qPrintable(QStringLiteral("NOT RUN here: ")
            + (distribution ? QStringLiteral("the sandbox plug-in is not compiled") : distribution.error().message)));
    }
    m_sandbox = std::make_unique<KafkaPlayground>(KafkaPlayground::Settings {
        .distribution = *distribution, .directory = m_directory.path(), .brokers = 3, .workers = 2});
    const auto started = QCoro::waitFor(m_sandbox->start({.deadline = std::chrono::seconds(150)}));
    QVERIFY2(started, qPrintable(started ? QString() : QString(started.error().message + started.error().detail)));
    m_playground = *started;
    auto secrets = std::make_shared<FakeSecretStore>();
    const auto cluster = m_playground.context.connectClusters.front();
    secrets->secrets.insert(cluster.secret, m_playground.connectPassword);
    m_client = makeRestConnectClient(cluster, secrets, std::make_shared<SystemClock>());
}

void TestKafkaPlayground::cleanupTestCase()
{
    std::vector<qint64> pids;
    if (m_client) {
        QCoro::waitFor(m_client->close());
        for (int i = 0; i < 3; ++i) {
            pids.push_back(m_sandbox->broker(i).process().pid());
        }
        m_sandbox->end();
    }
    for (const auto pid : pids) {
        QVERIFY(::kill(static_cast<pid_t>(pid), 0) != 0); // no left-over process
    }
}

void TestKafkaPlayground::playsTheCast_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("state");
    // clang-format off
    QTest::newRow("healthy source")        << "orders-cdc-source"      << "RUNNING[RUNNING]";
    QTest::newRow("busy source")           << "clickstream-source"     << "RUNNING[RUNNING,RUNNING]";
    QTest::newRow("healthy sink")          << "orders-s3-sink"         << "RUNNING[RUNNING,RUNNING]";
    QTest::newRow("slow sink")             << "clickstream-http-sink"  << "RUNNING[RUNNING,RUNNING]";
    QTest::newRow("bad record, dead letters") << "refunds-snowflake-sink" << "RUNNING[RUNNING]";
    QTest::newRow("bad record, no tolerance") << "invoices-jdbc-sink"  << "RUNNING[FAILED]";
    QTest::newRow("paused")                << "loyalty-redis-sink"     << "PAUSED[PAUSED]";
    QTest::newRow("stopped")               << "legacy-crm-sink"        << "STOPPED[]";
    // clang-format on
}

void TestKafkaPlayground::playsTheCast()
{
    QFETCH(QString, name);
    QFETCH(QString, state);
    QTRY_COMPARE_WITH_TIMEOUT(
        shape(QCoro::waitFor(m_client->fetchStatus(name, patient)).value_or(ConnectorStatus())), state, 60'000);
}

void TestKafkaPlayground::failsAtTheBadRecordAfterCommits()
{
    const auto name = QStringLiteral("invoices-jdbc-sink");
    const auto status = QCoro::waitFor(m_client->fetchStatus(name, patient));
    QVERIFY(status && !status->tasks.empty());
    QVERIFY2(status->tasks.front().trace.contains(QStringLiteral("JsonParseException: Unrecognized token 'EUR'")),
        qPrintable(status->tasks.front().trace));
    const auto offsets = QCoro::waitFor(m_client->fetchOffsets(name, patient));
    QVERIFY(offsets && offsets->size() == 1);
    const auto committed = QJsonDocument::fromJson(offsets->front().offsetJson)
                               .object()
                               .value(QStringLiteral("kafka_offset"))
                               .toInteger();
    QCOMPARE(committed, goodInvoices().count('\n')); // stands before the bad one
}

void TestKafkaPlayground::hasAnOwnerForItsStory()
{
    QFile file(m_playground.ownershipFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto rules = parseOwnership(file.readAll());
    QVERIFY(rules);
    for (const auto &[connector, team] : {std::pair("invoices-jdbc-sink", "Billing"), {"legacy-crm-sink", "CRM"}}) {
        const auto *rule = ownerOf(QString::fromLatin1(connector), *rules);
        QVERIFY(rule && rule->team == QLatin1String(team));
    }
}

void TestKafkaPlayground::keepsItsPasswordFromTheProcessList()
{
    QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(m_sandbox->worker(0).process().pid()));
    QVERIFY(commandLine.open(QIODevice::ReadOnly));
    const auto words = commandLine.readAll();
    QVERIFY(words.contains("ConnectDistributed"));
    QVERIFY(!words.contains(m_playground.connectPassword));
}

QTEST_GUILESS_MAIN(TestKafkaPlayground)
#include "tst_kafkaplayground.moc"
