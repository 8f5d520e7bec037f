// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/language.h"
#include "models/operations/person.h"
#include "services/operations/operationrecords.h"
#include "views/common/actions.h"
#include "views/common/banner.h"
#include "views/common/fonts.h"
#include "views/common/statelook.h"
#include "views/operations/operationdialog.h"
#include "views/shell/commandpalette.h"
#include "views/shell/firstrunpage.h"
#include "views/shell/headerbuttons.h"
#include "views/shell/headerstrip.h"
#include "views/shell/navigation.h"
#include "views/shell/shellactions.h"
#include "views/shell/statusstrip.h"
#include "views/shell/windowlab.h"
#include "views/shell/windowmemory.h"

#include <QAction>
#include <QDir>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

OperationRequest pauseOf(const WindowLab &lab, const char *name)
{
    return {.kind = OperationKind::Pause,
        .connector = {lab.contexts->current(), {QStringLiteral("main")}, QString::fromLatin1(name)}};
}

OperationDialog *openPreview(WindowLab &lab, const OperationRequest &request)
{
    Q_EMIT lab.window->currentPage()->actRequested(request);
    auto *dialog = lab.window->findChild<OperationDialog *>();
    lab.world.clock->advanceUntil(
        [dialog] { return dialog->viewModel().state().phase != OperationViewModel::Phase::Asking; }, 30s);
    return dialog;
}

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

QPushButton *buttonNamed(QWidget *parent, const QString &text)
{
    const auto buttons = parent->findChildren<QPushButton *>();
    const auto at = std::ranges::find(buttons, text, &QPushButton::text);
    return at == buttons.end() ? nullptr : *at;
}

//! Walks the focus by Tab until `wanted` has it; false when a whole round does not come by.
bool tabTo(QWidget *window, QWidget *wanted)
{
    for (int i = 0; i < 80 && !wanted->hasFocus(); ++i) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window, Qt::Key_Tab);
    }
    return wanted->hasFocus();
}

template <class W> W *in(QWidget *parent, const char *name)
{
    return parent->findChild<W *>(QString::fromLatin1(name));
}

} // namespace

//! The frame: environment everywhere, nothing mutating in read-only, everything in the palette, acts only after a
//! preview.
class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("headgate-test"));
        QSettings().clear();
        installLanguage(*qApp);
        chooseApplicationFont();
        Theme::instance();
    }
    void init() { storePerson(QStringLiteral("Ada <ada@example.org>")); }
    void cleanupTestCase() { QSettings().clear(); }

    void firstRun();
    void environmentOnEveryWindow_data();
    void environmentOnEveryWindow();
    void mutatingActionsNeedAMode();
    void paletteFindsEveryAction();
    void paletteRunsByEnter();
    void paletteGoesToConnectors();
    void countersFilter();
    void statusSaysStale();
    void themeSwitches();
    void narrowWindowKeepsNumbers();
    void previewSendsNothing();
    void enterNeverSends();
    void confirmedActIsSentOnceAndSeen();
    void productionNeedsReason();
    void cancelWhileTheWorkerHangs();
    void armedRunsWithoutQuestion();
    void manyTasksAreConfirmedByTypingTheName();
    void interruptedOperationsAreClosedByKeys_data();
    void interruptedOperationsAreClosedByKeys();
    void interruptedOperationIsLookedAtAgain();
    void contextSwitchMovesNoPreview();
    void closingAsksWhileSomethingRuns();
    void escapeGoesBack();
    void keyboardOnly();
    void fromTriageToConfirmedByKeys();
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

// Rows: UX-28
void TestMainWindow::paletteFindsEveryAction()
{
    WindowLab lab;
    lab.open();
    lab.window->openPalette();
    auto *palette = lab.window->palette();
    int actions = 0;
    for (const auto *action : lab.window->findChildren<QAction *>()) {
        const bool partOfField = qobject_cast<const QLineEdit *>(action->parent()); // a button within a field
        if (action->isSeparator() || action->text().isEmpty() || partOfField) {
            continue;
        }
        QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
        palette->setQuery(action->text().remove(QLatin1Char('&')));
        bool found = false;
        for (int row = 0; row < palette->model().rowCount(); ++row) {
            const auto *entry = palette->model().entryAt(row);
            if (entry && entry->id == action->objectName()) {
                found = true;
                QCOMPARE(entry->reason.isEmpty(), action->isEnabled());
            }
        }
        QVERIFY2(found, qPrintable(action->objectName()));
        ++actions;
    }
    QVERIFY(actions > 15);
}

void TestMainWindow::paletteRunsByEnter()
{
    WindowLab lab;
    lab.open();
    Theme::instance().choose(Theme::Choice::Light);
    QTest::keyClick(lab.window.get(), Qt::Key_K, Qt::ControlModifier);
    auto *query = lab.find<QLineEdit>("paletteQuery");
    QTRY_VERIFY(query->hasFocus());
    QTest::keyClicks(query, QStringLiteral("colours dark"));
    QTest::keyClick(query, Qt::Key_Return);
    QVERIFY(Theme::instance().isDark());
    QVERIFY(!lab.window->palette()->isVisible());
    Theme::instance().choose(Theme::Choice::Light);
}

