// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/window/hands.h"
#include "support/window/viewtest.h"
#include "views/common/actions.h"
#include "views/common/theme.h"
#include "views/operations/operationdialog.h"
#include "views/shell/commandpalette.h"
#include "views/shell/firstrunpage.h"
#include "views/shell/headerbuttons.h"
#include "views/shell/headerstrip.h"
#include "views/shell/navigation.h"
#include "views/shell/shellactions.h"
#include "views/shell/windowmemory.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTableView>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

//! The frame: environment everywhere, nothing mutating in read-only, counters, colours, narrow windows, memory.
class TestMainWindow : public ViewTest
{
    Q_OBJECT

private Q_SLOTS:
    void firstRun();
    void environmentOnEveryWindow_data();
    void environmentOnEveryWindow();
    void mutatingActionsNeedAMode();
    void countersFilter();
    void statusSaysStale();
    void themeSwitches();
    void narrowWindowKeepsNumbers();
    void escapeGoesBack();
    void remembersItselfFromStartToStart();
    void narrowWindowForgetsNoSplitter();
    void pictures_data();
    void pictures();
};

void TestMainWindow::firstRun()
{
    WindowLab lab;
    lab.window->show();
    auto *first = lab.window->firstRun();
    QVERIFY(first->isVisible());
    QVERIFY(lab.window->windowTitle().startsWith(QLatin1String("Headgate")));
    QSignalSpy sandbox(first, &FirstRunPage::sandboxWanted);
    in<QPushButton>(first, "startSandbox")->click();
    QCOMPARE(sandbox.count(), 1);
    first->setError(QStringLiteral("The sandbox did not start."));
    QVERIFY(in<QWidget>(first, "firstRunError")->isVisible());
    in<QPushButton>(first, "addContext")->click();
    QVERIFY(!first->isVisible());
    QCOMPARE(lab.window->currentPage()->id(), PageId::Contexts);
}

void TestMainWindow::environmentOnEveryWindow_data()
{
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<QString>("word");
    QTest::newRow("development") << Environment::Development << QStringLiteral("DEVELOPMENT");
    QTest::newRow("staging") << Environment::Staging << QStringLiteral("STAGING");
    QTest::newRow("production") << Environment::Production << QStringLiteral("PRODUCTION");
}

// Rows: UX-10
void TestMainWindow::environmentOnEveryWindow()
{
    QFETCH(Environment, environment);
    QFETCH(QString, word);
    WindowLab lab(environment);
    lab.open();
    lab.window->openPalette();
    openPreview(lab, pauseOf(lab, "orders-cdc-source"));
    int windows = 0;
    for (const auto *top : QApplication::topLevelWidgets()) {
        if (top->isVisible() && !top->inherits("QMenu")) {
            QVERIFY2(top->windowTitle().startsWith(word), qPrintable(top->windowTitle()));
            ++windows;
        }
    }
    QCOMPARE(windows, 2); // the window and the preview
    QVERIFY(lab.window->palette()->windowTitle().startsWith(word));
    for (const auto *band : lab.window->findChildren<QWidget *>(QStringLiteral("environmentBand"))) {
        QCOMPARE(band->accessibleName(), word);
    }
    QVERIFY(lab.find<QWidget>("contextSwitcher")->accessibleName().contains(word));
}

// Rows: UX-09
void TestMainWindow::mutatingActionsNeedAMode()
{
    WindowLab lab(Environment::Production, Mode::ReadOnly);
    lab.open();
    int mutating = 0;
    for (const auto *action : lab.window->findChildren<QAction *>()) {
        if (isMutating(action)) {
            ++mutating;
            QVERIFY2(!action->isEnabled(), qPrintable(action->objectName()));
            QVERIFY2(!reasonOf(action).isEmpty(), qPrintable(action->objectName()));
        }
    }
    QVERIFY(mutating > 0);
    // And whoever asks all the same is refused before anything is sent.
    auto *dialog = openPreview(lab, pauseOf(lab, "orders-cdc-source"));
    QCOMPARE(dialog->viewModel().state().phase, OperationViewModel::Phase::Failed);
    QCOMPARE(dialog->viewModel().state().error->kind, ErrorKind::ModeForbids);
    QVERIFY(!in<QPushButton>(dialog, "act")->isVisible());
    QCOMPARE(lab.sent(), QStringList());
}

