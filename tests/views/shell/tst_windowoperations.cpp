// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/window/hands.h"
#include "support/window/viewtest.h"
#include "views/operations/operationdialog.h"
#include "views/shell/shellactions.h"
#include "views/shell/statusstrip.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

//! Acts go out after a preview only, once, by pointer and by keys; how they end is said.
class TestWindowOperations : public ViewTest
{
    Q_OBJECT

private Q_SLOTS:
    void previewSendsNothing();
    void enterNeverSends();
    void confirmedActIsSentOnceAndSeen();
    void productionNeedsReason();
    void cancelWhileTheWorkerHangs();
    void armedRunsWithoutQuestion();
    void armedStillAsksBeforeAStop();
    void manyTasksAreConfirmedByTypingTheName();
    void contextSwitchMovesNoPreview();
    void closingAsksWhileSomethingRuns();
    void keyboardOnly();
    void fromTriageToConfirmedByKeys();
};

void TestWindowOperations::previewSendsNothing()
{
    WindowLab lab;
    lab.open();
    auto *dialog = openPreview(lab, pauseOf(lab, "orders-cdc-source"));
    QCOMPARE(dialog->viewModel().state().phase, OperationViewModel::Phase::Ready);
    QCOMPARE(in<QLabel>(dialog, "requestText")->text(), QStringLiteral("PUT /connectors/orders-cdc-source/pause"));
    QVERIFY(in<QPushButton>(dialog, "cancel")->isDefault());
    QVERIFY(!in<QPushButton>(dialog, "act")->isDefault());
    in<QPushButton>(dialog, "cancel")->click();
    lab.pass(5s);
    QCOMPARE(lab.sent(), QStringList());
}

void TestWindowOperations::enterNeverSends()
{
    WindowLab lab;
    lab.open();
    auto *dialog = openPreview(lab, pauseOf(lab, "orders-cdc-source"));
    auto *reason = in<QLineEdit>(dialog, "reason");
    reason->setFocus();
    QTest::keyClicks(reason, QStringLiteral("because"));
    QVERIFY(in<QPushButton>(dialog, "act")->isEnabled());
    QSignalSpy rejected(dialog, &QDialog::rejected);
    QTest::keyClick(reason, Qt::Key_Return);
    QCOMPARE(rejected.count(), 1);
    lab.pass(5s);
    QCOMPARE(lab.sent(), QStringList());
}

void TestWindowOperations::confirmedActIsSentOnceAndSeen()
{
    WindowLab lab;
    lab.open();
    auto *dialog = openPreview(lab, pauseOf(lab, "orders-cdc-source"));
    auto *act = in<QPushButton>(dialog, "act");
    act->setFocus();
    QTest::keyClick(act, Qt::Key_Space);
    QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.sent().isEmpty(); }, 30s));
    QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.operations->anyRunning(); }, 2min));
    QCOMPARE(lab.sent(), QStringList {QStringLiteral("PUT /connectors/orders-cdc-source/pause")});
    lab.follow();
    auto *status = lab.find<StatusStrip>("statusStrip");
    QTRY_VERIFY2(status->text().contains(QLatin1String("Paused orders-cdc-source")), qPrintable(status->text()));
    QVERIFY2(status->text().contains(QLatin1String("confirmed")), qPrintable(status->text()));
    QVERIFY2(status->text().contains(QLatin1String("Ada")), qPrintable(status->text()));
}

void TestWindowOperations::productionNeedsReason()
{
    WindowLab lab(Environment::Production);
    lab.open();
    auto *dialog = openPreview(lab, pauseOf(lab, "orders-cdc-source"));
    auto *act = in<QPushButton>(dialog, "act");
    QVERIFY(!act->isEnabled());
    QVERIFY(!act->accessibleDescription().isEmpty());
    auto *reason = in<QLineEdit>(dialog, "reason");
    QTRY_VERIFY(reason->hasFocus());
    QTest::keyClicks(reason, QStringLiteral("INC-1"));
    QVERIFY(act->isEnabled());
}

