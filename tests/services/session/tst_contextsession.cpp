// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/sessionlab.h"

#include <QSignalSpy>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

QString many(int number)
{
    return QStringLiteral("connector-%1").arg(number, 4, 10, QLatin1Char('0'));
}

constexpr auto kStatus = "GET /connectors?expand=status";
constexpr auto kInfo = "GET /connectors?expand=info";

} // namespace

class tst_ContextSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFirstPictureComesAtOnce()
    {
        SessionLab lab;
        lab.world.cluster().add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING", "FAILED"});
        lab.world.cluster().failTask(
            QStringLiteral("orders"), 1, QStringLiteral("org.apache.kafka.connect.errors.DataException: bad"));
        lab.open();
        QVERIFY(lab.row("orders"));
        QCOMPARE(lab.row("orders")->standing, Standing::Failed);
        QVERIFY(lab.has(ProblemKind::TasksFailed));
        QCOMPARE(lab.facts().server.value->version, QStringLiteral("4.1.0"));
        QCOMPARE(lab.session->wellSince(), Instant {});
    }

    // Rows: PB-18, UX-02
    void theWireBudgetIsKept()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster(
            QStringLiteral("main"), {QStringLiteral("http://w1:8083"), QStringLiteral("http://w2:8083")});
        for (int i = 0; i < 1000; ++i) {
            cluster.add(many(i), ConnectorType::Sink, {"RUNNING", "RUNNING"});
        }
        lab.open();
        lab.pass(29s);
        cluster.calls.clear();
        lab.pass(120s);
        const auto total = int(cluster.calls.size());
        QCOMPARE(cluster.count(QLatin1String(kStatus)), 60);                     // one a tick
        QCOMPARE(cluster.count(QLatin1String(kInfo)), 4);                        // one in 30 s
        QCOMPARE(cluster.count(QStringLiteral("GET http://w1:8083/health")), 8); // one in 15 s, each worker
        QCOMPARE(cluster.count(QStringLiteral("GET http://w2:8083/health")), 8);
        QCOMPARE(total, 60 + 4 + 16); // and nothing else
    }

    // Rows: UX-03
    void aHiddenContextAsksForStatusAlone()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster();
        cluster.add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"});
        lab.open();
        lab.session->setInterest({.visible = false});
        lab.pass(20s);
        cluster.calls.clear();
        lab.pass(150s);
        QCOMPARE(cluster.count(QLatin1String(kStatus)), 10);
        QCOMPARE(int(cluster.calls.size()), 10);
        lab.session->setInterest({.visible = true});
        lab.world.clock->settle();
        QCOMPARE(cluster.count(QLatin1String(kStatus)), 11); // it does not wait for its slow turn
    }

    void nothingIsEmittedWhenNothingChanged()
    {
        SessionLab lab;
        lab.world.cluster().add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"});
        lab.open();
        lab.pass(30s);
        const QSignalSpy pictures(lab.session.get(), &ContextSession::snapshotChanged);
        const auto seen = lab.row("orders")->seenAt;
        lab.pass(60s);
        QCOMPARE(pictures.size(), 0);
        QVERIFY(lab.row("orders")->seenAt > seen); // the age goes on all the same
        lab.world.cluster().at(QStringLiteral("orders")).status.tasks[0].state = parseState(QStringLiteral("BANANA"));
        lab.pass(2s);
        QCOMPARE(pictures.size(), 1);
        QCOMPARE(lab.row("orders")->status.tasks[0].state.raw, QStringLiteral("BANANA"));
    }

    // Rows: CR-07, PB-04
    void aClusterThatHangsDelaysNoOther()
    {
        SessionLab lab;
        for (int i = 0; i < 5; ++i) {
            auto &cluster = lab.world.cluster(QStringLiteral("c%1").arg(i));
            cluster.add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"});
        }
        auto &hung = lab.world.cluster(QStringLiteral("c0"));
        hung.script(QStringLiteral("GET"), {.hangs = true}, 1'000'000);
        lab.open();
        lab.pass(60s);
        for (int i = 1; i < 5; ++i) {
            QCOMPARE(lab.world.cluster(QStringLiteral("c%1").arg(i)).count(QLatin1String(kStatus)), 31);
        }
        QVERIFY(lab.facts(0).error && lab.facts(0).error->kind == ErrorKind::DeadlineExceeded);
        QVERIFY(!lab.facts(1).error);
        QVERIFY(hung.openCalls <= 2); // the list and one health question
    }

    // Rows: UX-36, N14
    void afterThreeMissedPollsRowsAreStale()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster();
        cluster.add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"});
        lab.open();
        lab.pass(10s);
        const auto seen = lab.row("orders")->seenAt;
        cluster.down = Error {.kind = ErrorKind::Unreachable, .message = QStringLiteral("Connection refused")};
        lab.pass(4s);
        QVERIFY(!lab.row("orders")->stale);
        lab.pass(4s);
        QVERIFY(lab.row("orders")->stale);
        QCOMPARE(lab.row("orders")->seenAt, seen); // the last good picture stays, with its age
        QVERIFY(lab.has(ProblemKind::ClusterUnreachable));
        cluster.down.reset();
        lab.pass(5s); // one back-off step
        QVERIFY(!lab.row("orders")->stale);
        QVERIFY(!lab.facts().error);
    }

    void aFailingClusterIsAskedLessOften()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster();
        cluster.down = Error {.kind = ErrorKind::Unreachable, .message = QStringLiteral("Connection refused")};
        lab.open();
        lab.pass(60s);
        cluster.calls.clear();
        lab.pass(60s);
        QVERIFY(cluster.count(QLatin1String(kStatus)) >= 12 && cluster.count(QLatin1String(kStatus)) <= 16);
    }

    void aStartingWorkerIsNotBelieved()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster();
        cluster.add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"});
        const auto url = cluster.workers.first();
        lab.open();
        lab.pass(10s);
        const auto known = cluster.connectors;
        cluster.down = Error {.kind = ErrorKind::Unreachable, .message = QStringLiteral("Connection refused")};
        lab.pass(6s);
        // It listens again and has not read its topics: the list is empty and only /health knows.
        cluster.down.reset();
        cluster.connectors.clear();
        cluster.health[url] = {WorkerHealth::Starting, QStringLiteral("Worker is still starting up.")};
        lab.pass(6s);
        QVERIFY(lab.row("orders") && !lab.row("orders")->gone);
        QVERIFY(lab.facts().starting);
        QVERIFY(lab.has(ProblemKind::ClusterStarting));
        cluster.connectors = known;
        cluster.health[url] = {WorkerHealth::Healthy, QStringLiteral("ready")};
        lab.pass(4s);
        QVERIFY(!lab.facts().starting);
        QCOMPARE(lab.row("orders")->standing, Standing::Running);
    }

    void anEmptyListAfterAFullOneNeedsAVoucher()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster();
        cluster.add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"});
        lab.open();
        lab.pass(10s);
        cluster.health[cluster.workers.first()] = {WorkerHealth::Unhealthy, QStringLiteral("busy")};
        cluster.connectors.clear();
        lab.pass(10s);
        QVERIFY(lab.row("orders") && !lab.row("orders")->gone);
        cluster.health.clear();
        lab.pass(4s);
        QVERIFY(lab.row("orders")->gone); // a healthy worker says it: they were deleted
        lab.pass(14s);
        QVERIFY(!lab.row("orders"));
    }

    // Rows: CR-06
    void aListedConnectorThatAnswers404IsGone()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster();
        cluster.add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"});
        cluster.add(QStringLiteral("other"), ConnectorType::Sink, {"RUNNING"});
        lab.open();
        const ConnectorRef ref = lab.row("orders")->ref;
        cluster.before(
            QStringLiteral("GET /connectors/orders/offsets"), [&] { cluster.remove(QStringLiteral("orders")); });
        const auto offsets = runOn(*lab.world.clock, lab.session->fetchOffsets(ref, {}), 100ms);
        QCOMPARE(offsets.error().kind, ErrorKind::NotFound);
        lab.world.clock->settle();
        QVERIFY(lab.row("orders")->gone);
        QVERIFY(!lab.row("other")->gone);
        QVERIFY(!lab.has(ProblemKind::ConnectorFailed) && !lab.has(ProblemKind::TasksFailed));
    }

    // Rows: CR-19
    void aLateUnassignedReadsChanging()
    {
        SessionLab lab;
        auto &orders = lab.world.cluster().add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"});
        lab.open();
        lab.pass(4s);
        orders.status.tasks[0].state = parseState(QStringLiteral("UNASSIGNED"));
        lab.pass(2s);
        QCOMPARE(lab.row("orders")->standing, Standing::Restarting);
        QCOMPARE(lab.row("orders")->status.tasks[0].state.raw, QStringLiteral("UNASSIGNED"));
        QVERIFY(lab.session->problems().empty());
        orders.status.tasks[0].state = parseState(QStringLiteral("RUNNING"));
        lab.pass(2s);
        QCOMPARE(lab.row("orders")->standing, Standing::Running);
        orders.status.tasks[0].state = parseState(QStringLiteral("UNASSIGNED"));
        lab.pass(10s);
        QCOMPARE(lab.row("orders")->standing, Standing::Unassigned); // it lasts: no longer noise
    }

    // Rows: CR-20
    void tasksOfAKilledWorkerAreNotGreen()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster(
            QStringLiteral("main"), {QStringLiteral("http://worker-1:8083"), QStringLiteral("http://worker-2:8083")});
        auto &orders = cluster.add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING", "RUNNING"});
        orders.status.tasks[1].workerId = QStringLiteral("worker-2:8083");
        lab.open();
        lab.pass(10s);
        QCOMPARE(lab.row("orders")->standing, Standing::Running);
        cluster.health[QStringLiteral("http://worker-2:8083")] = {WorkerHealth::Unreachable, {}};
        lab.pass(20s); // statuses still say RUNNING on it
        QCOMPARE(lab.row("orders")->standing, Standing::Degraded);
        QVERIFY(lab.row("orders")->witnesses.worker == QLatin1String("worker-2:8083"));
        QVERIFY(lab.has(ProblemKind::WorkerUnreachable));
        QCOMPARE(lab.facts().workers.at(1).tasks, 1);
        QCOMPARE(lab.facts().workers.at(1).lastError, QStringLiteral("Connection refused"));
        const auto problems = lab.session->problems();
        const auto lost = std::ranges::find(problems, ProblemKind::WorkerUnreachable, &Problem::kind);
        QCOMPARE(lost->message, QStringLiteral("Connection refused")); // the card's reporter
        QCOMPARE(lost->tasks.size(), size_t(1));
        cluster.down = Error {.kind = ErrorKind::Unreachable, .message = QStringLiteral("Connection refused")};
        lab.pass(30s); // now the other one too
        QVERIFY(lab.has(ProblemKind::ClusterUnreachable));
        QVERIFY(!lab.has(ProblemKind::WorkerUnreachable)); // nor "recovering": nobody says that it is back
    }

    // Rows: CR-25
    void aHugeTraceTouchesNobodyElse()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster();
        for (int i = 0; i < 1000; ++i) {
            cluster.add(many(i), ConnectorType::Sink, {"RUNNING"});
        }
        const QString frame = QStringLiteral("\tat com.example.Sink.put(Sink.java:1)\n");
        const QString trace = QStringLiteral("java.lang.RuntimeException: boom password=hunter2secret\n")
            + frame.repeated(5'000'000 / int(frame.size()));
        cluster.failTask(many(500), 0, trace);
        lab.open();
        QCOMPARE(int(lab.session->snapshot()->connectors.size()), 1000);
        const auto shown = lab.row("connector-0500")->status.tasks[0].trace;
        QVERIFY(shown.size() <= 256 * 1024 && shown.startsWith(QStringLiteral("java.lang.RuntimeException: boom")));
        QVERIFY(!shown.contains(QStringLiteral("hunter2secret")));
        QCOMPARE(
            std::ranges::count(lab.session->snapshot()->connectors, Standing::Running, &ConnectorFacts::standing), 999);
    }

    // Rows: SE-08
    void configurationsEnterThePictureMasked()
    {
        SessionLab lab;
        auto &orders = lab.world.cluster().add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"});
        orders.info.config.emplace_back(QStringLiteral("connection.password"), QStringLiteral("hunter2secret"));
        lab.open();
        const auto *shown = findConfig(lab.row("orders")->info->config, QStringLiteral("connection.password"));
        QVERIFY(shown && !shown->contains(QStringLiteral("hunter2secret")));
        QCOMPARE(
            lab.row("orders")->configHash, configHash(orders.info.config)); // of what the worker holds, not of the mask
        QVERIFY(lab.world.cluster().writes().empty());
    }

    void theListSaysWhenInfosMustBeReadAgain()
    {
        SessionLab lab;
        auto &cluster = lab.world.cluster();
        cluster.add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING"});
        lab.open();
        lab.pass(6s);
        QCOMPARE(cluster.count(QLatin1String(kInfo)), 1);
        cluster.add(QStringLiteral("fresh"), ConnectorType::Source, {"RUNNING"});
        lab.pass(2s);
        QCOMPARE(cluster.count(QLatin1String(kInfo)), 2);
        QVERIFY(lab.row("fresh")->info);
    }

    void closingEndsWhatIsInFlight()
    {
        SessionLab lab;
        lab.world.cluster().script(QStringLiteral("GET"), {.hangs = true}, 100);
        lab.open();
        QVERIFY(lab.world.cluster().openCalls > 0);
        lab.close();
        QCOMPARE(lab.world.cluster().openCalls, 0);
        QCOMPARE(lab.world.cluster().clients, 0);
    }
};

QTEST_GUILESS_MAIN(tst_ContextSession)
#include "tst_contextsession.moc"
