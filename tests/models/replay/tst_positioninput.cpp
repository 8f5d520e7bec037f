// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/positioninput.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>

using namespace headgate;
using enum PositionKind;

class tst_PositionInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }

    void whatIsTyped_data()
    {
        QTest::addColumn<PositionKind>("kind");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<qint64>("value"); // offset, count, or milliseconds since the epoch; -1: not understood
        const auto row = [](const char *name, PositionKind kind, const char *typed, qint64 value) {
            QTest::newRow(name) << kind << QString::fromUtf8(typed) << value;
        };
        row("offset", Offset, "500", 500);
        row("offset as it is shown", Offset, " 2,944,120 ", 2944120);
        row("zero", Offset, "0", 0);
        row("largest", Offset, "9223372036854775807", 9223372036854775807LL);
        row("too large", Offset, "9223372036854775808", -1);
        row("below zero", Offset, "-1", -1);
        row("no number", BackBy, "all", -1);
        row("a fraction", BackBy, "1.5", -1);
        row("nothing", PastRecord, "", -1);
        row("local time", Time, "2026-03-10 09:05:00", 1773129900000);
        row("without seconds", Time, "2026-03-10 09:05", 1773129900000);
        row("in UTC", Time, "2026-03-10T08:05:00Z", 1773129900000);
        row("with its offset", Time, "2026-03-10T10:05:00+02:00", 1773129900000);
        row("with milliseconds", Time, "2026-03-10 09:05:00.250", 1773129900250);
        row("no day", Time, "2026-02-30 09:05:00", -1);
        row("in words", Time, "yesterday", -1);
    }
    void whatIsTyped()
    {
        QFETCH(PositionKind, kind);
        QFETCH(QString, typed);
        QFETCH(qint64, value);
        const auto position = positionFromInput(kind, typed);
        QCOMPARE(position.has_value(), value >= 0);
        if (!position) {
            QCOMPARE(position.error().kind, ErrorKind::InvalidInput);
            QVERIFY(!position.error().message.isEmpty());
            return;
        }
        QCOMPARE(position->kind, kind);
        QCOMPARE(kind == Time ? qint64(position->time.time_since_epoch() / Milliseconds(1)) : position->number, value);
    }

    //! The zone is said, so that nobody takes local time for UTC.
    void aTimeIsShownWithItsZone()
    {
        const auto hint = inputHint(Time);
        QVERIFY2(hint.contains(QStringLiteral("Europe/Berlin")), qPrintable(hint));
        QVERIFY2(hint.contains(QStringLiteral("UTC+0")), qPrintable(hint));
    }

    void whatIsUnderstoodCanBeTypedAgain()
    {
        for (const auto &position : {Position {.kind = Offset, .number = 12}, Position {.kind = BackBy, .number = 3},
                 Position {.kind = PastRecord, .number = 905},
                 Position {.kind = Time, .time = Instant(Milliseconds(1773129900000))},
                 Position {.kind = BeforeOperation, .operation = {QStringLiteral("20260310T0")}},
                 Position {.kind = Earliest}}) {
            QCOMPARE(positionFromInput(position.kind, inputText(position)).value(), position);
        }
    }
};

QTEST_GUILESS_MAIN(tst_PositionInput)
#include "tst_positioninput.moc"
