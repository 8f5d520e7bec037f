// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/operationrecords.h"
#include "support/window/hands.h"
#include "support/window/viewtest.h"
#include "views/common/banner.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

//! Writes the intent of a pause whose program ended, as the log of another run would hold it.
void leaveBehind(WindowLab &lab, const char *name)
{
    LoggedOperation intent {.lease = {QStringLiteral("another boot"), 1, 1}, .kafkaClusterId = {}};
    intent.operation = {.id = {QString(QStringLiteral("20260310T094218412Z-") + QString::fromLatin1(name))},
        .request = {.kind = OperationKind::Pause,
            .connector = {{QStringLiteral("eu-prod")}, {QStringLiteral("main")}, QString::fromLatin1(name)}},
        .person = QStringLiteral("Ada"),
        .startedAt = lab.world.clock->now(),
        .deadline = 120s};
    intent.operation.before = {.state = parseState(QStringLiteral("RUNNING"))};
    const OperationsLog log(lab.dir.filePath(QStringLiteral("log/eu-prod.jsonl")));
    if (!QDir().mkpath(lab.dir.filePath(QStringLiteral("log"))) || !log.append(intentRecord(intent))) {
        qFatal("no log");
    }
}

int stillOpen(const WindowLab &lab)
{
    return int(std::ranges::count_if(lab.operations->operations(),
        [](const Operation &operation) { return operation.interrupted && !operation.outcome; }));
}

} // namespace

//! Operations whose program ended: named by the banner, closed from the Activity page.
class TestInterruptedInWindow : public ViewTest
{
    Q_OBJECT

private Q_SLOTS:
    void interruptedOperationsAreClosedByKeys_data();
    void interruptedOperationsAreClosedByKeys();
    void interruptedOperationIsLookedAtAgain();
    void aSearchThatHidesItIsCleared();
};

void TestInterruptedInWindow::interruptedOperationsAreClosedByKeys_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("confirmed") << QStringLiteral("It was done: close as confirmed") << Outcome::Confirmed;
    QTest::newRow("refused") << QStringLiteral("It was not done: close as refused") << Outcome::Refused;
    QTest::newRow("unknown") << QStringLiteral("Nobody knows: close as unknown") << Outcome::Unknown;
}

void TestInterruptedInWindow::interruptedOperationsAreClosedByKeys()
{
    QFETCH(QString, button);
    QFETCH(Outcome, outcome);
    WindowLab lab;
    leaveBehind(lab, "orders-cdc-source");
    leaveBehind(lab, "invoices-jdbc-sink");
    lab.open();
    auto *banner = lab.find<Banner>("banner");
    QVERIFY(lab.world.clock->advanceUntil([&] { return stillOpen(lab) == 2; }, 60s));
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->text().startsWith(QLatin1String("2 operations interrupted: ")), qPrintable(banner->text()));
    QVERIFY(banner->text().contains(QLatin1String("Pause orders-cdc-source")));
    QVERIFY(banner->text().contains(QLatin1String("Pause invoices-jdbc-sink")));
    QVERIFY(tabTo(lab.window.get(), banner->button()));
    for (int open = 2; open > 0; --open) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(lab.window->currentPage()->id(), PageId::Activity);
        auto *close = buttonNamed(lab.window->currentPage(), button);
        QVERIFY(close);
        QVERIFY(tabTo(lab.window.get(), close));
        QTest::keyClick(close, Qt::Key_Space);
        QVERIFY(lab.world.clock->advanceUntil([&] { return stillOpen(lab) == open - 1; }, 10s));
        QCOMPARE(banner->isVisible(), open > 1); // its reason is gone with the last one
        if (open > 1) {
            QVERIFY(tabTo(lab.window.get(), banner->button()));
        }
    }
    for (const auto &operation : lab.operations->operations()) {
        QCOMPARE(operation.outcome, std::optional(outcome));
        QVERIFY2(operation.observed.contains(QLatin1String("closed by Ada <ada@example.org>")),
            qPrintable(operation.observed));
    }
    QCOMPARE(lab.sent(), QStringList()); // nothing was sent again
}

//! What the platform says by now closes it: no person has to guess.
void TestInterruptedInWindow::interruptedOperationIsLookedAtAgain()
{
    WindowLab lab;
    leaveBehind(lab, "orders-cdc-source");
    lab.open();
    auto *banner = lab.find<Banner>("banner");
    QVERIFY(lab.world.clock->advanceUntil([&] { return banner->isVisible(); }, 60s));
    banner->button()->click();
    auto &orders = lab.cluster().connectors[QStringLiteral("orders-cdc-source")];
    orders.status.connector = parseState(QStringLiteral("PAUSED"));
    for (auto &task : orders.status.tasks) {
        task.state = parseState(QStringLiteral("PAUSED"));
    }
    auto *again = buttonNamed(lab.window->currentPage(), QStringLiteral("Look at the platform again"));
    QVERIFY(again && again->isVisible());
    again->click();
    QVERIFY(lab.world.clock->advanceUntil([&] { return stillOpen(lab) == 0; }, 60s));
    QCOMPARE(lab.operations->operations().front().outcome, std::optional(Outcome::Confirmed));
    QVERIFY(!banner->isVisible());
    QVERIFY(!again->isVisible());
    QCOMPARE(lab.sent(), QStringList());
}

//! The banner leads to it, whatever was searched for before.
void TestInterruptedInWindow::aSearchThatHidesItIsCleared()
{
    WindowLab lab;
    leaveBehind(lab, "orders-cdc-source");
    lab.open();
    auto *banner = lab.find<Banner>("banner");
    QVERIFY(lab.world.clock->advanceUntil([&] { return banner->isVisible(); }, 60s));
    lab.window->goTo({.page = PageId::Activity});
    auto *search = lab.find<QLineEdit>("activityFilter");
    QTest::keyClicks(search, QStringLiteral("nothing of the kind"));
    auto *table = lab.find<QTableView>("activityTable");
    QTRY_COMPARE(table->model()->rowCount(), 0);
    banner->button()->click();
    QCOMPARE(search->text(), QString());
    QCOMPARE(table->model()->rowCount(), 1);
    auto *close = buttonNamed(lab.window->currentPage(), QStringLiteral("It was not done: close as refused"));
    QVERIFY(close && close->isEnabled());
    close->click();
    QVERIFY(lab.world.clock->advanceUntil([&] { return stillOpen(lab) == 0; }, 10s));
    QCOMPARE(lab.operations->operations().front().outcome, std::optional(Outcome::Refused));
}

QTEST_MAIN(TestInterruptedInWindow)
#include "tst_interruptedinwindow.moc"
