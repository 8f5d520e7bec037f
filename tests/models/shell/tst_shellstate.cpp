// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/filterexpression.h"
#include "models/common/language.h"
#include "models/connectors/connectorsproxy.h"
#include "models/shell/shellstate.h"
#include "support/cast/picture.h"

#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

//! What the frame says of a context, for every face of the platform.
class TestShellState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installLanguage(*qApp); }
    void counters();
    void whatNobodyToldIsNoZero();
    void countersCountTheRowsTheyShow_data();
    void countersCountTheRowsTheyShow();
    void dataAge_data();
    void dataAge();
    void operationLine();
    void mode_data();
    void mode();
    void underneath();
};

void TestShellState::counters()
{
    const auto state = shellStateOf(cast::picture(), {});
    QStringList said;
    for (const auto &counter : state.counters) {
        said << QStringLiteral("%1 %2 by %3").arg(counter.count).arg(counter.word, counter.filter);
    }
    const auto counts = countStandings(cast::snapshot());
    QCOMPARE(said.size(), 5);
    QCOMPARE(said[0], QStringLiteral("%1 failed by state:failed").arg(counts.failed));
    QCOMPARE(said[3], QStringLiteral("%1 paused by state:paused").arg(counts.paused));
    QVERIFY(counts.failed > 0 && counts.paused > 0);
    QCOMPARE(state.problems, 3);
    QVERIFY(state.anyStopped);
    QCOMPARE(state.contextName, QStringLiteral("eu-prod"));
}

void TestShellState::whatNobodyToldIsNoZero()
{
    auto snapshot = cast::emptyPlatform();
    QCOMPARE(shellStateOf(cast::picture(snapshot, {}), {}).counters[0].text, QStringLiteral("0"));
    snapshot.clusters.push_back(snapshot.clusters.front());
    snapshot.clusters.back().statusAt = {};
    QCOMPARE(shellStateOf(cast::picture(snapshot, {}), {}).counters[0].text, QStringLiteral("0+"));
    snapshot.clusters.front().statusAt = {};
    const auto state = shellStateOf(cast::picture(snapshot, {}), {});
    for (const auto &counter : state.counters) {
        QCOMPARE(counter.text, QStringLiteral("–"));
        QVERIFY(counter.toolTip.startsWith(QLatin1String("Not known")));
    }
}

void TestShellState::countersCountTheRowsTheyShow_data()
{
    QTest::addColumn<PlatformSnapshot>("snapshot");
    QTest::addColumn<int>("unreachable");
    QTest::newRow("one worker lost") << cast::snapshot() << 0; // it is a problem, not a row
    QTest::newRow("cluster unreachable") << cast::unreachablePlatform()
                                         << int(cast::unreachablePlatform().connectors.size());
    QTest::newRow("well") << cast::wellPlatform() << 0;
}

// Rows: UX-01
void TestShellState::countersCountTheRowsTheyShow()
{
    QFETCH(PlatformSnapshot, snapshot);
    QFETCH(int, unreachable);
    const auto picture = cast::picture(snapshot, {});
    ConnectorsModel rows;
    ConnectorsProxy proxy(&rows);
    rows.show(picture);
    const auto state = shellStateOf(picture, {});
    for (const auto &counter : state.counters) {
        proxy.setFilter(parseFilter(counter.filter).value());
        QVERIFY2(proxy.rowCount() == counter.count, qPrintable(counter.word));
    }
    QCOMPARE(state.counters[4].count, unreachable);
}

