// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/fonts.h"
#include "views/common/theme.h"
#include "views/common/traceview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QTest>

using namespace headgate;

class TestTraceView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().choose(Theme::Choice::Light); }
    void hugeTextsOpenScrollAndPaint_data();
    void hugeTextsOpenScrollAndPaint();
    void firstCauseStandsOut();
    void copyHasAllOfIt();
};

void TestTraceView::hugeTextsOpenScrollAndPaint_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("lines");
    QTest::newRow("empty") << QString() << 1;
    QTest::newRow("one line of 20 MB") << QString(20'000'000, u'x') << 1;
    QTest::newRow("a million lines") << QStringLiteral("\tat a.b.C(D.java:1)\n").repeated(1'000'000) << 1'000'001;
    QTest::newRow("control characters") << QStringLiteral("a\x1b[31m\x07\u202Eb").append(QChar(0)) << 1;
    QTest::newRow("combining flood") << QString(QStringLiteral("a") + QString(100'000, QChar(0x0301))) << 1;
    QTest::newRow("lone surrogates") << QString(5'000, QChar(0xD800)) << 1;
    QTest::newRow("nested tables") << QStringLiteral("<table><tr><td>").repeated(50) << 1;
}

// Rows: UI-02, UI-04
void TestTraceView::hugeTextsOpenScrollAndPaint()
{
    QFETCH(QString, text);
    QFETCH(int, lines);
    TraceView view;
    view.resize(800, 600);
    view.setText(text);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QCOMPARE(view.lineCount(), lines);
    const auto top = view.grab().toImage();
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
    view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->maximum());
    const auto end = view.grab().toImage();
    QCOMPARE(top.size(), end.size());
    QVERIFY(view.accessibleDescription().size() < 20'000); // an assistive technology is not flooded either
}

void TestTraceView::firstCauseStandsOut()
{
    const auto text = QStringLiteral("a.B: outer\n\tat x\nCaused by: c.D: inner\n\tat y\n");
    TraceView plain;
    TraceView marked;
    for (auto *view : {&plain, &marked}) {
        view->resize(400, 200);
        view->show();
    }
    plain.setText(text);
    marked.setText(text, QStringLiteral("c.D"));
    QVERIFY(plain.grab().toImage() != marked.grab().toImage());
}

void TestTraceView::copyHasAllOfIt()
{
    const QString text(2'000'000, u'y');
    TraceView view;
    view.setText(text);
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text().size(), text.size());
}

QTEST_MAIN(TestTraceView)
#include "tst_traceview.moc"
