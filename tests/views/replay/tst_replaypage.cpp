// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/partitionsmodel.h"
#include "support/cast/pictures.h"
#include "support/fakes/fakeorders.h"
#include "support/window/hands.h"
#include "support/window/viewtest.h"
#include "views/common/segmentedchoice.h"
#include "views/replay/replaypage.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;
using Phase = ReplayViewModel::Phase;

namespace {

ConnectorRef refOf(const char *connector)
{
    return {{QStringLiteral("eu-prod")}, {QStringLiteral("main")}, QString::fromLatin1(connector)};
}

//! The window over the sink "orders", on the page of its replay.
class PageLab : public WindowLab
{
public:
    explicit PageLab(Mode mode = Mode::Guarded, Environment environment = Environment::Development)
        : WindowLab(environment, mode)
    {
        withKafka = true;
        addOrders(world);
    }
    void openReplay(const ConnectorRef &ref = refOf("orders"))
    {
        open();
        window->goTo({.page = PageId::Replay, .connector = ref});
        settle();
    }
    //! Until nothing is asked any more.
    void settle()
    {
        QTRY_VERIFY(world.clock->advanceUntil(
            [this] {
                const auto phase = state().phase;
                return !state().reading && phase != Phase::Reading && phase != Phase::Starting;
            },
            1min));
    }
    //! A kind of position by its button, and its value by letters.
    void choose(const char *kind, const QString &typed = {})
    {
        auto *button = buttonNamed(in<SegmentedChoice>(page(), "positionKind"), QString::fromLatin1(kind));
        QVERIFY2(button, kind);
        button->click();
        QTest::keyClicks(in<QLineEdit>(page(), "positionValue"), typed);
        settle();
    }
    void typeName(const QString &name = QStringLiteral("orders"))
    {
        auto *field = in<QLineEdit>(page(), "typedName");
        field->clear();
        QTest::keyClicks(field, name);
    }
    bool canRun() const { return in<QPushButton>(page(), "replayRun")->isEnabled(); }
    void run()
    {
        typeName();
        QVERIFY2(canRun(), qPrintable(said("replayMissing")));
        in<QPushButton>(page(), "replayRun")->click();
        toTheEnd();
    }
    void toTheEnd()
    {
        QVERIFY(world.clock->advanceUntil([this] { return state().phase == Phase::Ended; }, 10min));
    }
    QString said(const char *label) const { return in<QLabel>(page(), label)->text(); }
    QStringList all(const char *label) const
    {
        QStringList texts;
        for (const auto *each : page()->findChildren<QLabel *>(QString::fromLatin1(label))) {
            texts << each->text();
        }
        return texts;
    }
    QString cell(int row, int column) const
    {
        const auto *table = in<QTableView>(page(), "replayPartitions");
        return table->model()->index(row, column).data().toString();
    }
    std::vector<std::int64_t> positions()
    {
        std::vector<std::int64_t> found;
        for (const auto &each : cluster().at(QStringLiteral("orders")).offsets) {
            found.push_back(sinkPosition(each).value().offset.value_or(-1));
        }
        return found;
    }
    ReplayPage *page() const { return window->findChild<ReplayPage *>(); }
    const ReplayViewModel::State &state() const { return page()->viewModel().state(); }
};

using Where = std::vector<std::int64_t>;

} // namespace

class TestReplayPage : public ViewTest
{
    Q_OBJECT

private Q_SLOTS:
    void guardedFromTheConnectorToItsEndByKeys();
    void theWayBackIsAPlanOfItsOwn();
    void whoStopsWaitingIsToldAndAsked();
    void whatForbidsCannotBeRun();
    void whatIsNotUnderstoodMovesNothing();
    void onePartitionGoesPastARecord();
    void readOnlyPlansAndSendsNothing();
    void productionNeedsAReason();
    void aSourceByItsOwnDocument();
    void aFileIsRunLaterUnlessThePlatformDrifted();
    void aWorkerThatHangsIsLeftAtOnce();
    void withoutBrokersItSaysWhatIsNotKnown();
    void pictures();
};

