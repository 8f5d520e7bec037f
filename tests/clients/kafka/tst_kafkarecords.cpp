// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/historyreader.h"
#include "clients/kafka/rdkafkaadmin.h"
#include "clients/kafka/rdkafkareader.h"
#include "clients/kafka/rdkafkawriter.h"
#include "support/fakes/fakesecretstore.h"
#include "support/mockcluster/mockcluster.h"

#include <QCoroTask>
#include <QTest>

using namespace headgate;
using headgate::test::MockCluster;
using namespace std::chrono_literals;

//! Reading, writing and Connect's internal topics against librdkafka's mock brokers.
class tst_KafkaRecords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void readsBetweenOffsets_data();
    void readsBetweenOffsets();
    void readsSideBySide();
    void unknownTopicIsNotFound();
    void writesAreReadBack();
    void writeToDeadBrokersIsToldAsUnsent();
    void aTransactionIsWrittenAsAWhole();
    void nobodyElsesRequestsAreSent();
    void historyIsFoundReadAndFollowed();

private:
    template <class T> static T get(Task<T> task)
    {
        auto result = QCoro::waitFor(std::move(task));
        if (!result) {
            qWarning() << result.error().message << result.error().detail;
        }
        return result ? std::move(*result) : T {};
    }

    std::unique_ptr<MockCluster> m_mock;
    std::unique_ptr<KafkaAdmin> m_admin;
    std::unique_ptr<RecordReader> m_reader;
    std::unique_ptr<RecordWriter> m_writer;
};

void tst_KafkaRecords::init()
{
    m_mock = std::make_unique<MockCluster>(1);
    const auto secrets = std::make_shared<FakeSecretStore>();
    const auto clock = std::make_shared<SystemClock>();
    m_admin = makeRdKafkaAdmin(m_mock->config(), secrets, clock);
    m_reader = makeRdKafkaReader(m_mock->config(), secrets, clock);
    m_writer = makeRdKafkaWriter(m_mock->config(), secrets, clock);
}

void tst_KafkaRecords::cleanup()
{
    QCoro::waitFor(m_writer->close());
    QCoro::waitFor(m_reader->close());
    QCoro::waitFor(m_admin->close());
}

void tst_KafkaRecords::readsBetweenOffsets_data()
{
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("until");
    QTest::addColumn<int>("most");
    QTest::addColumn<qint64>("first"); // -1: no record
    QTest::addColumn<qint64>("last");
    QTest::addColumn<bool>("reachedEnd");
    QTest::addColumn<bool>("limited");
    // clang-format off
    QTest::newRow("all")             << qint64(0)   << qint64(-1)   << 1000 << qint64(0)  << qint64(99) << true  << false;
    QTest::newRow("the last ten")    << qint64(90)  << qint64(-1)   << 1000 << qint64(90) << qint64(99) << true  << false;
    QTest::newRow("a part")          << qint64(10)  << qint64(20)   << 1000 << qint64(10) << qint64(19) << true  << false;
    QTest::newRow("too many")        << qint64(0)   << qint64(-1)   << 7    << qint64(0)  << qint64(6)  << false << true;
    QTest::newRow("below the start") << qint64(-5)  << qint64(3)    << 1000 << qint64(0)  << qint64(2)  << true  << false;
    QTest::newRow("beyond the end")  << qint64(500) << qint64(-1)   << 1000 << qint64(-1) << qint64(-1) << true  << false;
    QTest::newRow("until too far")   << qint64(98)  << qint64(5000) << 1000 << qint64(98) << qint64(99) << true  << false;
    // clang-format on
}

void tst_KafkaRecords::readsBetweenOffsets()
{
    QFETCH(qint64, from);
    QFETCH(qint64, until);
    QFETCH(int, most);
    QFETCH(qint64, first);
    QFETCH(qint64, last);
    m_mock->createTopic("orders", 1);
    QVERIFY(m_mock->produce("orders", 0, 100, 1'700'000'000'000));
    const auto answer = get(
        m_reader->read({.tp = {QStringLiteral("orders"), 0}, .from = from, .until = until, .maxRecords = most}, {}));
    QCOMPARE(answer.records.empty() ? -1 : answer.records.front().offset, first);
    QCOMPARE(answer.records.empty() ? -1 : answer.records.back().offset, last);
    QTEST(answer.reachedEnd, "reachedEnd");
    QTEST(answer.limited, "limited");
    for (const auto &record : answer.records) {
        QCOMPARE(record.value, std::optional(QByteArray::number(record.offset)));
        QCOMPARE(record.timestamp, Instant(Milliseconds(1'700'000'000'000 + record.offset)));
    }
}

