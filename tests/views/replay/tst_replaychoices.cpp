// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cast/pictures.h"
#include "support/fakes/fakeorders.h"
#include "support/fakes/leftreplay.h"
#include "support/window/hands.h"
#include "support/window/viewtest.h"
#include "views/replay/replaypage.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;
using Phase = ReplayViewModel::Phase;

namespace {

//! A replay of "orders" back to 900, 1900, 2900 whose program ended after `last` was begun.
void leaveBehind(WindowLab &lab, ReplayStep last)
{
    const ConnectorRef ref {{QStringLiteral("eu-prod")}, {QStringLiteral("main")}, QStringLiteral("orders")};
    const auto plan = runOn(*lab.world.clock,
        lab.replay->plan(
            {.connector = ref, .everywhere = {.kind = PositionKind::BackBy, .number = 100}}, {.deadline = 30s}))
                          .value();
    if (!leaveReplay(lab.dir.filePath(QStringLiteral("log/eu-prod.jsonl")), plan,
            lab.cluster().at(QStringLiteral("orders")).offsets, last, lab.world.clock->now())) {
        qFatal("no log");
    }
}

//! The connector as a replay leaves it that ended in its middle.
void stand(WindowLab &lab, std::int64_t zero)
{
    auto &orders = lab.cluster().at(QStringLiteral("orders"));
    orders.status.connector = parseState(QStringLiteral("STOPPED"));
    orders.status.tasks.clear();
    lab.world.kafka->groups.clear();
    orders.offsets = {ordersEntry(0, zero), ordersEntry(1, zero + 1000), ordersEntry(2, zero + 2000)};
}

ReplayPage *pageOf(const WindowLab &lab)
{
    return lab.window->findChild<ReplayPage *>();
}

//! Another program begins over what the first left: the context comes into view again.
void beginAgain(WindowLab &lab)
{
    auto other = lab.world.context(QStringLiteral("other"), false);
    lab.contexts->addTransient(other);
    lab.contexts->setCurrent(other.id);
    lab.contexts->setCurrent({QStringLiteral("eu-prod")});
    QVERIFY(lab.world.clock->advanceUntil(
        [&lab] {
            const auto &state = pageOf(lab)->viewModel().state();
            return state.phase == Phase::Interrupted && state.interrupted;
        },
        1min));
}

} // namespace

//! A replay whose program ended: the next start shows what is known and three choices, and does nothing by itself.
class TestReplayChoices : public ViewTest
{
    Q_OBJECT

private Q_SLOTS:
    void theNextStartOffersWhatIsSafe_data();
    void theNextStartOffersWhatIsSafe();
    void positionsThatNobodyKnowsAreNotWrittenOver();
};

void TestReplayChoices::theNextStartOffersWhatIsSafe_data()
{
    QTest::addColumn<QString>("choice");
    QTest::addColumn<qint64>("at"); // partition 0 in the end
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("go on") << QStringLiteral("replayGoOn") << 1000LL << Outcome::Confirmed; // and it reads to the end
    QTest::newRow("put back") << QStringLiteral("replayPutBack") << 1000LL << Outcome::Confirmed;
    QTest::newRow("leave") << QStringLiteral("replayLeave") << 900LL << Outcome::Failed;
}

void TestReplayChoices::theNextStartOffersWhatIsSafe()
{
    QFETCH(QString, choice);
    WindowLab lab;
    lab.withKafka = true;
    addOrders(lab.world);
    lab.open();
    leaveBehind(lab, ReplayStep::SetPositions);
    stand(lab, 900);
    beginAgain(lab);
    QCOMPARE(lab.window->currentPage()->id(), PageId::Replay); // the first thing to see
    QCOMPARE(lab.sent(), QStringList());
    auto *page = pageOf(lab);
    const auto seen = in<QLabel>(page, "replaySeen")->text();
    QVERIFY2(seen.contains(QStringLiteral("STOPPED")), qPrintable(seen));
    QVERIFY2(seen.contains(QStringLiteral("where the plan wants them")), qPrintable(seen));
    cast::photograph(*lab.window, QStringLiteral("replay-choices"));
    auto *button = in<QPushButton>(page, choice.toLatin1().constData());
    QVERIFY(button->isVisible());
    if (choice != QStringLiteral("replayLeave")) {
        QVERIFY(!button->isEnabled()); // not by a blind press
        QTest::keyClicks(in<QLineEdit>(page, "typedName"), QStringLiteral("orders"));
    }
    QVERIFY(button->isEnabled());
    button->click();
    const auto &state = page->viewModel().state();
    QVERIFY(lab.world.clock->advanceUntil([&state] { return state.phase == Phase::Ended; }, 10min));
    QTEST(*state.operation->outcome, "outcome");
    QTEST(qint64(*sinkPosition(lab.cluster().at(QStringLiteral("orders")).offsets[0]).value().offset), "at");
    QVERIFY(button->isHidden());
}

void TestReplayChoices::positionsThatNobodyKnowsAreNotWrittenOver()
{
    WindowLab lab;
    lab.withKafka = true;
    addOrders(lab.world);
    lab.open();
    leaveBehind(lab, ReplayStep::SetPositions);
    stand(lab, 77);
    beginAgain(lab);
    auto *page = pageOf(lab);
    QVERIFY(in<QPushButton>(page, "replayGoOn")->isHidden());
    QVERIFY(in<QPushButton>(page, "replayPutBack")->isVisible());
    const auto seen = in<QLabel>(page, "replaySeen")->text();
    QVERIFY2(seen.contains(QStringLiteral("orders-0")) && seen.contains(QStringLiteral("77")), qPrintable(seen));
}

QTEST_MAIN(TestReplayChoices)
#include "tst_replaychoices.moc"
