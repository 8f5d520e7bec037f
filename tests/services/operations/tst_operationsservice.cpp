// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/operationslab.h"

#include <QSignalSpy>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

constexpr auto kPause = "PUT /connectors/orders/pause";

QString nameOf(std::optional<Outcome> outcome)
{
    if (!outcome) {
        return QStringLiteral("none");
    }
    switch (*outcome) {
    case Outcome::Confirmed:
        return QStringLiteral("confirmed");
    case Outcome::Refused:
        return QStringLiteral("refused");
    case Outcome::Failed:
        return QStringLiteral("failed");
    case Outcome::Unknown:
        return QStringLiteral("unknown");
    }
    return {};
}

} // namespace

class tst_OperationsService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyActIsObserved_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("states"); // connector, then tasks
        QTest::addColumn<QString>("sent");
        QTest::addColumn<QString>("outcome");
        const auto row
            = [](const char *name, OperationKind kind, const char *states, const char *sent, const char *outcome) {
                  QTest::newRow(name) << int(kind) << QString::fromLatin1(states) << QString::fromLatin1(sent)
                                      << QString::fromLatin1(outcome);
              };
        using enum OperationKind;
        // clang-format off
        row("pause",           Pause,            "RUNNING RUNNING RUNNING", "PUT /connectors/orders/pause",   "confirmed");
        row("resume",          Resume,           "PAUSED PAUSED PAUSED",    "PUT /connectors/orders/resume",  "confirmed");
        row("resume stopped",  Resume,           "STOPPED",                 "PUT /connectors/orders/resume",  "confirmed");
        row("stop",            Stop,             "RUNNING RUNNING RUNNING", "PUT /connectors/orders/stop",    "confirmed");
        row("restart failed",  RestartFailed,    "RUNNING RUNNING FAILED",  "POST /connectors/orders/restart?includeTasks=true&onlyFailed=true", "confirmed");
        row("restart task",    RestartTask,      "RUNNING RUNNING FAILED",  "POST /connectors/orders/tasks/1/restart", "confirmed");
        row("restart all",     RestartAllTasks,  "RUNNING RUNNING RUNNING", "POST /connectors/orders/restart?includeTasks=true&onlyFailed=false", "confirmed");
        // clang-format on
    }
    // Rows: N02, UX-05
    void everyActIsObserved()
    {
        QFETCH(int, kind);
        QFETCH(QString, states);
        OperationsLab lab;
        const auto words = states.split(QLatin1Char(' '));
        lab.orders().status.connector = parseState(words.first());
        lab.orders().status.tasks.resize(size_t(words.size() - 1));
        for (int i = 1; i < words.size(); ++i) {
            lab.orders().status.tasks[size_t(i - 1)].state = parseState(words[i]);
        }
        const auto done = lab.carryOut(OperationKind(kind), kind == int(OperationKind::RestartTask) ? 1 : -1);
        QVERIFY2(!done.error, done.error ? qPrintable(done.error->message) : "");
        QTEST(nameOf(done.outcome), "outcome");
        QCOMPARE(int(lab.cluster().writes().size()), 1); // exactly once
        QTEST(lab.cluster().writes().front().request, "sent");
        QVERIFY(!done.observed.isEmpty());
        QVERIFY(lab.verify().intact && lab.verify().records == 2); // intent and outcome
    }

    // Rows: UX-07
    void whatIsSentIsWhatWasPreviewed()
    {
        OperationsLab lab;
        lab.cluster().failTask(QStringLiteral("orders"), 0, QStringLiteral("boom"));
        const auto preview = lab.preview(OperationKind::RestartFailed).value();
        QVERIFY(lab.cluster().writes().empty());
        lab.end(lab.run(preview).value());
        QCOMPARE(lab.cluster().writes().size(), preview.requests.size());
        for (size_t i = 0; i < preview.requests.size(); ++i) {
            const auto sent = lab.cluster().writes()[i];
            const QByteArray line = preview.requests[i].method + ' ' + preview.requests[i].path;
            QCOMPARE(sent.request.toLatin1(), line);
            QCOMPARE(sent.body, preview.requests[i].body);
        }
    }

    // Rows: N02
    void aTaskThatFailsAgainIsNoSuccess()
    {
        OperationsLab lab;
        lab.cluster().failTask(QStringLiteral("orders"), 1, QStringLiteral("boom"));
        lab.orders().failsAgain = QStringLiteral("boom again");
        const auto done = lab.carryOut(OperationKind::RestartTask, 1);
        QCOMPARE(nameOf(done.outcome), QStringLiteral("failed"));
        QVERIFY(done.observed.contains(QStringLiteral("failed again")));
        QVERIFY(!done.compensation);
    }

    // Rows: CR-21
    void acceptedIsNotConfirmedUntilItIsSeen()
    {
        OperationsLab lab;
        lab.cluster().convergence = 40s;
        const auto id = lab.run(lab.preview(OperationKind::Pause).value()).value();
        lab.world.clock->advance(30s);
        QCOMPARE(lab.operations->operations().front().phase, OperationPhase::Observing);
        QVERIFY(!lab.operations->operations().front().outcome);
        QCOMPARE(nameOf(lab.end(id).outcome), QStringLiteral("confirmed"));
        lab.cluster().convergence = 10min;
        const auto never = lab.carryOut(OperationKind::Resume);
        QCOMPARE(nameOf(never.outcome), QStringLiteral("unknown"));
        QVERIFY(never.observed.startsWith(QStringLiteral("Accepted")));
    }

    // Rows: CR-01
    void aLostAnswerIsReadBackAndNeverSentAgain()
    {
        for (const bool happened : {true, false}) {
            OperationsLab lab;
            lab.cluster().script(QString::fromLatin1(kPause),
                {.error = Error {.kind = ErrorKind::OutcomeUnknown, .message = QStringLiteral("Connection lost")},
                    .takesEffect = happened});
            const auto done = lab.carryOut(OperationKind::Pause);
            QCOMPARE(nameOf(done.outcome), happened ? QStringLiteral("confirmed") : QStringLiteral("unknown"));
            QCOMPARE(int(lab.cluster().writes().size()), 1);
            QVERIFY(lab.logText().contains("\"intent\"")
                && lab.logText().contains(happened ? "read back" : "answer was lost"));
        }
    }

    // Rows: CR-01
    void aRestartWithALostAnswerNeedsAChangeAsProof()
    {
        OperationsLab lab;
        lab.cluster().script(QStringLiteral("POST"),
            {.error = Error {.kind = ErrorKind::OutcomeUnknown, .message = QStringLiteral("Connection lost")},
                .takesEffect = false});
        QCOMPARE(nameOf(lab.carryOut(OperationKind::RestartAllTasks).outcome),
            QStringLiteral("unknown")); // RUNNING before and after
    }

    // Rows: CR-03
    void aRebalanceIsWaitedForWithinABudget()
    {
        OperationsLab lab;
        lab.cluster().script(QString::fromLatin1(kPause),
            OperationsLab::answers(
                409, "Cannot complete request because of a conflicting operation (e.g. worker rebalance)"),
            3);
        QSignalSpy told(lab.operations.get(), &OperationsService::operationsChanged);
        QCOMPARE(nameOf(lab.carryOut(OperationKind::Pause).outcome), QStringLiteral("confirmed"));
        QCOMPARE(int(lab.cluster().writes().size()), 4);
        for (size_t i = 1; i < 4; ++i) { // backing off, never side by side
            QVERIFY(lab.cluster().writes()[i].at - lab.cluster().writes()[i - 1].at >= 700ms);
        }
        OperationsLab storm;
        storm.cluster().script(QString::fromLatin1(kPause),
            OperationsLab::answers(409, "Cannot complete request momentarily due to stale configuration"), 1000);
        const auto refused = storm.carryOut(OperationKind::Pause);
        QCOMPARE(nameOf(refused.outcome), QStringLiteral("refused"));
        QCOMPARE(int(storm.cluster().writes().size()), 8);
        QVERIFY(refused.error->message.contains(QStringLiteral("8 tries")));
    }

    // Rows: CR-03
    void theBudgetIsVisibleWhileItIsUsed()
    {
        OperationsLab lab;
        lab.cluster().script(QString::fromLatin1(kPause), OperationsLab::answers(409, "rebalance"), 1000);
        lab.run(lab.preview(OperationKind::Pause).value()).value();
        lab.world.clock->advance(100ms);
        QVERIFY(lab.operations->operations().front().observed.startsWith(QStringLiteral("Try 1 of 8 was refused")));
    }

    // Rows: CR-04
    void aTimedOut500IsUnknownUntilReadBack()
    {
        for (const bool happened : {true, false}) {
            OperationsLab lab;
            auto answer = OperationsLab::answers(
                500, "Request timed out. The worker is currently ensuring membership in the cluster");
            answer.delay = 90s;
            lab.cluster().script(QString::fromLatin1(kPause), answer);
            if (happened) {
                lab.cluster().later(100s, [&lab] {
                    lab.orders().status.connector = parseState(QStringLiteral("PAUSED"));
                    for (auto &task : lab.orders().status.tasks) {
                        task.state = parseState(QStringLiteral("PAUSED"));
                    }
                });
            }
            const auto done = lab.carryOut(OperationKind::Pause);
            QCOMPARE(nameOf(done.outcome), happened ? QStringLiteral("confirmed") : QStringLiteral("unknown"));
            QCOMPARE(int(lab.cluster().writes().size()), 1); // the herder gets no more work
            QVERIFY(happened || done.error->message.contains(QStringLiteral("ensuring membership")));
        }
    }

    // Rows: CR-05
    void aRebalanceToldAs500IsARebalance()
    {
        OperationsLab lab;
        lab.cluster().script(QString::fromLatin1(kPause),
            OperationsLab::answers(500, "Request cannot be completed because a rebalance is expected"), 2);
        QCOMPARE(nameOf(lab.carryOut(OperationKind::Pause).outcome), QStringLiteral("confirmed"));
        QCOMPARE(int(lab.cluster().writes().size()), 3);
    }

    // Rows: CR-06
    void aConnectorThatIsGoneFailsClosed()
    {
        OperationsLab lab;
        const auto preview = lab.preview(OperationKind::Pause).value();
        lab.cluster().remove(QStringLiteral("orders"));
        QCOMPARE(lab.run(preview).error().kind, ErrorKind::NotFound);
        QVERIFY(lab.cluster().writes().empty());
        QCOMPARE(lab.preview(OperationKind::Pause).error().kind, ErrorKind::NotFound);
    }

    // Rows: CR-07
    void aBlackHoleEndsAtTheDeadlineAndStopsNobodyElse()
    {
        OperationsLab lab;
        lab.cluster().add(QStringLiteral("other"), ConnectorType::Sink, {"RUNNING"});
        lab.cluster().script(QString::fromLatin1(kPause), {.takesEffect = false, .hangs = true});
        const auto hung = lab.run(lab.preview(OperationKind::Pause).value()).value();
        auto request = lab.request(OperationKind::Pause);
        request.connector.name = QStringLiteral("other");
        const auto preview = runOn(*lab.world.clock, lab.operations->preview(request, {})).value();
        const auto begin = lab.world.clock->monotonic();
        QCOMPARE(nameOf(lab.end(lab.run(preview).value()).outcome), QStringLiteral("confirmed"));
        QVERIFY(lab.world.clock->monotonic() - begin < 10s);
        const auto done = lab.end(hung);
        QCOMPARE(nameOf(done.outcome), QStringLiteral("unknown"));
        QVERIFY(done.endedAt - done.startedAt >= 95s && done.endedAt - done.startedAt <= 95s + 125s);
    }

    void aStalePreviewIsRefused_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("drift");
        QTest::newRow("state") << QStringLiteral("state") << QStringLiteral("it was RUNNING and is PAUSED");
        QTest::newRow("task") << QStringLiteral("task") << QStringLiteral("task 1 was RUNNING and is FAILED");
        QTest::newRow("less tasks") << QStringLiteral("less") << QStringLiteral("task 1 was RUNNING and is gone");
        QTest::newRow("more tasks") << QStringLiteral("more") << QStringLiteral("task 2 is new");
        QTest::newRow("config") << QStringLiteral("config") << QStringLiteral("its configuration changed");
    }
    // Rows: UX-08
    void aStalePreviewIsRefused()
    {
        QFETCH(QString, change);
        OperationsLab lab;
        const auto preview = lab.preview(OperationKind::Stop).value();
        auto &status = lab.orders().status;
        if (change == QLatin1String("state")) {
            status.connector = parseState(QStringLiteral("PAUSED"));
        } else if (change == QLatin1String("task")) {
            status.tasks[1].state = parseState(QStringLiteral("FAILED"));
        } else if (change == QLatin1String("less")) {
            status.tasks.pop_back();
        } else if (change == QLatin1String("more")) {
            status.tasks.push_back({.id = 2, .state = parseState(QStringLiteral("RUNNING"))});
        } else {
            lab.orders().info.config.emplace_back(QStringLiteral("tasks.max"), QStringLiteral("9"));
        }
        const auto refused = lab.run(preview);
        QCOMPARE(refused.error().kind, ErrorKind::Conflict);
        QFETCH(QString, drift);
        QVERIFY2(refused.error().message.contains(drift), qPrintable(refused.error().message));
        QVERIFY(lab.cluster().writes().empty());
        QVERIFY(lab.logText().isEmpty());
        QVERIFY(!lab.operations->anyRunning()); // the lock is free again
    }

    // Rows: MO-01
    void anotherOperatorsActIsReported()
    {
        OperationsLab lab;
        lab.cluster().convergence = 1s;
        const auto id = lab.run(lab.preview(OperationKind::Pause).value()).value();
        lab.world.clock->advance(600ms);                                       // PAUSED was seen at the connector
        lab.orders().status.connector = parseState(QStringLiteral("RUNNING")); // somebody resumes it
        lab.cluster().later(1200ms, [&lab] {
            for (auto &task : lab.orders().status.tasks) {
                task.state = parseState(QStringLiteral("RUNNING"));
            }
        });
        const auto done = lab.end(id);
        QCOMPARE(nameOf(done.outcome), QStringLiteral("failed"));
        QVERIFY(done.observed.contains(QStringLiteral("someone else")));
        QVERIFY(done.observed.contains(QStringLiteral("RUNNING")));
    }

    // Rows: MO-01
    void betweenTwoTriesSomebodyElseMayDecide()
    {
        OperationsLab lab;
        lab.cluster().script(QString::fromLatin1(kPause), OperationsLab::answers(409, "rebalance"), 1000);
        const auto id = lab.run(lab.preview(OperationKind::Pause).value()).value();
        lab.orders().status.connector = parseState(QStringLiteral("STOPPED"));
        const auto done = lab.end(id);
        QCOMPARE(nameOf(done.outcome), QStringLiteral("refused"));
        QVERIFY(done.error->message.contains(QStringLiteral("it was RUNNING and is STOPPED")));
        QCOMPARE(int(lab.cluster().writes().size()), 1);
    }

    // Rows: ST-02
    void withoutALogNothingIsSent()
    {
        OperationsLab lab;
        QVERIFY(QDir(lab.dir.path()).mkpath(QStringLiteral("log")));
        QVERIFY(QFile::link(QStringLiteral("/dev/full"), lab.logFile()));
        const auto preview = lab.preview(OperationKind::Pause).value(); // reading goes on
        const auto blocked = lab.run(preview);
        QCOMPARE(blocked.error().kind, ErrorKind::StorageFailed);
        QCOMPARE(blocked.error().target, lab.logFile()); // it names the file, and what did not happen
        QVERIFY2(blocked.error().message.contains(QStringLiteral("not sent")), qPrintable(blocked.error().message));
        QVERIFY(lab.cluster().writes().empty());
        QVERIFY(!lab.operations->anyRunning());
        QVERIFY(lab.operations->operations().empty());
    }

    // Rows: UX-09
    void readOnlySendsNothing()
    {
        OperationsLab lab;
        const auto preview = lab.preview(OperationKind::Pause).value();
        QVERIFY(lab.contexts->setMode({QStringLiteral("lab")}, Mode::ReadOnly));
        lab.cluster().calls.clear();
        QCOMPARE(lab.run(preview).error().kind, ErrorKind::ModeForbids);
        QCOMPARE(lab.preview(OperationKind::Pause).error().kind, ErrorKind::ModeForbids);
        QVERIFY(lab.cluster().calls.empty());
    }

    void productionWantsAReason()
    {
        OperationsLab lab(Environment::Production);
        const auto preview = lab.preview(OperationKind::Pause).value();
        QVERIFY(preview.reasonNeeded);
        QCOMPARE(lab.run(preview, {.reason = QStringLiteral("  ")}).error().kind, ErrorKind::InvalidInput);
        const auto done = lab.end(
            lab.run(preview, {.person = QStringLiteral("Ada <ada@example.org>"), .reason = QStringLiteral("INC-7")})
                .value());
        QCOMPARE(done.request.reason, QStringLiteral("INC-7"));
        QVERIFY(lab.logText().contains("INC-7"));
    }

    void oneConnectorOneOperation()
    {
        OperationsLab lab;
        lab.cluster().convergence = 20s;
        const auto preview = lab.preview(OperationKind::Pause).value();
        auto first = lab.operations->run(preview, {});
        auto second = lab.operations->run(preview, {}); // a double click
        const auto refused = runOn(*lab.world.clock, std::move(second));
        QCOMPARE(refused.error().kind, ErrorKind::Locked);
        lab.end(runOn(*lab.world.clock, std::move(first)).value());
        QCOMPARE(int(lab.cluster().writes().size()), 1);
    }

    // Rows: UX-12
    void theWayBackIsOfferedAndIsAnOperationOfItsOwn()
    {
        OperationsLab lab;
        const auto paused = lab.carryOut(OperationKind::Pause);
        QCOMPARE(paused.compensation, std::optional(OperationKind::Resume));
        auto back = lab.request(*paused.compensation);
        back.compensates = paused.id;
        const auto preview = runOn(*lab.world.clock, lab.operations->preview(back, {})).value();
        const auto done = lab.end(lab.run(preview).value());
        QCOMPARE(nameOf(done.outcome), QStringLiteral("confirmed"));
        QCOMPARE(done.request.compensates, paused.id);
        QCOMPARE(lab.orders().status.connector.raw, QStringLiteral("RUNNING"));
        QCOMPARE(lab.operations->operations().front().id, done.id); // newest first
    }

    void whatIsSoAlreadyIsNotSent()
    {
        OperationsLab lab;
        lab.carryOut(OperationKind::Pause);
        lab.cluster().calls.clear();
        QCOMPARE(nameOf(lab.carryOut(OperationKind::Pause).outcome), QStringLiteral("confirmed"));
        QVERIFY(lab.cluster().writes().empty());
    }

    void theLogCanBeSearched()
    {
        OperationsLab lab;
        lab.carryOut(OperationKind::Pause);
        lab.carryOut(OperationKind::Resume);
        const auto find = [&](const char *text) {
            return runOn(
                *lab.world.clock, lab.operations->search({QStringLiteral("lab")}, QString::fromLatin1(text), {}))
                .value()
                .size();
        };
        QCOMPARE(find(""), size_t(2));
        QCOMPARE(find("orders PAUSE"), size_t(1));
        QCOMPARE(find("confirmed"), size_t(2));
        QCOMPARE(find("nothing like it"), size_t(0));
    }

    // Rows: UX-37
    void aPreviewCanBeCancelled()
    {
        OperationsLab lab;
        lab.cluster().script(QStringLiteral("GET"), {.hangs = true}, 10);
        std::stop_source stop;
        auto task
            = lab.operations->preview(lab.request(OperationKind::Pause), {.deadline = 1min, .stop = stop.get_token()});
        lab.world.clock->settle();
        QVERIFY(!task.isReady());
        stop.request_stop();
        lab.world.clock->settle(); // no time passes
        QVERIFY(task.isReady());
        QCOMPARE(runOn(*lab.world.clock, std::move(task)).error().kind, ErrorKind::Cancelled);
    }

    // Rows: SE-03
    void noCanaryReachesTheLog()
    {
        OperationsLab lab(Environment::Production);
        const QByteArray canary = "canary-5b1e77";
        lab.orders().info.config.emplace_back(QStringLiteral("connection.password"), QString::fromLatin1(canary));
        lab.cluster().script(QString::fromLatin1(kPause),
            OperationsLab::answers(400, "cannot reach https://ops:canary-5b1e77@db/?token=canary-5b1e77"));
        const auto preview = lab.preview(OperationKind::Pause).value();
        lab.end(
            lab.run(preview,
                   {.person = QStringLiteral("Ada"), .reason = QStringLiteral("password=canary-5b1e77 was wrong")})
                .value());
        const auto log = lab.logText();
        QVERIFY(log.contains("refused"));
        QByteArray escaped;
        for (const char c : canary) {
            escaped += "\\u00" + QByteArray(1, c).toHex();
        }
        for (const auto &form :
            {canary, canary.toBase64(), canary.toHex(), QByteArray(canary).replace('-', "%2D"), escaped}) {
            QVERIFY2(!log.contains(form), form.constData());
        }
    }
};

QTEST_GUILESS_MAIN(tst_OperationsService)
#include "tst_operationsservice.moc"
