// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/rdkafkaadmin.h"
#include "clients/kafka/rdkafkareader.h"
#include "clients/kafka/rdkafkawriter.h"
#include "services/deadletters/deadletterservice.h"
#include "services/operations/operationrecords.h"
#include "support/fakes/fakeconnectclient.h"
#include "support/fakes/fakesecretstore.h"
#include "support/realkafka/realkafka.h"

#include <QCoroTask>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

namespace {

const auto queue = QStringLiteral("orders.dlq");
const auto origin = QStringLiteral("orders");
const ConnectorRef owner {{QStringLiteral("lab")}, {QStringLiteral("main")}, QStringLiteral("orders-sink")};

template <class T> auto get(QCoro::Task<T> task)
{
    return QCoro::waitFor(std::move(task));
}

} // namespace

//! Dead letters on a real broker: transactions, fencing and marks as the mock brokers do not have them.
class tst_RedriveReal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void redrivenEqualsChosenAndTheQueueIsUntouched();
    void aPredecessorIsFencedAndItsOpenTransactionEnded();

private:
    std::vector<Record> readAll(const QString &topic);

    std::unique_ptr<RealKafka> m_kafka;
    std::shared_ptr<SystemClock> m_clock = std::make_shared<SystemClock>();
    std::shared_ptr<FakeSecretStore> m_secrets = std::make_shared<FakeSecretStore>();
    KafkaConfig m_config;
    std::unique_ptr<RecordReader> m_reader;
};

