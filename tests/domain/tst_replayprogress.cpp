// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayplanfile.h"
#include "domain/replay/replayprogress.h"
#include "domain/replayscene.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace headgate;
using enum ReplayStep;

namespace {

enum class Cut { Before, During, After };

//! A replay of two partitions from 900, 800 to `to`, ended by somebody at `step`.
Operation cutAt(ReplayStep step, Cut cut, std::int64_t to = 500)
{
    ReplayScene scene;
    scene.request.everywhere = {.kind = PositionKind::Offset, .number = to};
    Operation operation {.plan = planText(scene.plan().value())};
    operation.request.kind = OperationKind::Replay;
    for (int each = 0; each <= int(step); ++each) {
        const auto word = stepWord(ReplayStep(each));
        const bool last = each == int(step);
        if (!last || cut != Cut::Before) {
            operation.steps.push_back({.what = word, .state = QStringLiteral("begun")});
        }
        if (!last || cut == Cut::After) {
            operation.steps.push_back({.what = word,
                .state = QStringLiteral("done"),
                .data = ReplayStep(each) == Snapshot ? snapshotText(scene.positions({900, 800})) : QByteArray()});
        }
    }
    return operation;
}

ConnectorStatus status(bool stopped)
{
    ConnectorStatus found {.connector = parseState(stopped ? QStringLiteral("STOPPED") : QStringLiteral("RUNNING"))};
    if (!stopped) {
        found.tasks = {{.id = 0, .state = parseState(QStringLiteral("RUNNING"))}};
    }
    return found;
}

std::vector<ConnectorOffset> at(std::int64_t first, std::int64_t second)
{
    return ReplayScene().positions({first, second});
}

QString words(const std::vector<ReplayChoice> &choices)
{
    QString found;
    for (const auto choice : choices) {
        found += choice == ReplayChoice::Continue ? u'c' : choice == ReplayChoice::Restore ? u'r' : u'l';
    }
    return found;
}

} // namespace

