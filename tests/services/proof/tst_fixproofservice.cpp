// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/proof/fixproofservice.h"
#include "support/fakes/fakeedges.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const auto kTopic = QStringLiteral("orders");
const auto kSink = QStringLiteral("sink");
const auto kGroup = QStringLiteral("connect-sink");

//! A sink that stopped at a record which is no JSON: offset 207 of partition 0, of 600 each.
struct Lab
{
    QTemporaryDir dir;
    FakeEdges world;
    std::unique_ptr<ContextsService> contexts;
    std::unique_ptr<OperationsService> operations;
    std::unique_ptr<FixProofService> proofs;
    std::vector<std::pair<int, int>> progress;

    Lab()
    {
        world.kafka->addTopic(kTopic, {0, 0});
        for (int i = 0; i < 1200; ++i) {
            world.kafka->append(kTopic, i % 2, "k", i == 414 ? "bad" : R"({"a":1})");
        }
        world.kafka->commit(kGroup, kTopic, 0, 100);
        world.kafka->commit(kGroup, kTopic, 1, 600); // nothing waits there
        auto &made = world.cluster().add(kSink, ConnectorType::Sink, {"RUNNING"});
        const auto json = QStringLiteral("org.apache.kafka.connect.json.JsonConverter");
        const auto text = QStringLiteral("org.apache.kafka.connect.storage.StringConverter");
        made.info.config = {{QStringLiteral("connector.class"), QStringLiteral("FileStreamSink")},
            {QStringLiteral("topics"), kTopic}, {QStringLiteral("key.converter"), text},
            {QStringLiteral("value.converter"), json},
            {QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false")}};
        for (int partition = 0; partition < 2; ++partition) {
            made.offsets.push_back(
                {R"({"kafka_topic":"orders","kafka_partition":)" + QByteArray::number(partition) + '}',
                    QByteArray(R"({"kafka_offset":)") + (partition == 0 ? "100}" : "600}")});
        }
        world.cluster().failTask(kSink, 0,
            QStringLiteral("org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler\n"
                           "Caused by: org.apache.kafka.connect.errors.DataException: Converting byte[] to Kafka "
                           "Connect data failed due to serialization error: \n"));
    }
    ~Lab() { close(); }
    void start(bool withKafka = true)
    {
        auto context = world.context(QStringLiteral("lab"), withKafka);
        context.mode = Mode::ReadOnly; // a proof changes nothing, so it is allowed where nothing may be changed
        contexts = std::make_unique<ContextsService>(world.edges(), ContextsService::Paths {});
        contexts->addTransient(context);
        operations
            = std::make_unique<OperationsService>(*contexts, OperationsService::Settings {.directory = dir.path()});
        proofs = std::make_unique<FixProofService>(*contexts, *operations);
    }
    void close()
    {
        if (proofs) {
            runOn(*world.clock, operations->close());
            runOn(*world.clock, proofs->close());
            runOn(*world.clock, contexts->close());
        }
        proofs.reset();
        operations.reset();
        contexts.reset();
    }
    static ConnectorRef ref() { return {{QStringLiteral("lab")}, {QStringLiteral("main")}, kSink}; }
    static std::vector<SettingChange> deadLetters()
    {
        return {{QStringLiteral("errors.tolerance"), QStringLiteral("all")},
            {QStringLiteral("errors.deadletterqueue.topic.name"), QStringLiteral("dead")},
            {QStringLiteral("errors.deadletterqueue.topic.replication.factor"), QStringLiteral("1")}};
    }
    Result<FixProof> prove(ProofRequest request = {ref(), deadLetters()}, CallOptions options = {.deadline = 20s})
    {
        return runOn(*world.clock,
            proofs->prove(
                std::move(request), [this](int read, int wanted) { progress.emplace_back(read, wanted); }, options));
    }
    FakeConnector &sink() { return world.cluster().at(kSink); }
};

} // namespace

class TestFixProofService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatTheSettingsWouldDo()
    {
        Lab lab;
        lab.start();
        const auto proof = lab.prove();
        QVERIFY2(proof, proof ? "" : qPrintable(proof.error().message));
        QCOMPARE(proof->records, 500);
        QCOMPARE(proof->proposed.passed, 499);
        QCOMPARE(proof->proposed.refused, 1);
        QCOMPARE(proof->refused.front().place, (RecordPlace {{kTopic, 0}, 207}));
        QCOMPARE(proof->now.refused, 1);
        QCOMPARE(proof->reaches, (std::vector {ProofReach {{kTopic, 0}, 100, 600, 500, true}}));
        QCOMPARE(proof->partitionsLeft, 1); // where nothing waits
        QVERIFY(proof->warnings.empty());
        QCOMPARE(lab.progress.back(), std::make_pair(500, 500));
    }

    //! Counted where everything that leaves the process passes.
    void changesNothing()
    {
        Lab lab;
        lab.start();
        const auto committed = lab.world.kafka->committed;
        QVERIFY(lab.prove());
        QVERIFY(lab.world.cluster().writes().empty());
        QCOMPARE(lab.world.kafka->committed, committed);
        QVERIFY(lab.world.kafka->groups.empty());
        for (const auto &call : lab.world.cluster().calls) {
            QVERIFY2(call.request.startsWith(QLatin1String("GET ")), qPrintable(call.request));
        }
        static const QStringList reads {QStringLiteral("cluster"), QStringLiteral("probe"),
            QStringLiteral("endOffsets"), QStringLiteral("startOffsets"), QStringLiteral("describe"),
            QStringLiteral("topicIds"), QStringLiteral("topicConfig"), QStringLiteral("read")};
        for (const auto &call : lab.world.kafka->calls) {
            QVERIFY2(std::ranges::any_of(reads, [&](const QString &name) { return call.name.startsWith(name); }),
                qPrintable(call.name));
        }
        QVERIFY(QDir(lab.dir.path()).isEmpty()); // not even a line in the log
    }