void tst_RedriveReal::initTestCase()
{
    if (const auto why = RealKafka::whyNot(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    m_kafka = std::make_unique<RealKafka>(RealKafka::Options {});
    QVERIFY2(m_kafka->start(), qPrintable(m_kafka->error()));
    m_config.bootstrap = m_kafka->bootstrap();
    m_reader = makeRdKafkaReader(m_config, m_secrets, m_clock);
    QVERIFY(m_kafka->createTopic(origin, 3, {QStringLiteral("retention.ms=-1")}));
    QVERIFY(m_kafka->createTopic(queue, 1, {QStringLiteral("retention.ms=-1")}));
    std::vector<RealKafka::Produced> letters;
    for (int i = 0; i < 12; ++i) {
        const auto number = QByteArray::number(i);
        letters.push_back({.key = "key-" + number,
            .value = "value-" + number,
            .headers = {{"trace-id", number}, {"__connect.errors.topic", "orders"}, {"__connect.errors.partition", "1"},
                {"__connect.errors.offset", number}, {"__connect.errors.connector.name", "orders-sink"},
                {"__connect.errors.stage", "VALUE_CONVERTER"}},
            .timestamp = 1'700'000'000'000 + i});
    }
    QVERIFY(m_kafka->produce(queue, 0, letters));
}

void tst_RedriveReal::cleanupTestCase()
{
    if (m_reader) {
        get(m_reader->close());
    }
    m_kafka.reset();
}

std::vector<Record> tst_RedriveReal::readAll(const QString &topic)
{
    std::vector<Record> all;
    for (int partition = 0; partition < (topic == origin ? 3 : 1); ++partition) {
        auto answer = get(m_reader->read({.tp = {topic, partition}}, {.deadline = 20s}));
        if (!answer || !answer->reachedEnd) { // also where the log ends in a transaction's marker
            qWarning("partition %d was not read to its end", partition);
            return {};
        }
        std::ranges::move(answer->records, std::back_inserter(all));
    }
    return all;
}

// Rows: N11
void tst_RedriveReal::redrivenEqualsChosenAndTheQueueIsUntouched()
{
    const auto cluster = std::make_shared<FakeConnectCluster>(m_clock);
    auto &sink = cluster->add(owner.name, ConnectorType::Sink, {"RUNNING"});
    sink.info.config
        = {{QStringLiteral("topics"), origin}, {QStringLiteral("errors.deadletterqueue.topic.name"), queue}};
    Edges edges {.clock = m_clock, .secrets = m_secrets};
    edges.connect = [cluster](const ConnectClusterConfig &, const std::shared_ptr<SecretStore> &) {
        return std::make_unique<FakeConnectClient>(cluster);
    };
    edges.kafkaAdmin = [this](const KafkaConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRdKafkaAdmin(config, std::move(secrets), m_clock);
    };
    edges.reader = [this](const KafkaConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRdKafkaReader(config, std::move(secrets), m_clock);
    };
    edges.writer = [this](const KafkaConfig &config, const QString &id, std::shared_ptr<SecretStore> secrets) {
        return makeTransactionalWriter(config, id, std::move(secrets), m_clock);
    };
    const QTemporaryDir dir;
    ContextsService contexts(edges, ContextsService::Paths {});
    ContextConfig context {.id = owner.context, .name = QStringLiteral("lab"), .mode = Mode::Guarded};
    context.connectClusters = {{.name = owner.cluster, .workers = cluster->workers}};
    context.kafka = m_config;
    contexts.addTransient(context);
    OperationsService operations(contexts, {.directory = dir.path()});
    const auto logFile = dir.filePath(QStringLiteral("lab.jsonl"));
    std::vector<LogEntry> left; // of a program that dies when its batch is begun
    DeadLetterService letters(contexts, operations, {.recorded = [&](const OperationStep &step) {
        if (left.empty() && step.what == QLatin1String(redriveBatch)) {
            left = OperationsLog(logFile).read().value();
        }
    }});

    const auto before = readAll(queue);
    QCOMPARE(int(before.size()), 12);
    RedriveRequest request {.connector = owner, .perSecond = 100};
    for (const int offset : {2, 3, 7, 11}) {
        request.chosen.push_back({{queue, 0}, offset});
    }
    const auto plan = get(letters.plan(request, {.deadline = 30s}));
    QVERIFY2(plan, qPrintable(plan ? QString() : plan.error().message));
    QVERIFY(!forbidden(*plan));
    const auto id = get(letters.run(*plan, {.person = QStringLiteral("Ada"), .reason = {}, .typedName = {}}));
    QVERIFY2(id, qPrintable(id ? QString() : id.error().message));
    const auto operation = get(operations.finished(*id, {.deadline = 60s})).value();
    QVERIFY2(operation.outcome == Outcome::Confirmed,
        qPrintable(operation.error ? operation.error->message : operation.observed));

    auto sent = readAll(origin);
    std::ranges::sort(sent, {}, [](const Record &each) { return each.timestamp; });
    QCOMPARE(int(sent.size()), 4);
    for (size_t i = 0; i < sent.size(); ++i) {
        const auto &original = before[size_t(request.chosen[i].offset)];
        QCOMPARE(sent[i].key, original.key);
        QCOMPARE(sent[i].value, original.value);
        QCOMPARE(sent[i].timestamp, original.timestamp);
        QCOMPARE(sent[i].tp.partition, 1); // where it came from
        QCOMPARE(sent[i].headers,
            (std::vector<RecordHeader> {
                original.headers.front(), {redriveHeader, redriveMark(*id, request.chosen[i])}}));
    }
    for (const auto &each : redriveProgress(operation).value().sent) { // the log says where each one went
        const auto found = std::ranges::find_if(
            sent, [&](const Record &record) { return RecordAt {record.tp, record.offset} == each.to; });
        QVERIFY(found != sent.end());
    }
    QVERIFY(readAll(queue) == before);

    // Another program that knows no more than that the batch was begun finds it behind the transaction's marker.
    const QTemporaryDir other;
    const OperationsLog log(other.filePath(QStringLiteral("lab.jsonl")));
    for (auto &logged : operationsOf(left)) {
        logged.lease = {QStringLiteral("another boot"), 1, 1};
        QVERIFY(log.append(intentRecord(logged)));
        for (const auto &step : logged.operation.steps) {
            QVERIFY(log.append(stepRecord(logged.operation.id, step)));
        }
    }
    OperationsService later(contexts, {.directory = other.path()});
    DeadLetterService goingOn(contexts, later, {});
    QCOMPARE(get(later.findInterrupted(owner.context, {.deadline = 30s})).value().size(), size_t(1));
    const auto taken = get(goingOn.continueInterrupted(*id, {.person = QStringLiteral("Ada")}));
    QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().message));
    const auto settled = get(later.finished(*taken, {.deadline = 60s})).value();
    QVERIFY2(settled.outcome == Outcome::Confirmed, qPrintable(settled.observed));
    QCOMPARE(int(readAll(origin).size()), 4);
    get(later.close());
    get(goingOn.close());
    get(operations.close());
    get(letters.close());
    get(contexts.close());
}

void tst_RedriveReal::aPredecessorIsFencedAndItsOpenTransactionEnded()
{
    const auto id = QStringLiteral("headgate-redrive-fenced");
    const RecordToWrite one {.topic = origin, .partition = 0, .value = "one"};
    const RecordToWrite late {.topic = origin, .partition = 0, .value = "late"};
    const auto first = makeTransactionalWriter(m_config, id, m_secrets, m_clock);
    const auto second = makeTransactionalWriter(m_config, id, m_secrets, m_clock);
    QVERIFY(!get(first->write({one}, {.deadline = 30s}))->front().error);
    QVERIFY(get(second->write({}, {.deadline = 30s})));
    const auto written = get(first->write({late}, {.deadline = 15s}));
    QVERIFY(!written || written->front().error);
    const auto values = readAll(origin);
    QVERIFY(std::ranges::none_of(values, [](const Record &each) { return each.value == QByteArray("late"); }));
    QVERIFY(std::ranges::any_of(values, [](const Record &each) { return each.value == QByteArray("one"); }));
    get(first->close());
    get(second->close());
}

QTEST_GUILESS_MAIN(tst_RedriveReal)
#include "tst_redrive_real.moc"
