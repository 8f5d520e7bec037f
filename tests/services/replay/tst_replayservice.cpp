// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayplanfile.h"
#include "services/replay/replaylab.h"

#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

bool warns(const ReplayPlan &plan, PlanWarningKind kind)
{
    return std::ranges::any_of(plan.warnings, [kind](const PlanWarning &each) { return each.kind == kind; });
}

//! What changes between a plan and its run.
struct Change
{
    const char *name;
    std::function<void(ReplayLab &)> act;
    PlanDriftKind drift;
};

std::vector<Change> changes()
{
    return {
        {"its configuration",
            [](ReplayLab &lab) {
                lab.sink().info.config.emplace_back(QStringLiteral("tasks.max"), QStringLiteral("7"));
            },
            PlanDriftKind::ConfigChanged},
        {"its state", [](ReplayLab &lab) { lab.setState("PAUSED"); }, PlanDriftKind::StateChanged},
        {"the topic is made anew",
            [](ReplayLab &lab) { lab.world.kafka->topicIds[ReplayLab::topic()] = QStringLiteral("second-id"); },
            PlanDriftKind::TopicMadeAnew},
        {"the topic is gone",
            [](ReplayLab &lab) {
                lab.world.kafka->partitions.clear();
                lab.world.kafka->topicIds.clear();
            },
            PlanDriftKind::TopicGone},
        {"partitions are added",
            [](ReplayLab &lab) { lab.world.kafka->partitions[{ReplayLab::topic(), 3}] = {.end = 5}; },
            PlanDriftKind::PartitionsChanged},
        {"retention passes the position", [](ReplayLab &lab) { lab.log(0).start = 950; }, PlanDriftKind::BoundPassed},
        {"another platform", [](ReplayLab &lab) { lab.cluster().server.kafkaClusterId = QStringLiteral("other"); },
            PlanDriftKind::OtherPlatform},
    };
}

} // namespace

