// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/cellroles.h"
#include "models/replay/partitionsmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace headgate;

namespace {

PartitionMove move(int partition, std::optional<std::int64_t> before, std::optional<std::int64_t> after,
    std::int64_t again = 0, const char *topic = "orders")
{
    return {.tp = {QString::fromLatin1(topic), partition},
        .before = before,
        .after = after,
        .start = 100,
        .end = 1100,
        .again = again,
        .moves = before != after};
}

} // namespace

class tst_PartitionsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    //! Equal lengths are equal numbers of records, and what lies outside the log stands at its edge and is marked.
    void placesShareOneScale()
    {
        const std::vector<PartitionMove> moves {move(0, 1100, 700), move(1, 1000, 900)};
        const auto span = shownSpan(moves);
        QCOMPARE(span, 500); // the widest move and a quarter of the log left of it
        const auto first = placeInLog(moves[0], span), second = placeInLog(moves[1], span);
        QCOMPARE(*first.before, 1.0);
        QCOMPARE(*first.after, 0.2);
        QCOMPARE(*first.before - *first.after, 4 * (*second.before - *second.after));
        QVERIFY(!first.start); // the log begins further left
        QVERIFY(!first.outside);
    }

    void aShortLogIsShownWhole()
    {
        const std::vector<PartitionMove> moves {move(0, 1100, 100)};
        const auto place = placeInLog(moves[0], shownSpan(moves));
        QCOMPARE(*place.start, 0.0);
        QCOMPARE(*place.after, 0.0);
    }

    void outsideTheLogStandsAtItsEdge_data()
    {
        QTest::addColumn<qint64>("after");
        QTest::addColumn<double>("at");
        QTest::newRow("below its start") << 20LL << 0.0;
        QTest::newRow("beyond its end") << 5000LL << 1.0;
    }
    void outsideTheLogStandsAtItsEdge()
    {
        QFETCH(qint64, after);
        const std::vector<PartitionMove> moves {move(0, 600, after)};
        const auto place = placeInLog(moves[0], shownSpan(moves));
        QVERIFY(place.outside);
        QTEST(*place.after, "at");
    }

    void withoutBoundsNothingIsPainted()
    {
        PartitionMove unknown {.tp = {QStringLiteral("orders"), 0}, .before = 5, .after = 3, .moves = true};
        QVERIFY(!placeInLog(unknown, shownSpan({unknown})).known);
    }

    void numbersBeyondDoublesDoNotOverflow()
    {
        PartitionMove far {.tp = {QStringLiteral("orders"), 0},
            .before = 9'223'372'036'854'775'807,
            .after = 0,
            .start = 0,
            .end = 9'223'372'036'854'775'807,
            .moves = true};
        const auto place = placeInLog(far, shownSpan({far}));
        QVERIFY(*place.after >= 0 && *place.after <= 1 && *place.before <= 1);
    }

    void manyPartitionsStandAsThree()
    {
        ReplayPlan plan;
        for (int partition = 0; partition < 1000; ++partition) {
            plan.moves.push_back(move(partition, 1100, 1100 - partition, partition));
        }
        plan.moves.push_back(move(0, 1100, 700, 400, "returns"));
        const auto rows = partitionRows(plan, true);
        QCOMPARE(int(rows.size()), 4);
        QCOMPARE(rows[0].move.again, 0);
        QCOMPARE(rows[1].move.again, 500);
        QCOMPARE(rows[2].move.again, 999);
        QVERIFY2(rows[2].label.contains(QStringLiteral("999")), qPrintable(rows[2].label));
        QCOMPARE(int(partitionRows(plan, false).size()), 1001);
    }

    void aModelAsQtWantsIt()
    {
        PartitionsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ReplayPlan plan;
        plan.moves = {move(0, 1100, 700, 400), move(1, std::nullopt, std::nullopt)};
        plan.request.partitions = {{plan.moves[0].tp, {.kind = PositionKind::Offset, .number = 700}}};
        model.setRows(partitionRows(plan, false));
        const auto text = [&model](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(text(0, PartitionsModel::Partition), QStringLiteral("0, own"));
        QCOMPARE(text(0, PartitionsModel::New), QStringLiteral("700"));
        QCOMPARE(text(1, PartitionsModel::Before), QStringLiteral("none"));
        QCOMPARE(text(1, PartitionsModel::New), QStringLiteral("stays"));
        QVERIFY(model.index(0, PartitionsModel::Place).data(PlaceRole).value<PlaceInLog>().known);
        const auto spoken = model.index(0, PartitionsModel::Place).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(
            spoken.contains(QStringLiteral("1,100")) && spoken.contains(QStringLiteral("700")), qPrintable(spoken));
        plan.moves.pop_back();
        model.setRows(partitionRows(plan, false));
        QCOMPARE(model.rowCount(), 1);
    }
};

QTEST_GUILESS_MAIN(tst_PartitionsModel)
#include "tst_partitionsmodel.moc"
