// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replayscene.h"

#include <QTest>

#include <algorithm>

using namespace headgate;
using enum PlanWarningKind;

// Edges of a sink's plan: what brokers do not tell, positions outside the log, requests that contradict themselves.
class tst_SinkPlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsHoldOnlyWhatTheLogHolds_data()
    {
        QTest::addColumn<qint64>("before"); // -1: nothing committed
        QTest::addColumn<qint64>("after");
        QTest::addColumn<QString>("policy");
        QTest::addColumn<qint64>("again");
        QTest::addColumn<qint64>("skipped");
        const QString earliest = QStringLiteral("earliest");
        QTest::newRow("position above the end") << 5000LL << 200LL << earliest << 800LL << 0LL;
        QTest::newRow("position below the start") << 20LL << 300LL << earliest << 0LL << 200LL;
        QTest::newRow("no position, from the start") << -1LL << 300LL << earliest << 0LL << 200LL;
        QTest::newRow("no position, from the end") << -1LL << 300LL << QStringLiteral("latest") << 0LL << 0LL;
        QTest::newRow("no position, by no policy") << -1LL << 300LL << QStringLiteral("none") << 0LL << 0LL;
    }
    void countsHoldOnlyWhatTheLogHolds()
    {
        QFETCH(qint64, before);
        QFETCH(qint64, after);
        QFETCH(QString, policy);
        ReplayScene scene;
        scene.facts.operation.info->config.emplace_back(QStringLiteral("consumer.override.auto.offset.reset"), policy);
        scene.facts.partitions[0].committed = before < 0 ? std::nullopt : std::optional<std::int64_t>(before);
        scene.request.partitions
            = {{.tp = ReplayScene::tp(0), .position = {.kind = PositionKind::Offset, .number = after}}};
        const auto plan = scene.plan();
        QVERIFY(plan);
        QTEST(qint64(plan->moves[0].again), "again");
        QTEST(qint64(plan->moves[0].skipped), "skipped");
    }

    void aPlaceThatOnlyBrokersTellForbidsWithoutThem_data()
    {
        QTest::addColumn<PositionKind>("kind");
        QTest::addColumn<bool>("forbidden");
        QTest::newRow("earliest") << PositionKind::Earliest << true;
        QTest::newRow("latest") << PositionKind::Latest << true;
        QTest::newRow("time") << PositionKind::Time << true;
        QTest::newRow("keep") << PositionKind::Keep << false;
    }
    void aPlaceThatOnlyBrokersTellForbidsWithoutThem()
    {
        QFETCH(PositionKind, kind);
        ReplayScene scene;
        scene.facts.brokersKnown = false;
        for (auto &partition : scene.facts.partitions) {
            partition.start.reset();
            partition.end.reset();
        }
        scene.request.everywhere = {.kind = kind};
        const auto plan = scene.plan();
        QVERIFY(plan);
        const bool silent = std::ranges::any_of(plan->warnings,
            [](const PlanWarning &each) { return each.kind == BoundsNotReadable && !each.tp.topic.isEmpty(); });
        QTEST(silent, "forbidden");
        if (silent) {
            QVERIFY(forbidden(*plan));
            QVERIFY(!warns(*plan, NothingMoves)); // what must not move is not "there already"
        }
    }

    void aRequestThatContradictsItselfIsNoPlan()
    {
        ReplayScene scene;
        const PartitionPosition one {
            .tp = ReplayScene::tp(0), .position = {.kind = PositionKind::Offset, .number = 200}};
        const PartitionPosition other {.tp = ReplayScene::tp(0), .position = {.kind = PositionKind::Latest}};
        scene.request.partitions = {one, other};
        const auto plan = scene.plan();
        QVERIFY(!plan);
        QCOMPARE(plan.error().kind, ErrorKind::InvalidInput);
        QVERIFY(plan.error().message.contains(QStringLiteral("orders-0")));
    }

    void anOperationThatSavedNothingIsNoWayBack()
    {
        ReplayScene scene;
        scene.request.everywhere = {.kind = PositionKind::BeforeOperation};
        QCOMPARE(scene.plan().error().kind, ErrorKind::InvalidInput);
        scene.facts.partitions[1].inSnapshot = true;
        scene.facts.partitions[1].saved = 300;
        QVERIFY(scene.plan());
    }

    void aReasonKeepsNoSecret()
    {
        ReplayScene scene;
        scene.request.everywhere = {.kind = PositionKind::Offset, .number = 500};
        scene.request.reason = QStringLiteral("after password=hunter2 was rotated");
        const auto plan = scene.plan();
        QVERIFY(plan);
        QVERIFY2(!plan->request.reason.contains(QStringLiteral("hunter2")), qPrintable(plan->request.reason));
    }
};

QTEST_GUILESS_MAIN(tst_SinkPlan)
#include "tst_sinkplan.moc"
