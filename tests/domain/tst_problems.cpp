// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/problem.h"
#include "support/cast/cast.h"

#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const Monotonic start {1h};

ConnectorFacts &row(PlatformSnapshot &snapshot, const char *name)
{
    return *std::ranges::find(snapshot.connectors, QString::fromLatin1(name), [](const auto &f) { return f.ref.name; });
}

std::vector<Problem> find(
    const PlatformSnapshot &snapshot, const std::vector<Problem> &previous = {}, Milliseconds later = 0ms)
{
    return findProblems(snapshot, {}, previous, cast::now() + later, start + later);
}

//! "TasksFailed invoices-jdbc-sink", in the board's order.
QStringList titles(const std::vector<Problem> &problems)
{
    static const QHash<ProblemKind, QString> words {{ProblemKind::ConnectorFailed, QStringLiteral("ConnectorFailed")},
        {ProblemKind::TasksFailed, QStringLiteral("TasksFailed")},
        {ProblemKind::TasksUnassigned, QStringLiteral("TasksUnassigned")},
        {ProblemKind::LagGrows, QStringLiteral("LagGrows")},
        {ProblemKind::WorkerUnreachable, QStringLiteral("WorkerUnreachable")},
        {ProblemKind::WorkerUnhealthy, QStringLiteral("WorkerUnhealthy")},
        {ProblemKind::ClusterUnreachable, QStringLiteral("ClusterUnreachable")},
        {ProblemKind::ClusterStarting, QStringLiteral("ClusterStarting")},
        {ProblemKind::KafkaUnreachable, QStringLiteral("KafkaUnreachable")},
        {ProblemKind::WitnessesDisagree, QStringLiteral("WitnessesDisagree")},
        {ProblemKind::OffsetsAtRisk, QStringLiteral("OffsetsAtRisk")},
        {ProblemKind::DeadLettersGrow, QStringLiteral("DeadLettersGrow")}};
    QStringList lines;
    for (const auto &problem : problems) {
        const auto &name = problem.connector.name.isEmpty() ? problem.worker : problem.connector.name;
        lines.append(QString(words[problem.kind] + QLatin1Char(' ') + name).trimmed());
    }
    return lines;
}

} // namespace

class TestProblems : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void boardOfTheCast();
    void wellPlatformHasNone();
    void failedTaskTellsItsFacts();
    void lostWorkerTellsWhatItTouches();
    void eachKindIsFound_data();
    void eachKindIsFound();
    void olderComesFirst();
    void recoveredLeavesAfterAMinute();
    void failingAgainKeepsItsAge();
    void restedConnectorLeavesAtOnce();
    void retentionOvertakesAlsoWhatRests();
    void unassignedDuringARebalanceIsNoProblem();
    void lostClusterSpeaksOnce();
    void nothingRecoversWhileItsClusterIsSilent();
    void noWorkerRecoversWhileItsClusterStarts();
};

// Rows: UX-01
void TestProblems::boardOfTheCast()
{
    const QStringList expected {QStringLiteral("TasksFailed invoices-jdbc-sink"),
        QStringLiteral("LagGrows clickstream-http-sink"), QStringLiteral("WorkerUnreachable connect-eu-3:8083")};
    QCOMPARE(titles(find(cast::snapshot())), expected);
}

void TestProblems::wellPlatformHasNone()
{
    QCOMPARE(titles(find(cast::wellPlatform())), QStringList());
    QCOMPARE(titles(find(cast::emptyPlatform())), QStringList());
}

