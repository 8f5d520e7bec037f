// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/showntext.h"
#include "views/common/theme.h"
#include "views/common/traceview.h"

#include <QScrollBar>
#include <QTest>

#include <ctime>

using namespace headgate;

namespace {

//! CPU time of this thread in milliseconds: the machine's other work does not count.
double threadTime()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1000 + double(now.tv_nsec) / 1e6;
}

//! Something is painted on the view's ground.
bool showsInk(TraceView &view)
{
    const auto picture = view.viewport()->grab().toImage();
    for (int x = 0; x < picture.width(); ++x) {
        for (int y = 0; y < picture.height(); y += 2) {
            if (picture.pixelColor(x, y) != colours().sunken) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

//! Huge and hostile traces: the viewer paints what is seen, whatever the size.
class TestTraceView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance(); }
    void lines();
    void hostileText_data();
    void hostileText();
    void hugeTexts_data();
    void hugeTexts();
};

void TestTraceView::lines()
{
    TraceView view;
    view.setText(QStringLiteral("ConnectException: Exiting\nCaused by: PSQLException: overflow\r\n\tat a.b.C\n"),
        QStringLiteral("PSQLException"));
    QCOMPARE(view.lineCount(), 4);
    view.setText(QStringLiteral("short"));
    QCOMPARE(view.lineCount(), 1);
}

void TestTraceView::hostileText_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const QString &line, const char16_t *shown) {
        QTest::newRow(name) << line << QString::fromUtf16(shown);
    };
    row("plain", QStringLiteral("at a.b.C"), u"at a.b.C");
    row("markup stays text", QStringLiteral("<img src=x>"), u"<img src=x>");
    row("tab", QStringLiteral("\tat"), u"    at");
    row("ansi", QStringLiteral("\x1b[31mred"), u"\\x1b[31mred");
    row("nul", QString(QChar(0)), u"\\x00");
    row("lone surrogate", QString(QChar(0xD800)) + QStringLiteral("a"),
        u"\xFFFD"
        u"a");
    row("pair survives", QString::fromUtf16(u"\xD83D\xDE00"), u"\xD83D\xDE00");
    row("override", QString(QChar(0x202E)) + QStringLiteral("gpj.exe"), u"\\u{202e}gpj.exe");
    row("zero width", QStringLiteral("a") + QChar(0x200B) + QStringLiteral("b"), u"a\\u{200b}b");
    row("rtl is isolated", QString(QChar(0x05D0)), u"\x2068\x05D0\x2069");
}

// Rows: UI-04
void TestTraceView::hostileText()
{
    QFETCH(QString, line);
    QFETCH(QString, shown);
    QCOMPARE(shownLine(line), shown);
}

void TestTraceView::hugeTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("lineCount");
    QTest::newRow("one line of 20 MB") << QString(10'000'000, QLatin1Char('x')) << 1;
    QTest::newRow("a million lines") << QStringLiteral("\tat org.example.Task\n").repeated(1'000'000) << 1'000'001;
    QTest::newRow("combining flood") << QString(QStringLiteral("a") + QString(1'000'000, QChar(0x0301))) << 1;
    QTest::newRow("all overrides") << QString(1'000'000, QChar(0x202E)) << 1;
}

// Rows: UI-04
void TestTraceView::hugeTexts()
{
    QFETCH(QString, text);
    QFETCH(int, lineCount);
    TraceView view;
    view.resize(800, 600);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const auto before = threadTime();
    view.setText(text);
    QVERIFY(showsInk(view));
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
    view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->maximum());
    view.viewport()->grab();
    // A layout of the whole text takes minutes; painting what is seen stays far below this, also with sanitizers.
    QVERIFY2(threadTime() - before < 3000, qPrintable(QString::number(threadTime() - before)));
    QCOMPARE(view.lineCount(), lineCount);
}

QTEST_MAIN(TestTraceView)
#include "tst_traceview.moc"
