// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/replaylab.h"

#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const auto kPatch = QStringLiteral("PATCH /connectors/orders/offsets");

//! When the program dies, seen from one step.
enum class Death {
    Before,     //!< its record is not on disk yet
    Begun,      //!< it is, and nothing was done
    AnswerLost, //!< what was sent took effect, the answer never came
    Unrecorded, //!< done, and not written down
    Recorded,   //!< done and written down
};

bool sends(ReplayStep step)
{
    return step == ReplayStep::Stop || step == ReplayStep::SetPositions || step == ReplayStep::Resume;
}

QString requestOf(ReplayStep step)
{
    return step == ReplayStep::Stop  ? QStringLiteral("PUT /connectors/orders/stop")
        : step == ReplayStep::Resume ? QStringLiteral("PUT /connectors/orders/resume")
                                     : kPatch;
}

void dieAt(ReplayLab &lab, ReplayStep step, Death death)
{
    switch (death) {
    case Death::Before:
        lab.at(step, StepState::Begun, [&lab] { lab.die(1); });
        break;
    case Death::Begun:
        lab.at(step, StepState::Begun, [&lab] { lab.die(); });
        break;
    case Death::AnswerLost:
        lab.cluster().after(requestOf(step), [&lab] { lab.die(); });
        break;
    case Death::Unrecorded:
        lab.at(step, StepState::Done, [&lab] { lab.die(1); });
        break;
    case Death::Recorded:
        lab.at(step, StepState::Done, [&lab] { lab.die(); });
        break;
    }
}

const auto kBefore = ReplayLab::where(1000, 2000, 3000);
const auto kAfter = ReplayLab::where(900, 1900, 2900);

//! Runs a replay of 300 records until the program dies.
OperationId dieWithin(ReplayLab &lab)
{
    const auto plan = lab.plan(ReplayLab::backBy(100)).value();
    const auto id = lab.run(plan).value();
    lab.world.clock->advanceUntil([&] { return lab.isDead(); }, 10min);
    return id;
}

} // namespace

