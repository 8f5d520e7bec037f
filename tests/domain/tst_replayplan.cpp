// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replayscene.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace headgate;
using enum PlanWarningKind;

namespace {

Position position(const QString &words) // "offset 500"
{
    static const QHash<QString, PositionKind> kinds {{QStringLiteral("keep"), PositionKind::Keep},
        {QStringLiteral("earliest"), PositionKind::Earliest}, {QStringLiteral("latest"), PositionKind::Latest},
        {QStringLiteral("offset"), PositionKind::Offset}, {QStringLiteral("time"), PositionKind::Time},
        {QStringLiteral("back"), PositionKind::BackBy}, {QStringLiteral("before"), PositionKind::BeforeOperation},
        {QStringLiteral("past"), PositionKind::PastRecord}};
    return {.kind = kinds.value(words.section(u' ', 0, 0)), .number = words.section(u' ', 1).toLongLong()};
}

QStringList sent(const ReplayPlan &plan)
{
    QStringList lines;
    for (const auto &request : plan.requests) {
        lines << QString::fromLatin1(request.method + ' ' + request.path);
    }
    return lines;
}

} // namespace

class tst_ReplayPlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyPositionOfASink_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<qint64>("after"); // of partition 0
        QTest::addColumn<qint64>("again");
        QTest::addColumn<qint64>("skipped");
        QTest::addColumn<int>("warning"); // -1: none that this row is about
        QTest::addColumn<bool>("forbidden");
        const auto row = [](const char *name, const char *where, qint64 after, qint64 again, qint64 skipped,
                             int warning = -1, bool isForbidden = false) {
            QTest::newRow(name) << QString::fromLatin1(where) << after << again << skipped << warning << isForbidden;
        };
        // clang-format off
        row("earliest",               "earliest",     100,  800,   0);
        row("latest",                 "latest",       1000, 0,   100);
        row("an offset before",       "offset 500",   500,  400,   0);
        row("an offset ahead",        "offset 950",   950,  0,    50);
        row("the end itself",         "offset 1000",  1000, 0,   100);
        row("where it is",            "offset 900",   900,  0,     0, int(NothingMoves));
        row("beyond the end",         "offset 1001",  1001, 0,   101, int(BeyondEnd), true);
        row("below the log start",    "offset 99",    99,   800,   0, int(LogTruncated), true);
        row("the log start",          "offset 100",   100,  800,   0);
        row("at a time",              "time",         600,  300,   0);
        row("back by a count",        "back 250",     650,  250,   0);
        row("back beyond the start",  "back 100000",  100,  800,   0, int(ClampedToStart));
        row("back by none",           "back 0",       900,  0,     0, int(NothingMoves));
        row("just past a record",     "past 905",     906,  0,     6);
        row("the position before",    "before",       300,  600,   0);
        row("largest offset",         "offset 9223372036854775807", std::numeric_limits<qint64>::max(), 0, std::numeric_limits<qint64>::max() - 900, int(BeyondEnd), true);
        // clang-format on
    }
    // Rows: K03, KF-06
    void everyPositionOfASink()
    {
        QFETCH(QString, where);
        QFETCH(qint64, after);
        QFETCH(int, warning);
        QFETCH(bool, forbidden);
        ReplayScene scene;
        scene.facts.partitions[0].atTime = 600;
        scene.facts.partitions[0].inSnapshot = true;
        scene.facts.partitions[0].saved = 300;
        scene.request.partitions = {{scene.tp(0), position(where)}};
        const auto plan = scene.plan();
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
        QCOMPARE(plan->moves[0].after, std::optional<std::int64_t>(after));
        QTEST(qint64(plan->again), "again");
        QTEST(qint64(plan->skipped), "skipped");
        QCOMPARE(headgate::forbidden(*plan), forbidden);
        QVERIFY(warning < 0 || warns(*plan, PlanWarningKind(warning)));
        QVERIFY(!plan->moves[1].moves); // the other partition stays, and is not sent
        QCOMPARE(entriesToSend(*plan).size(), size_t(plan->moves[0].moves ? 1 : 0));
        if (warning == int(BeyondEnd) || warning == int(LogTruncated)) { // both bounds are told
            QCOMPARE(plan->warnings.front().asked, std::int64_t(after));
            QVERIFY(plan->warnings.front().bound == 100 || plan->warnings.front().bound == 1000);
        }
    }

    void whatIsSentIsExactlyThis()
    {
        ReplayScene scene;
        scene.request.everywhere = position(QStringLiteral("offset 9007199254740993"));
        for (auto &partition : scene.facts.partitions) {
            partition.end = 9007199254740995; // beyond 2^53
        }
        const auto plan = scene.plan().value();
        QCOMPARE(sent(plan),
            QStringList({QStringLiteral("PUT /connectors/orders/stop"),
                QStringLiteral("PATCH /connectors/orders/offsets"), QStringLiteral("PUT /connectors/orders/resume")}));
        QCOMPARE(plan.requests[1].body,
            QByteArray(
                R"({"offsets":[{"partition":{"kafka_partition":0,"kafka_topic":"orders"},"offset":{"kafka_offset":9007199254740993}},)"
                R"({"partition":{"kafka_partition":1,"kafka_topic":"orders"},"offset":{"kafka_offset":9007199254740993}}]})"));
    }

    void itGoesBackToTheFormerState_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QStringList>("requests");
        const auto stop = QStringLiteral("PUT /connectors/orders/stop");
        const auto set = QStringLiteral("PATCH /connectors/orders/offsets");
        const auto resume = QStringLiteral("PUT /connectors/orders/resume");
        QTest::newRow("running") << QStringLiteral("RUNNING") << QStringList {stop, set, resume};
        QTest::newRow("failed") << QStringLiteral("FAILED") << QStringList {stop, set, resume};
        QTest::newRow("paused") << QStringLiteral("PAUSED")
                                << QStringList {stop, set, QStringLiteral("PUT /connectors/orders/pause")};
        QTest::newRow("stopped") << QStringLiteral("STOPPED") << QStringList {set};
    }
    void itGoesBackToTheFormerState()
    {
        QFETCH(QString, state);
        ReplayScene scene;
        scene.facts.operation.status.connector = parseState(state);
        scene.request.everywhere = position(QStringLiteral("earliest"));
        QTEST(sent(scene.plan().value()), "requests");
    }

    // Rows: MO-03
    void theSamePlanTwiceHasNothingToDo()
    {
        ReplayScene scene;
        scene.request.everywhere = position(QStringLiteral("offset 500"));
        const auto first = scene.plan().value();
        scene.facts.partitions[0].committed = first.moves[0].after;
        scene.facts.partitions[1].committed = first.moves[1].after;
        const auto second = scene.plan().value();
        QVERIFY(nothingMoves(second) && warns(second, NothingMoves));
        QVERIFY(second.requests.empty());
    }

    // Rows: KF-10
    void sparseOffsetsAreCountedAsAtMost()
    {
        ReplayScene scene;
        scene.request.everywhere = position(QStringLiteral("earliest"));
        QVERIFY(!scene.plan()->atMost);
        scene.facts.topics[0].compacted = true;
        QVERIFY(scene.plan()->atMost && warns(*scene.plan(), Compacted));
        scene.facts.topics[0] = {.name = QStringLiteral("orders"), .partitions = 2, .transactional = true};
        QVERIFY(scene.plan()->atMost && warns(*scene.plan(), Transactional));
    }

    void strangersInTheGroupForbid()
    {
        ReplayScene scene;
        scene.request.everywhere = position(QStringLiteral("earliest"));
        QVERIFY(!forbidden(*scene.plan()));
        scene.facts.group->members.push_back(
            {.clientId = QStringLiteral("connector-consumer-orders-old-0"), .host = QStringLiteral("10.0.0.9")});
        const auto plan = scene.plan().value();
        QVERIFY(forbidden(plan) && warns(plan, ForeignMembers));
        QVERIFY(plan.warnings.front().text.contains(QStringLiteral("orders-old-0")));
        scene.facts.group.reset();
        QVERIFY(!forbidden(*scene.plan()) && warns(*scene.plan(), GroupNotReadable));
    }

    void withoutBoundsOnlyFormerPositionsMayBeSet()
    {
        ReplayScene scene;
        scene.facts.partitions[0].start.reset();
        scene.facts.partitions[0].end.reset();
        scene.request.partitions = {{scene.tp(0), position(QStringLiteral("offset 500"))}};
        QVERIFY(forbidden(*scene.plan()) && warns(*scene.plan(), BoundsNotReadable));
        scene.request.restores = {QStringLiteral("earlier")};
        QVERIFY(!forbidden(*scene.plan()) && warns(*scene.plan(), BoundsUnchecked));
    }

    void restoringBelowTheLogStartTakesTheStartAndSaysSo()
    {
        ReplayScene scene;
        scene.request.restores = {QStringLiteral("earlier")};
        scene.request.everywhere = {.kind = PositionKind::BeforeOperation, .operation = {QStringLiteral("earlier")}};
        scene.facts.partitions[0].inSnapshot = scene.facts.partitions[1].inSnapshot = true;
        scene.facts.partitions[0].saved = 7;
        const auto plan = scene.plan().value(); // partition 1 had no position: it is removed
        QVERIFY(!forbidden(plan) && warns(plan, ClampedToStart) && warns(plan, ResetMeansPolicy));
        QCOMPARE(plan.moves[0].after, std::optional<std::int64_t>(100));
        QCOMPARE(plan.moves[1].after, std::optional<std::int64_t>());
        QCOMPARE(plan.moves[1].again, std::int64_t(700));            // Connect's default is earliest
        QVERIFY(plan.requests[1].body.contains(R"("offset":null)")); // never without the key
    }

    void unknownPartitionsAreNeverSent()
    {
        ReplayScene scene;
        scene.request.partitions = {{{QStringLiteral("orders"), 99}, position(QStringLiteral("offset 500"))}};
        const auto plan = scene.plan().value();
        QVERIFY(forbidden(plan) && warns(plan, UnknownPartition));
        QVERIFY(entriesToSend(plan).empty());
    }

    void whatCannotBePlannedSaysWhy_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("where");
        QTest::addColumn<int>("kind");
        const auto sink = QStringLiteral("orders");
        const auto start = QStringLiteral("earliest");
        QTest::newRow("3.5 cannot set positions")
            << QStringLiteral("3.5.1") << sink << start << int(ErrorKind::NotSupported);
        QTest::newRow("it is gone") << QStringLiteral("4.1.0") << QString() << start << int(ErrorKind::NotFound);
        QTest::newRow("below zero") << QStringLiteral("4.1.0") << sink << QStringLiteral("offset -1")
                                    << int(ErrorKind::InvalidInput);
        QTest::newRow("which record") << QStringLiteral("4.1.0") << sink << QStringLiteral("past 5")
                                      << int(ErrorKind::InvalidInput);
    }
    void whatCannotBePlannedSaysWhy()
    {
        QFETCH(QString, version);
        QFETCH(QString, name);
        QFETCH(QString, where);
        ReplayScene scene;
        scene.facts.operation.serverVersion = version;
        scene.facts.operation.status.name = name;
        scene.request.everywhere = position(where);
        const auto plan = scene.plan();
        QVERIFY(!plan && !plan.error().message.isEmpty());
        QTEST(int(plan.error().kind), "kind");
    }

    void estimatesAreAbsentWhereNothingWasMeasured()
    {
        ReplayScene scene;
        scene.request.everywhere = position(QStringLiteral("earliest")); // 800 and 700 records
        const auto plan = scene.plan().value();
        QCOMPARE(bytesAgain(plan), std::optional(BytesEstimate {75'000, 3'000}));
        QCOMPARE(secondsAgain(plan), std::optional(150.0));
        scene.facts.sizes.reset();
        scene.facts.recordsPerSecond = 0;
        QVERIFY(!bytesAgain(*scene.plan()) && !secondsAgain(*scene.plan()));
    }

    void countedAgainAfterTheStopItKeepsItsPositions()
    {
        ReplayScene scene;
        scene.request.everywhere = position(QStringLiteral("offset 500"));
        const auto plan = scene.plan().value();
        scene.facts.partitions[0].committed = 990;
        QCOMPARE(recounted(plan, scene.facts).again, plan.again + 90);
        QVERIFY(!forbidden(recounted(plan, scene.facts)));
        scene.facts.partitions[0].start = 501; // KF-07
        const auto late = recounted(plan, scene.facts);
        QVERIFY(forbidden(late) && warns(late, LogTruncated));
        QCOMPARE(late.moves[0].after, std::optional<std::int64_t>(500));
    }

    void driftIsTold_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<int>("kind");
        QTest::newRow("SG-15: another configuration") << 0 << int(PlanDriftKind::ConfigChanged);
        QTest::newRow("KF-08: a topic of the same name") << 1 << int(PlanDriftKind::TopicMadeAnew);
        QTest::newRow("KF-08: no such topic any more") << 2 << int(PlanDriftKind::TopicGone);
        QTest::newRow("KF-09: more partitions") << 3 << int(PlanDriftKind::PartitionsChanged);
        QTest::newRow("somebody paused it") << 4 << int(PlanDriftKind::StateChanged);
        QTest::newRow("another Kafka") << 5 << int(PlanDriftKind::OtherPlatform);
        QTest::newRow("KF-07: retention passed the position") << 6 << int(PlanDriftKind::BoundPassed);
        QTest::newRow("SIM: the log was cut at its end") << 7 << int(PlanDriftKind::BoundPassed);
    }
    // Rows: KF-07, KF-08, KF-09
    void driftIsTold()
    {
        QFETCH(int, change);
        ReplayScene scene;
        scene.request.everywhere = position(QStringLiteral("offset 500"));
        const auto plan = scene.plan().value();
        QVERIFY(driftOf(plan, scene.facts).empty());
        scene.facts.operation.status.connector = parseState(QStringLiteral("FAILED")); // still wanted to run
        scene.facts.partitions[0].committed = 950;                                     // it reads on: that is none
        QVERIFY(driftOf(plan, scene.facts).empty());
        switch (change) {
        case 0:
            scene.facts.operation.info->config.push_back({QStringLiteral("flush.size"), QStringLiteral("1")});
            break;
        case 1:
            scene.facts.topics[0].id = QStringLiteral("topic-2");
            break;
        case 2:
            scene.facts.topics.clear();
            break;
        case 3:
            scene.facts.topics[0].partitions = 3;
            break;
        case 4:
            scene.facts.operation.status.connector = parseState(QStringLiteral("PAUSED"));
            break;
        case 5:
            scene.facts.kafkaClusterId = QStringLiteral("cluster-2");
            break;
        case 6:
            scene.facts.partitions[1].start = 501;
            break;
        case 7:
            scene.facts.partitions[1].end = 499;
            break;
        }
        const auto drift = driftOf(plan, scene.facts);
        QCOMPARE(drift.size(), size_t(1));
        QTEST(int(drift.front().kind), "kind");
    }

    void readingBackComparesWhatMoved()
    {
        ReplayScene scene;
        scene.request.partitions = {{scene.tp(0), position(QStringLiteral("offset 500"))}};
        const auto plan = scene.plan().value();
        QVERIFY(differences(plan, scene.positions({500, 1}), true).empty());
        QVERIFY(differences(plan, scene.positions({900, 1}), false).empty());
        const std::vector<ConnectorOffset> asTexts {
            {R"({"kafka_topic":"orders","kafka_partition":"0"})", R"({"kafka_offset":"500"})"}};
        QVERIFY(differences(plan, asTexts, true).empty());
        const auto wrong = differences(plan, scene.positions({501, 1}), true);
        QCOMPARE(wrong,
            std::vector<PositionDifference>(
                {{QStringLiteral("orders-0"), QStringLiteral("500"), QStringLiteral("501")}}));
        QCOMPARE(differences(plan, {}, true).front().found, QStringLiteral("none"));
    }

    void whoGetsTheRecordsAgain_data()
    {
        QTest::addColumn<QStringList>("config");
        QTest::addColumn<int>("idempotence");
        const auto row = [](const char *name, QStringList config, Idempotence idempotence) {
            QTest::newRow(name) << config << int(idempotence);
        };
        using enum Idempotence;
        row("upsert by key",
            {QStringLiteral("connector.class=io.confluent.connect.jdbc.JdbcSinkConnector"),
                QStringLiteral("insert.mode=upsert"), QStringLiteral("pk.mode=record_key")},
            Idempotent);
        row("insert",
            {QStringLiteral("connector.class=io.confluent.connect.jdbc.JdbcSinkConnector"),
                QStringLiteral("insert.mode=insert")},
            NotIdempotent);
        row("objects by offset", {QStringLiteral("connector.class=io.confluent.connect.s3.S3SinkConnector")},
            Idempotent);
        row("objects by the clock",
            {QStringLiteral("connector.class=io.confluent.connect.s3.S3SinkConnector"),
                QStringLiteral("rotate.schedule.interval.ms=60000")},
            NotIdempotent);
        row("http", {QStringLiteral("connector.class=dev.headgate.connect.HttpSink")}, NotIdempotent);
        row("a file", {QStringLiteral("connector.class=org.apache.kafka.connect.file.FileStreamSinkConnector")},
            NotIdempotent);
        row("never heard of", {QStringLiteral("connector.class=com.example.OwnSink")}, Unknown);
    }
    void whoGetsTheRecordsAgain()
    {
        QFETCH(QStringList, config);
        ReplayScene scene;
        scene.facts.operation.info->config.clear();
        for (const auto &pair : config) {
            scene.facts.operation.info->config.push_back({pair.section(u'=', 0, 0), pair.section(u'=', 1)});
        }
        scene.request.everywhere = position(QStringLiteral("earliest"));
        const auto plan = scene.plan().value();
        QTEST(int(plan.downstream.idempotence), "idempotence");
        QVERIFY(warns(
            plan, plan.downstream.idempotence == Idempotence::Idempotent ? OrderGoesBack : RunsAgainstDuplicates));
    }

    void aTargetIsNamedWithoutItsCredentials()
    {
        const ConfigMap config {
            {QStringLiteral("connector.class"), QStringLiteral("io.confluent.connect.jdbc.JdbcSinkConnector")},
            {QStringLiteral("connection.url"), QStringLiteral("jdbc:postgresql://app:hunter2@db/orders")}};
        QVERIFY(!downstreamOf(config).system.contains(QStringLiteral("hunter2")));
        QVERIFY(downstreamOf(config).system.contains(QStringLiteral("db/orders")));
    }
};

QTEST_GUILESS_MAIN(tst_ReplayPlan)
#include "tst_replayplan.moc"
