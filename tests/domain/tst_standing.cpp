// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/lagtrend.h"
#include "domain/triage/problem.h"
#include "support/cast/cast.h"

#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(headgate::Standing)
Q_DECLARE_METATYPE(headgate::WitnessReport)

namespace {

const auto worker1 = QStringLiteral("connect-1:8083");
const auto worker2 = QStringLiteral("connect-2:8083");

//! "RUNNING[RUNNING FAILED]": task n on worker n % 2 + 1.
ConnectorFacts sink(const QString &picture)
{
    ConnectorFacts facts;
    facts.ref.name = facts.status.name = QStringLiteral("orders");
    facts.status.type = ConnectorType::Sink;
    facts.status.connector = parseState(picture.section(u'[', 0, 0));
    const auto words = picture.section(u'[', 1).chopped(1).split(u' ', Qt::SkipEmptyParts);
    for (const auto &word : words) {
        const int id = static_cast<int>(facts.status.tasks.size());
        facts.status.tasks.push_back(
            {.id = id, .state = parseState(word), .workerId = id % 2 == 0 ? worker1 : worker2});
    }
    facts.seenAt = cast::now();
    facts.since = Observed<Instant>::of(cast::now() - 10min, cast::now(), QStringLiteral("status topic"));
    return facts;
}

ConnectClusterFacts cluster()
{
    ConnectClusterFacts facts;
    facts.statusAt = cast::now();
    for (const auto &id : {worker1, worker2}) {
        WorkerFacts worker;
        worker.address = worker.workerId = id;
        worker.health.health = WorkerHealth::Healthy;
        facts.workers.push_back(worker);
    }
    return facts;
}

void lose(WorkerFacts &worker)
{
    worker.health.health = WorkerHealth::Unreachable;
    worker.failures = 3;
    worker.unreachableSince = cast::at("2026-03-10T09:39:52Z");
}

void join(ConnectorFacts &facts, std::initializer_list<int> tasks)
{
    facts.membersAt = cast::now();
    for (const int task : tasks) {
        facts.members.push_back({.clientId = QStringLiteral("connector-consumer-orders-%1").arg(task)});
    }
}

//! One lag value every `step`, newest last.
std::vector<LagSample> line(std::initializer_list<std::int64_t> values, Milliseconds step)
{
    std::vector<LagSample> samples;
    for (const auto value : values) {
        samples.push_back({Monotonic(step * static_cast<int>(samples.size())), value});
    }
    return samples;
}

} // namespace

class TestStanding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void byStates_data();
    void byStates();
    void byCluster();
    void lagging_data();
    void lagging();
    void slope();
    void runningNeedsAWitness_data();
    void runningNeedsAWitness();
    void unhealthyWorkerIsNotBelieved();
    void standingOffsetsAreNotBelieved();
    void castCountsLikeThePicture();
};

// Rows: UX-04
void TestStanding::byStates_data()
{
    QTest::addColumn<QString>("picture");
    QTest::addColumn<Standing>("standing");
    const auto row = [](const char *picture, Standing standing) {
        QTest::newRow(picture) << QString::fromLatin1(picture) << standing;
    };
    // clang-format off
    row("RUNNING[RUNNING RUNNING]",       Standing::Running);
    row("RUNNING[]",                      Standing::Running);
    row("RUNNING[RUNNING FAILED]",        Standing::Failed);
    row("PAUSED[PAUSED FAILED]",          Standing::Failed);
    row("FAILED[]",                       Standing::Failed);
    row("FAILED[RUNNING]",                Standing::Failed);
    row("RUNNING[RUNNING UNASSIGNED]",    Standing::Degraded);
    row("RUNNING[RUNNING BANANA]",        Standing::Degraded);
    row("RUNNING[RUNNING PAUSED]",        Standing::Degraded);
    row("UNASSIGNED[RUNNING]",            Standing::Degraded);
    row("RUNNING[UNASSIGNED UNASSIGNED]", Standing::Unassigned);
    row("UNASSIGNED[UNASSIGNED]",         Standing::Unassigned);
    row("RUNNING[RESTARTING RUNNING]",    Standing::Restarting);
    row("RESTARTING[RUNNING]",            Standing::Restarting);
    row("PAUSED[RUNNING]",                Standing::Paused);
    row("PAUSED[]",                       Standing::Paused);
    row("STOPPED[]",                      Standing::Stopped);
    row("STOPPED[RUNNING]",               Standing::Stopped);
    row("STOPPED[FAILED]",                Standing::Stopped);
    row("BANANA[RUNNING]",                Standing::Unknown);
    row("RUNNING[BANANA]",                Standing::Unknown);
    // clang-format on
}