void TestMainWindow::paletteGoesToConnectors()
{
    WindowLab lab;
    lab.open();
    lab.window->openPalette();
    auto *palette = lab.window->palette();
    palette->setQuery(QStringLiteral("loyal"));
    QCOMPARE(palette->model().fitting(), 1);
    const auto *entry = palette->model().entryAt(palette->model().firstEntryRow());
    QCOMPARE(entry->kind, PaletteEntry::Kind::Connector);
    QCOMPARE(entry->note, QStringLiteral("Paused"));
    palette->setQuery(QStringLiteral(">loyal"));
    QCOMPARE(palette->model().fitting(), 0);
    palette->setQuery(QStringLiteral("@eu"));
    QCOMPARE(palette->model().fitting(), 1);
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

void TestMainWindow::previewSendsNothing()
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

void TestMainWindow::enterNeverSends()
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

void TestMainWindow::confirmedActIsSentOnceAndSeen()
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

void TestMainWindow::productionNeedsReason()
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
void TestMainWindow::cancelWhileTheWorkerHangs()
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

void TestMainWindow::armedRunsWithoutQuestion()
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

//! Restarting more than ten at once: the act opens only on the exact name, typed; a blind Enter sends nothing.
void TestMainWindow::manyTasksAreConfirmedByTypingTheName()
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

void TestMainWindow::interruptedOperationsAreClosedByKeys_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("confirmed") << QStringLiteral("It was done: close as confirmed") << Outcome::Confirmed;
    QTest::newRow("refused") << QStringLiteral("It was not done: close as refused") << Outcome::Refused;
    QTest::newRow("unknown") << QStringLiteral("Nobody knows: close as unknown") << Outcome::Unknown;
}

void TestMainWindow::interruptedOperationsAreClosedByKeys()
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
void TestMainWindow::interruptedOperationIsLookedAtAgain()
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

void TestMainWindow::contextSwitchMovesNoPreview()
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

void TestMainWindow::closingAsksWhileSomethingRuns()
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

// Rows: UX-30
void TestMainWindow::keyboardOnly()
{
    WindowLab lab;
    lab.open();
    const auto press = [&lab](int key, Qt::KeyboardModifiers modifiers = {}) {
        auto *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : lab.window.get(), Qt::Key(key), modifiers);
    };
    press(Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(lab.window->currentPage()->id(), PageId::Connectors);
    press(Qt::Key_Slash);
    auto *filter = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(filter);
    QTest::keyClicks(filter, QStringLiteral("invoices"));
    QTRY_COMPARE(lab.window->currentPage()->onScreen().size(), size_t(1));
    press(Qt::Key_Down);
    QTRY_VERIFY(lab.window->currentPage()->selected().has_value());
    QCOMPARE(lab.window->currentPage()->selected()->name, QStringLiteral("invoices-jdbc-sink"));
    press(Qt::Key_Return);
    press(Qt::Key_R);
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

// Rows: UX-30
void TestMainWindow::fromTriageToConfirmedByKeys()
{
    WindowLab lab(Environment::Production);
    lab.open();
    lab.pass(5s); // a failed task is a problem when it was seen twice
    const auto press = [&lab](int key, Qt::KeyboardModifiers modifiers = {}) {
        auto *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : lab.window.get(), Qt::Key(key), modifiers);
    };
    press(Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(lab.window->currentPage()->id(), PageId::Triage);
    QVERIFY(lab.window->currentPage()->isAncestorOf(QApplication::focusWidget())); // the first card
    press(Qt::Key_T);                                                              // the whole trace
    auto *trace = in<QWidget>(lab.window->currentPage(), "tracePanel");
    QTRY_VERIFY(trace->isVisible());
    press(Qt::Key_Escape);
    QVERIFY(!trace->isVisible());
    auto *restart = buttonNamed(lab.window->currentPage(), QStringLiteral("Restart task 1..."));
    QVERIFY(restart && restart->isVisible());
    QVERIFY(tabTo(lab.window.get(), restart));
    QTRY_VERIFY(!lab.window->findChildren<QWidget *>(QStringLiteral("focusRing")).isEmpty()); // and one sees where
    press(Qt::Key_Space);
    QPointer<OperationDialog> dialog = lab.window->findChild<OperationDialog *>();
    QVERIFY(dialog);
    QVERIFY(lab.world.clock->advanceUntil(
        [&dialog] { return dialog->viewModel().state().phase == OperationViewModel::Phase::Ready; }, 30s));
    QTRY_COMPARE(QApplication::focusWidget(), in<QLineEdit>(dialog, "reason"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("record is corrected"));
    QVERIFY(tabTo(dialog, in<QPushButton>(dialog, "act")));
    press(Qt::Key_Return);
    QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.sent().isEmpty(); }, 30s));
    QCOMPARE(lab.sent(), QStringList {QStringLiteral("POST /connectors/invoices-jdbc-sink/tasks/1/restart")});
    QVERIFY(lab.world.clock->advanceUntil([&] { return !lab.operations->anyRunning(); }, 5min));
    QVERIFY(lab.operations->operations().front().outcome.has_value());
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