//! Stop, wait, change, read back, resume: the positions are never sent to a connector that runs, and a mistyped name or
//! a blind Enter sends nothing.
// Rows: UX-06
void TestReplayPage::guardedFromTheConnectorToItsEndByKeys()
{
    PageLab lab;
    lab.open();
    lab.window->goTo({.page = PageId::Connectors, .connector = refOf("orders")});
    QTRY_VERIFY(lab.window->currentPage()->selected().has_value());
    auto *action = lab.window->findChild<QAction *>(QStringLiteral("connectors.replay"));
    QTRY_VERIFY(action && action->isEnabled());
    action->trigger();
    QCOMPARE(lab.window->currentPage()->id(), PageId::Replay);
    lab.settle();
    QCOMPARE(lab.said("replayMissing"), QStringLiteral("choose a position"));

    press(lab, Qt::Key_1, Qt::AltModifier);
    QVERIFY(lab.page()->isAncestorOf(QApplication::focusWidget()));
    lab.choose("Back by count", QStringLiteral("100"));
    QCOMPARE(lab.cell(0, PartitionsModel::New), QStringLiteral("900"));
    QCOMPARE(lab.cell(2, PartitionsModel::Again), QStringLiteral("100"));
    QCOMPARE(lab.said("replaySum"), QStringLiteral("300"));
    press(lab, Qt::Key_4, Qt::AltModifier);
    QCOMPARE(QApplication::focusWidget(), in<QLineEdit>(lab.page(), "typedName"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("order"));
    QVERIFY(!lab.canRun());
    press(lab, Qt::Key_Return);
    QCOMPARE(lab.sent(), QStringList());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("s"));
    QVERIFY(tabTo(lab.window.get(), in<QPushButton>(lab.page(), "replayRun")));
    bool stopped = false;
    lab.cluster().before(QStringLiteral("PATCH"), [&lab, &stopped] {
        const auto &status = lab.cluster().at(QStringLiteral("orders")).status;
        stopped = status.connector.run == RunState::Stopped && status.tasks.empty();
    });
    press(lab, Qt::Key_Space);
    lab.toTheEnd();
    QVERIFY(stopped);
    QCOMPARE(lab.sent(),
        (QStringList {QStringLiteral("PUT /connectors/orders/stop"), QStringLiteral("PATCH /connectors/orders/offsets"),
            QStringLiteral("PUT /connectors/orders/resume")}));
    QCOMPARE(*lab.state().operation->outcome, Outcome::Confirmed);
    QVERIFY(std::ranges::all_of(lab.state().progress->steps,
        [](const StepProgress &step) { return step.state == StepState::Done || step.state == StepState::Skipped; }));
    const auto &delivered = lab.cluster().at(QStringLiteral("orders")).delivered;
    QVERIFY(std::ranges::find(delivered, FakeDelivery {{QStringLiteral("orders"), 0}, 900, 1000}) != delivered.end());
}

//! Remote changes are never undone: the saved positions are put back by a plan with its own preview and confirmation.
// Rows: UX-12
void TestReplayPage::theWayBackIsAPlanOfItsOwn()
{
    PageLab lab;
    lab.openReplay();
    QVERIFY(in<QPushButton>(lab.page(), "replayWayBack")->isHidden());
    lab.cluster().at(QStringLiteral("orders")).delivers = false; // else it reads on to the end by itself
    lab.choose("Earliest");
    lab.run();
    QCOMPARE(lab.positions(), (Where {0, 0, 0}));
    auto *back = in<QPushButton>(lab.page(), "replayWayBack");
    QVERIFY(back->isVisible());
    QVERIFY2(back->text().startsWith(QStringLiteral("Restore positions of")), qPrintable(back->text()));
    back->click();
    lab.settle();
    QCOMPARE(lab.page()->title(), QStringLiteral("Restore positions of orders"));
    QCOMPARE(lab.cell(1, PartitionsModel::New), QStringLiteral("2,000"));
    QCOMPARE(lab.positions(), (Where {0, 0, 0}));                    // nothing happened yet
    QVERIFY(!in<QPushButton>(lab.page(), "replayRun")->isEnabled()); // the name was typed for another act
    QVERIFY(!cast::words(*lab.page()).contains(QStringLiteral("no earlier replay")));
    lab.run();
    QCOMPARE(lab.positions(), (Where {1000, 2000, 3000}));
    lab.window->goTo({.page = PageId::Activity});
    lab.window->goTo({.page = PageId::Replay, .connector = refOf("orders"), .operation = lab.state().operation->id});
    QCOMPARE(lab.state().phase, Phase::Ended); // reached again from the log
}

