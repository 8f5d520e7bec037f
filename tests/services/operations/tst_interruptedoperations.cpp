// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/operationrecords.h"
#include "services/operations/operationslab.h"

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const ContextId kLab {QStringLiteral("lab")};

//! Writes the intent of an operation whose process ended, as the log of another run would hold it.
OperationId leaveBehind(OperationsLab &lab, OperationKind kind, Lease lease = {QStringLiteral("another boot"), 1, 1})
{
    LoggedOperation intent {.lease = lease, .kafkaClusterId = QStringLiteral("cluster-1")};
    intent.operation = {.id = {QStringLiteral("20260310T094218412Z-00000a")},
        .request = lab.request(kind),
        .person = QStringLiteral("Ada"),
        .startedAt = lab.world.clock->now(),
        .deadline = 120s};
    intent.operation.before = {.state = parseState(QStringLiteral("RUNNING")),
        .tasks = {{0, parseState(QStringLiteral("RUNNING"))}, {1, parseState(QStringLiteral("RUNNING"))}}};
    if (!OperationsLog(lab.logFile()).append(intentRecord(intent))) {
        qFatal("no log");
    }
    return intent.operation.id;
}

std::vector<Operation> found(OperationsLab &lab)
{
    return runOn(*lab.world.clock, lab.operations->findInterrupted(kLab, {})).value();
}

} // namespace

