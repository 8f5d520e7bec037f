// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/errortext.h"

#include <QSet>
#include <QTest>

using namespace headgate;

namespace {

constexpr int kinds = int(ErrorKind::Internal) + 1;

Error error(ErrorKind kind, const char *request = "GET /connectors")
{
    return {kind, QStringLiteral("Connection refused"), QStringLiteral("connect-eu-1:8083"),
        QString::fromLatin1(request), {}, 0, false};
}

} // namespace

class TestErrorText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyKindSaysThreeThings();
    void kindsReadDifferently();
    void aTerminalReadsNothingOfTheWindow();
    void writesAreNeverCalledHarmless_data();
    void writesAreNeverCalledHarmless();
    void foreignTextIsCutAndPlain();
};

void TestErrorText::everyKindSaysThreeThings()
{
    for (int kind = 0; kind < kinds; ++kind) {
        const auto text = errorText(error(ErrorKind(kind)));
        for (const auto &part : {text.what, text.state, text.next}) {
            QVERIFY2(part.size() > 10 && part.endsWith(u'.') && !part.contains(QLatin1String("..")), qPrintable(part));
            QVERIFY2(part.front().isUpper() || part.startsWith(QLatin1String("connect-eu-1")), qPrintable(part));
        }
    }
}

void TestErrorText::kindsReadDifferently()
{
    QSet<QString> heads;
    for (int kind = 0; kind < kinds; ++kind) {
        heads.insert(errorText(error(ErrorKind(kind))).what);
    }
    QCOMPARE(heads.size(), kinds);
}

//! The command has ended: it keeps no picture, asks nothing again, and has no keys or pages.
void TestErrorText::aTerminalReadsNothingOfTheWindow()
{
    for (const char *request : {"GET /connectors", "PUT /connectors/a/pause", ""}) {
        for (int kind = 0; kind < kinds; ++kind) {
            const auto text = errorText(error(ErrorKind(kind), request), Reader::Terminal);
            for (const char *word :
                {"What is shown", "by itself", "F5", "Activity", "header strip", "session", "log file"}) {
                QVERIFY2(!text.sentence().contains(QLatin1String(word)), qPrintable(text.sentence()));
            }
            QVERIFY(text.state.size() > 10 && text.next.size() > 10);
        }
    }
}

void TestErrorText::writesAreNeverCalledHarmless_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("deadline") << ErrorKind::DeadlineExceeded;
    QTest::newRow("answer lost") << ErrorKind::OutcomeUnknown;
    QTest::newRow("server failed") << ErrorKind::ServerFailed;
    QTest::newRow("cancelled") << ErrorKind::Cancelled;
}

void TestErrorText::writesAreNeverCalledHarmless()
{
    QFETCH(ErrorKind, kind);
    const auto text = errorText(error(kind, "PUT /connectors/a/pause"));
    QVERIFY2(text.state.contains(QLatin1String("may")), qPrintable(text.state));
}

void TestErrorText::foreignTextIsCutAndPlain()
{
    auto hostile = error(ErrorKind::Refused);
    hostile.message = QString(QStringLiteral("<b>no</b>\n\x1b[31m\u202E") + QString(100'000, u'x'));
    const auto what = errorText(hostile).what;
    QVERIFY(what.size() < 400);
    QVERIFY(what.contains(QLatin1String("<b>no</b>"))); // as it is: never markup, so nothing to strip
    QVERIFY(!what.contains(u'\n') && !what.contains(QChar(0x1b)) && !what.contains(QChar(0x202E)));
}

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"