void TestMainWindow::countersFilter()
{
    WindowLab lab;
    lab.open();
    auto *failed = lab.find<CounterButton>("counter0");
    QCOMPARE(failed->counter().filter, QStringLiteral("state:failed"));
    QVERIFY(failed->accessibleName().contains(failed->counter().word));
    auto *paused = lab.find<CounterButton>("counter3");
    QCOMPARE(paused->counter().count, 1);
    paused->click();
    QCOMPARE(lab.window->currentPage()->id(), PageId::Connectors);
    QCOMPARE(lab.window->currentPage()->filter(), QStringLiteral("state:paused"));
    QVERIFY(paused->isChecked());
}

// Rows: UX-36
void TestMainWindow::statusSaysStale()
{
    WindowLab lab;
    lab.open();
    auto *age = lab.find<AgeLabel>("dataAge");
    QVERIFY2(!age->age().stale, qPrintable(age->age().text));
    lab.cluster().script(QStringLiteral("GET"), {.hangs = true}, 1000);
    lab.pass(5min);
    QVERIFY2(age->age().stale, qPrintable(age->age().text));
    QVERIFY2(age->age().text.startsWith(QLatin1String("Stale")), qPrintable(age->age().text));
    const auto picture = age->grab().toImage();
    bool sand = false;
    for (int x = 0; x < picture.width() && !sand; ++x) {
        for (int y = 0; y < picture.height() && !sand; ++y) {
            sand = picture.pixelColor(x, y) == colours().stale.fg;
        }
    }
    QVERIFY(sand);
}

void TestMainWindow::themeSwitches()
{
    WindowLab lab;
    lab.open();
    auto &theme = Theme::instance();
    theme.choose(Theme::Choice::Light);
    const auto light = lab.window->grab().toImage();
    lab.window->actions()->darkTheme->trigger();
    const auto dark = lab.window->grab().toImage();
    const QPoint navigation(20, lab.window->height() - 120);
    QVERIFY(light.pixelColor(navigation) != dark.pixelColor(navigation));
    QCOMPARE(dark.pixelColor(navigation), colours().window);
    theme.choose(Theme::Choice::Light);
}

void TestMainWindow::narrowWindowKeepsNumbers()
{
    WindowLab lab;
    lab.open();
    lab.window->resize(1024, 700);
    QVERIFY(lab.find<Navigation>("navigation")->isRail());
    auto *header = lab.find<HeaderStrip>("headerStrip");
    QTest::qWait(1); // the layout's turn
    auto children = header->findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
    children.removeIf(
        [](const QWidget *child) { return !child->isVisible() || child->objectName() == QLatin1String("focusRing"); });
    std::sort(children.begin(), children.end(), [](const QWidget *a, const QWidget *b) { return a->x() < b->x(); });
    QVERIFY(children.size() >= 9);
    for (qsizetype i = 0; i < children.size(); ++i) {
        QVERIFY2(
            i == 0 || children[i]->x() > children[i - 1]->geometry().right(), qPrintable(children[i]->objectName()));
        QVERIFY2(children[i]->geometry().right() < header->width(), qPrintable(children[i]->objectName()));
    }
    lab.window->resize(1440, 900);
    QVERIFY(!lab.find<Navigation>("navigation")->isRail());
}

void TestMainWindow::escapeGoesBack()
{
    WindowLab lab;
    lab.open();
    const auto home = lab.window->currentPage()->id();
    lab.window->goTo({.page = PageId::Activity});
    QCOMPARE(lab.window->currentPage()->id(), PageId::Activity);
    QTest::keyClick(lab.window.get(), Qt::Key_Escape);
    QCOMPARE(lab.window->currentPage()->id(), home);
}

