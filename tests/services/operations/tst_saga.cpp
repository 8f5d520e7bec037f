// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/operationrecords.h"
#include "services/operations/operationslab.h"

#include <QFileInfo>

using namespace headgate;

namespace {

const ContextId kLab {QStringLiteral("lab")};

OperationPreview sagaPreview(OperationsLab &lab)
{
    OperationPreview preview {.request = lab.request(OperationKind::Replay)};
    preview.before = observedConnector(lab.orders().status, lab.orders().info);
    preview.plan = "{\"position\":9007199254740993}"; // beyond what a double holds
    return preview;
}

//! Two steps; stops from outside between them where `interruptedBetween`.
QCoro::Task<OperationEnd> twoSteps(SagaSeat seat, bool interruptedBetween)
{
    for (const auto &what : {QStringLiteral("one"), QStringLiteral("two")}) {
        const auto known = std::ranges::any_of(seat.earlier, [&](const auto &step) { return step.what == what; });
        if (known) {
            continue;
        }
        const auto written = co_await seat.record(
            {.what = what, .state = QStringLiteral("done"), .detail = QStringLiteral("fine"), .data = "[1.50]"});
        if (!written) {
            co_return OperationEnd {.outcome = Outcome::Failed, .error = written.error()};
        }
        if (interruptedBetween) {
            co_return OperationEnd {};
        }
    }
    co_return OperationEnd {.outcome = Outcome::Confirmed, .observed = QStringLiteral("both")};
}

Saga saga(bool interruptedBetween)
{
    return [interruptedBetween](SagaSeat seat) {
        return twoSteps(std::move(seat), interruptedBetween);
    };
}

Result<OperationId> begin(OperationsLab &lab, Saga what)
{
    return runOn(*lab.world.clock, lab.operations->run(sagaPreview(lab), {}, std::move(what)));
}

QStringList words(const Operation &operation)
{
    QStringList found;
    for (const auto &step : operation.steps) {
        found << step.what;
    }
    return found;
}

//! The log as another process left it: that of this one, whose lease is alive, is not offered to anybody.
void leaveToTheNextProcess(OperationsLab &lab)
{
    lab.close();
    QFile file(lab.logFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto entries = OperationsLog(lab.logFile()).read().value();
    auto logged = operationsOf(entries).front();
    logged.lease = {QStringLiteral("another boot"), 1, 1};
    QVERIFY(QFile::remove(lab.logFile()) && QFile::remove(lab.logFile() + QStringLiteral(".head")));
    QVERIFY(OperationsLog(lab.logFile()).append(intentRecord(logged)));
    for (const auto &step : logged.operation.steps) {
        QVERIFY(OperationsLog(lab.logFile()).append(stepRecord(logged.operation.id, step)));
    }
    lab.start();
}

} // namespace

class tst_Saga : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itsPlanAndStepsAreInTheLogByteForByte()
    {
        OperationsLab lab;
        const auto id = begin(lab, saga(false));
        QVERIFY2(id, id ? "" : qPrintable(id.error().message));
        const auto done = lab.end(*id);
        QCOMPARE(done.outcome, std::optional(Outcome::Confirmed));
        QCOMPARE(words(done), QStringList({QStringLiteral("one"), QStringLiteral("two")}));
        const auto logged = operationsOf(OperationsLog(lab.logFile()).read().value());
        QCOMPARE(logged.front().operation.plan, QByteArray("{\"position\":9007199254740993}"));
        QCOMPARE(logged.front().operation.steps, done.steps);
        QCOMPARE(logged.front().operation.steps.front().data, QByteArray("[1.50]"));
        QVERIFY(lab.verify().intact);
    }

    void onAReadOnlyContextItDoesNotBegin()
    {
        OperationsLab lab;
        QVERIFY(lab.contexts->setMode(kLab, Mode::ReadOnly));
        const auto id = begin(lab, saga(false));
        QVERIFY(!id && id.error().kind == ErrorKind::ModeForbids);
        QVERIFY(!QFile::exists(lab.logFile()));
    }

    void itHoldsTheLockOfItsConnector()
    {
        OperationsLab lab;
        const auto pause = lab.preview(OperationKind::Pause).value();
        auto first = lab.operations->run(sagaPreview(lab), {}, saga(false));
        auto second = lab.operations->run(pause, {});
        const auto refused = runOn(*lab.world.clock, std::move(second));
        QVERIFY(!refused && refused.error().kind == ErrorKind::Locked);
        lab.end(runOn(*lab.world.clock, std::move(first)).value());
    }