void TestProblems::failedTaskTellsItsFacts()
{
    const auto problem = find(cast::snapshot()).front();
    QCOMPARE(problem.tasks, std::vector {1});
    QCOMPARE(problem.tasksTotal, 3);
    QCOMPARE(problem.tasksRunning, 2);
    QCOMPARE(problem.since, cast::at("2026-03-10T09:31:07Z"));
    QVERIFY(!problem.sinceAtLeast);
    QCOMPARE(problem.taskWorker, QStringLiteral("connect-eu-5:8083"));
    QCOMPARE(problem.rawTrace, cast::invoicesTrace());
    QCOMPARE(problem.team, QStringLiteral("Billing"));
    QCOMPARE(problem.system, QStringLiteral("billing-db"));
    QCOMPARE(problem.lagRecords.value, std::optional<std::int64_t>(41'208));
    QVERIFY(problem.lagSlope > 0);
    const std::vector steps {OperationKind::RestartTask, OperationKind::Pause};
    QCOMPARE(problem.nextSteps, steps);
}

void TestProblems::lostWorkerTellsWhatItTouches()
{
    const auto problem = find(cast::snapshot()).back();
    QCOMPARE(problem.since, cast::at("2026-03-10T09:39:52Z"));
    QCOMPARE(problem.failures, 14);
    QCOMPARE(problem.message, QStringLiteral("Connection refused"));
    QCOMPARE(problem.tasks.size(), 9U);
    QCOMPARE(problem.tasksTotal, 60);
    QCOMPARE(problem.tasksRunning, 47);
    const std::vector touched {QStringLiteral("salesforce-accounts-source"), QStringLiteral("sessions-elastic-sink"),
        QStringLiteral("shipments-s3-sink"), QStringLiteral("stock-levels-mongo-source")};
    QCOMPARE(problem.alsoTouched, touched);
}

void TestProblems::eachKindIsFound_data()
{
    using Change = void (*)(PlatformSnapshot &);
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("title");
    QTest::addColumn<int>("severity");
    const auto add = [](const char *title, Severity severity, Change change) {
        QTest::newRow(title) << change << QString::fromLatin1(title) << int(severity);
    };
    add("ConnectorFailed orders-s3-sink", Severity::Stopped,
        [](PlatformSnapshot &s) { row(s, "orders-s3-sink").status.connector = parseState(QStringLiteral("FAILED")); });
    add("TasksUnassigned prices-jdbc-source", Severity::Stopped, [](PlatformSnapshot &s) {
        row(s, "prices-jdbc-source").status.tasks[0].state = parseState(QStringLiteral("UNASSIGNED"));
    });
    add("TasksUnassigned orders-s3-sink", Severity::Reduced, [](PlatformSnapshot &s) {
        row(s, "orders-s3-sink").status.tasks[0].state = parseState(QStringLiteral("UNASSIGNED"));
    });
    add("WitnessesDisagree orders-s3-sink", Severity::Stopped, [](PlatformSnapshot &s) {
        row(s, "orders-s3-sink").witnesses = {.agree = false, .kind = WitnessKind::NotInGroup, .silentTasks = {0}};
    });
    add("OffsetsAtRisk orders-s3-sink", Severity::Stopped, [](PlatformSnapshot &s) {
        row(s, "orders-s3-sink").groupLag = groupLag({partitionLag({QStringLiteral("orders"), 0}, 3, 8, 15)});
    });
    add("DeadLettersGrow orders-s3-sink", Severity::Reduced,
        [](PlatformSnapshot &s) { row(s, "orders-s3-sink").deadLetterHistory = {{start, 4}, {start + 10s, 9}}; });
    add("WorkerUnhealthy connect-eu-2:8083", Severity::Stopped, [](PlatformSnapshot &s) {
        s.clusters[0].workers[1].health = {WorkerHealth::Unhealthy, QStringLiteral("flushing")};
    });
    add("ClusterUnreachable connect-eu-1:8083", Severity::Stopped, [](PlatformSnapshot &s) {
        s.clusters[0].error = Error {.kind = ErrorKind::Unreachable, .target = QStringLiteral("connect-eu-1:8083")};
        s.clusters[0].missedPolls = 3;
    });
    add("ClusterStarting", Severity::SelfHealing, [](PlatformSnapshot &s) { s.clusters[0].starting = true; });
    add("KafkaUnreachable broker-1:9092", Severity::Reduced, [](PlatformSnapshot &s) {
        s.kafkaError = Error {.kind = ErrorKind::Unreachable, .target = QStringLiteral("broker-1:9092")};
    });
}

void TestProblems::eachKindIsFound()
{
    using Change = void (*)(PlatformSnapshot &);
    QFETCH(Change, change);
    QFETCH(QString, title);
    auto snapshot = cast::wellPlatform();
    change(snapshot);
    const auto problems = find(snapshot);
    QCOMPARE(titles(problems), QStringList(title));
    QTEST(int(problems.front().severity), "severity");
}

// Rows: UX-01
void TestProblems::olderComesFirst()
{
    auto snapshot = cast::wellPlatform();
    for (const char *name : {"audit-log-s3-sink", "orders-s3-sink", "returns-s3-sink"}) {
        row(snapshot, name).status.tasks[0].state = parseState(QStringLiteral("FAILED"));
    }
    row(snapshot, "returns-s3-sink").since.value = cast::now() - 1h;
    row(snapshot, "orders-s3-sink").since.value = cast::now() - 2h;
    row(snapshot, "audit-log-s3-sink").since.value = cast::now() - 1min;
    const QStringList expected {QStringLiteral("TasksFailed orders-s3-sink"),
        QStringLiteral("TasksFailed returns-s3-sink"), QStringLiteral("TasksFailed audit-log-s3-sink")};
    QCOMPARE(titles(find(snapshot)), expected);
}

void TestProblems::recoveredLeavesAfterAMinute()
{
    auto broken = cast::wellPlatform();
    row(broken, "orders-s3-sink").status.tasks[0].state = parseState(QStringLiteral("FAILED"));
    const auto well = cast::wellPlatform();
    auto problems = find(broken);
    problems = find(well, problems, 2s);
    QCOMPARE(problems.size(), 1U);
    QCOMPARE(problems[0].recoveredSince, std::optional(start + 2s));
    QCOMPARE(problems[0].tasksRunning, problems[0].tasksTotal); // the card tells how it is now
    problems = find(well, problems, 61s);
    QCOMPARE(problems.size(), 1U);
    problems = find(well, problems, 62s);
    QVERIFY(problems.empty());
}

void TestProblems::failingAgainKeepsItsAge()
{
    auto broken = cast::wellPlatform();
    auto &facts = row(broken, "orders-s3-sink");
    facts.status.tasks[0].state = parseState(QStringLiteral("FAILED"));
    facts.since.value = cast::now() - 10min;
    auto problems = find(broken);
    problems = find(cast::wellPlatform(), problems, 2s); // the green flash of a restart
    facts.since.value = cast::now() + 3s;
    problems = find(broken, problems, 4s);
    QCOMPARE(problems.size(), 1U);
    QVERIFY(!problems[0].recoveredSince);
    QCOMPARE(problems[0].since, cast::now() - 10min);
}

void TestProblems::restedConnectorLeavesAtOnce()
{
    auto broken = cast::wellPlatform();
    row(broken, "orders-s3-sink").status.tasks[0].state = parseState(QStringLiteral("FAILED"));
    const auto problems = find(broken);
    auto stopped = cast::wellPlatform();
    row(stopped, "orders-s3-sink").standing = Standing::Stopped;
    QVERIFY(find(stopped, problems, 2s).empty());
    std::erase_if(stopped.connectors, [](const auto &f) { return f.ref.name == QLatin1String("orders-s3-sink"); });
    QVERIFY(find(stopped, problems, 2s).empty());
}

// Rows: KF-05
void TestProblems::retentionOvertakesAlsoWhatRests()
{
    auto snapshot = cast::wellPlatform();
    auto &facts = row(snapshot, "orders-s3-sink");
    facts.status.connector = parseState(QStringLiteral("STOPPED"));
    facts.status.tasks.clear();
    facts.standing = Standing::Stopped;
    QVERIFY(find(snapshot).empty());
    facts.groupLag = groupLag({partitionLag({QStringLiteral("orders"), 0}, 3, 8, 15)});
    const auto problems = find(snapshot);
    QCOMPARE(problems.size(), 1U);
    QCOMPARE(problems[0].kind, ProblemKind::OffsetsAtRisk);
    QVERIFY(problems[0].nextSteps.empty()); // it is stopped already
}

void TestProblems::unassignedDuringARebalanceIsNoProblem()
{
    auto snapshot = cast::wellPlatform();
    auto &facts = row(snapshot, "orders-s3-sink");
    facts.status.tasks[0].state = parseState(QStringLiteral("UNASSIGNED"));
    facts.since.value = cast::now() - 9s;
    QVERIFY(find(snapshot).empty());
    facts.since.value = cast::now() - 10s;
    QCOMPARE(find(snapshot).size(), 1U);
}

void TestProblems::lostClusterSpeaksOnce()
{
    auto snapshot = cast::snapshot(); // with a lost worker, growing lag and a failed task
    snapshot.clusters[0].error = Error {.kind = ErrorKind::Unreachable, .target = QStringLiteral("connect-eu-1:8083")};
    snapshot.clusters[0].missedPolls = 5;
    const QStringList expected {
        QStringLiteral("TasksFailed invoices-jdbc-sink"), QStringLiteral("ClusterUnreachable connect-eu-1:8083")};
    for (auto &facts : snapshot.connectors) {
        facts.standing = Standing::Unreachable;
    }
    QCOMPARE(titles(find(snapshot)), expected);
}

//! A dead worker's card would say "recovering" of what nobody answers for.
void TestProblems::nothingRecoversWhileItsClusterIsSilent()
{
    auto snapshot = cast::snapshot();
    const auto before = find(snapshot); // with a lost worker and growing lag
    snapshot.clusters[0].error = Error {.kind = ErrorKind::Unreachable, .target = QStringLiteral("connect-eu-1:8083")};
    snapshot.clusters[0].missedPolls = 5;
    for (auto &facts : snapshot.connectors) {
        facts.standing = Standing::Unreachable;
    }
    const auto after = find(snapshot, before, 2s);
    QCOMPARE(titles(after),
        QStringList({QStringLiteral("TasksFailed invoices-jdbc-sink"),
            QStringLiteral("ClusterUnreachable connect-eu-1:8083")}));
    QVERIFY(std::ranges::none_of(after, [](const Problem &each) { return each.recoveredSince.has_value(); }));
}

void TestProblems::noWorkerRecoversWhileItsClusterStarts()
{
    auto snapshot = cast::snapshot();
    const auto before = find(snapshot);
    snapshot.clusters[0].starting = true;
    const auto after = titles(find(snapshot, before, 2s));
    QVERIFY(after.contains(QStringLiteral("ClusterStarting")));
    QVERIFY2(after.filter(QStringLiteral("Worker")).isEmpty(), qPrintable(after.join(u'\n')));
    snapshot.clusters[0].starting = false;
    QVERIFY(titles(find(snapshot)).contains(QStringLiteral("WorkerUnreachable connect-eu-3:8083")));
}

QTEST_GUILESS_MAIN(TestProblems)
#include "tst_problems.moc"