void TestStanding::byStates()
{
    QFETCH(QString, picture);
    QTEST(standingOf(sink(picture), cluster(), {}), "standing");
}

void TestStanding::byCluster()
{
    const auto facts = sink(QStringLiteral("RUNNING[RUNNING]"));
    auto lost = cluster();
    lost.error = Error {.kind = ErrorKind::Unreachable};
    lost.missedPolls = 2;
    QCOMPARE(standingOf(facts, lost, {}), Standing::Running); // one missed poll is not yet news
    lost.missedPolls = 3;
    QCOMPARE(standingOf(facts, lost, {}), Standing::Unreachable);
    auto starting = cluster();
    starting.starting = true;
    QCOMPARE(standingOf(facts, starting, {}), Standing::Unknown);
    auto gone = facts;
    gone.gone = true;
    QCOMPARE(standingOf(gone, cluster(), {}), Standing::Unknown);
}

void TestStanding::lagging_data()
{
    QTest::addColumn<std::vector<LagSample>>("lag");
    QTest::addColumn<double>("seconds");
    QTest::addColumn<bool>("lags");
    // clang-format off
    QTest::newRow("behind, rises for 60 s")    << line({10, 20, 30, 40, 50, 60, 70}, 10s) << 61.0  << true;
    QTest::newRow("behind, flat for 60 s")     << line({70, 70, 70, 70, 70, 70, 70}, 10s) << 61.0  << true;
    QTest::newRow("behind, rises for 50 s")    << line({90, 20, 30, 40, 50, 60, 70}, 10s) << 61.0  << false;
    QTest::newRow("behind, falls")             << line({70, 60, 50, 40, 30, 20, 10}, 10s) << 300.0 << false;
    QTest::newRow("behind, steps of commits")  << line({50, 70, 40, 60, 50, 70, 60}, 12s) << 61.0  << true;
    QTest::newRow("60 s is not more than 60")  << line({10, 20, 30, 40, 50, 60, 70}, 10s) << 60.0  << false;
    QTest::newRow("not behind")                << line({10, 20, 30, 40, 50, 60, 70}, 10s) << 5.0   << false;
    QTest::newRow("long behind, just watched") << line({10, 20}, 2s)                      << 121.0 << true;
    QTest::newRow("long behind, falls")        << line({20, 10}, 2s)                      << 999.0 << false;
    QTest::newRow("caught up")                 << line({0, 0, 0, 0, 0, 0, 0}, 10s)        << 61.0  << false;
    QTest::newRow("one sample")                << line({70}, 10s)                         << 999.0 << false;
    // clang-format on
}

void TestStanding::lagging()
{
    QFETCH(std::vector<LagSample>, lag);
    QFETCH(double, seconds);
    QFETCH(bool, lags);
    auto facts = sink(QStringLiteral("RUNNING[RUNNING]"));
    facts.lagHistory = lag;
    facts.lagSeconds = Observed<double>::of(seconds, cast::now(), QString());
    QCOMPARE(isLagging(facts, {}), lags);
    QCOMPARE(standingOf(facts, cluster(), {}), lags ? Standing::Lagging : Standing::Running);
    facts.lagSeconds = Observed<double>::none(Absence::NotPermitted);
    QVERIFY(!isLagging(facts, {}));
}

void TestStanding::slope()
{
    QCOMPARE(lagSlope(line({0, 100, 200}, 10s), 60s), 10.0);
    QCOMPARE(lagSlope(line({900, 100, 200}, 10s), 10s), 10.0); // only the window counts
    QCOMPARE(lagSlope(line({5}, 10s), 60s), 0.0);
    QCOMPARE(lagSlope({}, 60s), 0.0);
}