class tst_ReplayRecovery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Rows: SG-01, SG-02, SG-03, SG-04, SG-05, SG-06, SG-07, SG-08, SG-09, SG-10, SG-11, SG-19
    void whereverItDiesThereIsARightEnd_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("death");
        QTest::addColumn<int>("choice");
        const std::array<const char *, 5> deaths {"before", "begun", "answer lost", "unrecorded", "recorded"};
        const std::array<const char *, 3> choices {"continue", "restore", "leave"};
        for (int step = int(ReplayStep::Freeze); step <= int(ReplayStep::Close); ++step) {
            for (int death = 0; death < 5; ++death) {
                for (int choice = 0; choice < 3; ++choice) {
                    if (Death(death) == Death::AnswerLost && !sends(ReplayStep(step))) {
                        continue;
                    }
                    const auto name = QStringLiteral("%1, %2, %3")
                                          .arg(stepWord(ReplayStep(step)), QString::fromLatin1(deaths[size_t(death)]),
                                              QString::fromLatin1(choices[size_t(choice)]));
                    QTest::newRow(qPrintable(name)) << step << death << choice;
                }
            }
        }
    }
    void whereverItDiesThereIsARightEnd()
    {
        QFETCH(int, step);
        QFETCH(int, death);
        QFETCH(int, choice);
        ReplayLab lab;
        dieAt(lab, ReplayStep(step), Death(death));
        lab.start();
        const auto id = dieWithin(lab);
        QVERIFY(lab.isDead());
        lab.nextProcess();

        // It is found, nothing is done about it, and what is known is said.
        const auto writes = lab.cluster().writes().size();
        const auto open = lab.interrupted();
        QCOMPARE(int(open.size()), 1);
        QCOMPARE(open.front().id, id);
        QVERIFY(!open.front().outcome);
        const auto seen = lab.on(lab.replay->look(id, {.deadline = 30s}));
        QVERIFY2(seen, seen ? "" : qPrintable(seen.error().message));
        QCOMPARE(lab.cluster().writes().size(), writes);
        QCOMPARE(int(seen->progress.steps.size()), 11);
        QVERIFY(seen->positions != PositionsAre::NotRead);
        const auto offered = [&](ReplayChoice each) {
            return std::ranges::find(seen->choices, each) != seen->choices.end();
        };
        QVERIFY(offered(ReplayChoice::Continue) && offered(ReplayChoice::Restore) && offered(ReplayChoice::Leave));
        const auto was = lab.positions();
        QVERIFY(was == kBefore || was == kAfter);

        switch (ReplayChoice(choice)) {
        case ReplayChoice::Continue: {
            const auto taken = lab.on(lab.replay->continueInterrupted(id, ReplayLab::typed()));
            QVERIFY2(taken, taken ? "" : qPrintable(taken.error().message));
            const auto done = lab.end(id);
            QVERIFY2(done.outcome == Outcome::Confirmed, qPrintable(done.observed));
            QCOMPARE(lab.sink().status.connector.raw, QStringLiteral("RUNNING"));
            lab.world.clock->advance(5s);
            lab.on(lab.replay->plan(ReplayLab::backBy(1), {})).value(); // lets the sink deliver
            QCOMPARE(lab.delivered(), 300);                             // each record once, however often it began
            QCOMPARE(lab.positions(), kBefore);
            break;
        }
        case ReplayChoice::Restore: {
            const auto taken = lab.on(lab.replay->restoreInterrupted(id, ReplayLab::typed()));
            QVERIFY2(taken, taken ? "" : qPrintable(taken.error().message));
            const auto done = lab.end(id);
            QVERIFY2(done.outcome == Outcome::Confirmed, qPrintable(done.observed));
            QCOMPARE(lab.positions(), kBefore);
            QCOMPARE(lab.sink().status.connector.raw, QStringLiteral("RUNNING"));
            break;
        }
        case ReplayChoice::Leave:
            QVERIFY(lab.on(lab.replay->leave(id, QStringLiteral("seen"))));
            QCOMPARE(lab.cluster().writes().size(), writes);
            break;
        }
        QVERIFY(lab.interrupted().empty());
        QVERIFY(lab.operations->operations().front().outcome);
    }

    void letGoItStopsBehindItsStep_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("death");
        QTest::addColumn<int>("choice");
        for (int step = int(ReplayStep::Freeze); step < int(ReplayStep::Close); ++step) {
            for (const auto death : {Death::Begun, Death::Recorded}) {
                for (int choice = 0; choice < 3; ++choice) {
                    QTest::addRow("%s, %s, %d", qPrintable(stepWord(ReplayStep(step))),
                        death == Death::Begun ? "begun" : "recorded", choice)
                        << step << int(death) << choice;
                }
            }
        }
    }
    // Rows: UX-06
    void letGoItStopsBehindItsStep()
    {
        QFETCH(int, step);
        QFETCH(int, death);
        QFETCH(int, choice);
        ReplayLab lab;
        OperationId id;
        int writes = -1;
        lab.at(ReplayStep(step), Death(death) == Death::Begun ? StepState::Begun : StepState::Done, [&] {
            id = lab.operations->operations().front().id;
            QVERIFY(lab.operations->stopWaiting(id, QStringLiteral("Ada <ada@example.org>")));
            writes = int(lab.cluster().writes().size());
        });
        lab.start();
        QVERIFY(lab.run(lab.plan(ReplayLab::backBy(100)).value()));
        QVERIFY(lab.world.clock->advanceUntil([&] { return writes >= 0; }, 10min));
        const auto left = lab.end(id);
        QVERIFY(left.interrupted && !left.outcome);
        QCOMPARE(left.letGoBy, QStringLiteral("Ada <ada@example.org>"));
        QVERIFY(!lab.operations->anyRunning());
        // The step it was in was seen to its end where it sends, and is written down with it; then nothing more.
        // A resume looks at the positions first, and is not sent then.
        const bool sent
            = sends(ReplayStep(step)) && Death(death) == Death::Begun && ReplayStep(step) != ReplayStep::Resume;
        QCOMPARE(int(lab.cluster().writes().size()), writes + (sent ? 1 : 0));
        if (sent) {
            QCOMPARE(replayProgress(left)->steps[size_t(step)].state, StepState::Done);
        }
        // Found by whoever looks: nobody holds it, though this process lives.
        const auto open = lab.interrupted();
        QCOMPARE(int(open.size()), 1);
        QCOMPARE(open.front().letGoBy, left.letGoBy);
        const auto seen = lab.on(lab.replay->look(id, {.deadline = 30s}));
        QVERIFY2(seen, seen ? "" : qPrintable(seen.error().message));
        QCOMPARE(int(seen->choices.size()), 3);
        const auto was = lab.positions();
        QVERIFY(was == kBefore || was == kAfter);
        switch (ReplayChoice(choice)) {
        case ReplayChoice::Continue:
            QVERIFY(lab.on(lab.replay->continueInterrupted(id, ReplayLab::typed())));
            QCOMPARE(lab.end(id).outcome, std::optional(Outcome::Confirmed));
            QVERIFY(lab.end(id).letGoBy.isEmpty());
            lab.world.clock->advance(5s);
            lab.on(lab.replay->plan(ReplayLab::backBy(1), {})).value(); // lets the sink deliver
            QCOMPARE(lab.delivered(), 300);
            break;
        case ReplayChoice::Restore:
            QVERIFY(lab.on(lab.replay->restoreInterrupted(id, ReplayLab::typed())));
            QCOMPARE(lab.end(id).outcome, std::optional(Outcome::Confirmed));
            QCOMPARE(lab.positions(), kBefore);
            break;
        case ReplayChoice::Leave:
            QVERIFY(lab.on(lab.replay->leave(id, QStringLiteral("seen"))));
            QVERIFY(lab.operations->operations().front().outcome);
            break;
        }
        QVERIFY(lab.interrupted().empty());
        QVERIFY(!lab.operations->stopWaiting(id, {})); // nothing runs
    }

    //! What was sent is not given up: its answer is waited for, and written down.
    void letGoWhileItSendsTheAnswerIsStillTaken()
    {
        ReplayLab lab;
        lab.cluster().script(kPatch, {.delay = 1min});
        lab.start();
        const auto id = lab.run(lab.plan(ReplayLab::backBy(100)).value()).value();
        QVERIFY(lab.world.clock->advanceUntil([&] { return lab.sent("PATCH") == 1; }, 1min));
        QVERIFY(lab.operations->stopWaiting(id, QStringLiteral("Ada")));
        QVERIFY(lab.operations->operations().front().endsSoon);
        QVERIFY(lab.operations->stopWaiting(id, QStringLiteral("Bob"))); // once is enough
        lab.world.clock->advance(10s);
        QVERIFY(lab.operations->anyRunning());
        const auto left = lab.end(id);
        QVERIFY(left.interrupted && !left.outcome && !left.endsSoon);
        QCOMPARE(left.letGoBy, QStringLiteral("Ada"));
        QCOMPARE(replayProgress(left)->steps[size_t(ReplayStep::SetPositions)].state, StepState::Done);
        QCOMPARE(replayProgress(left)->steps[size_t(ReplayStep::ReadBack)].state, StepState::Waiting);
        QCOMPARE(lab.positions(), kAfter);
    }

    //! Nobody is held by a connector that never comes to rest.
    void letGoWhileItWaitsItEndsAtOnce()
    {
        ReplayLab lab;
        lab.cluster().stopTakes = 24h;
        lab.settings.stopDeadline = 1h;
        lab.start();
        const auto id = lab.run(lab.plan(ReplayLab::backBy(100)).value()).value();
        QVERIFY(lab.world.clock->advanceUntil([&] { return lab.sent("PUT") == 1; }, 1min));
        lab.world.clock->advance(2min);
        QVERIFY(lab.operations->stopWaiting(id, QStringLiteral("Ada")));
        const auto before = lab.world.clock->monotonic();
        QVERIFY(lab.end(id).interrupted);
        QVERIFY(lab.world.clock->monotonic() - before < 1min); // virtual time
        const auto seen = lab.on(lab.replay->look(id, {})).value();
        QCOMPARE(seen.positions, PositionsAre::Before);
        QCOMPARE(seen.nextStep, std::optional(ReplayStep::Stop));
    }

    //! What a person decided is not decided once more, and nobody decides for them.
    void takenUpItIsNotOfferedAgain()
    {
        ReplayLab lab;
        dieAt(lab, ReplayStep::SetPositions, Death::Begun);
        lab.start();
        const auto id = dieWithin(lab);
        lab.nextProcess();
        lab.interrupted();
        auto nobody = ReplayLab::typed();
        nobody.typedName.clear();
        QCOMPARE(lab.on(lab.replay->continueInterrupted(id, nobody)).error().kind, ErrorKind::InvalidInput);
        QCOMPARE(lab.on(lab.replay->restoreInterrupted(id, nobody)).error().kind, ErrorKind::InvalidInput);
        QVERIFY(lab.on(lab.replay->continueInterrupted(id, ReplayLab::typed())));
        const auto twice = lab.on(lab.replay->restoreInterrupted(id, ReplayLab::typed()));
        QVERIFY(!twice && twice.error().kind == ErrorKind::NotFound);
        lab.end(id);
    }

    // Rows: SG-12
    void halfAppliedAndKilledItIsShownAndPutRight_data()
    {
        QTest::addColumn<bool>("onward");
        QTest::newRow("continue") << true;
        QTest::newRow("restore") << false;
    }
    void halfAppliedAndKilledItIsShownAndPutRight()
    {
        QFETCH(bool, onward);
        ReplayLab lab;
        lab.cluster().after(kPatch, [&lab] {
            lab.sink().offsets[1] = ReplayLab::entry(1, 2000); // one of three was not taken
            lab.die();
        });
        lab.start();
        const auto id = dieWithin(lab);
        lab.nextProcess();
        lab.interrupted();
        const auto seen = lab.on(lab.replay->look(id, {})).value();
        QCOMPARE(seen.positions, PositionsAre::Mixed);
        QCOMPARE(int(seen.fromAfter.size()), 1);
        QCOMPARE(seen.fromAfter.front().where, QStringLiteral("orders-1"));
        lab.sink().delivers = false;
        lab.settings.moveDeadline = 1s;
        QVERIFY(lab.on(onward ? lab.replay->continueInterrupted(id, ReplayLab::typed())
                              : lab.replay->restoreInterrupted(id, ReplayLab::typed())));
        const auto done = lab.end(id);
        QCOMPARE(lab.positions(), onward ? kAfter : kBefore);
        // What was saved before anything was sent is what can be gone back to, whatever was found in between.
        const std::vector<ConnectorOffset> saved {
            ReplayLab::entry(0, 1000), ReplayLab::entry(1, 2000), ReplayLab::entry(2, 3000)};
        QCOMPARE(replayProgress(done)->snapshot, std::optional(saved));
    }

    // Rows: SG-16
    void aRestoreThatFailsNeedsAnOperatorAndTellsThePositions_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("refused") << 400;
        QTest::newRow("broken") << 500;
    }
    void aRestoreThatFailsNeedsAnOperatorAndTellsThePositions()
    {
        QFETCH(int, status);
        ReplayLab lab;
        dieAt(lab, ReplayStep::SetPositions, Death::Recorded);
        lab.start();
        const auto id = dieWithin(lab);
        lab.nextProcess();
        lab.interrupted();
        lab.cluster().script(kPatch, ReplayLab::answers(status, "Failed to modify offsets"), 99);
        QVERIFY(lab.on(lab.replay->restoreInterrupted(id, ReplayLab::typed())));
        const auto done = lab.end(id);
        QCOMPARE(done.outcome, std::optional(Outcome::Failed));
        QVERIFY2(done.observed.contains(QStringLiteral("needs an operator")), qPrintable(done.observed));
        QCOMPARE(lab.sink().status.connector.raw, QStringLiteral("STOPPED"));
        QVERIFY(done.error);
        QVERIFY2(done.error->detail.contains(QStringLiteral("orders-2: {\"kafka_offset\":3000}")),
            qPrintable(done.error->detail));
        const auto saved = replayProgress(done)->snapshot.value();
        QCOMPARE(int(saved.size()), 3);
        // And it can be tried again, as a replay of its own.
        const auto back = lab.on(lab.replay->wayBack(ReplayLab::lab(), id, {}));
        QVERIFY(back);
        QCOMPARE(back->restores, id);
    }

    // Rows: SG-16
    void whatNoLongerFitsIsNotPutBack()
    {
        ReplayLab lab;
        dieAt(lab, ReplayStep::SetPositions, Death::Recorded);
        lab.start();
        const auto id = dieWithin(lab);
        lab.nextProcess();
        lab.interrupted();
        lab.world.kafka->topicIds[ReplayLab::topic()] = QStringLiteral("second-id"); // made anew, and shorter
        lab.log(2).end = 10;
        const auto taken = lab.on(lab.replay->restoreInterrupted(id, ReplayLab::typed()));
        QVERIFY(!taken);
        QCOMPARE(taken.error().kind, ErrorKind::Conflict);
        QVERIFY2(taken.error().detail.contains(QStringLiteral("orders-2: saved 3000, the log ends at 10")),
            qPrintable(taken.error().detail));
        QCOMPARE(int(lab.interrupted().size()), 1); // still open, with its choices
    }

    // Rows: SG-18
    void closedByItsUserItIsAsIfItHadBeenKilled()
    {
        ReplayLab lab;
        lab.world.kafka->partitions.clear();
        lab.sink().offsets.clear();
        constexpr int partitions = 1000;
        for (int i = 0; i < partitions; ++i) {
            lab.world.kafka->partitions[{ReplayLab::topic(), i}] = {.end = 500};
            lab.sink().offsets.push_back(ReplayLab::entry(i, 500));
        }
        const auto before = lab.positions();
        lab.cluster().script(kPatch, {.delay = 1min});
        lab.start();
        const auto plan = lab.plan(ReplayLab::backBy(100)).value();
        QCOMPARE(plan.again, partitions * 100);
        const auto id = lab.run(plan).value();
        QVERIFY(lab.world.clock->advanceUntil([&] { return lab.sent("PATCH") == 1; }, 1min));
        lab.on(lab.operations->close()); // what it is doing is given up, no outcome is invented
        QVERIFY(!OperationsLog(lab.logFile()).read().value().back().body.contains("outcome"));
        lab.nextProcess();
        QCOMPARE(int(lab.interrupted().size()), 1);
        QVERIFY(lab.on(lab.replay->restoreInterrupted(id, ReplayLab::typed())));
        QCOMPARE(lab.end(id).outcome, std::optional(Outcome::Confirmed));
        QCOMPARE(lab.positions(), before);
    }

    //! Somebody resumed it meanwhile, and the sink went on from the new positions.
    void whoeverResumedItIsSeen()
    {
        ReplayLab lab;
        dieAt(lab, ReplayStep::ReadBack, Death::Recorded);
        lab.start();
        const auto id = dieWithin(lab);
        lab.nextProcess();
        lab.setState("RUNNING");
        lab.sink().offsets = {ReplayLab::entry(0, 950), ReplayLab::entry(1, 1950), ReplayLab::entry(2, 2950)};
        lab.interrupted();
        const auto seen = lab.on(lab.replay->look(id, {})).value();
        QCOMPARE(seen.state.run, RunState::Running);
        QCOMPARE(seen.positions, PositionsAre::Elsewhere);
        QVERIFY(lab.on(lab.replay->restoreInterrupted(id, ReplayLab::typed())));
        const auto done = lab.end(id);
        QVERIFY2(done.outcome == Outcome::Confirmed, qPrintable(done.observed));
        QCOMPARE(lab.positions(), kBefore);
    }

    void itsPlatformGoneNothingIsOffered()
    {
        ReplayLab lab;
        dieAt(lab, ReplayStep::Stop, Death::Recorded);
        lab.start();
        dieWithin(lab);
        lab.nextProcess();
        lab.cluster().server.kafkaClusterId = QStringLiteral("another");
        const auto open = lab.interrupted();
        QCOMPARE(int(open.size()), 1);
        QCOMPARE(open.front().outcome, std::optional(Outcome::Unknown));
    }
};

QTEST_GUILESS_MAIN(tst_ReplayRecovery)
#include "tst_replayrecovery.moc"