    void anInterruptedOneIsNeitherJudgedNorResent()
    {
        OperationsLab lab;
        const auto id = begin(lab, saga(true)).value();
        QVERIFY(!lab.end(id).interrupted);
        leaveToTheNextProcess(lab);
        const auto open = runOn(*lab.world.clock, lab.operations->findInterrupted(kLab, {})).value();
        QCOMPARE(open.size(), size_t(1));
        QVERIFY(open.front().interrupted && !open.front().outcome);
        QCOMPARE(words(open.front()), QStringList {QStringLiteral("one")});
        QVERIFY(lab.cluster().writes().empty());
    }

    void takenUpItGoesOnUnderItsOldId()
    {
        OperationsLab lab;
        const auto id = begin(lab, saga(true)).value();
        leaveToTheNextProcess(lab);
        QVERIFY(runOn(*lab.world.clock, lab.operations->findInterrupted(kLab, {})));
        const auto taken = runOn(*lab.world.clock, lab.operations->takeUp(id, {}, saga(false)));
        QVERIFY2(taken, taken ? "" : qPrintable(taken.error().message));
        const auto done = lab.end(id);
        QCOMPARE(done.outcome, std::optional(Outcome::Confirmed));
        QCOMPARE(words(done), QStringList({QStringLiteral("one"), QStringLiteral("two")}));
        const auto again = runOn(*lab.world.clock, lab.operations->takeUp(id, {}, saga(false)));
        QVERIFY(!again && again.error().kind == ErrorKind::NotFound);
        QVERIFY(runOn(*lab.world.clock, lab.operations->findInterrupted(kLab, {})).value().empty());
    }

    //! Two programs that have found the same one: who is slower is told, and drives nothing.
    // Rows: MO-01
    void onlyOneProgramTakesItUp()
    {
        OperationsLab lab;
        const auto id = begin(lab, saga(true)).value();
        leaveToTheNextProcess(lab);
        OperationsService other(*lab.contexts, {.directory = QFileInfo(lab.logFile()).path()});
        const auto find = [&lab](OperationsService &service) {
            return runOn(*lab.world.clock, service.findInterrupted(kLab, {})).value().size();
        };
        QCOMPARE(find(*lab.operations), size_t(1));
        QCOMPARE(find(other), size_t(1));
        // The other one has it: it runs there, with a lease that is alive.
        QVERIFY(runOn(*lab.world.clock, other.takeUp(id, {}, saga(true))));
        const auto late = runOn(*lab.world.clock, lab.operations->takeUp(id, {}, saga(false)));
        QVERIFY(!late);
        QCOMPARE(late.error().kind, ErrorKind::Locked);
        const auto closed
            = runOn(*lab.world.clock, lab.operations->closeInterrupted(id, Outcome::Unknown, QStringLiteral("me")));
        QVERIFY(!closed && closed.error().kind == ErrorKind::Locked);
        QVERIFY(!lab.operations->anyRunning()); // its connector is free here
        // It let it go behind a step: what was looked at here is older.
        const OperationsLog log(lab.logFile());
        QVERIFY(log.append(stepRecord(id, {.what = QStringLiteral("three"), .state = QStringLiteral("done")})));
        QVERIFY(log.append(letGoRecord(id, lab.world.clock->now(), QStringLiteral("Bob"))));
        const auto older = runOn(*lab.world.clock, lab.operations->takeUp(id, {}, saga(false)));
        QVERIFY(!older);
        QCOMPARE(older.error().kind, ErrorKind::Conflict);
        QCOMPARE(words(lab.operations->operations().front()),
            QStringList(
                {QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")})); // and is shown as it is now
        QVERIFY(runOn(*lab.world.clock, lab.operations->takeUp(id, {}, saga(false))));
        QCOMPARE(lab.end(id).outcome, std::optional(Outcome::Confirmed));
        // And what was ended there is not ended again.
        const auto again = runOn(*lab.world.clock, other.closeInterrupted(id, Outcome::Failed, QStringLiteral("Bob")));
        QVERIFY(!again);
        runOn(*lab.world.clock, other.close());
        QVERIFY(lab.verify().intact);
    }
};

QTEST_GUILESS_MAIN(tst_Saga)
#include "tst_saga.moc"
