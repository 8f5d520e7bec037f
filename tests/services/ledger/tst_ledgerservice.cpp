// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ledger/ledgerservice.h"
#include "services/replay/replaylab.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

/*! The lab of replays, watched for the ledger. Its brokers have no groups, so that the sink's positions are those that
 * its Connect cluster tells. */
struct LedgerLab : ReplayLab
{
    std::unique_ptr<LedgerService> ledger;

    LedgerLab() { world.kafka->capabilities.groups = false; }
    ~LedgerLab() { leave(); }
    void open()
    {
        start();
        watch(*operations);
    }
    void watch(OperationsService &of)
    {
        ledger = std::make_unique<LedgerService>(*contexts, of);
        ledger->watch();
        contexts->setCurrent(lab());
        pass(40s);
    }
    void leave()
    {
        if (ledger) {
            on(ledger->close());
            ledger.reset();
        }
        close();
    }
    void pass(Milliseconds time)
    {
        world.clock->advance(time);
        world.clock->settle();
    }
    std::vector<LedgerEntry> read() { return on(ledger->read(lab(), {})).value(); }
    std::vector<LedgerEntry> read(LedgerKind kind)
    {
        auto entries = read();
        std::erase_if(entries, [kind](const LedgerEntry &entry) { return entry.kind != kind; });
        return entries;
    }
    size_t lines() { return OperationsLog(logFile()).read().value().size(); }
    bool isIntact() { return on(operations->verify(lab(), {})).value().intact; }
    void moveTo(std::int64_t zero, std::int64_t one, std::int64_t two)
    {
        sink().offsets = {entry(0, zero), entry(1, one), entry(2, two)};
    }
};

QString moved(const LedgerEntry &entry)
{
    QStringList found;
    for (const auto &each : entry.moves) {
        found << QString::fromUtf8(each.before + '>' + each.after);
    }
    return found.join(QLatin1Char(' '));
}

} // namespace

