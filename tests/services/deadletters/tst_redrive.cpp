// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deadletters/deadletterservice.h"
#include "services/operations/operationrecords.h"
#include "support/fakes/fakeedges.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const auto queue = QStringLiteral("orders.dlq");
const auto origin = QStringLiteral("orders");

//! A sink whose dead letter topic holds 30 letters of "orders", on a guarded context.
struct Lab
{
    QTemporaryDir dir;
    FakeEdges world;
    DeadLetterService::Settings settings;
    std::unique_ptr<ContextsService> contexts;
    std::unique_ptr<OperationsService> operations;
    std::unique_ptr<DeadLetterService> letters;
    Mode mode = Mode::Guarded;
    Environment environment = Environment::Development;

    Lab()
    {
        auto &sink = world.cluster().add(QStringLiteral("orders-sink"), ConnectorType::Sink, {"RUNNING"});
        sink.info.config
            = {{QStringLiteral("topics"), origin}, {QStringLiteral("errors.deadletterqueue.topic.name"), queue},
                {QStringLiteral("errors.deadletterqueue.context.headers.enable"), QStringLiteral("true")}};
        world.cluster().add(QStringLiteral("bare-sink"), ConnectorType::Sink, {"RUNNING"}).info.config
            = {{QStringLiteral("topics"), QStringLiteral("returns")}};
        world.kafka->addTopic(origin, {1000});
        world.kafka->addTopic(queue, {0});
        for (int i = 0; i < 30; ++i) {
            const auto number = QByteArray::number(i);
            world.kafka->append(queue, 0, "key-" + number, "value-" + number);
            auto &headers = world.kafka->partitions[{queue, 0}].records.back().headers;
            headers = {{"trace-id", number}, {"__connect.errors.topic", "orders"}, {"__connect.errors.partition", "0"},
                {"__connect.errors.offset", number}, {"__connect.errors.connector.name", "orders-sink"},
                {"__connect.errors.stage", "VALUE_CONVERTER"},
                {"__connect.errors.exception.class.name", "org.apache.kafka.connect.errors.DataException"}};
        }
    }
    ~Lab() { close(); }
    template <class T> auto on(QCoro::Task<T> task) { return runOn(*world.clock, std::move(task), 1h); }
    void start()
    {
        contexts = std::make_unique<ContextsService>(world.edges(), ContextsService::Paths {});
        auto context = world.context();
        context.mode = mode;
        context.environment = environment;
        contexts->addTransient(context);
        operations = std::make_unique<OperationsService>(
            *contexts, OperationsService::Settings {.directory = dir.filePath(QStringLiteral("log"))});
        letters = std::make_unique<DeadLetterService>(*contexts, *operations, settings);
    }
    void close()
    {
        if (letters) {
            on(operations->close());
            on(letters->close());
            on(contexts->close());
            letters.reset();
            operations.reset();
            contexts.reset();
        }
    }
    QString logFile() const { return dir.filePath(QStringLiteral("log/lab.jsonl")); }
    Result<RedrivePlan> plan(const RedriveRequest &request) { return on(letters->plan(request, {.deadline = 30s})); }
    Result<OperationId> run(const RedrivePlan &plan) { return on(letters->run(plan, typed())); }
    Operation end(const OperationId &id)
    {
        return on(operations->finished(id, {.deadline = 1h})).value_or(Operation {});
    }
    std::vector<Record> sent() const { return world.kafka->partitions.at({origin, 0}).records; }
    static Confirmation typed()
    {
        return {
            QStringLiteral("Ada <ada@example.org>"), QStringLiteral("schema is back"), QStringLiteral("orders-sink")};
    }
    static ConnectorRef ref()
    {
        return {{QStringLiteral("lab")}, {QStringLiteral("main")}, QStringLiteral("orders-sink")};
    }
    static RedriveRequest of(int from, int until, double rate = 20)
    {
        RedriveRequest request {.connector = ref(), .perSecond = rate};
        for (int offset = from; offset < until; ++offset) {
            request.chosen.push_back({{queue, 0}, offset});
        }
        return request;
    }
};