void TestMainWindow::remembersItselfFromStartToStart()
{
    {
        WindowLab lab;
        const WindowMemory memory(*lab.window);
        lab.open();
        lab.window->resize(1300, 760); // the offscreen screen is narrow: only the height can come back
        lab.window->goTo({.page = PageId::Connectors});
        QTest::qWait(1); // the layout's turn
        lab.find<QSplitter>("connectorsSplit")->setSizes({560, 540});
        lab.find<QAction>("connectors.column5")->setChecked(false);
        lab.window->actions()->darkTheme->trigger();
        lab.window->close();
    }
    Theme::instance().choose(Theme::Choice::Light);
    WindowLab lab;
    const WindowMemory memory(*lab.window);
    QCOMPARE(lab.window->height(), 760);
    QCOMPARE(Theme::instance().choice(), Theme::Choice::Dark);
    Theme::instance().choose(Theme::Choice::Light);
    QVERIFY(!lab.find<QAction>("connectors.column5")->isChecked());
    QVERIFY(lab.find<QAction>("connectors.column4")->isChecked());
    lab.open();
    lab.window->resize(1300, 760);
    lab.window->goTo({.page = PageId::Connectors});
    QTRY_COMPARE(lab.find<QSplitter>("connectorsSplit")->sizes().value(1), 540);
    QVERIFY(lab.find<QTableView>("connectors")->isColumnHidden(5));
    QSettings().remove(QStringLiteral("window"));
}

void TestMainWindow::narrowWindowForgetsNoSplitter()
{
    const auto key = QStringLiteral("window/splitters/connectorsSplit");
    QSettings().setValue(key, QByteArray("as it was"));
    WindowLab lab;
    const WindowMemory memory(*lab.window);
    lab.open();
    lab.window->resize(1024, 700);
    lab.window->goTo({.page = PageId::Connectors});
    QTest::qWait(1); // the layout's turn
    lab.window->close();
    QCOMPARE(QSettings().value(key).toByteArray(), QByteArray("as it was"));
    QSettings().remove(QStringLiteral("window"));
}

void TestMainWindow::pictures_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<Theme::Choice>("theme");
    QTest::newRow("wide-light") << QSize(1440, 900) << Theme::Choice::Light;
    QTest::newRow("wide-dark") << QSize(1440, 900) << Theme::Choice::Dark;
    QTest::newRow("narrow-light") << QSize(1024, 700) << Theme::Choice::Light;
}

//! The whole window with the cast, for the eye ($HEADGATE_PICTURES); asserts that each picture is a picture.
void TestMainWindow::pictures()
{
    QFETCH(QSize, size);
    QFETCH(Theme::Choice, theme);
    const auto folder = qEnvironmentVariable("HEADGATE_PICTURES");
    WindowLab lab(Environment::Production);
    lab.playCast();
    Theme::instance().choose(theme);
    lab.window->resize(size);
    const auto shoot = [&](const QString &name) {
        QTest::qWait(1); // the layout's turn
        auto picture = lab.window->grab();
        if (const auto *dialog = lab.window->findChild<OperationDialog *>(); dialog && dialog->isVisible()) {
            QPainter p(&picture);
            p.drawPixmap(lab.window->mapFromGlobal(dialog->pos()), const_cast<OperationDialog *>(dialog)->grab());
        }
        QCOMPARE(picture.size(), size);
        if (!folder.isEmpty()) {
            picture.save(folder + QLatin1Char('/') + name + QLatin1Char('-') + QLatin1String(QTest::currentDataTag())
                + QLatin1String(".png"));
        }
    };
    lab.window->show();
    shoot(QStringLiteral("first"));
    lab.open();
    lab.pass(20s);
    for (const auto page : {PageId::Triage, PageId::Connectors, PageId::Activity, PageId::Contexts}) {
        lab.window->goTo({.page = page});
        lab.pass(2s);
        shoot(QStringLiteral("page%1").arg(int(page)));
    }
    lab.window->goTo({.page = PageId::Triage});
    lab.window->openPalette();
    lab.window->palette()->setQuery(QStringLiteral("in"));
    shoot(QStringLiteral("palette"));
    lab.window->palette()->hide();
    lab.window->actions()->keys->trigger();
    shoot(QStringLiteral("keys"));
    auto *dialog = openPreview(lab, pauseOf(lab, "orders-cdc-source"));
    shoot(QStringLiteral("preview"));
    in<QLineEdit>(dialog, "reason")->setText(QStringLiteral("cache is moved, INC-2294"));
    in<QPushButton>(dialog, "act")->click();
    lab.pass(10s);
    lab.window->actions()->activity->trigger();
    lab.window->goTo({.page = PageId::Activity});
    lab.pass(1s);
    shoot(QStringLiteral("after"));
    Theme::instance().choose(Theme::Choice::Light);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