//! Between two steps it is let go: what is done, how things stand and the choices are there, as after a crash.
void TestReplayPage::whoStopsWaitingIsToldAndAsked()
{
    PageLab lab;
    lab.openReplay();
    auto *stop = in<QPushButton>(lab.page(), "replayStopWaiting");
    QVERIFY(stop->isHidden()); // nothing runs
    lab.choose("Back by count", QStringLiteral("100"));
    lab.typeName();
    in<QPushButton>(lab.page(), "replayRun")->click();
    QVERIFY(lab.world.clock->advanceUntil(
        [&lab] { return lab.state().progress && lab.state().progress->at == ReplayStep::SeeStopped; }, 1min));
    QVERIFY(stop->isVisible() && stop->isEnabled());
    stop->click();
    QVERIFY(!stop->isEnabled());
    QVERIFY(lab.world.clock->advanceUntil(
        [&lab] { return lab.state().phase == Phase::Interrupted && lab.state().interrupted; }, 1min));
    QVERIFY(stop->isHidden());
    QCOMPARE(lab.sent(), QStringList {QStringLiteral("PUT /connectors/orders/stop")});
    const auto seen = lab.said("replaySeen");
    for (const auto *each : {"stopped waiting for this replay", "Done up to step", "The connector is STOPPED",
             "Positions are where they were before"}) {
        QVERIFY2(seen.contains(QLatin1String(each)), qPrintable(seen));
    }
    for (const auto *choice : {"replayGoOn", "replayPutBack", "replayLeave"}) {
        QVERIFY2(in<QPushButton>(lab.page(), choice)->isVisible(), choice);
    }
    cast::photograph(*lab.window, QStringLiteral("replay-let-go"));

    // In the activity it is interrupted too; what runs can be let go there as well.
    const auto id = lab.state().operation->id;
    auto *fromActivity = lab.window->findChild<QAction *>(QStringLiteral("activity.stopWaiting"));
    lab.window->goTo({.page = PageId::Activity, .operation = id});
    QVERIFY(!fromActivity->isEnabled());
    lab.window->goTo({.page = PageId::Replay, .connector = refOf("orders"), .operation = id});
    QVERIFY(lab.world.clock->advanceUntil([&lab] { return lab.state().interrupted.has_value(); }, 1min));
    lab.typeName();
    in<QPushButton>(lab.page(), "replayGoOn")->click();
    QVERIFY(lab.world.clock->advanceUntil([&lab] { return lab.state().phase == Phase::Running; }, 1min));
    lab.window->goTo({.page = PageId::Activity, .operation = id});
    QVERIFY2(fromActivity->isEnabled(), qPrintable(fromActivity->toolTip()));
    fromActivity->trigger();
    QVERIFY(lab.world.clock->advanceUntil([&lab] { return !lab.operations->anyRunning(); }, 10min));
    lab.window->goTo({.page = PageId::Replay, .connector = refOf("orders"), .operation = id});
    QVERIFY(lab.world.clock->advanceUntil(
        [&lab] { return lab.state().phase == Phase::Interrupted && lab.state().interrupted; }, 1min));
    lab.typeName();
    in<QPushButton>(lab.page(), "replayPutBack")->click();
    lab.toTheEnd();
    QCOMPARE(lab.positions(), (Where {1000, 2000, 3000}));
}

void TestReplayPage::whatForbidsCannotBeRun()
{
    PageLab lab;
    lab.openReplay();
    lab.choose("Offset", QStringLiteral("2500")); // beyond the end of two of three
    lab.typeName();
    QVERIFY(!lab.canRun());
    const auto forbids = lab.all("planForbids");
    QCOMPARE(forbids.size(), 2);
    QVERIFY2(forbids[0].contains(QStringLiteral("orders-0")) && forbids[0].contains(QStringLiteral("1,000")),
        qPrintable(forbids[0]));
    lab.choose("Offset", QStringLiteral("500"));
    lab.typeName();
    QVERIFY(lab.canRun());
    QCOMPARE(lab.sent(), QStringList());
}

void TestReplayPage::whatIsNotUnderstoodMovesNothing()
{
    PageLab lab;
    lab.openReplay();
    lab.choose("Offset", QStringLiteral("500"));
    auto *value = in<QLineEdit>(lab.page(), "positionValue");
    QTest::keyClicks(value, QStringLiteral("x"));
    lab.settle();
    QVERIFY(value->property("fault").toBool());
    QVERIFY2(lab.said("positionHint").contains(QStringLiteral("whole number")), qPrintable(lab.said("positionHint")));
    QCOMPARE(lab.cell(0, PartitionsModel::New), QStringLiteral("stays"));
    lab.typeName();
    QVERIFY(!lab.canRun());                          // not the plan of "500" either
    QCOMPARE(value->text(), QStringLiteral("500x")); // what was typed is not lost
    lab.choose("Time", QStringLiteral("yesterday"));
    QVERIFY2(lab.said("positionHint").contains(QStringLiteral("2026-03-10")), qPrintable(lab.said("positionHint")));
}