class tst_LedgerService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aConnectorAtWorkIsOneLine()
    {
        LedgerLab lab;
        lab.open();
        QCOMPARE(lab.lines(), size_t(1));
        for (int i = 0; i < 20; ++i) {
            lab.log(0).end += 100;
            lab.moveTo(1000 + i * 100, 2000, 3000);
            lab.pass(30s);
        }
        QCOMPARE(lab.lines(), size_t(1)); // not one a tick
        const auto entries = lab.read();
        QCOMPARE(entries.size(), size_t(1));
        QCOMPARE(entries.front().begunBy, std::optional(MarkKind::FirstSeen));
        QVERIFY(!entries.front().endedBy);
        QVERIFY(lab.isIntact());
    }

    // Rows: PB-18
    void watchingAsksForNothing()
    {
        const auto asked = [](bool watched) {
            LedgerLab lab;
            lab.start();
            if (watched) {
                lab.watch(*lab.operations);
            } else {
                lab.contexts->setCurrent(LedgerLab::lab());
                lab.pass(40s);
            }
            lab.pass(10min);
            return std::pair(lab.cluster().calls.size(), lab.world.kafka->calls.size());
        };
        QCOMPARE(asked(true), asked(false));
    }

    // Rows: C15
    void aPeriodOfASinkIsWhatItConsumed()
    {
        LedgerLab lab;
        lab.moveTo(700, 2000, 2500);
        lab.open();
        lab.moveTo(900, 2000, 2600);
        lab.pass(30s);
        lab.setState("STOPPED");
        lab.moveTo(1000, 2000, 2600); // its last commit comes with the stop
        lab.pass(2min);
        const auto period = lab.read(LedgerKind::Period);
        QCOMPARE(period.size(), size_t(1));
        QCOMPARE(period.front().endedBy, std::optional(MarkKind::Stopped));
        QCOMPARE(moved(period.front()), QStringLiteral("700>1000 2000>2000 2500>2600"));
        QCOMPARE(period.front().records, std::optional<std::int64_t>(400));
        QVERIFY(period.front().exact);
        lab.setState("RUNNING");
        lab.pass(1min);
        const auto next = lab.read(LedgerKind::Period);
        QCOMPARE(next.size(), size_t(2));
        QVERIFY(next.front().begunBy == MarkKind::Started && !next.front().endedBy);
        QVERIFY(lab.read(LedgerKind::Jump).empty());
        QVERIFY(lab.isIntact());
    }

    // Rows: C14
    void aPeriodOfASourceIsWhatItWrote()
    {
        LedgerLab lab;
        const auto topic = QStringLiteral("lines");
        lab.world.kafka->addTopic(topic, {40, 0});
        auto &source = lab.cluster().add(QStringLiteral("lines-source"), ConnectorType::Source, {"RUNNING"});
        source.info.config.emplace_back(QStringLiteral("topic"), topic);
        source.topics = {topic};
        source.offsets = {{R"({"filename":"a"})", R"({"position":400})"}};
        lab.open();
        lab.contexts->session(LedgerLab::lab())->setInterest({.visible = true, .onScreen = {}, .selected = source_()});
        lab.pass(30s);
        lab.world.kafka->partitions.at({topic, 0}).end = 90;
        lab.world.kafka->partitions.at({topic, 1}).end = 10;
        source.status.connector = parseState(QStringLiteral("STOPPED"));
        source.status.tasks.clear();
        source.offsets.front().offsetJson = R"({"position":1000})";
        lab.pass(2min);
        auto periods = lab.read(LedgerKind::Period);
        std::erase_if(periods, [](const LedgerEntry &each) { return each.type != ConnectorType::Source; });
        QCOMPARE(periods.size(), size_t(1));
        QCOMPARE(periods.front().records, std::optional<std::int64_t>(60));
        QCOMPARE(periods.front().moves.back().after, QByteArray(R"({"position":1000})")); // its own, behind its topics'
        QVERIFY(periods.front().moves.back().before.isEmpty()); // was not read when it was first seen
    }

    void ownReplaysAreNoJumps()
    {
        LedgerLab lab;
        lab.open();
        const auto done = lab.carryOut(ReplayLab::backBy(100));
        QCOMPARE(done.outcome, std::optional(Outcome::Confirmed));
        lab.pass(2min);
        QVERIFY(lab.read(LedgerKind::Jump).empty());
        const auto replays = lab.read(LedgerKind::Replay);
        QCOMPARE(replays.size(), size_t(1));
        QCOMPARE(moved(replays.front()), QStringLiteral("1000>900 2000>1900 3000>2900"));
        QCOMPARE(proofOf(replays.front()), LedgerProof::Equal);
        const auto periods = lab.read(LedgerKind::Period);
        QCOMPARE(periods.size(), size_t(2)); // it ended one and began the next
        QCOMPARE(periods.back().operation, done.id);
        QVERIFY(!periods.front().endedBy);
        lab.setState("STOPPED");
        lab.pass(2min);
        QCOMPARE(lab.read(LedgerKind::Period).front().records, std::optional<std::int64_t>(300)); // delivered again
        QVERIFY(lab.isIntact());
    }

    void aReplayOfAnotherProgramIsNoJump()
    {
        LedgerLab lab;
        lab.start();
        OperationsService other(*lab.contexts, {.directory = lab.dir.path() + QStringLiteral("/log")});
        lab.watch(other); // it knows nothing of what the lab's own operations do
        QCOMPARE(lab.carryOut(ReplayLab::backBy(100)).outcome, std::optional(Outcome::Confirmed));
        lab.pass(2min);
        QVERIFY(lab.read(LedgerKind::Jump).empty());
        lab.leave();
        runOn(*lab.world.clock, other.close());
    }

    void whatOthersDoIsAJump()
    {
        LedgerLab lab;
        lab.open();
        lab.setState("STOPPED");
        lab.pass(2min);
        lab.moveTo(500, 2000, 3000);
        lab.pass(1min);
        auto jumps = lab.read(LedgerKind::Jump);
        QCOMPARE(jumps.size(), size_t(1));
        QCOMPARE(jumps.front().jump, std::optional(JumpKind::WentBack));
        QCOMPARE(moved(jumps.front()), QStringLiteral("1000>500"));
        QVERIFY(jumps.front().person.isEmpty());
        lab.moveTo(1000, 2000, 3000); // skips what waits
        lab.pass(1min);
        QCOMPARE(lab.read(LedgerKind::Jump).front().jump, std::optional(JumpKind::MovedAtRest));
        lab.sink().offsets.clear();
        lab.pass(1min);
        QCOMPARE(lab.read(LedgerKind::Jump).front().jump, std::optional(JumpKind::GroupRemoved));
        QCOMPARE(lab.read(LedgerKind::Jump).size(), size_t(3)); // each once
        QVERIFY(lab.isIntact());
    }

    void theNextProgramGoesOn()
    {
        LedgerLab lab;
        lab.open();
        lab.moveTo(500, 2000, 3000);
        lab.pass(1min);
        QCOMPARE(lab.read(LedgerKind::Jump).size(), size_t(1));
        lab.leave();
        lab.moveTo(600, 1500, 3000); // partition 1 jumps while nobody looks
        lab.open();
        QCOMPARE(lab.read(LedgerKind::Jump).size(), size_t(2)); // what was told is not told again
        QCOMPARE(moved(lab.read(LedgerKind::Jump).front()), QStringLiteral("2000>1500"));
        QCOMPARE(lab.read(LedgerKind::Period).size(), size_t(1)); // the same period goes on
        lab.leave();
        lab.setState("STOPPED");
        lab.open();
        lab.pass(2min);
        const auto period = lab.read(LedgerKind::Period).front();
        QCOMPARE(period.endedBy, std::optional(MarkKind::Stopped));
        QVERIFY(!period.taskFailures); // nobody watched all the time
    }

    void whatOthersDidToASourceMeanwhileIsFound_data()
    {
        QTest::addColumn<QByteArray>("later"); // its position when the next program comes; empty: none
        QTest::addColumn<bool>("resumed");
        QTest::addColumn<std::optional<JumpKind>>("jump");
        using Jump = std::optional<JumpKind>;
        QTest::newRow("nothing") << QByteArray(R"({"position":400})") << false << Jump();
        QTest::newRow("set back") << QByteArray(R"({"position":12})") << false << Jump(JumpKind::WentBack);
        // Nobody tells here since when it stands: it may have worked.
        QTest::newRow("further") << QByteArray(R"({"position":900})") << false << Jump(JumpKind::MovedUnwatched);
        QTest::newRow("removed") << QByteArray() << false << Jump(JumpKind::Removed);
        QTest::newRow("it works again") << QByteArray(R"({"position":12})") << true << Jump();
    }
    // Rows: C14
    void whatOthersDidToASourceMeanwhileIsFound()
    {
        QFETCH(QByteArray, later);
        QFETCH(bool, resumed);
        QFETCH(std::optional<JumpKind>, jump);
        LedgerLab lab;
        auto &source = lab.cluster().add(QStringLiteral("lines-source"), ConnectorType::Source, {"RUNNING"});
        source.offsets = {{R"({"filename":"a"})", R"({"position":400})"}};
        const auto state = [&source](const char *word) {
            source.status.connector = parseState(QString::fromLatin1(word));
            source.status.tasks.clear();
            if (source.status.connector.run == RunState::Running) {
                source.status.tasks.push_back({.id = 0, .state = source.status.connector});
            }
        };
        lab.open();
        lab.contexts->session(LedgerLab::lab())->setInterest({.visible = true, .onScreen = {}, .selected = source_()});
        lab.pass(30s);
        state("STOPPED");
        lab.pass(2min);
        lab.leave();
        source.offsets.front().offsetJson = later;
        if (later.isEmpty()) {
            source.offsets.clear();
        }
        state(resumed ? "RUNNING" : "STOPPED");
        for (int program = 0; program < 2; ++program) { // told once, not by each
            lab.open();
            lab.pass(1min);
            const auto jumps = lab.read(LedgerKind::Jump);
            QCOMPARE(jumps.size(), size_t(jump ? 1 : 0));
            if (jump) {
                QCOMPARE(jumps.front().jump, jump);
                QCOMPARE(jumps.front().connector, source_());
                QCOMPARE(jumps.front().moves.front().partitionJson, QByteArray(R"({"filename":"a"})"));
                QCOMPARE(jumps.front().moves.front().before, QByteArray(R"({"position":400})"));
                QCOMPARE(jumps.front().moves.front().after, later.isEmpty() ? QByteArray("null") : later);
            }
            QVERIFY(lab.isIntact());
            lab.leave();
        }
    }

    void aPlatformMadeAnewBeginsAnew()
    {
        LedgerLab lab;
        lab.open();
        lab.leave();
        lab.world.kafka->clusterId = QStringLiteral("kafka-2");
        lab.moveTo(5, 7, 9);
        lab.open();
        QVERIFY(lab.read(LedgerKind::Jump).empty());
        QCOMPARE(lab.read(LedgerKind::Period).size(), size_t(2));
        QCOMPARE(lab.read(LedgerKind::Period).back().endedBy, std::optional(MarkKind::Gone));
    }

    void aStopTooShortToBeReadIsNotExact()
    {
        LedgerLab lab;
        lab.open();
        lab.setState("STOPPED");
        lab.pass(3s);
        lab.setState("RUNNING");
        lab.pass(1min);
        const auto periods = lab.read(LedgerKind::Period);
        QCOMPARE(periods.size(), size_t(2));
        QCOMPARE(periods.back().endedBy, std::optional(MarkKind::Stopped));
        QVERIFY(!periods.back().exact && !periods.front().endedBy);
        QVERIFY(lab.read(LedgerKind::Jump).empty());
    }

    void positionsThatDoNotComeToRestAreTakenAllTheSame()
    {
        LedgerLab lab;
        lab.open();
        lab.setState("PAUSED"); // its flow goes on
        for (int i = 1; i <= 10; ++i) {
            lab.log(0).end = 1000 + i * 10;
            lab.moveTo(1000 + i * 10, 2000, 3000);
            lab.pass(15s);
        }
        const auto period = lab.read(LedgerKind::Period).front();
        QCOMPARE(period.endedBy, std::optional(MarkKind::Paused));
        QVERIFY(!period.exact);
    }

    void aLogThatCannotBeReadIsTriedAgain()
    {
        LedgerLab lab;
        QVERIFY(QDir().mkpath(lab.logFile())); // a folder stands in its place
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("ledger cannot be read")));
        QTest::failOnWarning(QRegularExpression(QStringLiteral("ledger"))); // it is said once
        lab.open();
        QVERIFY(QDir().rmdir(lab.logFile()));
        lab.pass(30s);
        QCOMPARE(lab.lines(), size_t(1));
    }

    void failuresOfTasksAreCounted()
    {
        LedgerLab lab;
        lab.open();
        for (int i = 0; i < 3; ++i) {
            lab.cluster().failTask(QStringLiteral("orders"), 0, QStringLiteral("boom"));
            lab.pass(30s);
            lab.setState("RUNNING");
            lab.pass(30s);
        }
        lab.setState("STOPPED");
        lab.pass(2min);
        QCOMPARE(lab.read(LedgerKind::Period).front().taskFailures, std::optional<std::int64_t>(3));
    }

    void aDeletedOneEndsItsPeriod()
    {
        LedgerLab lab;
        lab.open();
        lab.cluster().remove(QStringLiteral("orders"));
        lab.pass(2min);
        const auto period = lab.read(LedgerKind::Period);
        QCOMPARE(period.size(), size_t(1));
        QCOMPARE(period.front().endedBy, std::optional(MarkKind::Gone));
        QVERIFY(!period.front().exact);
    }

    void onlyOneProgramWatches()
    {
        LedgerLab lab;
        lab.open();
        LedgerService second(*lab.contexts, *lab.operations);
        second.watch();
        lab.moveTo(500, 2000, 3000);
        lab.pass(2min);
        QCOMPARE(lab.read(LedgerKind::Jump).size(), size_t(1));
        lab.on(second.close());
    }

    void silentBrokersTellNothing()
    {
        LedgerLab lab;
        lab.open();
        lab.world.kafka->failing[QString()] = Error {.kind = ErrorKind::Unreachable, .message = QStringLiteral("down")};
        lab.pass(2min);
        lab.world.kafka->failing.clear();
        lab.pass(2min);
        QCOMPARE(lab.lines(), size_t(1));
    }

private:
    static ConnectorRef source_()
    {
        return {LedgerLab::lab(), {QStringLiteral("main")}, QStringLiteral("lines-source")};
    }
};

QTEST_GUILESS_MAIN(tst_LedgerService)
#include "tst_ledgerservice.moc"
