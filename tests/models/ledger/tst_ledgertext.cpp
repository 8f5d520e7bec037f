// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/cellroles.h"
#include "models/ledger/ledgermodel.h"
#include "models/ledger/ledgermovesmodel.h"
#include "models/ledger/ledgertext.h"

#include <QTest>

#include <algorithm>

using namespace headgate;

namespace {

LedgerEntry replay()
{
    LedgerEntry entry {.id = QStringLiteral("op-1"),
        .kind = LedgerKind::Replay,
        .connector = {{QStringLiteral("lab")}, {QStringLiteral("main")}, QStringLiteral("orders")},
        .type = ConnectorType::Sink,
        .from = Instant(Milliseconds(1'772'000'000'000)),
        .person = QStringLiteral("Ada <ada@example.org>"),
        .reason = QStringLiteral("a lost table"),
        .outcome = Outcome::Confirmed,
        .again = 1200,
        .skipped = 0};
    entry.moves = {{.tp = {QStringLiteral("orders"), 0},
        .partitionJson = {},
        .before = "18442907",
        .after = "18440000",
        .readBack = "18440000"}};
    return entry;
}

LedgerEntry period(std::optional<MarkKind> end)
{
    auto entry = replay();
    entry.kind = LedgerKind::Period;
    entry.outcome.reset();
    entry.person.clear();
    entry.reason.clear();
    entry.begunBy = MarkKind::Started;
    entry.endedBy = end;
    entry.again.reset();
    entry.skipped.reset();
    return entry;
}

} // namespace

class tst_LedgerText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aReplayInWords()
    {
        const auto entry = replay();
        QCOMPARE(ledgerWho(entry), QStringLiteral("Ada"));
        QCOMPARE(ledgerWhere(entry), QStringLiteral("orders-0"));
        QCOMPARE(ledgerMoved(entry), QStringLiteral("18,442,907 → 18,440,000"));
        QCOMPARE(ledgerCountText(entry), QStringLiteral("1,200 again"));
        QVERIFY(proofText(entry).endsWith(QLatin1String("as asked for.")));
    }

    void theSixFacesStayApart()
    {
        auto entry = replay();
        entry.exact = false;
        entry.skipped = 30;
        QCOMPARE(ledgerCountText(entry), QStringLiteral("at most 1,200 again, at most 30 skipped"));
        entry.again = entry.skipped = 0;
        entry.exact = true;
        QCOMPARE(ledgerCountText(entry), QStringLiteral("0 again")); // zero is a number
        entry.again.reset();
        entry.skipped.reset();
        QCOMPARE(ledgerCountText(entry), QStringLiteral("not known"));
        QCOMPARE(ledgerCount(entry).number, std::nullopt);
        QCOMPARE(positionText("null"), QStringLiteral("none"));
        QCOMPARE(positionText({}), QStringLiteral("not known"));
        QCOMPARE(positionText("0"), QStringLiteral("0"));
        entry.outcome = Outcome::Refused;
        QVERIFY(ledgerSentence(entry).contains(QLatin1String("nothing was changed")));
        QCOMPARE(ledgerCountText(entry), QStringLiteral("none: it was refused"));
        entry.moves[0].readBack.clear();
        QVERIFY(proofText(entry).startsWith(QLatin1String("No position was read back")));
    }

    void aPeriodSaysWhatIsNotCounted()
    {
        const auto open = period({});
        QCOMPARE(ledgerOutcome(open), QStringLiteral("Goes on"));
        QCOMPARE(ledgerMoved(open), QStringLiteral("from 18,442,907"));
        QCOMPARE(ledgerErrorFacts(open).front().second, QStringLiteral("not counted yet"));
        auto ended = period(MarkKind::Stopped);
        ended.records = 0;
        ended.deadLetterCount = 0;
        QCOMPARE(ledgerCountText(ended), QStringLiteral("0"));
        QCOMPARE(ledgerErrorFacts(ended)[0].second, QStringLiteral("0"));
        QVERIFY(ledgerErrorFacts(ended)[1].second.startsWith(QLatin1String("no data")));
        QVERIFY(ledgerErrorFacts(replay()).empty());
    }

    void whatOthersDidHasNoPerson()
    {
        auto jump = replay();
        jump.kind = LedgerKind::Jump;
        jump.person.clear();
        for (int kind = 0; kind <= int(JumpKind::LogWentBack); ++kind) {
            jump.jump = JumpKind(kind);
            QVERIFY(!ledgerWhat(jump).isEmpty() && ledgerSentence(jump).contains(QLatin1String("orders")));
        }
        QCOMPARE(ledgerWho(jump), QStringLiteral("not known"));
        QCOMPARE(ledgerOutcome(jump), QStringLiteral("From outside"));
    }

    void rowsAreOfTwoLines()
    {
        LedgerModel model;
        model.setEntries({std::make_shared<const LedgerEntry>(replay())}, replay().from);
        const auto at = [&](int column, int role) {
            return model.index(0, column).data(role);
        };
        QCOMPARE(at(LedgerModel::Connector, SecondLineRole).toString(), QStringLiteral("a lost table"));
        QCOMPARE(at(LedgerModel::Moved, SecondLineRole).toString(), QStringLiteral("orders-0"));
        QCOMPARE(at(LedgerModel::How, OutcomeRole).toInt(), int(Outcome::Confirmed));
        QCOMPARE(at(LedgerModel::Records, Qt::DisplayRole).toString(), QStringLiteral("1,200 again"));
    }

    void everyPartitionIsARow()
    {
        LedgerMovesModel moves;
        auto entry = period(MarkKind::Stopped);
        entry.moves[0].records = 93;
        entry.deadLetters = entry.moves;
        moves.setEntry(std::make_shared<const LedgerEntry>(entry));
        QCOMPARE(moves.rowCount(), 2);
        QCOMPARE(moves.headerData(LedgerMovesModel::Last, Qt::Horizontal).toString(), QStringLiteral("Records"));
        QCOMPARE(moves.index(0, LedgerMovesModel::Last).data().toString(), QStringLiteral("93"));
        moves.setEntry(std::make_shared<const LedgerEntry>(replay()));
        QCOMPARE(moves.headerData(LedgerMovesModel::Last, Qt::Horizontal).toString(), QStringLiteral("Read back"));
        QCOMPARE(moves.index(0, LedgerMovesModel::Last).data().toString(), QStringLiteral("18,440,000"));
        moves.setEntry(nullptr);
        QCOMPARE(moves.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_LedgerText)
#include "tst_ledgertext.moc"