void TestReplayPage::onePartitionGoesPastARecord()
{
    PageLab lab;
    lab.open();
    lab.window->goTo({.page = PageId::Replay,
        .connector = refOf("orders"),
        .positions = {{{QStringLiteral("orders"), 1}, {.kind = PositionKind::PastRecord, .number = 1500}}}});
    lab.settle();
    QCOMPARE(in<QLineEdit>(lab.page(), "positionValue")->text(), QStringLiteral("1500"));
    QCOMPARE(lab.cell(1, PartitionsModel::New), QStringLiteral("1,501"));
    QCOMPARE(lab.cell(0, PartitionsModel::New), QStringLiteral("stays"));
    // Enter on another one gives it a position of its own.
    press(lab, Qt::Key_2, Qt::AltModifier);
    auto *table = in<QTableView>(lab.page(), "replayPartitions");
    QVERIFY(table->hasFocus());
    table->setCurrentIndex(table->model()->index(2, 0));
    press(lab, Qt::Key_Return);
    lab.choose("Offset", QStringLiteral("2990"));
    QCOMPARE(lab.cell(2, PartitionsModel::Partition), QStringLiteral("2, own"));
    QCOMPARE(lab.cell(2, PartitionsModel::New), QStringLiteral("2,990"));
    in<QPushButton>(lab.page(), "positionAsAll")->click();
    lab.settle();
    QCOMPARE(lab.cell(2, PartitionsModel::New), QStringLiteral("stays"));
    QCOMPARE(lab.cell(1, PartitionsModel::New), QStringLiteral("1,501"));
}

void TestReplayPage::readOnlyPlansAndSendsNothing()
{
    PageLab lab(Mode::ReadOnly);
    lab.openReplay();
    lab.choose("Earliest");
    QCOMPARE(lab.said("replaySum"), QStringLiteral("6,000"));
    lab.typeName();
    QVERIFY(!lab.canRun());
    QCOMPARE(lab.said("replayMissing"), QStringLiteral("the context is read-only"));
    QCOMPARE(lab.sent(), QStringList());
}

void TestReplayPage::productionNeedsAReason()
{
    PageLab lab(Mode::Guarded, Environment::Production);
    lab.openReplay();
    lab.choose("Earliest");
    lab.typeName();
    QVERIFY(!lab.canRun());
    QTest::keyClicks(in<QLineEdit>(lab.page(), "reason"), QStringLiteral("INC-2291, password=hunter2 was rotated"));
    QVERIFY(lab.canRun());
    lab.run();
    const auto reason = lab.state().plan->request.reason;
    QVERIFY2(reason.startsWith(QStringLiteral("INC-2291")), qPrintable(reason));
    QVERIFY(!reason.contains(QStringLiteral("hunter2")));
    QVERIFY(!lab.state().operation->plan.contains("hunter2")); // nor what is in the log
}

void TestReplayPage::aSourceByItsOwnDocument()
{
    PageLab lab;
    auto &source = lab.cluster().add(QStringLiteral("lines"), ConnectorType::Source, {"RUNNING"});
    source.info.config = {
        {QStringLiteral("connector.class"), QStringLiteral("org.apache.kafka.connect.file.FileStreamSourceConnector")}};
    source.offsets = {{"{\"filename\":\"/data/in\"}", "{\"position\":9007199254740993}"}};
    lab.openReplay(refOf("lines"));
    auto *position = in<QLineEdit>(lab.page(), "source0.position");
    QVERIFY(position);
    QCOMPARE(position->text(), QStringLiteral("9007199254740993")); // beyond what a double holds
    position->selectAll();
    QTest::keyClicks(position, QStringLiteral("none"));
    lab.typeName(QStringLiteral("lines"));
    QVERIFY(!lab.canRun());
    position->selectAll();
    QTest::keyClicks(position, QStringLiteral("9007199254740992"));
    QVERIFY2(lab.canRun(), qPrintable(lab.said("replayMissing")));
    in<QPushButton>(lab.page(), "replayRun")->click();
    lab.toTheEnd();
    const auto writes = lab.cluster().writes();
    const auto patch = std::ranges::find(
        writes, QStringLiteral("PATCH /connectors/lines/offsets"), &FakeConnectCluster::Call::request);
    QVERIFY(patch != writes.end());
    QVERIFY2(patch->body.contains("{\"position\":9007199254740992}"), patch->body.constData());
}