// Rows: UX-37
void TestWindowOperations::cancelWhileTheWorkerHangs()
{
    WindowLab lab;
    lab.open();
    lab.cluster().script(QStringLiteral("GET /connectors/orders-cdc-source"), {.hangs = true}, 100);
    Q_EMIT lab.window->currentPage()->actRequested(pauseOf(lab, "orders-cdc-source"));
    QPointer<OperationDialog> dialog = lab.window->findChild<OperationDialog *>();
    QTRY_VERIFY(dialog->isVisible());
    QCOMPARE(dialog->viewModel().state().phase, OperationViewModel::Phase::Asking);
    const auto before = lab.world.clock->monotonic();
    in<QPushButton>(dialog, "cancel")->click();
    QVERIFY(!dialog || !dialog->isVisible()); // at once, not after the worker's deadline
    lab.world.clock->settle();
    QCOMPARE(lab.world.clock->monotonic(), before);
    lab.pass(30s);
    QCOMPARE(lab.sent(), QStringList());
}

void TestWindowOperations::armedRunsWithoutQuestion()
{
    WindowLab lab;
    lab.open();
    lab.window->actions()->armed->trigger();
    QCOMPARE(lab.contexts->mode(lab.contexts->current()), Mode::Armed);
    Q_EMIT lab.window->currentPage()->actRequested(pauseOf(lab, "orders-cdc-source"));
    QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.sent().isEmpty(); }, 30s));
    QVERIFY(lab.find<StatusStrip>("statusStrip")
            ->text()
            .contains(QLatin1String("PUT /connectors/orders-cdc-source/pause")));
}

void TestWindowOperations::armedStillAsksBeforeAStop()
{
    WindowLab lab;
    lab.open();
    lab.window->actions()->armed->trigger();
    auto request = pauseOf(lab, "orders-cdc-source");
    request.kind = OperationKind::Stop;
    auto *dialog = openPreview(lab, request);
    QCOMPARE(dialog->viewModel().state().phase, OperationViewModel::Phase::Ready);
    lab.pass(5s);
    QVERIFY(dialog->isVisible());
    QCOMPARE(lab.sent(), QStringList());
    in<QPushButton>(dialog, "act")->click();
    QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.sent().isEmpty(); }, 30s));
    QCOMPARE(lab.sent().first(), QStringLiteral("PUT /connectors/orders-cdc-source/stop"));
}

//! Restarting more than ten at once: the act opens only on the exact name, typed; a blind Enter sends nothing.
void TestWindowOperations::manyTasksAreConfirmedByTypingTheName()
{
    WindowLab lab;
    lab.cluster().add(QStringLiteral("wide-sink"), ConnectorType::Sink, QList<const char *>(12, "FAILED"));
    lab.open();
    auto *dialog = openPreview(lab,
        {.kind = OperationKind::RestartFailed,
            .connector = {lab.contexts->current(), {QStringLiteral("main")}, QStringLiteral("wide-sink")}});
    auto *act = in<QPushButton>(dialog, "act");
    auto *name = in<QLineEdit>(dialog, "typedName");
    QTRY_VERIFY(name->hasFocus());
    QVERIFY(!act->isEnabled());
    QTest::keyClicks(name, QStringLiteral("wide-sin"));
    QVERIFY(!act->isEnabled());
    QCOMPARE(name->accessibleDescription(), QStringLiteral("1 letter to go"));
    QTest::keyClicks(name, QStringLiteral("x"));
    QVERIFY(!act->isEnabled()); // another name
    QTest::keyClick(name, Qt::Key_Backspace);
    QTest::keyClicks(name, QStringLiteral("k"));
    QVERIFY(act->isEnabled());
    QVERIFY(tabTo(dialog, act));
    QTest::keyClick(act, Qt::Key_Return);
    QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.sent().isEmpty(); }, 30s));
    QVERIFY2(
        lab.sent().first().startsWith(QLatin1String("POST /connectors/wide-sink/")), qPrintable(lab.sent().first()));
}

void TestWindowOperations::contextSwitchMovesNoPreview()
{
    WindowLab lab;
    lab.open();
    auto *dialog = openPreview(lab, pauseOf(lab, "orders-cdc-source"));
    auto other = lab.world.context(QStringLiteral("other"), false);
    lab.contexts->addTransient(other);
    lab.contexts->setCurrent(other.id);
    lab.pass(3s);
    QVERIFY(dialog->windowTitle().contains(QLatin1String("eu-prod")));
    QCOMPARE(dialog->viewModel().state().request.connector.context.text, QStringLiteral("eu-prod"));
}