// Rows: CR-20
void TestStanding::runningNeedsAWitness_data()
{
    QTest::addColumn<QString>("picture");
    QTest::addColumn<bool>("workerLost");
    QTest::addColumn<bool>("groupKnown");
    QTest::addColumn<WitnessReport>("report");
    QTest::addColumn<Standing>("standing");
    const WitnessReport agree;
    // clang-format off
    QTest::newRow("all agree")                << "RUNNING[RUNNING RUNNING]" << false << true  << agree << Standing::Running;
    QTest::newRow("dead worker, REST alone")  << "RUNNING[RUNNING RUNNING]" << true  << false
        << WitnessReport {.agree = false, .kind = WitnessKind::WorkerSilent, .silentTasks = {1}, .tasksTotal = 2,
                          .worker = QStringLiteral("connect-2:8083"), .since = cast::at("2026-03-10T09:39:52Z")} << Standing::Degraded;
    QTest::newRow("dead worker, group agrees")<< "RUNNING[RUNNING RUNNING]" << true  << true  << agree << Standing::Running;
    QTest::newRow("not in the group")         << "RUNNING[RUNNING RUNNING RUNNING]" << false << true
        << WitnessReport {.agree = false, .kind = WitnessKind::NotInGroup, .silentTasks = {2}, .tasksTotal = 3,
                          .members = 2, .worker = {}, .since = cast::now()} << Standing::Degraded;
    QTest::newRow("nobody claims anything")   << "PAUSED[PAUSED PAUSED PAUSED]" << true << true << agree << Standing::Paused;
    // clang-format on
}

void TestStanding::runningNeedsAWitness()
{
    QFETCH(QString, picture);
    QFETCH(bool, workerLost);
    QFETCH(bool, groupKnown);
    auto facts = sink(picture);
    auto workers = cluster();
    if (workerLost) {
        lose(workers.workers[1]);
    }
    if (groupKnown) {
        join(facts, {0, 1});
    }
    facts.witnesses = hearWitnesses(facts, workers, cast::now());
    QTEST(facts.witnesses, "report");
    QTEST(standingOf(facts, workers, {}), "standing");

    facts.since = Observed<Instant>::of(cast::now() - 5s, cast::now(), QString()); // still joining
    QVERIFY(workerLost || hearWitnesses(facts, workers, cast::now()).agree);
}

void TestStanding::unhealthyWorkerIsNotBelieved()
{
    const auto facts = sink(QStringLiteral("RUNNING[RUNNING]"));
    auto workers = cluster();
    workers.workers[0].health = {WorkerHealth::Unhealthy, QStringLiteral("flushing updates to the status topic")};
    const auto report = hearWitnesses(facts, workers, cast::now());
    QVERIFY(!report.agree);
    QCOMPARE(report.kind, WitnessKind::WorkerUnhealthy);
    QCOMPARE(report.worker, worker1);
}

void TestStanding::standingOffsetsAreNotBelieved()
{
    auto facts = sink(QStringLiteral("RUNNING[RUNNING]"));
    facts.lagHistory = line({10, 20, 30, 40}, 40s);
    facts.rateHistory = {0, 0, 0, 0};
    QCOMPARE(hearWitnesses(facts, cluster(), cast::now()).kind, WitnessKind::OffsetsStand);
    facts.rateHistory.back() = 1;
    QVERIFY(hearWitnesses(facts, cluster(), cast::now()).agree);
    facts.rateHistory.back() = 0;
    facts.lagHistory = line({10, 20, 30, 40}, 30s); // shorter than two commits
    QVERIFY(hearWitnesses(facts, cluster(), cast::now()).agree);
}

// Rows: UX-01
void TestStanding::castCountsLikeThePicture()
{
    const auto counts = countStandings(cast::snapshot());
    QCOMPARE(counts.failed, 1);
    QCOMPARE(counts.degraded, 4);
    QCOMPARE(counts.lagging, 1);
    QCOMPARE(counts.paused, 2);
    QCOMPARE(counts.unreachable, 0); // a worker is lost, no connector: they are told apart
    QCOMPARE(counts.stopped, 1);
    QCOMPARE(counts.total, 22);
}

QTEST_GUILESS_MAIN(TestStanding)
#include "tst_standing.moc"