//! The log of a program that was killed.
void leaveBehind(const Lab &lab, const std::vector<LogEntry> &entries)
{
    QVERIFY(QDir().mkpath(lab.dir.filePath(QStringLiteral("log"))));
    const OperationsLog log(lab.logFile());
    for (auto &logged : operationsOf(entries)) {
        logged.lease = {QStringLiteral("another boot"), 1, 1};
        QVERIFY(log.append(intentRecord(logged)));
        for (const auto &step : logged.operation.steps) {
            QVERIFY(log.append(stepRecord(logged.operation.id, step)));
        }
    }
}

QByteArrayList valuesOf(const std::vector<Record> &records)
{
    QByteArrayList values;
    for (const auto &each : records) {
        values << each.value.value_or(QByteArray());
    }
    return values;
}

} // namespace

class tst_Redrive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void queuesAreFoundByConfiguration()
    {
        Lab lab;
        lab.start();
        const auto overview = lab.on(lab.letters->queues({QStringLiteral("lab")}, {.deadline = 30s})).value();
        QCOMPARE(int(overview.queues.size()), 1);
        QCOMPARE(overview.queues[0].topic, queue);
        QCOMPARE(overview.queues[0].records, 30);
        QVERIFY(overview.queues[0].headersOn);
        QCOMPARE(overview.queues[0].connectors, std::vector<ConnectorRef> {Lab::ref()});
        QCOMPARE(overview.sinksWithout, 1);
    }

    void theNewestAreBrowsed()
    {
        Lab lab;
        lab.start();
        const auto page = lab.on(lab.letters->browse({QStringLiteral("lab")}, queue, 10, {.deadline = 30s})).value();
        QCOMPARE(int(page.letters.size()), 10);
        QCOMPARE(page.letters.back().at.offset, 29);
        QCOMPARE(page.before, 20);
        const auto record = lab.on(lab.letters->fetch({QStringLiteral("lab")}, {{queue, 0}, 7}, {.deadline = 30s}));
        QCOMPARE(*record->value, QByteArray("value-7"));
        const auto gone = lab.on(lab.letters->fetch({QStringLiteral("lab")}, {{queue, 0}, 99}, {.deadline = 30s}));
        QCOMPARE(gone.error().kind, ErrorKind::NotFound);
    }

    // Rows: N11
    void redrivenEqualsChosenAndTheQueueIsUntouched()
    {
        Lab lab;
        lab.start();
        const auto before = lab.world.kafka->partitions.at({queue, 0}).records;
        const auto plan = lab.plan(Lab::of(5, 20, 4)).value();
        QVERIFY(!forbidden(plan));
        const auto began = lab.world.clock->monotonic();
        const auto operation = lab.end(lab.run(plan).value());
        QCOMPARE(*operation.outcome, Outcome::Confirmed);
        QVERIFY(lab.world.clock->monotonic() - began >= 3s); // 15 records at 4 a second: the last go out after 3.5 s
        const auto sent = lab.sent();
        QCOMPARE(int(sent.size()), 15);
        for (int i = 0; i < 15; ++i) {
            const auto &original = before[size_t(i + 5)];
            QCOMPARE(sent[size_t(i)].key, original.key);
            QCOMPARE(sent[size_t(i)].value, original.value);
            QCOMPARE(sent[size_t(i)].timestamp, original.timestamp);
            QCOMPARE(sent[size_t(i)].headers,
                (std::vector<RecordHeader> {{"trace-id", QByteArray::number(i + 5)},
                    {redriveHeader, redriveMark(operation.id, {{queue, 0}, i + 5})}}));
        }
        QVERIFY(lab.world.kafka->partitions.at({queue, 0}).records == before);
        QVERIFY(lab.world.kafka->committed.empty());
        // What was sent where is in the log, and is known the next time.
        const auto progress = redriveProgress(operation).value();
        QCOMPARE(int(progress.sent.size()), 15);
        QCOMPARE(progress.sent[0].to, (RecordAt {{origin, 0}, 1000}));
        const auto again = lab.plan(Lab::of(5, 6)).value();
        QCOMPARE(again.warnings.front().kind, RedriveWarningKind::SentBefore);
    }

    void aFixGoesOutInPlaceOfTheValue()
    {
        Lab lab;
        lab.start();
        auto request = Lab::of(3, 4);
        request.value = QByteArray("{\"fixed\":true}");
        QCOMPARE(*lab.end(lab.run(lab.plan(request).value()).value()).outcome, Outcome::Confirmed);
        QCOMPARE(valuesOf(lab.sent()), QByteArrayList {*request.value});
    }

    void whatMayNotRunSendsNothing_data()
    {
        QTest::addColumn<QString>("why");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("read-only") << QStringLiteral("mode") << ErrorKind::ModeForbids;
        QTest::newRow("name not typed") << QStringLiteral("name") << ErrorKind::InvalidInput;
        QTest::newRow("no reason on production") << QStringLiteral("reason") << ErrorKind::InvalidInput;
        QTest::newRow("a target that is not there") << QStringLiteral("target") << ErrorKind::InvalidInput;
    }
    void whatMayNotRunSendsNothing()
    {
        QFETCH(QString, why);
        Lab lab;
        lab.mode = why == QStringLiteral("mode") ? Mode::ReadOnly : Mode::Guarded;
        lab.environment = why == QStringLiteral("reason") ? Environment::Production : Environment::Development;
        lab.start();
        auto request = Lab::of(0, 12);
        request.target = why == QStringLiteral("target") ? QStringLiteral("nowhere") : QString();
        auto confirmation = Lab::typed();
        confirmation.typedName = why == QStringLiteral("name") ? QString() : confirmation.typedName;
        confirmation.reason = why == QStringLiteral("reason") ? QString() : confirmation.reason;
        const auto id = lab.on(lab.letters->run(lab.plan(request).value(), confirmation));
        QVERIFY(!id);
        QTEST(id.error().kind, "kind");
        QVERIFY(lab.sent().empty());
        QCOMPARE(lab.world.kafka->count(QStringLiteral("write")), 0);
    }

    void howItEnds_data()
    {
        QTest::addColumn<ErrorKind>("fault");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("no right") << ErrorKind::NotPermitted << Outcome::Refused;
        QTest::newRow("no brokers") << ErrorKind::Unreachable << Outcome::Failed;
        QTest::newRow("an answer lost") << ErrorKind::OutcomeUnknown << Outcome::Unknown;
    }
    void howItEnds()
    {
        QFETCH(ErrorKind, fault);
        Lab lab;
        lab.start();
        const auto plan = lab.plan(Lab::of(0, 3)).value();
        lab.world.kafka->failing[QStringLiteral("write")] = {.kind = fault, .message = QStringLiteral("no")};
        const auto operation = lab.end(lab.run(plan).value());
        QTEST(*operation.outcome, "outcome");
        QVERIFY2(operation.observed.contains(QStringLiteral("0 of 3")), qPrintable(operation.observed));
    }

    void recordsThatVanishAreSaid()
    {
        Lab lab;
        lab.settings.recorded = [&lab](const OperationStep &step) {
            if (step.what == QLatin1String(redriveEnds)) {
                auto &log = lab.world.kafka->partitions.at({queue, 0});
                log.start = 1; // retention, once it had begun
                log.records.erase(log.records.begin());
            }
        };
        lab.start();
        const auto plan = lab.plan(Lab::of(0, 3)).value();
        const auto operation = lab.end(lab.run(plan).value());
        QCOMPARE(*operation.outcome, Outcome::Failed);
        QVERIFY2(operation.observed.contains(QStringLiteral("2 of 3")), qPrintable(operation.observed));
    }

    //! What was looked at and approved is what is sent, or nothing is.
    void whatDriftedIsShownAndNothingIsSent_data()
    {
        QTest::addColumn<QString>("drift");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *drift, const char *says) {
            QTest::newRow(drift) << QString::fromLatin1(drift) << QString::fromLatin1(says);
        };
        row("truncated", "orders.dlq-0: was truncated, its log begins at 2; the plan takes letters from 0 on");
        row("letters gone", "orders.dlq-0: 1 letters of the plan are not there any more");
        row("queue made anew", "orders.dlq: was deleted and made anew");
        row("target grown", "orders: had 1 partitions, has 2");
        row("target gone", "orders: is not there any more");
        row("target read by another", "orders: was read by - too, is now by audit-sink");
        row("sent meanwhile", "3 of its letters were sent by another redrive; 0 when it was planned");
    }
    void whatDriftedIsShownAndNothingIsSent()
    {
        QFETCH(QString, drift);
        QFETCH(QString, says);
        Lab lab;
        auto &kafka = *lab.world.kafka;
        kafka.topicIds[queue] = QStringLiteral("first");
        lab.start();
        const auto plan = lab.plan(Lab::of(0, 3)).value();
        QVERIFY(lab.on(lab.letters->checkDrift(plan, {.deadline = 30s}))->empty());
        auto &log = kafka.partitions.at({queue, 0});
        qsizetype writes = 0;
        if (drift == QLatin1String("truncated")) {
            log.start = 2;
            log.records.erase(log.records.begin(), log.records.begin() + 2);
        } else if (drift == QLatin1String("letters gone")) {
            log.records.erase(log.records.begin() + 1);
        } else if (drift == QLatin1String("queue made anew")) {
            kafka.topicIds[queue] = QStringLiteral("second");
        } else if (drift == QLatin1String("target grown")) {
            kafka.partitions[{origin, 1}] = {};
        } else if (drift == QLatin1String("target gone")) {
            kafka.partitions.erase({origin, 0});
        } else if (drift == QLatin1String("target read by another")) {
            lab.world.cluster().add(QStringLiteral("audit-sink"), ConnectorType::Sink, {"RUNNING"}).info.config
                = {{QStringLiteral("topics"), origin}};
        } else {
            QCOMPARE(*lab.end(lab.run(lab.plan(Lab::of(0, 3)).value()).value()).outcome, Outcome::Confirmed);
            writes = kafka.count(QStringLiteral("write"));
        }
        const auto id = lab.run(plan);
        QVERIFY(!id);
        QCOMPARE(id.error().kind, ErrorKind::Conflict);
        QVERIFY2(id.error().detail.contains(says), qPrintable(id.error().detail));
        QCOMPARE(lab.on(lab.letters->checkDrift(plan, {.deadline = 30s}))->size(), size_t(1));
        QCOMPARE(qsizetype(kafka.count(QStringLiteral("write"))), writes);
    }

    //! An interrupted one does not go on into a topic that is another one by now.
    void anInterruptedOneIsHeldByATopicMadeAnew()
    {
        std::vector<LogEntry> left;
        OperationId id;
        {
            Lab first;
            first.world.kafka->topicIds[origin] = QStringLiteral("first");
            first.settings.recorded = [&](const OperationStep &step) {
                if (left.empty() && step.what == QLatin1String(redriveBatch)) {
                    left = OperationsLog(first.logFile()).read().value();
                }
            };
            first.start();
            id = first.run(first.plan(Lab::of(0, 20, 20)).value()).value();
            first.end(id);
        }
        Lab lab;
        lab.world.kafka->topicIds[origin] = QStringLiteral("second");
        leaveBehind(lab, left);
        lab.start();
        QVERIFY(lab.on(lab.operations->findInterrupted({QStringLiteral("lab")}, {.deadline = 1min})));
        const auto taken = lab.on(lab.letters->continueInterrupted(id, Lab::typed()));
        QVERIFY(!taken);
        QCOMPARE(taken.error().kind, ErrorKind::Conflict);
        QVERIFY2(taken.error().detail.contains(QStringLiteral("orders: was deleted and made anew")),
            qPrintable(taken.error().detail));
        QVERIFY(lab.sent().empty());
    }

    //! Let go between two batches it goes on where it was: each record once.
    void letGoItGoesOnLater()
    {
        Lab lab;
        lab.start();
        const auto id = lab.run(lab.plan(Lab::of(0, 20, 20)).value()).value();
        QVERIFY(lab.world.clock->advanceUntil([&] { return lab.sent().size() >= 5; }, 1min));
        QVERIFY(lab.operations->stopWaiting(id, QStringLiteral("Ada")));
        const auto left = lab.end(id);
        QVERIFY(left.interrupted && !left.outcome);
        const auto sent = lab.sent().size();
        QVERIFY(sent < 20);
        lab.world.clock->advance(1min);
        QCOMPARE(lab.sent().size(), sent);
        QVERIFY(lab.on(lab.letters->continueInterrupted(id, Lab::typed())));
        QCOMPARE(*lab.end(id).outcome, Outcome::Confirmed);
        QCOMPARE(lab.sent().size(), size_t(20));
    }

    //! An interrupted batch that is not found, where not everything can be read: nobody knows, so it stays where it is.
    void whatCannotBeToldIsNeverSentAgain_data()
    {
        QTest::addColumn<QString>("hidden");
        QTest::newRow("by nothing") << QString();
        QTest::newRow("by retention") << QStringLiteral("retention");
        QTest::newRow("by compaction") << QStringLiteral("compaction");
        QTest::newRow("by an open transaction") << QStringLiteral("transaction");
    }
    void whatCannotBeToldIsNeverSentAgain()
    {
        QFETCH(QString, hidden);
        std::vector<LogEntry> left;
        OperationId id;
        {
            Lab first;
            first.settings.recorded = [&](const OperationStep &step) {
                if (left.empty() && step.what == QLatin1String(redriveBatch)) {
                    left = OperationsLog(first.logFile()).read().value(); // the first five of twenty were begun
                }
            };
            first.start();
            id = first.run(first.plan(Lab::of(0, 20, 20)).value()).value();
            first.end(id);
        }
        Lab lab;
        auto &log = lab.world.kafka->partitions.at({origin, 0});
        if (hidden == QStringLiteral("retention")) {
            log.start = log.end = 1010; // what came after the noted end was deleted
        } else if (hidden == QStringLiteral("compaction")) {
            lab.world.kafka->topicConfigs[origin]
                = {{.name = QStringLiteral("cleanup.policy"), .value = QStringLiteral("compact,delete")}};
        } else if (hidden == QStringLiteral("transaction")) {
            log.end = 1010;
            log.hiddenFrom = 1000;
        }
        leaveBehind(lab, left);
        lab.start();
        QCOMPARE(
            lab.on(lab.operations->findInterrupted({QStringLiteral("lab")}, {.deadline = 1min}))->size(), size_t(1));
        const auto other = lab.run(lab.plan(Lab::of(25, 26)).value());
        QVERIFY(!other);
        QCOMPARE(other.error().kind, ErrorKind::Locked); // first it is found out what the other one sent
        const auto taken = lab.on(lab.letters->continueInterrupted(id, Lab::typed()));
        QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().message));
        const auto operation = lab.end(*taken);
        QCOMPARE(*operation.outcome, hidden.isEmpty() ? Outcome::Confirmed : Outcome::Unknown);
        QCOMPARE(lab.sent().size(), size_t(hidden.isEmpty() ? 20 : 15));
        const auto again = lab.plan(Lab::of(0, 1)).value(); // and it is told before it is chosen again
        QCOMPARE(again.warnings.front().kind, RedriveWarningKind::SentBefore);
    }

    //! A read that stops at a limit goes on: what lies behind it is not taken for gone.
    void largeRecordsAreReadInPieces()
    {
        Lab lab;
        lab.world.kafka->readLimit = 4;
        lab.start();
        const auto plan = lab.plan(Lab::of(0, 12)).value();
        QCOMPARE(plan.items.size(), size_t(12));
        QCOMPARE(*lab.end(lab.run(plan).value()).outcome, Outcome::Confirmed);
        QCOMPARE(lab.sent().size(), size_t(12));
    }

    void aRecordGoesBackToItsOwnPartition()
    {
        Lab lab;
        lab.world.kafka->addTopic(origin, {1000, 1000, 1000});
        lab.world.kafka->partitions.at({queue, 0}).records[4].headers[2].value = "2";
        lab.world.kafka->partitions.at({queue, 0}).records[5].headers[2].value = "7"; // the topic has not so many
        lab.start();
        QCOMPARE(*lab.end(lab.run(lab.plan(Lab::of(4, 6)).value()).value()).outcome, Outcome::Confirmed);
        QCOMPARE(lab.world.kafka->partitions.at({origin, 2}).records.size(), size_t(1));
        QCOMPARE(lab.sent().size(), size_t(1)); // by key, where its own is not there
    }

    //! The corrected value is not in the log: what was not sent with it yet stays unsent, and that is said.
    void aCorrectedValueIsNotKeptOverARestart_data()
    {
        QTest::addColumn<bool>("arrived");
        QTest::newRow("killed before it went out") << false;
        QTest::newRow("killed after it") << true;
    }
    void aCorrectedValueIsNotKeptOverARestart()
    {
        QFETCH(bool, arrived);
        std::vector<LogEntry> log;
        auto request = Lab::of(3, 4);
        request.value = QByteArray("corrected");
        Lab first;
        first.settings.recorded = [&](const OperationStep &step) {
            if (step.what == QLatin1String(redriveBatch) && step.state == QLatin1String("begun")) {
                log = OperationsLog(first.logFile()).read().value();
            }
        };
        first.start();
        const auto id = first.run(first.plan(request).value()).value();
        QCOMPARE(*first.end(id).outcome, Outcome::Confirmed);
        QFile file(first.logFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = file.readAll();
        QVERIFY(!text.contains("corrected\"") && !text.contains(request.value->toBase64()));

        Lab lab;
        if (arrived) {
            lab.world.kafka->partitions = first.world.kafka->partitions;
        }
        leaveBehind(lab, log);
        lab.start();
        QVERIFY(lab.on(lab.operations->findInterrupted({QStringLiteral("lab")}, {.deadline = 1min})));
        const auto taken = lab.on(lab.letters->continueInterrupted(id, Lab::typed()));
        QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().message));
        const auto ended = lab.end(*taken);
        QCOMPARE(*ended.outcome, arrived ? Outcome::Confirmed : Outcome::Failed);
        QCOMPARE(int(lab.sent().size()), arrived ? 1 : 0); // never with the old value
        QCOMPARE(ended.observed.contains(QStringLiteral("give it again")), !arrived);
    }

    //! Killed before and after each record of the log, with the batch that was begun sent or not: every chosen record
    //! is there once in the end.
    void killedAnywhereItSendsEachOnce()
    {
        struct Cut
        {
            std::vector<LogEntry> log;
            std::map<TopicPartition, FakeKafka::Partition> partitions;
            QString step;
        };
        std::vector<Cut> cuts;
        Lab first;
        first.settings.recorded = [&](const OperationStep &step) {
            cuts.push_back({OperationsLog(first.logFile()).read().value(), first.world.kafka->partitions,
                step.what + QLatin1Char(' ') + step.state});
        };
        first.start();
        const auto id = first.run(first.plan(Lab::of(0, 20, 20)).value()).value();
        QCOMPARE(*first.end(id).outcome, Outcome::Confirmed);
        const auto wanted = valuesOf(first.sent());
        QVERIFY(cuts.size() > 6);
        for (size_t i = 0; i < cuts.size(); ++i) {
            for (const bool arrived : {false, true}) {
                if (arrived && i + 1 == cuts.size()) {
                    continue;
                }
                Lab lab;
                lab.world.kafka->partitions = cuts[i + (arrived ? 1 : 0)].partitions;
                leaveBehind(lab, cuts[i].log);
                lab.start();
                QCOMPARE(
                    int(lab.on(lab.operations->findInterrupted({QStringLiteral("lab")}, {.deadline = 1min}))->size()),
                    1);
                const auto taken = lab.on(lab.letters->continueInterrupted(id, Lab::typed()));
                QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().message));
                QCOMPARE(*lab.end(*taken).outcome, Outcome::Confirmed);
                QVERIFY2(valuesOf(lab.sent()) == wanted, qPrintable(cuts[i].step));
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_Redrive)
#include "tst_redrive.moc"