class tst_ReplayService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Rows: KF-06
    void aPositionOutsideTheLogIsRefusedWithBothBounds_data()
    {
        QTest::addColumn<int>("offset");
        QTest::addColumn<bool>("beyond");
        QTest::newRow("beyond the end") << 1001 << true;
        QTest::newRow("below the start") << 40 << false;
    }
    void aPositionOutsideTheLogIsRefusedWithBothBounds()
    {
        QFETCH(int, offset);
        QFETCH(bool, beyond);
        ReplayLab lab;
        lab.log(0).start = 50;
        lab.start();
        const ReplayRequest request {.connector = ReplayLab::ref(),
            .partitions = {{{ReplayLab::topic(), 0}, {.kind = PositionKind::Offset, .number = offset}}}};
        const auto plan = lab.plan(request).value();
        QVERIFY(forbidden(plan));
        QVERIFY(warns(plan, beyond ? PlanWarningKind::BeyondEnd : PlanWarningKind::LogTruncated));
        const auto move = std::ranges::find(plan.moves, TopicPartition {ReplayLab::topic(), 0}, &PartitionMove::tp);
        QVERIFY(move != plan.moves.end() && move->start == 50 && move->end == 1000);
        QVERIFY(plan.madeAt != Instant {});
        const auto id = lab.run(plan);
        QVERIFY(!id && id.error().kind == ErrorKind::InvalidInput);
        QVERIFY(lab.cluster().writes().empty());
    }

    // Rows: KF-07, KF-08, KF-09, SG-15
    void whatChangedSinceThePlanIsShownAndRefuses_data()
    {
        QTest::addColumn<int>("change");
        const auto all = changes();
        for (size_t i = 0; i < all.size(); ++i) {
            QTest::newRow(all[i].name) << int(i);
        }
    }
    void whatChangedSinceThePlanIsShownAndRefuses()
    {
        QFETCH(int, change);
        const auto what = changes().at(size_t(change));
        ReplayLab lab;
        lab.start();
        // As it comes back from a file that somebody reviewed.
        const auto plan = planFromText(planText(lab.plan(ReplayLab::backBy(100)).value())).value();
        QVERIFY(lab.on(lab.replay->checkDrift(plan, {})).value().empty());
        what.act(lab);
        const auto drift = lab.on(lab.replay->checkDrift(plan, {})).value();
        QVERIFY(std::ranges::find(drift, what.drift, &PlanDrift::kind) != drift.end());
        const auto id = lab.run(plan);
        QVERIFY(!id);
        QCOMPARE(id.error().kind, ErrorKind::Conflict);
        QVERIFY(!id.error().detail.isEmpty());
        QVERIFY(lab.cluster().writes().empty());
    }

    // Rows: KF-10
    void sparseOffsetsAreCountedAsAtMost_data()
    {
        QTest::addColumn<bool>("compacted");
        QTest::newRow("compacted") << true;
        QTest::newRow("transactional") << false;
    }
    void sparseOffsetsAreCountedAsAtMost()
    {
        QFETCH(bool, compacted);
        ReplayLab lab;
        if (compacted) {
            lab.world.kafka->topicConfigs[ReplayLab::topic()]
                = {{.name = QStringLiteral("cleanup.policy"), .value = QStringLiteral("compact,delete")}};
        }
        for (std::int64_t offset = 0; offset < 1000; ++offset) {
            if (offset % 10 != 9) { // where a transaction's marker is
                lab.log(0).records.push_back({.tp = {ReplayLab::topic(), 0}, .offset = offset, .value = "12345"});
            }
        }
        lab.start();
        const auto plan = lab.plan(ReplayLab::backBy(100)).value();
        QVERIFY(plan.atMost);
        QVERIFY(warns(plan, compacted ? PlanWarningKind::Compacted : PlanWarningKind::Transactional));
        const auto done = lab.end(lab.run(plan).value());
        QVERIFY2(done.observed.contains(QStringLiteral("at most 300 delivered again")), qPrintable(done.observed));
    }

    void aConfirmationIsAskedForInAnyCase_data()
    {
        QTest::addColumn<bool>("name");
        QTest::addColumn<bool>("reason");
        QTest::addColumn<bool>("guarded");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("no name") << false << true << true << ErrorKind::InvalidInput;
        QTest::newRow("no reason on production") << true << false << true << ErrorKind::InvalidInput;
        QTest::newRow("read-only") << true << true << false << ErrorKind::ModeForbids;
    }
    void aConfirmationIsAskedForInAnyCase()
    {
        QFETCH(bool, name);
        QFETCH(bool, reason);
        QFETCH(bool, guarded);
        QFETCH(ErrorKind, kind);
        ReplayLab lab;
        lab.environment = Environment::Production;
        lab.start();
        const auto plan = lab.plan(ReplayLab::backBy(100)).value();
        auto confirmation = ReplayLab::typed();
        confirmation.typedName = name ? confirmation.typedName : QString();
        confirmation.reason = reason ? confirmation.reason : QString();
        QVERIFY(lab.contexts->setMode(ReplayLab::lab(), guarded ? Mode::Armed : Mode::ReadOnly));
        const auto id = lab.on(lab.replay->run(plan, confirmation));
        QVERIFY(!id);
        QCOMPARE(id.error().kind, kind);
        QVERIFY(lab.cluster().writes().empty());
        QVERIFY(!QFile::exists(lab.logFile()));
    }

    // Rows: MO-03
    void thesamePlanTwiceIsNothingToDo()
    {
        ReplayLab lab;
        lab.start();
        const auto plan = lab.plan(ReplayLab::backBy(100)).value();
        QCOMPARE(lab.end(lab.run(plan).value()).outcome, std::optional(Outcome::Confirmed));
        const auto writes = lab.cluster().writes().size();
        const auto again = lab.end(lab.run(plan).value());
        QCOMPARE(again.outcome, std::optional(Outcome::Confirmed));
        QVERIFY2(again.observed.contains(QStringLiteral("nothing was sent")), qPrintable(again.observed));
        QCOMPARE(lab.cluster().writes().size(), writes);
        QCOMPARE(lab.delivered(), 300);
    }

    //! By another person, on another machine, whose log knows nothing of the first time.
    // Rows: MO-03
    void aReachedPositionIsNothingToDo()
    {
        ReplayLab lab;
        lab.setState("STOPPED");
        lab.start();
        const auto plan = lab.plan(ReplayLab::backBy(100)).value();
        lab.sink().offsets = {ReplayLab::entry(0, 900), ReplayLab::entry(1, 1900), ReplayLab::entry(2, 2900)};
        const auto done = lab.end(lab.run(plan).value());
        QVERIFY2(done.observed.contains(QStringLiteral("nothing was sent")), qPrintable(done.observed));
        QVERIFY(lab.cluster().writes().empty());
    }

    // Rows: MO-02
    void aSecondReplayIsRefusedWhileOneRuns()
    {
        ReplayLab lab;
        lab.start();
        const auto plan = lab.plan(ReplayLab::backBy(100)).value();
        const auto other = lab.plan(ReplayLab::backBy(50)).value();
        const auto first = lab.run(plan).value();
        const auto second = lab.run(other);
        QVERIFY(!second && second.error().kind == ErrorKind::Locked);
        QCOMPARE(lab.end(first).outcome, std::optional(Outcome::Confirmed));
        QCOMPARE(lab.sent("PATCH"), 1);
    }

    //! Another program, another log: it begins after each step of the first one and runs to its end.
    // Rows: MO-02
    void twoProgramsNeverBothBelieveTheyWon_data()
    {
        QTest::addColumn<int>("after");
        for (int step = int(ReplayStep::Freeze); step < int(ReplayStep::Close); ++step) {
            QTest::newRow(qPrintable(stepWord(ReplayStep(step)))) << step;
        }
    }
    void twoProgramsNeverBothBelieveTheyWon()
    {
        QFETCH(int, after);
        ReplayLab lab;
        lab.cluster().flush = 10min; // it reads nothing while they fight
        lab.settings.moveDeadline = 20min;
        lab.start();
        OperationsService otherOperations(*lab.contexts, {.directory = lab.dir.path() + QStringLiteral("/other")});
        ReplayService other(*lab.contexts, otherOperations, {.moveDeadline = 20min});
        const auto ours = lab.plan(ReplayLab::backBy(100)).value();
        const auto theirs = lab.on(other.plan(ReplayLab::backBy(50), {})).value();
        std::optional<Task<OperationId>> beginning;
        const auto begin = [&] {
            beginning.emplace(other.run(theirs, ReplayLab::typed()));
        };
        lab.at(ReplayStep(after), StepState::Done, begin);
        lab.at(ReplayStep(after), StepState::Skipped, begin);
        const auto first = lab.end(lab.run(ours).value());
        QVERIFY(beginning);
        const auto id = lab.on(*std::move(beginning));
        Operation second {.outcome = Outcome::Refused};
        if (id) {
            second = lab.on(otherOperations.finished(*id, {.deadline = 1h})).value();
        }
        const auto now = lab.positions();
        const bool isOurs = now == ReplayLab::where(900, 1900, 2900);
        const bool isTheirs = now == ReplayLab::where(950, 1950, 2950);
        const bool untouched = now == ReplayLab::where(1000, 2000, 3000);
        const auto told = first.observed + QStringLiteral(" | ") + second.observed;
        QVERIFY2(isOurs || isTheirs || untouched, qPrintable(told));
        // Whoever says that the positions are as planned is right.
        const bool firstWon = first.outcome == Outcome::Confirmed, secondWon = second.outcome == Outcome::Confirmed;
        QVERIFY2(!(firstWon && secondWon) || untouched, qPrintable(told));
        lab.on(otherOperations.close());
        lab.on(other.close());
    }

    void theWayBackIsAReplayOfItsOwn()
    {
        ReplayLab lab;
        lab.setState("STOPPED");
        lab.sink().offsets.pop_back(); // nothing was committed of the third partition
        lab.start();
        const auto first = lab.carryOut(ReplayLab::to(PositionKind::Earliest));
        QVERIFY2(first.outcome == Outcome::Confirmed, qPrintable(first.observed));
        QCOMPARE(lab.positions(), ReplayLab::where(0, 0, 0));
        const auto request = lab.on(lab.replay->wayBack(ReplayLab::lab(), first.id, {})).value();
        const auto back = lab.carryOut(request);
        QVERIFY2(back.outcome == Outcome::Confirmed, qPrintable(back.observed));
        QCOMPARE(back.request.compensates, first.id);
        auto before = ReplayLab::where(1000, 2000, 3000);
        before.erase({ReplayLab::topic(), 2});
        QCOMPARE(lab.positions(), before);
        const auto again = lab.on(lab.replay->wayBack(ReplayLab::lab(), {QStringLiteral("nobody")}, {}));
        QVERIFY(!again && again.error().kind == ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(tst_ReplayService)
#include "tst_replayservice.moc"
