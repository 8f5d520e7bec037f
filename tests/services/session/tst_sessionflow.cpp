// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/sessionlab.h"

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const QString kTopic = QStringLiteral("orders");
const QString kGroup = QStringLiteral("connect-sink");

//! One sink on one topic with two partitions, 100 records each, 40 of each committed.
void makeSink(SessionLab &lab, const char *state = "RUNNING")
{
    auto &sink = lab.world.cluster().add(QStringLiteral("sink"), ConnectorType::Sink, {state});
    sink.info.config.emplace_back(QStringLiteral("topics"), kTopic);
    lab.world.kafka->addTopic(kTopic, {100, 100});
    lab.world.kafka->commit(kGroup, kTopic, 0, 40);
    lab.world.kafka->commit(kGroup, kTopic, 1, 40);
    lab.world.kafka->groups[kGroup] = {.group = kGroup,
        .state = QStringLiteral("Stable"),
        .members = {{.memberId = QStringLiteral("m"),
            .clientId = QStringLiteral("connector-consumer-sink-0"),
            .assigned = {{kTopic, 0}, {kTopic, 1}}}}};
}

ConnectorOffset restOffset(int partition, int offset)
{
    const QByteArray where = "{\"kafka_topic\":\"orders\",\"kafka_partition\":" + QByteArray::number(partition) + '}';
    const QByteArray at = "{\"kafka_offset\":" + QByteArray::number(offset) + '}';
    return {where, at};
}

} // namespace