    void readsWhereATraceNamesTheRecord()
    {
        Lab lab;
        lab.world.cluster().failTask(kSink, 0,
            QStringLiteral("org.apache.kafka.common.errors.SerializationException: Error deserializing key/value for "
                           "partition orders-0 at offset 580. If needed, please seek past the record to continue "
                           "consumption.\n"));
        lab.start();
        const auto proof = lab.prove({Lab::ref(), Lab::deadLetters(), 20});
        QVERIFY(proof);
        QCOMPARE(proof->reaches.front().from, 570);
        QCOMPARE(proof->records, 20);
        const auto around = lab.prove({Lab::ref(), Lab::deadLetters(), 20, RecordPlace {{kTopic, 1}, 300}});
        QVERIFY(around);
        QCOMPARE(around->reaches.front().tp, (TopicPartition {kTopic, 1}));
    }

    void moreThanTenThousandAreNotRead()
    {
        Lab lab;
        auto &log = lab.world.kafka->partitions.at({kTopic, 0});
        for (int i = 600; i < 15'000; ++i) {
            lab.world.kafka->append(kTopic, 0, "k", "1");
        }
        QCOMPARE(log.end, 15'000);
        lab.start();
        const auto proof = lab.prove({Lab::ref(), Lab::deadLetters(), 1'000'000});
        QVERIFY(proof);
        QCOMPARE(proof->records, 10'000);
        QCOMPARE(proof->limit, ProofLimit::None);
    }

    void bigRecordsEndIt()
    {
        Lab lab;
        auto &log = lab.world.kafka->partitions.at({kTopic, 0});
        for (auto &record : log.records) {
            record.value = QByteArray(1024 * 1024, '1');
        }
        lab.start();
        const auto proof = lab.prove();
        QVERIFY(proof);
        QCOMPARE(proof->limit, ProofLimit::Bytes);
        QVERIFY(proof->records >= 56 && proof->records <= 72);
        QVERIFY(!proof->reaches.front().whole);
    }

    void timeEndsIt()
    {
        Lab lab;
        lab.start();
        lab.world.kafka->latency = 1500ms;
        const auto proof = lab.prove({Lab::ref(), Lab::deadLetters(), 10'000}, {.deadline = 60s});
        QVERIFY2(proof, proof ? "" : qPrintable(proof.error().message));
        QVERIFY(proof->records > 0);
        lab.world.kafka->latency = 11s;
        const auto late = lab.prove({Lab::ref(), Lab::deadLetters(), 10'000}, {.deadline = 120s});
        QVERIFY2(late, late ? "" : qPrintable(late.error().message));
        QCOMPARE(late->limit, ProofLimit::Time);
        QCOMPARE(late->records, 0);
    }

    void aTopicForDeadLettersIsLookedUp()
    {
        Lab lab;
        lab.start();
        auto changes = Lab::deadLetters();
        changes.pop_back(); // three copies by default, and there is one broker
        const auto proof = lab.prove({Lab::ref(), changes});
        QVERIFY(proof);
        QCOMPARE(proof->warnings, std::vector {ProofWarning::DeadLetterCannotBeMade});
        lab.world.kafka->addTopic(QStringLiteral("dead"), {0});
        QVERIFY(lab.prove({Lab::ref(), changes})->warnings.empty());
    }

    void whatCannotBeTriedIsRefused_data()
    {
        QTest::addColumn<int>("scene");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("a source") << 0 << ErrorKind::InvalidInput;
        QTest::newRow("no brokers") << 1 << ErrorKind::InvalidInput;
        QTest::newRow("brokers away") << 2 << ErrorKind::Unreachable;
        QTest::newRow("no such connector") << 3 << ErrorKind::NotFound;
        QTest::newRow("not permitted") << 4 << ErrorKind::NotPermitted;
    }
    void whatCannotBeTriedIsRefused()
    {
        QFETCH(int, scene);
        QFETCH(ErrorKind, kind);
        Lab lab;
        const Error away {.kind = ErrorKind::Unreachable, .message = QStringLiteral("away")};
        if (scene == 0) {
            lab.sink().info.type = lab.sink().status.type = ConnectorType::Source;
        }
        lab.start(scene != 1);
        if (scene == 2) {
            lab.world.kafka->failing = {{QStringLiteral("endOffsets"), away}, {QStringLiteral("cluster"), away},
                {QStringLiteral("startOffsets"), away}};
        } else if (scene == 3) {
            lab.world.cluster().remove(kSink);
        } else if (scene == 4) {
            lab.world.kafka->failing = {{QStringLiteral("read"),
                {.kind = ErrorKind::NotPermitted, .message = QStringLiteral("TOPIC_AUTHORIZATION_FAILED")}}};
        }
        const auto proof = lab.prove();
        QVERIFY(!proof);
        QCOMPARE(proof.error().kind, kind);
    }

    void itCanBeStopped()
    {
        Lab lab;
        lab.start();
        lab.world.kafka->latency = 500ms;
        std::stop_source stop;
        auto task
            = lab.proofs->prove({Lab::ref(), Lab::deadLetters()}, {}, {.deadline = 20s, .stop = stop.get_token()});
        lab.world.clock->advance(700ms);
        stop.request_stop();
        const auto proof = runOn(*lab.world.clock, std::move(task));
        QVERIFY(!proof);
        QCOMPARE(proof.error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestFixProofService)
#include "tst_fixproofservice.moc"
