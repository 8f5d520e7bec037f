// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/offsets.h"

#include <QTest>

#include <limits>
#include <random>

using namespace headgate;

namespace {

using Offset = std::optional<std::int64_t>;
constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

Monotonic second(double s)
{
    return Monotonic(Milliseconds(static_cast<qint64>(s * 1000)));
}

} // namespace

class TestOffsets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lagOfOnePartition_data();
    void lagOfOnePartition();
    void lagHoldsOverAllOfInt64();
    void lagOfAGroup();
    void secondsBehind_data();
    void secondsBehind();
    void historyStaysBoundedAndTrue();
    void topicMadeAnewForgetsItsTimes();
};

// Rows: KF-05
void TestOffsets::lagOfOnePartition_data()
{
    QTest::addColumn<Offset>("committed");
    QTest::addColumn<Offset>("start");
    QTest::addColumn<Offset>("end");
    QTest::addColumn<Offset>("lag");
    QTest::addColumn<bool>("belowStart");
    QTest::addColumn<bool>("beyondEnd");
    const Offset none;
    // clang-format off
    //                               committed      start        end             lag
    QTest::newRow("behind")       << Offset(10) << Offset(0) << Offset(15) << Offset(5) << false << false;
    QTest::newRow("caught up")    << Offset(15) << Offset(0) << Offset(15) << Offset(0) << false << false;
    QTest::newRow("lost records") << Offset(3) << Offset(8) << Offset(15) << Offset(12) << true << false;
    QTest::newRow("at the start") << Offset(8) << Offset(8) << Offset(15) << Offset(7) << false << false;
    QTest::newRow("beyond end")   << Offset(20) << Offset(0) << Offset(15) << Offset(0) << false << true;
    QTest::newRow("no commit")    << none << Offset(0) << Offset(15) << none << false << false;
    QTest::newRow("no end")       << Offset(10) << Offset(0) << none << none << false << false;
    QTest::newRow("over 2^53")    << Offset((1LL << 53) + 1) << Offset(0) << Offset((1LL << 53) + 4) << Offset(3) << false << false;
    QTest::newRow("no wrap")      << Offset(least) << Offset(0) << Offset(greatest) << Offset(greatest) << true << false;
    // clang-format on
}

void TestOffsets::lagOfOnePartition()
{
    QFETCH(Offset, committed);
    QFETCH(Offset, start);
    QFETCH(Offset, end);
    const auto answer = partitionLag({QStringLiteral("t"), 1}, committed, start, end);
    QTEST(answer.lag, "lag");
    QTEST(answer.belowStart, "belowStart");
    QTEST(answer.beyondEnd, "beyondEnd");
}

// Rows: KF-05
void TestOffsets::lagHoldsOverAllOfInt64()
{
    const auto seed = std::random_device {}();
    qInfo("seed %u", seed);
    std::mt19937_64 random(seed);
    const auto any = [&]() -> std::int64_t {
        constexpr std::array edges {least, least + 1, std::int64_t {-1001}, std::int64_t {-1}, std::int64_t {0},
            std::int64_t {1}, (std::int64_t {1} << 53), greatest - 1, greatest};
        return random() % 4 == 0 ? edges.at(random() % edges.size())
                                 : static_cast<std::int64_t>(random() >> (random() % 64));
    };
    for (int i = 0; i < 100'000; ++i) {
        const auto [committed, start, end] = std::array {any(), any(), any()};
        const auto answer = partitionLag({QStringLiteral("t"), 0}, committed, start, end);
        QVERIFY(answer.lag && *answer.lag >= 0);
        const auto wide = static_cast<__int128>(end) - committed;
        const auto expected = wide < 0 ? 0 : wide > greatest ? __int128 {greatest} : wide;
        QCOMPARE(*answer.lag, static_cast<std::int64_t>(expected));
        QCOMPARE(answer.beyondEnd, committed > end);
        QCOMPARE(answer.belowStart, committed < start);
        QVERIFY(groupLag({answer, answer, answer}).records >= *answer.lag); // the sum does not wrap either
    }
}

void TestOffsets::lagOfAGroup()
{
    const auto known = partitionLag({QStringLiteral("t"), 0}, 10, 0, 15);
    const auto silent = partitionLag({QStringLiteral("t"), 1}, std::nullopt, 0, 15);
    const auto whole = groupLag({known, known});
    QCOMPARE(whole.records, 10);
    QVERIFY(!whole.partial && whole.anyCommit);
    const auto part = groupLag({known, silent});
    QCOMPARE(part.records, 5);
    QVERIFY(part.partial && part.anyCommit);
    const auto none = groupLag({silent});
    QVERIFY(none.partial && !none.anyCommit);
    QVERIFY(!groupLag({}).partial);
}

void TestOffsets::secondsBehind_data()
{
    QTest::addColumn<qint64>("committed");
    QTest::addColumn<std::optional<double>>("behind");
    // end offset 100 at 0 s, 200 at 10 s, 200 at 20 s, 300 at 30 s; asked at 30 s
    // clang-format off
    QTest::newRow("caught up")                 << qint64(300) << std::optional(0.0);
    QTest::newRow("beyond the end")            << qint64(400) << std::optional(0.0);
    QTest::newRow("middle of the last rise")   << qint64(250) << std::optional(5.0);
    QTest::newRow("written after the plateau") << qint64(200) << std::optional(10.0);
    QTest::newRow("middle of the first rise")  << qint64(150) << std::optional(25.0);
    QTest::newRow("first sample")              << qint64(100) << std::optional(30.0);
    QTest::newRow("older than any sample")     << qint64(99) << std::optional<double>();
    // clang-format on
}

void TestOffsets::secondsBehind()
{
    EndOffsetHistory history;
    QVERIFY(!history.secondsBehind(0, second(0)));
    history.add(100, second(0));
    history.add(200, second(10));
    history.add(200, second(15));
    history.add(200, second(20));
    history.add(300, second(30));
    QFETCH(qint64, committed);
    QTEST(history.secondsBehind(committed, second(30)), "behind");
}

void TestOffsets::historyStaysBoundedAndTrue()
{
    EndOffsetHistory history;
    for (int s = 0; s <= 100'000; ++s) {
        history.add(s * 10LL, second(s));
    }
    QCOMPARE(history.secondsBehind(1'000'000, second(100'000)), std::optional(0.0));
    const auto behind
        = history.secondsBehind(500'000, second(100'000)); // thinned samples still interpolate a steady rate
    QVERIFY(behind && qAbs(*behind - 50'000) < 1);
}

void TestOffsets::topicMadeAnewForgetsItsTimes()
{
    EndOffsetHistory history;
    history.add(1000, second(0));
    history.add(5, second(10));
    QVERIFY(!history.secondsBehind(2, second(10)));
    history.add(9, second(12));
    QCOMPARE(history.secondsBehind(5, second(12)), std::optional(2.0));
}

QTEST_GUILESS_MAIN(TestOffsets)
#include "tst_offsets.moc"
