// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/agetext.h"
#include "models/common/numberformat.h"

#include <QTest>

#include <limits>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const Instant now = fromIso(QStringLiteral("2026-03-10T09:42:18Z")).value_or(Instant {});
const Freshness fresh {now, 6s};
using Count = Observed<std::int64_t>;

} // namespace

class TestNumberFormat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sixFaces_data();
    void sixFaces();
    void shortNumbers_data();
    void shortNumbers();
    void durations_data();
    void durations();
    void rates_data();
    void rates();
    void moments_data();
    void moments();
    void wholeInt64Survives();
};

void TestNumberFormat::sixFaces_data()
{
    QTest::addColumn<Count>("number");
    QTest::addColumn<NumberFace>("face");
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("inTooltip");
    const auto group = QStringLiteral("group connect-a");
    const auto row
        = [](const char *name, const Count &number, NumberFace face, const char *plain, const char *tooltip) {
              QTest::newRow(name) << number << face << QString::fromUtf8(plain) << QString::fromUtf8(tooltip);
          };
    row("value", Count::of(412, now - 2s, group), NumberFace::Value, "412 records", "group connect-a");
    row("zero", Count::of(0, now - 2s, group), NumberFace::Zero, "0 records", "2 s old");
    row("no data", Count {}, NumberFace::NoData, "no data", "no sample yet");
    row("stale", Count::of(210, now - 6min, group), NumberFace::Stale, "210 records 6 min old", "6 min old");
    row("stale zero", Count::of(0, now - 6min, group), NumberFace::Stale, "0 records 6 min old", "6 min old");
    row("last fresh moment", Count::of(7, now - 6s, group), NumberFace::Value, "7 records", "6 s old");
    row("not configured", Count::none(Absence::NotConfigured), NumberFace::NotSetUp, "not set up", "set up");
    row("not permitted", Count::none(Absence::NotPermitted, QStringLiteral("broker-1: GROUP_AUTHORIZATION_FAILED")),
        NumberFace::NoRight, "no right", "GROUP_AUTHORIZATION_FAILED");
    row("observed in the future (clocks differ)", Count::of(1, now + 1h, group), NumberFace::Value, "1 records",
        "0 s old");
}

// Rows: N14
void TestNumberFormat::sixFaces()
{
    QFETCH(Count, number);
    QFETCH(NumberFace, face);
    QFETCH(QString, plain);
    QFETCH(QString, inTooltip);
    const auto text = countText(number, QStringLiteral("records"), fresh);
    QCOMPARE(text.face, face);
    QCOMPARE(spoken(text), plain);
    QVERIFY2(text.toolTip.contains(inTooltip), qPrintable(text.toolTip));
}

void TestNumberFormat::shortNumbers_data()
{
    QTest::addColumn<qint64>("number");
    QTest::addColumn<QString>("text");
    const auto row = [](qint64 number, const char *text) {
        QTest::newRow(text) << number << QString::fromUtf8(text);
    };
    row(0, "0");
    row(999, "999");
    row(9'876, "9,876");
    row(9'999, "9,999");
    row(10'000, "10.0 k");
    row(12'400, "12.4 k");
    row(41'208, "41.2 k");
    row(96'800, "96.8 k");
    row(99'960, "100 k");
    row(188'000, "188 k");
    row(999'499, "999 k");
    row(999'500, "1.00 M");
    row(2'840'000, "2.84 M");
    row(28'400'000, "28.4 M");
    row(9'007'199'254'740'993, "9.01 P");
    row(std::numeric_limits<qint64>::max(), "9,223 P");
    row(-41'208, "−41.2 k");
}

void TestNumberFormat::shortNumbers()
{
    QFETCH(qint64, number);
    QFETCH(QString, text);
    QCOMPARE(shortNumber(number), text);
}

void TestNumberFormat::durations_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("text");
    const auto row = [](Milliseconds ms, const char *text) {
        QTest::newRow(text) << qint64(ms.count()) << QString::fromUtf8(text);
    };
    row(0ms, "0 s");
    row(800ms, "0.8 s");
    row(34s, "34 s");
    row(60s, "1 min");
    row(2min + 34s, "2 min 34 s");
    row(51min + 2s, "51 min");
    row(3h + 12min, "3 h 12 min");
    row(4 * 24h + 3h, "4 d 3 h");
    QTest::newRow("never negative") << qint64(-5000) << QStringLiteral("0 s");
}

void TestNumberFormat::durations()
{
    QFETCH(qint64, ms);
    QFETCH(QString, text);
    QCOMPARE(durationText(Milliseconds {ms}), text);
}

void TestNumberFormat::rates_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<QString>("text");
    QTest::newRow("stands still") << 0.0 << QStringLiteral("0");
    QTest::newRow("slow is not zero") << 0.4 << QStringLiteral("0.4");
    QTest::newRow("whole") << 9.0 << QStringLiteral("9");
    QTest::newRow("one decimal below ten") << 2.34 << QStringLiteral("2.3");
    QTest::newRow("none above") << 74.6 << QStringLiteral("75");
    QTest::newRow("thousands") << 5490.2 << QStringLiteral("5,490");
    QTest::newRow("short") << 64'200.0 << QStringLiteral("64.2 k");
    QTest::newRow("absurd") << 1e300 << QStringLiteral("9.00 P");
}

void TestNumberFormat::rates()
{
    QFETCH(double, rate);
    QFETCH(QString, text);
    QCOMPARE(rateText(Observed<double>::of(rate, now, {}), {}, fresh).text, text);
}

void TestNumberFormat::moments_data()
{
    QTest::addColumn<QString>("iso");
    QTest::addColumn<QString>("moment");
    QTest::addColumn<QString>("day");
    const auto row = [](const char *iso, const char *moment, const char *day) {
        QTest::newRow(iso) << QString::fromLatin1(iso) << QString::fromUtf8(moment) << QString::fromUtf8(day);
    };
    row("2026-03-10T09:31:07Z", "09:31:07", "09:31");
    row("2026-03-06T15:20:00Z", "6 Mar 15:20:00", "Fri");
    row("2026-02-27T14:12:00Z", "27 Feb 14:12:00", "27 Feb");
    row("2025-12-11T10:02:00Z", "11 Dec 2025 10:02:00", "11 Dec");
    row("2024-12-11T10:02:00Z", "11 Dec 2024 10:02:00", "Dec 2024");
    row("1970-01-01T00:00:00Z", "", "");
}

void TestNumberFormat::moments()
{
    QFETCH(QString, iso);
    QFETCH(QString, moment);
    QFETCH(QString, day);
    const auto instant = fromIso(iso).value_or(Instant {});
    QCOMPARE(momentText(instant, now), moment);
    QCOMPARE(dayText(instant, now), day);
}

void TestNumberFormat::wholeInt64Survives()
{
    QCOMPARE(fullNumber(9'007'199'254'740'993), QStringLiteral("9,007,199,254,740,993"));
}

QTEST_GUILESS_MAIN(TestNumberFormat)
#include "tst_numberformat.moc"