//! A plan is reviewed elsewhere and run later; what differs by then is named and nothing is sent.
// Rows: UX-08
void TestReplayPage::aFileIsRunLaterUnlessThePlatformDrifted()
{
    PageLab lab;
    lab.openReplay();
    lab.choose("Back by count", QStringLiteral("10"));
    auto &model = lab.page()->viewModel();
    const auto file = model.planFile();
    QVERIFY(!file.isEmpty());

    model.begin(refOf("orders"));
    lab.settle();
    model.openFile(QByteArray(file).replace("990", "991")); // somebody edited it
    lab.settle();
    QVERIFY(lab.state().error.has_value());
    QVERIFY(!lab.state().fromFile);

    lab.cluster().at(QStringLiteral("orders")).info.config.emplace_back(QStringLiteral("batch"), QStringLiteral("7"));
    model.openFile(file);
    lab.settle();
    QCOMPARE(int(lab.state().drift.size()), 1);
    QVERIFY(lab.all("planForbids").contains(QStringLiteral("Its configuration was changed since the plan was made.")));
    lab.typeName();
    QVERIFY(!lab.canRun());
    QCOMPARE(lab.sent(), QStringList());

    lab.cluster().at(QStringLiteral("orders")).info.config.pop_back();
    in<QPushButton>(lab.page(), "replayLookAgain")->click();
    lab.settle();
    lab.run();
    QCOMPARE(*lab.state().operation->outcome, Outcome::Confirmed);
}

void TestReplayPage::aWorkerThatHangsIsLeftAtOnce()
{
    PageLab lab;
    lab.open();
    lab.cluster().script(QStringLiteral("GET /connectors/orders"), {.hangs = true}, 100);
    lab.window->goTo({.page = PageId::Replay, .connector = refOf("orders")});
    QCOMPARE(lab.state().phase, Phase::Reading);
    in<QPushButton>(lab.page(), "replayCancel")->click();
    QCOMPARE(lab.window->currentPage()->id(), PageId::Connectors);
    QCOMPARE(lab.state().phase, Phase::Idle);
    lab.pass(30s);
    QCOMPARE(lab.state().phase, Phase::Idle); // the late answer changes nothing
}

void TestReplayPage::withoutBrokersItSaysWhatIsNotKnown()
{
    PageLab lab;
    lab.withKafka = false;
    lab.openReplay();
    QVERIFY(lab.state().plan.has_value());
    QCOMPARE(lab.cell(0, PartitionsModel::End), QStringLiteral("none"));
    lab.choose("Earliest");
    lab.typeName();
    QVERIFY(!lab.canRun());
    QVERIFY(!lab.all("planForbids").isEmpty());
}

void TestReplayPage::pictures()
{
    PageLab lab(Mode::Guarded, Environment::Production);
    lab.openReplay();
    cast::photograph(*lab.window, QStringLiteral("replay-open"));
    lab.choose("Back by count", QStringLiteral("100"));
    cast::photograph(*lab.window, QStringLiteral("replay-plan"));
    lab.choose("Offset", QStringLiteral("2500"));
    cast::photograph(*lab.window, QStringLiteral("replay-forbidden"));
    lab.choose("Back by count", QStringLiteral("100"));
    QTest::keyClicks(in<QLineEdit>(lab.page(), "reason"), QStringLiteral("INC-2291"));
    lab.typeName();
    in<QPushButton>(lab.page(), "replayRun")->click();
    QVERIFY(lab.world.clock->advanceUntil(
        [&lab] { return lab.state().progress && lab.state().progress->at == ReplayStep::SeeStopped; }, 1min));
    cast::photograph(*lab.window, QStringLiteral("replay-running"));
    lab.toTheEnd();
    cast::photograph(*lab.window, QStringLiteral("replay-ended"));
    lab.window->resize(1024, 700);
    lab.follow();
    const auto narrow = cast::photograph(*lab.window, QStringLiteral("replay-narrow"));
    QCOMPARE(narrow.width(), 1024);
}

QTEST_MAIN(TestReplayPage)
#include "tst_replaypage.moc"