void TestWindowOperations::closingAsksWhileSomethingRuns()
{
    WindowLab lab;
    lab.open();
    lab.cluster().script(QStringLiteral("PUT"), {.delay = 20s}, 1);
    auto *dialog = openPreview(lab, pauseOf(lab, "orders-cdc-source"));
    in<QPushButton>(dialog, "act")->click();
    QVERIFY(lab.world.clock->advanceUntil([&] { return lab.operations->anyRunning(); }, 30s));
    QSignalSpy agreed(lab.window.get(), &MainWindow::closeAgreed);
    lab.window->close();
    QCOMPARE(int(lab.prompts.asked.size()), 1);
    QCOMPARE(agreed.count(), 0);
    QVERIFY(lab.window->isVisible());
    lab.prompts.answer = true;
    lab.window->close();
    QTRY_COMPARE(agreed.count(), 1);
}

// Rows: UX-30
void TestWindowOperations::keyboardOnly()
{
    WindowLab lab;
    lab.open();
    press(lab, Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(lab.window->currentPage()->id(), PageId::Connectors);
    press(lab, Qt::Key_Slash);
    auto *filter = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(filter);
    QTest::keyClicks(filter, QStringLiteral("invoices"));
    QTRY_COMPARE(lab.window->currentPage()->onScreen().size(), size_t(1));
    press(lab, Qt::Key_Down);
    QTRY_VERIFY(lab.window->currentPage()->selected().has_value());
    QCOMPARE(lab.window->currentPage()->selected()->name, QStringLiteral("invoices-jdbc-sink"));
    press(lab, Qt::Key_Return);
    press(lab, Qt::Key_R);
    QPointer<OperationDialog> dialog = lab.window->findChild<OperationDialog *>();
    QVERIFY(dialog);
    QVERIFY(lab.world.clock->advanceUntil(
        [&dialog] { return dialog->viewModel().state().phase == OperationViewModel::Phase::Ready; }, 30s));
    QCOMPARE(dialog->viewModel().state().request.kind, OperationKind::RestartFailed);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(!dialog || !dialog->isVisible());
    lab.pass(5s);
    QCOMPARE(lab.sent(), QStringList());
}

// Rows: UX-30
void TestWindowOperations::fromTriageToConfirmedByKeys()
{
    WindowLab lab(Environment::Production);
    lab.open();
    lab.pass(5s); // a failed task is a problem when it was seen twice
    press(lab, Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(lab.window->currentPage()->id(), PageId::Triage);
    QVERIFY(lab.window->currentPage()->isAncestorOf(QApplication::focusWidget())); // the first card
    press(lab, Qt::Key_T);                                                         // the whole trace
    auto *trace = in<QWidget>(lab.window->currentPage(), "tracePanel");
    QTRY_VERIFY(trace->isVisible());
    press(lab, Qt::Key_Escape);
    QVERIFY(!trace->isVisible());
    auto *restart = buttonNamed(lab.window->currentPage(), QStringLiteral("Restart task 1..."));
    QVERIFY(restart && restart->isVisible());
    QVERIFY(tabTo(lab.window.get(), restart));
    QTRY_VERIFY(!lab.window->findChildren<QWidget *>(QStringLiteral("focusRing")).isEmpty()); // and one sees where
    press(lab, Qt::Key_Space);
    QPointer<OperationDialog> dialog = lab.window->findChild<OperationDialog *>();
    QVERIFY(dialog);
    QVERIFY(lab.world.clock->advanceUntil(
        [&dialog] { return dialog->viewModel().state().phase == OperationViewModel::Phase::Ready; }, 30s));
    QTRY_COMPARE(QApplication::focusWidget(), in<QLineEdit>(dialog, "reason"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("record is corrected"));
    QVERIFY(tabTo(dialog, in<QPushButton>(dialog, "act")));
    press(lab, Qt::Key_Return);
    QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.sent().isEmpty(); }, 30s));
    QCOMPARE(lab.sent(), QStringList {QStringLiteral("POST /connectors/invoices-jdbc-sink/tasks/1/restart")});
    QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.operations->anyRunning(); }, 5min));
    QVERIFY(lab.operations->operations().front().outcome.has_value());
}

QTEST_MAIN(TestWindowOperations)
#include "tst_windowoperations.moc"