class tst_InterruptedOperations : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordsComeBackAsTheyWere()
    {
        OperationsLab lab;
        const auto done = lab.carryOut(OperationKind::Stop);
        const auto logged = operationsOf(OperationsLog(lab.logFile()).read().value());
        QCOMPARE(logged.size(), size_t(1));
        const auto &was = logged.front().operation;
        QVERIFY(
            was.id == done.id && was.request == done.request && was.person == done.person && was.error == done.error);
        QVERIFY(was.startedAt == done.startedAt && was.endedAt == done.endedAt && was.phase == done.phase);
        QVERIFY(was.outcome == done.outcome && was.observed == done.observed);
        QVERIFY(was.deadline == done.deadline && was.compensation == done.compensation
            && was.interrupted == done.interrupted);
        QCOMPARE(was.before.state, done.before.state);
        QVERIFY(was.before.tasks == done.before.tasks && was.before.configHash == done.before.configHash);
        QCOMPARE(was.requests, done.requests);
        QCOMPARE(logged.front().lease, ownLease());
        QCOMPARE(logged.front().kafkaClusterId, QStringLiteral("cluster-1"));
    }

    void anUnfinishedPauseThatHappenedIsConfirmed()
    {
        OperationsLab lab;
        leaveBehind(lab, OperationKind::Pause);
        lab.orders().status.connector = parseState(QStringLiteral("PAUSED"));
        for (auto &task : lab.orders().status.tasks) {
            task.state = parseState(QStringLiteral("PAUSED"));
        }
        const auto open = found(lab);
        QCOMPARE(open.size(), size_t(1));
        QVERIFY(open.front().interrupted);
        QCOMPARE(open.front().outcome, std::optional(Outcome::Confirmed));
        QVERIFY(lab.cluster().writes().empty()); // looked at, never sent again
        QVERIFY(found(lab).empty());             // and closed in the log
    }

    void pastTheDeadlineNobodyIsAsked()
    {
        OperationsLab lab;
        leaveBehind(lab, OperationKind::Pause);
        const auto asked = lab.cluster().calls.size();
        const auto open
            = runOn(*lab.world.clock, lab.operations->findInterrupted(kLab, {.deadline = Milliseconds(0)})).value();
        QCOMPARE(open.size(), size_t(1));
        QVERIFY(open.front().interrupted && !open.front().outcome);
        QCOMPARE(lab.cluster().calls.size(), asked);
    }

    void whatCannotBeKnownIsOfferedToAPerson()
    {
        OperationsLab lab;
        const auto id = leaveBehind(lab, OperationKind::Pause);
        const auto open = found(lab);
        QCOMPARE(open.size(), size_t(1));
        QVERIFY(!open.front().outcome);
        QVERIFY(open.front().observed.contains(QStringLiteral("RUNNING")));
        QCOMPARE(lab.operations->operations().front().id, id);
        QVERIFY(runOn(*lab.world.clock,
            lab.operations->closeInterrupted(id, Outcome::Failed, QStringLiteral("it never happened"))));
        QVERIFY(found(lab).empty());
        QCOMPARE(lab.operations->operations().front().observed, QStringLiteral("it never happened"));
        QCOMPARE(runOn(*lab.world.clock, lab.operations->closeInterrupted(id, Outcome::Failed, {})).error().kind,
            ErrorKind::NotFound);
    }

    //! A person closes it while the platform is being asked: their word stands, in one record.
    void aPersonsWordStandsWhileItIsLookedAt()
    {
        OperationsLab lab;
        const auto id = leaveBehind(lab, OperationKind::Pause);
        QCOMPARE(found(lab).size(), size_t(1));
        lab.orders().status.connector = parseState(QStringLiteral("PAUSED"));
        for (auto &task : lab.orders().status.tasks) {
            task.state = parseState(QStringLiteral("PAUSED"));
        }
        auto looking = lab.operations->findInterrupted(kLab, {});
        QVERIFY(runOn(*lab.world.clock,
            lab.operations->closeInterrupted(id, Outcome::Failed, QStringLiteral("it never happened"))));
        QVERIFY(runOn(*lab.world.clock, std::move(looking)));
        QCOMPARE(lab.operations->operations().front().outcome, std::optional(Outcome::Failed));
        QCOMPARE(OperationsLog(lab.logFile()).read().value().size(), size_t(2)); // the intent and one outcome
    }

    void closingTwiceLeavesOneOutcome()
    {
        OperationsLab lab;
        const auto id = leaveBehind(lab, OperationKind::Pause);
        QCOMPARE(found(lab).size(), size_t(1));
        auto first = lab.operations->closeInterrupted(id, Outcome::Confirmed, QStringLiteral("seen"));
        const auto second = runOn(*lab.world.clock, lab.operations->closeInterrupted(id, Outcome::Unknown, {}));
        QCOMPARE(second.error().kind, ErrorKind::Locked);
        QVERIFY(runOn(*lab.world.clock, std::move(first)));
        QCOMPARE(lab.operations->operations().front().outcome, std::optional(Outcome::Confirmed));
        QCOMPARE(OperationsLog(lab.logFile()).read().value().size(), size_t(2));
    }

    void anotherPlatformUnderTheSameNameIsNotAsked()
    {
        OperationsLab lab;
        leaveBehind(lab, OperationKind::Pause);
        lab.cluster().server.kafkaClusterId = QStringLiteral("a younger one");
        const auto open = found(lab);
        QCOMPARE(open.front().outcome, std::optional(Outcome::Unknown));
        QVERIFY(open.front().observed.contains(QStringLiteral("platform gone")));
        QVERIFY(found(lab).empty());
    }

    void whatAnotherProcessRunsIsLeftAlone()
    {
        OperationsLab lab;
        leaveBehind(lab, OperationKind::Pause, ownLease());
        QVERIFY(found(lab).empty());
        QVERIFY(isAlive(ownLease()));
        auto reused = ownLease();
        reused.startTicks += 1; // the same number, another process
        QVERIFY(!isAlive(reused));
    }

    void closingLeavesTheOutcomeToTheNextStart()
    {
        OperationsLab lab;
        lab.cluster().convergence = 60s;
        lab.run(lab.preview(OperationKind::Pause).value()).value();
        lab.world.clock->advance(1s);
        QVERIFY(lab.operations->anyRunning());
        lab.close();
        const auto logged = operationsOf(OperationsLog(lab.logFile()).read().value());
        QVERIFY(!logged.front().operation.outcome);
        lab.start();
    }
};

QTEST_GUILESS_MAIN(tst_InterruptedOperations)
#include "tst_interruptedoperations.moc"