void TestShellState::dataAge_data()
{
    QTest::addColumn<ContextPicture>("picture");
    QTest::addColumn<bool>("stale");
    QTest::addColumn<QString>("begins");

    QTest::newRow("fresh") << cast::picture() << false << QStringLiteral("Data ");
    auto missed = cast::snapshot();
    missed.clusters.front().missedPolls = 2;
    QTest::newRow("two polls missed") << cast::picture(missed, {}) << false << QStringLiteral("Data ");
    missed.clusters.front().missedPolls = 3;
    QTest::newRow("three polls missed") << cast::picture(missed, {}) << true << QStringLiteral("Stale, ");
    auto later = cast::picture();
    later.now += 7s;
    QTest::newRow("nothing for more than three ticks") << later << true << QStringLiteral("Stale, ");
    QTest::newRow("from disk") << cast::picture(cast::stalePlatform(), {}) << true << QStringLiteral("Stale, ");
    QTest::newRow("unreachable") << cast::picture(cast::unreachablePlatform(), {}) << true << QStringLiteral("Stale, ");
    QTest::newRow("nobody answered yet") << cast::picture(PlatformSnapshot {}, {}) << false << QStringLiteral("Asking");
}

// Rows: UX-36
void TestShellState::dataAge()
{
    QFETCH(ContextPicture, picture);
    QFETCH(bool, stale);
    QFETCH(QString, begins);
    const auto age = shellStateOf(picture, {}).age;
    QCOMPARE(age.stale, stale);
    QVERIFY2(age.text.startsWith(begins), qPrintable(age.text));
    QVERIFY(!age.toolTip.isEmpty());
}

void TestShellState::operationLine()
{
    auto picture = cast::picture();
    const auto ended = shellStateOf(picture, {}).operation;
    QCOMPARE(ended.kind, OperationLine::Kind::Ended);
    QCOMPARE(ended.outcome, Outcome::Failed);
    QCOMPARE(ended.what, QStringLiteral("Restart task 1 of invoices-jdbc-sink")); // failed: not "Restarted"
    QVERIFY2(ended.note.endsWith(QLatin1String("by M. Keller")), qPrintable(ended.note));

    auto operations = cast::operations();
    operations[1].outcome.reset();
    operations[1].phase = OperationPhase::Observing;
    operations[1].startedAt = picture.now - 7s;
    operations[1].deadline = 120s;
    picture.operations = std::make_shared<const std::vector<Operation>>(operations);
    const auto running = shellStateOf(picture, {}).operation;
    QCOMPARE(running.kind, OperationLine::Kind::Running);
    QCOMPARE(running.what, QStringLiteral("Pausing loyalty-redis-sink"));
    QVERIFY2(running.note.endsWith(QLatin1String("7 s of 120 s")), qPrintable(running.note));
}

void TestShellState::mode_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<int>("secondsLeft");
    QTest::addColumn<QString>("text");
    QTest::newRow("read-only") << Mode::ReadOnly << 0 << QStringLiteral("Read-only");
    QTest::newRow("guarded") << Mode::Guarded << 0 << QStringLiteral("Guarded");
    QTest::newRow("armed") << Mode::Armed << 252 << QStringLiteral("Armed, 4:12 left");
    QTest::newRow("armed, last second") << Mode::Armed << 5 << QStringLiteral("Armed, 0:05 left");
    QTest::newRow("armed, over") << Mode::Armed << -3 << QStringLiteral("Armed, 0:00 left");
}

void TestShellState::mode()
{
    QFETCH(Mode, mode);
    QFETCH(int, secondsLeft);
    QFETCH(QString, text);
    auto picture = cast::picture();
    picture.mode = mode;
    QCOMPARE(shellStateOf(picture, picture.monotonicNow + std::chrono::seconds(secondsLeft)).modeText, text);
}

void TestShellState::underneath()
{
    const auto state = shellStateOf(cast::picture(), {});
    QCOMPARE(state.workers.text, QStringLiteral("5 of 6 workers"));
    QVERIFY(state.workers.wrong);
    QVERIFY2(state.brokers.text.startsWith(QLatin1String("6 brokers, 3 zones")), qPrintable(state.brokers.text));
    auto without = cast::picture();
    without.context.kafka.bootstrap.clear();
    QCOMPARE(shellStateOf(without, {}).brokers.text, QStringLiteral("no brokers set up"));
}

QTEST_GUILESS_MAIN(TestShellState)
#include "tst_shellstate.moc"