class tst_ReplayProgress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wordsComeBack()
    {
        for (int each = int(Freeze); each <= int(Close); ++each) {
            QCOMPARE(replayStep(stepWord(ReplayStep(each))), std::optional(ReplayStep(each)));
        }
        QVERIFY(!replayStep(QStringLiteral("dance")));
    }

    void snapshotsKeepTheirBytes()
    {
        const std::vector<ConnectorOffset> offsets {{R"({"p": 1})", R"({"scn":1.500})"}, {R"({"é":"\n"})", "null"}};
        QCOMPARE(snapshotFromText(snapshotText(offsets)), std::optional(offsets));
        QVERIFY(!snapshotFromText("{}") && !snapshotFromText("[1]") && !snapshotFromText(""));
    }

    void whatCanBeDoneAtEachStep_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("cut");
        QTest::addColumn<bool>("stopped"); // the connector now
        QTest::addColumn<int>("next");
        const auto row = [](const char *name, ReplayStep step, Cut cut, bool stopped, ReplayStep next) {
            QTest::newRow(name) << int(step) << int(cut) << stopped << int(next);
        };
        // clang-format off
        row("nothing yet",             Freeze,       Cut::Before, false, Stop);
        row("frozen",                  Freeze,       Cut::After,  false, Stop);
        row("intent",                  Intent,       Cut::After,  false, Stop);
        row("stop not accepted",       Stop,         Cut::During, false, Stop);
        row("stop done, unanswered",   Stop,         Cut::During, true,  Snapshot);
        row("stop accepted",           Stop,         Cut::After,  false, Stop);
        row("seen stopped",            SeeStopped,   Cut::After,  true,  Snapshot);
        row("snapshot not on disk",    Snapshot,     Cut::During, true,  Snapshot);
        row("snapshot",                Snapshot,     Cut::After,  true,  CheckBounds);
        row("bounds checked",          CheckBounds,  Cut::After,  true,  CheckBounds);
        row("positions never sent",    SetPositions, Cut::During, true,  SetPositions);
        row("somebody resumed it",     SetPositions, Cut::During, false, Stop);
        // clang-format on
    }
    void whatCanBeDoneAtEachStep()
    {
        QFETCH(int, step);
        QFETCH(int, cut);
        QFETCH(bool, stopped);
        const auto progress = replayProgress(cutAt(ReplayStep(step), Cut(cut)));
        QVERIFY2(progress, progress ? "" : qPrintable(progress.error().message));
        const auto judged = judgeInterrupted(*progress, status(stopped), at(900, 800));
        QCOMPARE(judged.positions, PositionsAre::Before);
        QCOMPARE(words(judged.choices), QStringLiteral("crl"));
        QTEST(int(judged.nextStep.value()), "next");
        QCOMPARE(judged.fromAfter.size(), size_t(2)); // both places are told
    }

    void afterThePositionsWereSent_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("cut");
        QTest::addColumn<bool>("stopped");
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("second");
        QTest::addColumn<int>("where");
        QTest::addColumn<int>("next"); // -1: continuing is not offered
        const auto row = [](const char *name, ReplayStep step, Cut cut, bool stopped, qint64 first, qint64 second,
                             PositionsAre where, std::optional<ReplayStep> next) {
            QTest::newRow(name) << int(step) << int(cut) << stopped << first << second << int(where)
                                << (next ? int(*next) : -1);
        };
        using enum PositionsAre;
        // clang-format off
        row("answer lost, written",      SetPositions, Cut::During, true,  500, 500, PositionsAre::After, ReadBack);
        row("answer lost, half written", SetPositions, Cut::During, true,  500, 800, Mixed,     SetPositions);
        row("answer lost, elsewhere",    SetPositions, Cut::During, true,  500, 77,  Elsewhere, std::nullopt);
        row("accepted",                  SetPositions, Cut::After,  true,  500, 500, PositionsAre::After, ReadBack);
        row("read back",                 ReadBack,     Cut::After,  true,  500, 500, PositionsAre::After, ReadBack);
        row("resume not accepted",       Resume,       Cut::During, true,  500, 500, PositionsAre::After, Resume);
        row("resumed, unanswered",       Resume,       Cut::During, false, 500, 500, PositionsAre::After, SeeRunning);
        row("moving",                    SeeRunning,   Cut::During, false, 650, 500, PositionsAre::After, SeeRunning);
        row("all done but the end",      SeeRunning,   Cut::After,  false, 990, 990, PositionsAre::After, SeeRunning);
        // clang-format on
    }
    void afterThePositionsWereSent()
    {
        QFETCH(int, step);
        QFETCH(int, cut);
        QFETCH(bool, stopped);
        QFETCH(qint64, first);
        QFETCH(qint64, second);
        QFETCH(int, next);
        const auto progress = replayProgress(cutAt(ReplayStep(step), Cut(cut))).value();
        QVERIFY(progress.snapshot);
        const auto judged = judgeInterrupted(progress, status(stopped), at(first, second));
        QTEST(int(judged.positions), "where");
        QCOMPARE(judged.nextStep ? int(*judged.nextStep) : -1, next);
        QCOMPARE(words(judged.choices), next < 0 ? QStringLiteral("rl") : QStringLiteral("crl"));
    }

    void everyStepLeavesSafeChoices_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("cut");
        QTest::addColumn<qint64>("to");
        const std::array<const char *, 3> cuts {"before", "during", "after"};
        for (int step = int(Freeze); step <= int(Close); ++step) {
            for (int cut = 0; cut < 3; ++cut) {
                const auto *const word = cuts.at(size_t(cut));
                QTest::addRow("back, %s %s", word, qPrintable(stepWord(ReplayStep(step)))) << step << cut << 500LL;
                QTest::addRow("ahead, %s %s", word, qPrintable(stepWord(ReplayStep(step)))) << step << cut << 950LL;
            }
        }
    }
    void everyStepLeavesSafeChoices()
    {
        QFETCH(int, step);
        QFETCH(int, cut);
        QFETCH(qint64, to);
        const auto progress = replayProgress(cutAt(ReplayStep(step), Cut(cut), to)).value();
        const auto resumed = progress.steps[size_t(Resume)].state != StepState::Waiting;
        for (const auto &place : {at(900, 800), at(to, to), at(to, 800), at(to, 77)}) {
            for (const bool stopped : {true, false}) {
                const auto judged = judgeInterrupted(progress, status(stopped), place);
                const bool isAfter = judged.positions == PositionsAre::After;
                QVERIFY(judged.positions != PositionsAre::NotRead);
                QCOMPARE(words(judged.choices), judged.nextStep ? QStringLiteral("crl") : QStringLiteral("rl"));
                // From where neither the plan nor the snapshot knows nobody goes on.
                QCOMPARE(judged.nextStep.has_value(), judged.positions != PositionsAre::Elsewhere);
                if (!judged.nextStep) {
                    continue;
                }
                const auto next = *judged.nextStep;
                QVERIFY(next >= Stop && next < Close);
                QVERIFY(stopped || next == Stop || (resumed && isAfter)); // nothing is written while it runs
                QVERIFY(next != SetPositions || !isAfter);                // what is there is not sent again
                QVERIFY(next < ReadBack || isAfter);                      // it runs from proven positions alone
                QVERIFY(next <= Snapshot || progress.snapshot);           // no write without a way back
            }
        }
    }

    void withoutAWordFromTheWorkerItIsOnlyLeft()
    {
        const auto progress = replayProgress(cutAt(SetPositions, Cut::During)).value();
        const auto judged = judgeInterrupted(
            progress, {}, failure({.kind = ErrorKind::Unreachable, .message = QStringLiteral("gone")}));
        QCOMPARE(judged.positions, PositionsAre::NotRead);
        QCOMPARE(words(judged.choices), QStringLiteral("l"));
    }

    void onceGoingBackItGoesOnGoingBack()
    {
        auto operation = cutAt(SetPositions, Cut::During);
        operation.steps.push_back({.what = QStringLiteral("restore-set-positions"), .state = QStringLiteral("begun")});
        const auto progress = replayProgress(operation).value();
        QCOMPARE(progress.wayBack[size_t(SetPositions)].state, StepState::Begun);
        QCOMPARE(progress.at, std::optional(SetPositions));
        QCOMPARE(words(judgeInterrupted(progress, status(true), at(500, 800)).choices), QStringLiteral("rl"));
    }

    void otherOperationsAreNone()
    {
        QVERIFY(!replayProgress({}));
        auto operation = cutAt(Stop, Cut::After);
        operation.plan = "{}";
        QVERIFY(!replayProgress(operation));
    }
};

QTEST_GUILESS_MAIN(tst_ReplayProgress)
#include "tst_replayprogress.moc"
