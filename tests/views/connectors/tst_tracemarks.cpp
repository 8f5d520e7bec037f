// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/fonts.h"
#include "views/common/theme.h"
#include "views/common/traceview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace headgate;

class TestTraceMarks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().choose(Theme::Choice::Light); }
    void firstCauseStandsOut();
    void copyHasAllOfIt();
};

void TestTraceMarks::firstCauseStandsOut()
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

void TestTraceMarks::copyHasAllOfIt()
{
    const QString text(2'000'000, u'y');
    TraceView view;
    view.setText(text);
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text().size(), text.size());
}

QTEST_MAIN(TestTraceMarks)
#include "tst_tracemarks.moc"