void tst_KafkaRecords::readsSideBySide()
{
    m_mock->createTopic("orders", 2);
    QVERIFY(m_mock->produce("orders", 0, 50));
    QVERIFY(m_mock->produce("orders", 1, 20));
    const auto orders = QStringLiteral("orders");
    auto one = m_reader->read({.tp = {orders, 0}}, {.deadline = 10s});
    auto same = m_reader->read({.tp = {orders, 0}, .from = 40}, {.deadline = 10s});
    auto other = m_reader->read({.tp = {orders, 1}}, {.deadline = 10s});
    QCOMPARE(get(std::move(other)).records.size(), 20U);
    QCOMPARE(get(std::move(same)).records.size(), 10U);
    QCOMPARE(get(std::move(one)).records.size(), 50U);
}

void tst_KafkaRecords::unknownTopicIsNotFound()
{
    const auto answer = QCoro::waitFor(m_reader->read({.tp = {QStringLiteral("no-such"), 0}}, {}));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::NotFound);
}

void tst_KafkaRecords::writesAreReadBack()
{
    m_mock->createTopic("orders", 1);
    const auto orders = QStringLiteral("orders");
    const std::vector<RecordToWrite> records {
        {.topic = orders,
            .partition = 0,
            .key = "k",
            .value = "v",
            .headers = {{"h", "1"}, {"h", "2"}},
            .timestamp = Instant(123'456ms)},
        {.topic = orders, .partition = 0, .key = "tombstone"},
        {.topic = orders, .partition = 0, .value = QByteArray("")},
    };
    const auto written = get(m_writer->write(records, {.deadline = 10s}));
    QCOMPARE(written.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY2(!written[i].error, qPrintable(written[i].error.value_or(Error {}).message));
        QCOMPARE(written[i].offset, std::int64_t(i));
    }
    const auto read = get(m_reader->read({.tp = {orders, 0}}, {})).records;
    QCOMPARE(read.size(), 3U);
    QCOMPARE(read[0].headers, records[0].headers);
    QCOMPARE(read[0].timestamp, records[0].timestamp);
    QCOMPARE(read[1].value, std::nullopt);
    QCOMPARE(read[1].key, records[1].key);
    QCOMPARE(read[2].key, std::nullopt);
    QCOMPARE(read[2].value, std::optional(QByteArray("")));
}

void tst_KafkaRecords::writeToDeadBrokersIsToldAsUnsent()
{
    m_mock->createTopic("orders", 1);
    const auto orders = QStringLiteral("orders");
    QVERIFY(!get(m_writer->write({{.topic = orders, .partition = 0, .value = "first"}}, {.deadline = 10s}))[0].error);
    m_mock->setDown(1);
    const auto written = get(m_writer->write({{.topic = orders, .partition = 0, .value = "lost"}}, {.deadline = 1s}));
    QCOMPARE(written.size(), 1U);
    QVERIFY(written[0].error);
    QCOMPARE(written[0].offset, std::int64_t(-1));
    m_mock->setUp(1);
    // Purged: it does not arrive behind our back once the broker is there again.
    QVERIFY(!get(m_writer->write({{.topic = orders, .partition = 0, .value = "second"}}, {.deadline = 20s}))[0].error);
    const auto read = get(m_reader->read({.tp = {orders, 0}}, {.deadline = 10s})).records;
    if (written[0].error->kind != ErrorKind::OutcomeUnknown) {
        QCOMPARE(read.size(), 2U);
        QCOMPARE(read[1].value, std::optional(QByteArray("second")));
    }
}

void tst_KafkaRecords::aTransactionIsWrittenAsAWhole()
{
    m_mock->createTopic("orders", 1);
    const auto secrets = std::make_shared<FakeSecretStore>();
    const auto clock = std::make_shared<SystemClock>();
    const auto id = QStringLiteral("headgate-redrive-1");
    const auto orders = QStringLiteral("orders");
    const auto first = makeTransactionalWriter(m_mock->config(), id, secrets, clock);
    const auto one = get(first->write({{.topic = orders, .partition = 0, .value = "a"}}, {.deadline = 20s}));
    QVERIFY2(!one[0].error, qPrintable(one[0].error.value_or(Error {}).message));
    QCOMPARE(one[0].offset, std::int64_t(0));
    const auto second = makeTransactionalWriter(m_mock->config(), id, secrets, clock);
    QVERIFY(get(second->write({}, {.deadline = 20s})).empty()); // fencing is the real broker's: see tst_kafka_real
    QVERIFY(!get(second->write({{.topic = orders, .partition = 0, .value = "b"}}, {.deadline = 20s}))[0].error);
    const auto read = get(m_reader->read({.tp = {orders, 0}}, {})).records;
    QCOMPARE(read.back().value, std::optional(QByteArray("b")));
    QCoro::waitFor(first->close());
    QCoro::waitFor(second->close());
}

//! Browsing joins no group and commits nothing: no coordinator is even looked for.
void tst_KafkaRecords::nobodyElsesRequestsAreSent()
{
    m_mock->createTopic("orders", 1);
    QVERIFY(m_mock->produce("orders", 0, 5));
    m_mock->startTracking();
    QCOMPARE(get(m_reader->read({.tp = {QStringLiteral("orders"), 0}}, {})).records.size(), 5U);
    QVERIFY(m_mock->requests(1) > 0); // Fetch
    for (const std::int16_t forbidden : {std::int16_t(8), std::int16_t(10), std::int16_t(11), std::int16_t(0)}) {
        QCOMPARE(m_mock->requests(forbidden), 0); // OffsetCommit, FindCoordinator, JoinGroup, Produce
    }
}

void tst_KafkaRecords::historyIsFoundReadAndFollowed()
{
    m_mock->createTopic("orders", 3);
    m_mock->createTopic("my-status", 5);
    m_mock->createTopic("other-status", 5);
    m_mock->createTopic("my-configs", 1);
    QVERIFY(m_mock->produce("orders", 0, 5));
    const auto write = [this](const char *topic, int partition, const char *key, const char *value, std::int64_t ms) {
        return get(m_writer->write({{.topic = QString::fromLatin1(topic),
                                       .partition = partition,
                                       .key = QByteArray(key),
                                       .value = QByteArray(value),
                                       .timestamp = Instant(Milliseconds(ms))}},
            {.deadline = 10s}))[0];
    };
    QVERIFY(!write("my-status", 3, "status-connector-a", R"({"state":"RUNNING"})", 1000).error);
    QVERIFY(!write("my-status", 1, "status-task-a-0", R"({"state":"FAILED"})", 2000).error);
    QVERIFY(!write("other-status", 0, "status-connector-z", R"({"state":"RUNNING"})", 9000).error);
    QVERIFY(!write("my-configs", 0, "session-key", R"({"key":"canary"})", 500).error);
    QVERIFY(!write("my-configs", 0, "connector-a", R"({"properties":{"password":"canary"}})", 1500).error);

    HistoryReader reader(*m_admin, *m_reader, {});
    const QStringList names {QStringLiteral("a")};
    QVERIFY(get(reader.follow(names, {.deadline = 20s})));
    QCOMPARE(reader.topics().status, QStringLiteral("my-status"));
    QCOMPARE(reader.topics().config, QStringLiteral("my-configs"));
    const auto a = QStringLiteral("a");
    QCOMPARE(reader.history().since(a), std::optional(Instant(1000ms)));
    QCOMPARE(reader.history().since(a, 0), std::optional(Instant(2000ms)));
    QCOMPARE(reader.history().changed(a), std::optional(Instant(1500ms)));
    QCOMPARE(reader.history().connectors(), names);

    QVERIFY(!get(reader.follow(names, {.deadline = 20s}))); // nothing new
    QVERIFY(!write("my-status", 1, "status-task-a-0", R"({"state":"RUNNING"})", 3000).error);
    QVERIFY(get(reader.follow(names, {.deadline = 20s})));
    QCOMPARE(reader.history().since(a, 0), std::optional(Instant(3000ms)));
}

QTEST_GUILESS_MAIN(tst_KafkaRecords)
#include "tst_kafkarecords.moc"
