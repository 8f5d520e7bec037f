// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/showntext.h"
#include "models/operations/person.h"
#include "support/cast/cast.h"
#include "views/common/theme.h"
#include "views/operations/operationdialog.h"
#include "views/shell/commandpalette.h"
#include "views/shell/shellactions.h"
#include "views/shell/windowlab.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QItemDelegate>
#include <QLabel>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>
#include <QStyledItemDelegate>
#include <QTest>
#include <QTextDocument>
#include <QTextEdit>

#include <ctime>
#include <typeinfo>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

//! 331 bytes that keep a rich-text engine busy for half a minute.
QString tableBomb()
{
    return QStringLiteral("<table><tr><td>").repeated(20) + QLatin1String("x");
}

double threadTime()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1000 + double(now.tv_nsec) / 1e6;
}

QString describe(const QWidget *widget)
{
    return QStringLiteral("%1 \"%2\" in %3")
        .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
            widget->parentWidget() ? QString::fromLatin1(widget->parentWidget()->metaObject()->className())
                                   : QString());
}

//! Every page and overlay, one after the other; `check` looks at the window each time.
template <class Check> void visitEverything(WindowLab &lab, Check check)
{
    for (const auto page : {PageId::Triage, PageId::Connectors, PageId::Activity, PageId::Contexts}) {
        lab.window->goTo({.page = page});
        lab.follow();
        check();
    }
    lab.window->openPalette();
    check();
    lab.window->palette()->hide();
    lab.window->actions()->activity->trigger();
    check();
    lab.window->actions()->activity->trigger();
    Q_EMIT lab.window->currentPage()->actRequested({.kind = OperationKind::Pause,
        .connector = {lab.contexts->current(), {QStringLiteral("main")}, QStringLiteral("orders-cdc-source")}});
    lab.pass(2s);
    check();
}

void checkPlain(const QWidget *widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(widget)) {
        QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(describe(label)));
    }
    QVERIFY2(!qobject_cast<const QTextEdit *>(widget), qPrintable(describe(widget)));
    QVERIFY2(!qobject_cast<const QMessageBox *>(widget), qPrintable(describe(widget)));
    QVERIFY2(!Qt::mightBeRichText(neverMarkup(widget->toolTip())), qPrintable(describe(widget)));
    if (const auto *view = qobject_cast<const QAbstractItemView *>(widget)) {
        const auto *delegate = view->itemDelegate();
        const bool ours = delegate && typeid(*delegate) != typeid(QStyledItemDelegate)
            && typeid(*delegate) != typeid(QItemDelegate);
        const bool internal
            = QByteArray(view->metaObject()->className()).startsWith("QCombo") || view->inherits("QHeaderView");
        QVERIFY2(ours || internal, qPrintable(describe(view)));
    }
}

} // namespace

//! Rules that hold for every widget there is, found by walking over all of them.
class TestWindowRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("headgate-test"));
        storePerson(QStringLiteral("Ada <ada@example.org>"));
        Theme::instance();
    }
    void cleanupTestCase() { QSettings().clear(); }

    void foreignTextIsPlainEverywhere();
    void toolTipsAreNeverMarkup_data();
    void toolTipsAreNeverMarkup();
    void focusableThingsHaveNames();
    void heartbeat();
};

// Rows: UI-01, UI-02
void TestWindowRules::foreignTextIsPlainEverywhere()
{
    WindowLab lab;
    for (const auto &name : cast::hostileNames()) {
        lab.cluster().add(name, ConnectorType::Sink, {"FAILED"});
        lab.cluster().failTask(name, 0, tableBomb());
    }
    lab.cluster().add(tableBomb(), ConnectorType::Sink, {"FAILED"});
    lab.cluster().add(QStringLiteral("<img src=\"canary.png\">"), ConnectorType::Source, {"RUNNING"});
    const auto before = threadTime();
    lab.open();
    int looked = 0;
    visitEverything(lab, [&] {
        for (const auto *widget : QApplication::allWidgets()) {
            checkPlain(widget);
            ++looked;
        }
        lab.window->grab();
    });
    QVERIFY(looked > 100);
    // The bomb costs a rich-text engine 30 s of this thread's time, whatever else the machine does.
    QVERIFY2(threadTime() - before < 15'000, qPrintable(QString::number(threadTime() - before)));
}

void TestWindowRules::toolTipsAreNeverMarkup_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("image") << QStringLiteral("<img src=x>");
    QTest::newRow("table") << tableBomb();
    QTest::newRow("html") << QStringLiteral("<html><body>x");
    QTest::newRow("xml") << QStringLiteral("<?xml version=\"1.0\"?><b>x</b>");
    QTest::newRow("blank first") << QStringLiteral("   <b>x</b>");
    QTest::newRow("second line") << QStringLiteral("a\n<b>x</b>");
    QTest::newRow("comment") << QStringLiteral("<!-- --><b>x</b>");
    QTest::newRow("entity") << QStringLiteral("&lt;b&gt;x");
    QTest::newRow("plain") << QStringLiteral("a < b, b > c");
}

// Rows: UI-01
void TestWindowRules::toolTipsAreNeverMarkup()
{
    QFETCH(QString, text);
    QVERIFY(!Qt::mightBeRichText(neverMarkup(text)));
    QCOMPARE(neverMarkup(text).remove(QChar(0x2060)), text);
}

// Rows: UX-31
void TestWindowRules::focusableThingsHaveNames()
{
    WindowLab lab(Environment::Production);
    lab.open();
    int looked = 0;
    visitEverything(lab, [&] {
        for (const auto *top : QApplication::topLevelWidgets()) {
            if (!top->isVisible()) {
                continue;
            }
            for (auto *widget : top->findChildren<QWidget *>()) {
                if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy()) {
                    continue;
                }
                auto *face = QAccessible::queryAccessibleInterface(widget);
                QVERIFY(face);
                const auto name = face->text(QAccessible::Name);
                QVERIFY2(!name.isEmpty(), qPrintable(describe(widget)));
                ++looked;
            }
        }
    });
    QVERIFY(looked > 30);
}

// Rows: UX-38
void TestWindowRules::heartbeat()
{
    WindowLab lab;
    for (int i = 0; i < 1000; ++i) {
        lab.cluster().add(
            QStringLiteral("connector-%1").arg(i), ConnectorType::Sink, QList<const char *>(8, "RUNNING"));
    }
    lab.cluster().latency = 200ms; // a slow worker: whoever waited for it on this thread would stand still
    lab.open();
    double longest = 0, last = threadTime();
    QTimer heart;
    heart.setInterval(0);
    connect(&heart, &QTimer::timeout, this, [&] {
        longest = std::max(longest, threadTime() - last);
        last = threadTime();
    });
    heart.start();
    for (int i = 0; i < 20; ++i) {
        lab.world.clock->advance(1s);
        QTest::qWait(1);
    }
    qInfo("longest turn of the loop: %.1f ms of this thread's time", longest);
    // Debug and sanitizer builds are several times slower than the release build, for which the bench asks 50 ms.
    QVERIFY2(longest < 1500, qPrintable(QString::number(longest)));
}

QTEST_MAIN(TestWindowRules)
#include "tst_windowrules.moc"