class tst_SessionFlow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Rows: L22, N14
    void lagIsCommittedAgainstEnd()
    {
        SessionLab lab;
        makeSink(lab);
        lab.open(true);
        lab.pass(4s);
        QCOMPARE(lab.row("sink")->lagRecords.value, std::optional<std::int64_t>(120));
        QCOMPARE(lab.row("sink")->lagRecords.source, QStringLiteral("group connect-sink"));
        QCOMPARE(lab.row("sink")->members.size(), size_t(1));
        QVERIFY(lab.row("sink")->witnesses.agree);
        lab.world.kafka->commit(kGroup, kTopic, 0, 100);
        lab.world.kafka->commit(kGroup, kTopic, 1, 100);
        lab.pass(16s);
        QCOMPARE(lab.row("sink")->lagRecords.value, std::optional<std::int64_t>(0)); // zero is a value
        QCOMPARE(lab.row("sink")->lagSeconds.value, std::optional<double>(0));
        QVERIFY(lab.row("sink")->recordsPerSecond.value.value_or(0) > 0);
    }

    void whyANumberIsNotThere_data()
    {
        QTest::addColumn<QString>("world");
        QTest::addColumn<int>("absence");
        QTest::newRow("a source has no lag") << QStringLiteral("source") << int(Absence::NotConfigured);
        QTest::newRow("no brokers") << QStringLiteral("no brokers") << int(Absence::NotConfigured);
        QTest::newRow("nothing committed") << QStringLiteral("no commit") << int(Absence::NoData);
        QTest::newRow("no right to the group") << QStringLiteral("group acl") << int(Absence::NotPermitted);
        QTest::newRow("no right to the topic") << QStringLiteral("topic acl") << int(Absence::NotPermitted);
    }
    // Rows: N14
    void whyANumberIsNotThere()
    {
        QFETCH(QString, world);
        QFETCH(int, absence);
        SessionLab lab;
        makeSink(lab);
        if (world == QLatin1String("source")) {
            lab.world.cluster().at(QStringLiteral("sink")).status.type = ConnectorType::Source;
        } else if (world == QLatin1String("no commit")) {
            lab.world.kafka->committed.clear();
        } else if (world == QLatin1String("group acl")) {
            lab.world.kafka->failing[QStringLiteral("committed")]
                = Error {.kind = ErrorKind::NotPermitted, .message = QStringLiteral("GROUP_AUTHORIZATION_FAILED")};
        } else if (world == QLatin1String("topic acl")) {
            for (auto &[tp, partition] : lab.world.kafka->partitions) {
                partition.error = "TOPIC_AUTHORIZATION_FAILED";
            }
        }
        lab.open(world != QLatin1String("no brokers"));
        lab.pass(6s);
        QVERIFY(!lab.row("sink")->lagRecords.value);
        QCOMPARE(int(lab.row("sink")->lagRecords.absence), absence);
        QVERIFY(!lab.row("sink")->lagRecords.reason.isEmpty());
    }

    // Rows: N14
    void withBrokersAwayTheLastLagKeepsItsAge()
    {
        SessionLab lab;
        makeSink(lab);
        lab.open(true);
        lab.pass(20s);
        const auto seen = lab.row("sink")->lagRecords;
        lab.world.kafka->failing[QStringLiteral("")]
            = Error {.kind = ErrorKind::Unreachable, .message = QStringLiteral("down")};
        lab.pass(60s);
        QVERIFY(lab.session->snapshot()->kafkaError);
        QCOMPARE(lab.row("sink")->lagRecords.value, seen.value);
        QVERIFY(lab.world.clock->now() - lab.row("sink")->lagRecords.at >= 50s);
        lab.world.kafka->failing.clear();
        lab.pass(30s);
        QVERIFY(!lab.session->snapshot()->kafkaError);
        QVERIFY(lab.world.clock->now() - lab.row("sink")->lagRecords.at < 20s);
    }

    // Rows: PB-18
    void theBrokersBudgetIsKept()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster();
        constexpr int kSinks = 100;
        for (int i = 0; i < kSinks; ++i) {
            const QString name = QStringLiteral("sink-%1").arg(i, 3, 10, QLatin1Char('0'));
            cluster.add(name, ConnectorType::Sink, {"RUNNING"})
                .info.config.emplace_back(QStringLiteral("topics"), kTopic);
            lab.world.kafka->commit(QStringLiteral("connect-") + name, kTopic, 0, 100);
            lab.world.kafka->groups[QStringLiteral("connect-") + name].members
                = {{.clientId = QStringLiteral("connector-consumer-%1-0").arg(name)}};
        }
        lab.world.kafka->addTopic(kTopic, {100});
        lab.open(true);
        const ConnectorRef onScreen = lab.row("sink-007")->ref;
        lab.session->setInterest({.visible = true, .onScreen = {onScreen}});
        lab.pass(59s);
        lab.world.kafka->calls.clear();
        lab.pass(60s);
        const auto &kafka = *lab.world.kafka;
        QCOMPARE(kafka.count(QStringLiteral("committed connect-sink-007")), 30); // each tick
        QVERIFY(kafka.count(QStringLiteral("committed connect-sink-008")) <= 4); // each 15 s
        QVERIFY2(
            kafka.count(QStringLiteral("endOffsets")) <= 30 + 4, // one call a tick, whoever is due; and the history's
            qPrintable(QString::number(kafka.count(QStringLiteral("endOffsets")))));
        QVERIFY(kafka.count(QStringLiteral("describe")) <= 4); // all groups in one call
        QVERIFY(kafka.count(QStringLiteral("cluster")) <= 4);
        QVERIFY(kafka.count(QStringLiteral("startOffsets")) <= 2);
        QVERIFY(kafka.count(QStringLiteral("read")) <= 2); // the search for Connect's own topics, each 30 s
        QCOMPARE(cluster.count(QStringLiteral("GET /connectors/")), 0); // no call by name
    }

    // Rows: PB-18
    void theFirstLookIsPaidOnce()
    {
        SessionLab lab;
        constexpr int kSinks = 1000;
        for (int i = 0; i < kSinks; ++i) {
            const QString name = QStringLiteral("sink-%1").arg(i, 4, 10, QLatin1Char('0'));
            lab.world.cluster()
                .add(name, ConnectorType::Sink, {"RUNNING"})
                .info.config.emplace_back(QStringLiteral("topics"), kTopic);
            lab.world.kafka->commit(QStringLiteral("connect-") + name, kTopic, 0, i % 100);
        }
        lab.world.kafka->addTopic(kTopic, {100});
        lab.open(true);
        lab.pass(100ms); // status, configurations, offsets: each in a turn of its own
        const auto &kafka = *lab.world.kafka;
        QCOMPARE(kafka.count(QStringLiteral("committed")), kSinks);
        const auto ends = kafka.count(QStringLiteral("endOffsets")); // one call, and the history's
        QVERIFY(ends <= 2);
        QCOMPARE(lab.row("sink-0040")->lagRecords.value, std::optional<std::int64_t>(60));
        lab.pass(900ms);
        QCOMPARE(kafka.count(QStringLiteral("committed")), kSinks + 20); // the worst have their second sample
        QCOMPARE(kafka.count(QStringLiteral("endOffsets")), ends + 1);
        QCOMPARE(lab.row("sink-0100")->lagHistory.size(), size_t(2)); // 100 behind
        lab.pass(13s);
        QCOMPARE(kafka.count(QStringLiteral("committed")), kSinks + 20);
        QCOMPARE(lab.world.cluster().count(QStringLiteral("GET /connectors/")), 0);
    }

    // Rows: PB-18
    void connectIsAskedForTheWorstOnly()
    {
        SessionLab lab;
        for (int i = 0; i < 100; ++i) {
            const QString name = QStringLiteral("sink-%1").arg(i, 3, 10, QLatin1Char('0'));
            auto &sink = lab.world.cluster().add(name, ConnectorType::Sink, {"RUNNING"});
            sink.info.config.emplace_back(QStringLiteral("topics"), kTopic);
            sink.offsets = {restOffset(0, 50)};
        }
        lab.world.kafka->addTopic(kTopic, {100});
        lab.world.kafka->capabilities.groups = false;
        lab.open(true);
        lab.pass(100ms); // status, configurations, offsets: each in a turn of its own
        QCOMPARE(lab.world.cluster().count(QStringLiteral("GET /connectors/sink-")), 20);
        lab.pass(14s);
        QCOMPARE(lab.world.cluster().count(QStringLiteral("GET /connectors/sink-")), 40); // and their second sample
        lab.pass(60s);
        QCOMPARE(lab.world.cluster().count(QStringLiteral("GET /connectors/sink-")), 40 + 4 * 20);
    }

    void lagAndRatesAreThereAfterASecond_data()
    {
        QTest::addColumn<bool>("groups");
        QTest::newRow("by groups") << true;
        QTest::newRow("by Connect's offsets") << false;
    }
    // Rows: L22, N14
    void lagAndRatesAreThereAfterASecond()
    {
        QFETCH(bool, groups);
        SessionLab lab;
        makeSink(lab);
        lab.world.kafka->partitions[{kTopic, 0}] = {};
        lab.world.kafka->append(kTopic, 0, "k", "v");
        lab.world.kafka->partitions[{kTopic, 0}].end = 100;
        lab.world.kafka->commit(kGroup, kTopic, 0, 0);
        lab.world.kafka->capabilities.groups = groups;
        auto &sink = lab.world.cluster().at(QStringLiteral("sink"));
        sink.offsets = {restOffset(0, 0), restOffset(1, 40)};
        lab.world.cluster()
            .add(QStringLiteral("source"), ConnectorType::Source, {"RUNNING"})
            .info.config.emplace_back(QStringLiteral("topic"), kTopic);
        lab.world.clock->advance(10min);
        lab.open(true);
        lab.pass(100ms); // status, configurations, offsets: each in a turn of its own
        QCOMPARE(lab.row("sink")->lagRecords.value, std::optional<std::int64_t>(160));
        QVERIFY(std::abs(lab.row("sink")->lagSeconds.value.value_or(0) - 600) <= 2); // by the record there
        QCOMPARE(lab.row("sink")->lagHistory.size(), size_t(1));
        QVERIFY(!lab.row("sink")->recordsPerSecond.value); // one sample makes no rate
        QVERIFY(lab.row("sink")->rateHistory.empty());
        QVERIFY(!lab.row("source")->recordsPerSecond.value);
        lab.world.kafka->partitions[{kTopic, 0}].end += 30;
        lab.world.kafka->commit(kGroup, kTopic, 1, 50);
        sink.offsets = {restOffset(0, 0), restOffset(1, 50)};
        lab.pass(900ms);
        QCOMPARE(lab.row("sink")->lagHistory.size(), size_t(2));
        QCOMPARE(lab.row("sink")->lagRecords.value, std::optional<std::int64_t>(180));
        QCOMPARE(lab.row("sink")->recordsPerSecond.value, std::optional<double>(10));
        QCOMPARE(lab.row("source")->recordsPerSecond.value, std::optional<double>(30));
        QCOMPARE(lab.row("sink")->standing, Standing::Lagging);
        QVERIFY(lab.has(ProblemKind::LagGrows));
    }

    void noCommitSeenYetIsNoRateOfZero()
    {
        SessionLab lab;
        makeSink(lab);
        lab.open(true);
        lab.pass(30s);
        QVERIFY(!lab.row("sink")->recordsPerSecond.value); // Connect commits once a minute
        QVERIFY(!lab.row("sink")->recordsPerSecond.reason.isEmpty());
        lab.pass(45s);
        QCOMPARE(lab.row("sink")->recordsPerSecond.value, std::optional<double>(0)); // now it is
    }

    void otherTopicsAreAskedAtOnce()
    {
        SessionLab lab;
        makeSink(lab);
        lab.world.kafka->addTopic(QStringLiteral("refunds"), {70});
        lab.world.kafka->commit(kGroup, QStringLiteral("refunds"), 0, 0);
        lab.open(true);
        lab.pass(31s); // a new configuration is read each 30 s
        auto &config = lab.world.cluster().at(QStringLiteral("sink")).info.config;
        for (auto &[key, value] : config) {
            value = key == QLatin1String("topics") ? QStringLiteral("orders,refunds") : value;
        }
        lab.world.kafka->commit(kGroup, kTopic, 0, 100);
        const QStringList both {kTopic, QStringLiteral("refunds")};
        QVERIFY(lab.world.clock->advanceUntil([&] { return lab.row("sink")->topics == both; }, 35s));
        lab.pass(2500ms); // a tick: what is not asked for at once waits for the 15 s of all others
        QCOMPARE(lab.row("sink")->lagRecords.value, std::optional<std::int64_t>(60 + 70));
    }

    // Rows: UX-03
    void hiddenAsksTheBrokersNothing()
    {
        SessionLab lab;
        makeSink(lab);
        lab.open(true);
        lab.session->setInterest({.visible = false});
        lab.pass(5s);
        lab.world.kafka->calls.clear();
        lab.pass(2min);
        QCOMPARE(int(lab.world.kafka->calls.size()), 0);
    }

    // Rows: L22
    void whereGroupsCannotBeReadConnectIsAsked()
    {
        SessionLab lab;
        makeSink(lab, "FAILED");
        lab.world.kafka->capabilities.groups = false;
        lab.world.cluster().at(QStringLiteral("sink")).offsets = {restOffset(0, 90), restOffset(1, 95)};
        lab.open(true);
        lab.pass(4s);
        QCOMPARE(lab.row("sink")->lagRecords.value, std::optional<std::int64_t>(15));
        QCOMPARE(lab.row("sink")->lagRecords.source, QStringLiteral("Connect's offsets"));
        lab.pass(56s);
        QVERIFY(lab.world.cluster().count(QStringLiteral("GET /connectors/sink/offsets")) <= 5); // each 15 s
        QCOMPARE(lab.world.kafka->count(QStringLiteral("committed")), 0);
        QCOMPARE(lab.world.kafka->count(QStringLiteral("describe")), 0);
    }

    // Rows: L22
    void lagInSecondsComesFromOurOwnSamples()
    {
        SessionLab lab;
        makeSink(lab);
        lab.world.kafka->commit(kGroup, kTopic, 0, 100);
        lab.world.kafka->commit(kGroup, kTopic, 1, 100);
        lab.open(true);
        lab.session->setInterest({.visible = true, .onScreen = {lab.row("sink")->ref}});
        lab.pass(10s);
        for (int i = 0; i < 30; ++i) { // 60 s in which nobody reads
            lab.world.kafka->partitions[{kTopic, 0}].end += 10;
            lab.pass(2s);
        }
        QVERIFY(std::abs(lab.row("sink")->lagSeconds.value.value_or(0) - 60) <= 4);
        QCOMPARE(lab.row("sink")->lagRecords.value, std::optional<std::int64_t>(300));
        QVERIFY(lab.row("sink")->lagHistory.size() >= 10);
    }

    // Rows: L22
    void beforeSamplesTheRecordTellsItsAge()
    {
        SessionLab lab;
        makeSink(lab);
        lab.world.kafka->partitions[{kTopic, 0}] = {};
        lab.world.kafka->append(kTopic, 0, "k", "v");
        lab.world.kafka->commit(kGroup, kTopic, 0, 0);
        lab.world.kafka->commit(kGroup, kTopic, 1, 100);
        lab.world.clock->advance(10min);
        lab.open(true);
        lab.pass(4s);
        QVERIFY(std::abs(lab.row("sink")->lagSeconds.value.value_or(0) - 604) <= 5);
    }

    // Rows: L19
    void membersAreTheSecondWitness()
    {
        SessionLab lab;
        makeSink(lab);
        lab.open(true);
        lab.pass(40s);
        QVERIFY(lab.row("sink")->witnesses.agree);
        lab.world.kafka->groups[kGroup].members.clear(); // REST goes on saying RUNNING
        lab.pass(40s);
        QVERIFY(!lab.row("sink")->witnesses.agree);
        QVERIFY(lab.has(ProblemKind::WitnessesDisagree));
    }

    void deadLettersAreCounted()
    {
        SessionLab lab;
        makeSink(lab);
        lab.world.cluster()
            .at(QStringLiteral("sink"))
            .info.config.emplace_back(QStringLiteral("errors.deadletterqueue.topic.name"), QStringLiteral("dlq"));
        lab.world.kafka->addTopic(QStringLiteral("dlq"), {7});
        lab.world.kafka->partitions[{QStringLiteral("dlq"), 0}].start = 2;
        lab.open(true);
        lab.pass(20s);
        QCOMPARE(lab.row("sink")->deadLetters.value, std::optional<std::int64_t>(5));
    }

    void theRecordBehindAConversionFaultIsFound()
    {
        SessionLab lab;
        makeSink(lab);
        lab.world.kafka->partitions[{kTopic, 0}] = {};
        lab.world.kafka->commit(kGroup, kTopic, 0, 2);
        lab.world.kafka->commit(kGroup, kTopic, 1, 100);
        for (int i = 0; i < 2500; ++i) {
            lab.world.kafka->append(
                kTopic, 0, "k", i == 2000 ? QByteArray("{broken password=hunter2secret") : QByteArray("{\"a\":1}"));
        }
        auto &config = lab.world.cluster().at(QStringLiteral("sink")).info.config;
        config.emplace_back(
            QStringLiteral("value.converter"), QStringLiteral("org.apache.kafka.connect.json.JsonConverter"));
        config.emplace_back(QStringLiteral("value.converter.schemas.enable"), QStringLiteral("false"));
        lab.world.cluster().failTask(QStringLiteral("sink"), 0,
            QStringLiteral(
                "org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler\n"
                "Caused by: org.apache.kafka.connect.errors.DataException: Converting byte[] to Kafka Connect data "
                "failed "
                "due to serialization error: \nCaused by: org.apache.kafka.common.errors.SerializationException: x\n"));
        lab.open(true);
        lab.pass(6s);
        const auto found
            = runOn(*lab.world.clock, lab.session->findFailingRecord(lab.row("sink")->ref, 0, {.deadline = 20s}));
        QVERIFY2(found, found ? "" : qPrintable(found.error().message));
        QCOMPARE(found->tp, (TopicPartition {kTopic, 0}));
        QCOMPARE(found->offset, 2000);
        QCOMPARE(found->rangeEnd, -1);
        QVERIFY(found->valueText.startsWith(QStringLiteral("{broken"))
            && !found->valueText.contains(QStringLiteral("hunter2secret")));
    }

    void ofAPutFaultOnlyTheRangeIsKnown()
    {
        SessionLab lab;
        makeSink(lab);
        lab.world.cluster().failTask(QStringLiteral("sink"), 0,
            QStringLiteral("org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to "
                           "unrecoverable exception.\n"
                           "Caused by: java.sql.SQLException: value too long for type character varying(10)\n"));
        lab.open(true);
        lab.pass(6s);
        const int readBefore = lab.world.kafka->count(QStringLiteral("read"));
        const auto found
            = runOn(*lab.world.clock, lab.session->findFailingRecord(lab.row("sink")->ref, 0, {.deadline = 20s}));
        QVERIFY2(found, found ? "" : qPrintable(found.error().message));
        QCOMPARE(found->offset, 40);
        QCOMPARE(found->rangeEnd, 100);
        QCOMPARE(lab.world.kafka->count(QStringLiteral("read")), readBefore);
    }

    void sinceAndChangedComeFromConnectsOwnTopics()
    {
        SessionLab lab;
        makeSink(lab);
        auto &kafka = *lab.world.kafka;
        kafka.addTopic(QStringLiteral("connect-status"), {0});
        kafka.addTopic(QStringLiteral("connect-configs"), {0});
        const auto configured = lab.world.clock->now();
        kafka.append(QStringLiteral("connect-configs"), 0, "connector-sink", "{\"properties\":{\"name\":\"sink\"}}");
        lab.world.clock->advance(1h);
        const auto began = lab.world.clock->now();
        const QByteArray running
            = "{\"state\":\"RUNNING\",\"trace\":null,\"worker_id\":\"worker-1:8083\",\"generation\":3}";
        kafka.append(QStringLiteral("connect-status"), 0, "status-connector-sink", running);
        kafka.append(QStringLiteral("connect-status"), 0, "status-task-sink-0", running);
        lab.world.clock->advance(1h);
        lab.open(true);
        lab.pass(5s);
        QCOMPARE(lab.row("sink")->since.value, std::optional(began));
        QVERIFY(!lab.row("sink")->sinceAtLeast);
        QCOMPARE(lab.row("sink")->changed.value, std::optional(configured));
    }

    void withoutThemItIsSinceAtLeast()
    {
        SessionLab lab;
        makeSink(lab);
        lab.open(true);
        lab.pass(5s);
        QVERIFY(lab.row("sink")->sinceAtLeast);
        lab.world.cluster().failTask(QStringLiteral("sink"), 0, QStringLiteral("boom"));
        lab.pass(2s);
        QVERIFY(!lab.row("sink")->sinceAtLeast); // we saw it happen
    }

    void topicsAreAskedOnSelectionAndKept()
    {
        SessionLab lab;
        makeSink(lab);
        lab.world.cluster().at(QStringLiteral("sink")).topics = QStringList {kTopic, QStringLiteral("side")};
        lab.open(true);
        const auto ref = lab.row("sink")->ref;
        lab.session->setInterest({.visible = true, .selected = ref});
        lab.pass(2s);
        QCOMPARE(lab.row("sink")->topics, (QStringList {kTopic, QStringLiteral("side")}));
        lab.session->setInterest({.visible = true});
        lab.session->setInterest({.visible = true, .selected = ref});
        lab.pass(2s);
        QCOMPARE(lab.world.cluster().count(QStringLiteral("GET /connectors/sink/topics")), 1);
    }
};

QTEST_GUILESS_MAIN(tst_SessionFlow)
#include "tst_sessionflow.moc"
