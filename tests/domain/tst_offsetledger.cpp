// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/ledgerjson.h"
#include "domain/replay/replayplanfile.h"
#include "domain/replay/replayprogress.h"
#include "domain/replayscene.h"

#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const Instant kBegin {Milliseconds(1'772'000'000'000)};

OperationStep done(ReplayStep step, QByteArray data)
{
    return {.what = stepWord(step), .state = QStringLiteral("done"), .detail = {}, .data = std::move(data)};
}

//! Two partitions from 900 and 800 to 500; the plan was made at 880 and 790.
Operation replay(const char *id, std::vector<OperationStep> steps, std::optional<Outcome> outcome = Outcome::Confirmed)
{
    ReplayScene scene;
    scene.facts.partitions[0].committed = 880;
    scene.facts.partitions[1].committed = 790;
    scene.request.everywhere = {.kind = PositionKind::Offset, .number = 500};
    Operation operation {.id = {QString::fromLatin1(id)},
        .person = QStringLiteral("Ada <ada@example.org>"),
        .startedAt = kBegin,
        .endedAt = outcome ? kBegin + 9s : Instant {},
        .outcome = outcome,
        .plan = planText(scene.plan().value()),
        .steps = std::move(steps)};
    operation.request = {
        .kind = OperationKind::Replay, .connector = scene.request.connector, .reason = QStringLiteral("a lost table")};
    return operation;
}

Operation confirmed(const char *id)
{
    const ReplayScene scene;
    return replay(id,
        {done(ReplayStep::Snapshot, snapshotText(scene.positions({900, 800}))),
            done(ReplayStep::CheckBounds, R"({"again":700,"skipped":0})"),
            done(ReplayStep::ReadBack, snapshotText(scene.positions({500, 500})))});
}

PeriodMark mark(MarkKind kind, Milliseconds after, std::vector<MarkedPosition> positions)
{
    return {.connector = ReplayScene().request.connector,
        .type = ConnectorType::Sink,
        .kind = kind,
        .at = kBegin + after,
        .positions = std::move(positions)};
}

MarkedPosition at(int partition, std::optional<std::int64_t> offset, std::optional<std::int64_t> start = {})
{
    return {ReplayScene::tp(partition), offset, start};
}

} // namespace

class tst_OffsetLedger : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aReplayIsToldWithItsProof()
    {
        const auto ledger = ledgerOf({.operations = {confirmed("op-1")}, .jumps = {}, .marks = {}});
        QCOMPARE(ledger.size(), size_t(1));
        const auto &entry = ledger.front();
        QCOMPARE(entry.kind, LedgerKind::Replay);
        QCOMPARE(entry.reason, QStringLiteral("a lost table"));
        QCOMPARE(entry.planHash, planHash(planFromText(confirmed("op-1").plan).value()));
        QCOMPARE(entry.moves.size(), size_t(2));
        QCOMPARE(entry.moves[0].before, QByteArray("900")); // as it was saved, not as it was planned
        QCOMPARE(entry.moves[1].before, QByteArray("800"));
        QCOMPARE(entry.moves[1].after, QByteArray("500"));
        QCOMPARE(entry.moves[1].readBack, QByteArray("500"));
        QCOMPARE(entry.again, std::optional<std::int64_t>(700)); // counted after the stop
        QCOMPARE(proofOf(entry), LedgerProof::Equal);
    }

    void whatWasNotReadBackHasNoProof()
    {
        const auto refused
            = ledgerOf({.operations = {replay("op-1", {}, Outcome::Refused)}, .jumps = {}, .marks = {}}).front();
        QCOMPARE(proofOf(refused), LedgerProof::None);
        QCOMPARE(refused.moves[0].before, QByteArray("880"));
        QVERIFY(refused.moves[0].readBack.isEmpty());
        QCOMPARE(refused.outcome, std::optional(Outcome::Refused));
        QVERIFY(!refused.again && !refused.moves[0].again); // nothing was delivered again

        auto restored = confirmed("op-2"); // put back under its own id
        auto back = done(ReplayStep::ReadBack, snapshotText(ReplayScene().positions({900, 800})));
        back.what.prepend(QLatin1String("restore-"));
        restored.steps.push_back(back);
        const auto entry = ledgerOf({.operations = {restored}, .jumps = {}, .marks = {}}).front();
        QCOMPARE(proofOf(entry), LedgerProof::Differs);
        QCOMPARE(entry.moves[0].readBack, QByteArray("900"));
    }

    void aWayBackNamesWhatItTakesBack()
    {
        auto back = confirmed("op-2");
        back.request.compensates = {QStringLiteral("op-1")};
        back.startedAt = kBegin + 1min;
        const auto ledger = ledgerOf({.operations = {confirmed("op-1"), back}, .jumps = {}, .marks = {}});
        QCOMPARE(ledger[0].kind, LedgerKind::WayBack); // newest first
        QCOMPARE(ledger[0].restores.text, QStringLiteral("op-1"));
        QCOMPARE(ledger[1].restoredBy.text, QStringLiteral("op-2"));
        back.outcome = Outcome::Failed; // then it took nothing back
        QVERIFY(ledgerOf({.operations = {confirmed("op-1"), back}, .jumps = {}, .marks = {}})[1].restoredBy.isEmpty());
    }

    void aSourcesDocumentKeepsItsDigits()
    {
        ReplayScene scene;
        scene.becomeSource("io.debezium.connector.oracle.OracleConnector", R"({"server":"a"})", R"({"scn":12.50})");
        scene.request.source = {{R"({"server":"a"})", R"({"scn":9007199254740993})"}};
        Operation operation {.id = {QStringLiteral("op-1")}, .plan = planText(scene.plan().value())};
        operation.request = {.kind = OperationKind::Replay, .connector = scene.request.connector};
        const auto entry = ledgerOf({.operations = {operation}, .jumps = {}, .marks = {}}).front();
        QCOMPARE(entry.moves.size(), size_t(1));
        QCOMPARE(entry.moves[0].before, QByteArray(R"({"scn":12.50})"));
        QCOMPARE(entry.moves[0].after, QByteArray(R"({"scn":9007199254740993})"));
        QVERIFY(!entry.again);
    }

    void othersAreNoPartOfIt()
    {
        auto pause = confirmed("op-1");
        pause.request.kind = OperationKind::Pause;
        QVERIFY(ledgerOf({.operations = {pause}, .jumps = {}, .marks = {}}).empty());
        auto torn = confirmed("op-2");
        torn.plan = "no plan";
        const auto entry = ledgerOf({.operations = {torn}, .jumps = {}, .marks = {}}).front();
        QVERIFY(entry.moves.empty() && !entry.again && !entry.exact); // not told as nothing moved
    }

    void periodsRunFromAStartToAStop()
    {
        auto stop = mark(MarkKind::Stopped, 2min, {at(0, 950), at(1, 800), at(2, 40)});
        stop.taskFailures = 2;
        const auto periods = periodsOf({stop, mark(MarkKind::FirstSeen, 0s, {at(0, 900), at(1, 800), at(2, {}, 10)}),
                                           mark(MarkKind::Started, 3min, {at(0, 950), at(1, 800), at(2, 40)})},
            {});
        QCOMPARE(periods.size(), size_t(2));
        QCOMPARE(periods[0].begunBy, MarkKind::FirstSeen);
        QCOMPARE(periods[0].endedBy, std::optional(MarkKind::Stopped));
        QCOMPARE(countOf(periods[0].ranges), std::optional<std::int64_t>(50 + 0 + 30)); // from the log's start
        QCOMPARE(periods[0].taskFailures, std::optional<std::int64_t>(2));
        QVERIFY(periods[0].exact);
        QVERIFY(!periods[1].endedBy); // goes on
        QVERIFY(!countOf(periods[1].ranges));
    }

    void whatIsNotKnownIsNotCounted()
    {
        // A sink's partition that nobody committed in has no beginning; a source's that came meanwhile began at 0.
        auto begin = mark(MarkKind::Started, 0s, {}), end = mark(MarkKind::Stopped, 1min, {at(0, 70)});
        QVERIFY(!countOf(periodsOf({begin, end}, {}).front().ranges));
        begin.type = end.type = ConnectorType::Source;
        QVERIFY(!countOf(periodsOf({begin, end}, {}).front().ranges)); // nothing is known of what it held before
        begin.absentTopics = {QStringLiteral("orders")};
        QCOMPARE(countOf(periodsOf({begin, end}, {}).front().ranges), std::optional<std::int64_t>(70));
        QVERIFY(!periodsOf({begin, end}, {}).front().deadLettersKnown);

        begin = mark(MarkKind::Started, 0s, {at(0, 900)});
        end = mark(MarkKind::Stopped, 1min, {at(0, 950)});
        const PositionJump jump {.connector = begin.connector, .type = begin.type, .seenAt = kBegin + 30s};
        const auto jumped = ledgerOf({.operations = {}, .jumps = {jump}, .marks = {begin, end}}).front();
        QVERIFY(!jumped.records && !jumped.exact); // the range is no count of what was read
    }

    // Rows: C16
    void deadLettersOfAPeriodAreItsRange()
    {
        auto begin = mark(MarkKind::Started, 0s, {at(0, 900)}), end = mark(MarkKind::Stopped, 1min, {at(0, 950)});
        begin.deadLetters.emplace(); // the topic does not exist yet
        end.deadLetters = {{{QStringLiteral("dead"), 0}, 4, {}}, {{QStringLiteral("dead"), 1}, 3, {}}};
        const auto entry = ledgerOf({.operations = {}, .jumps = {}, .marks = {begin, end}}).front();
        QCOMPARE(entry.deadLetterCount, std::optional<std::int64_t>(7));
        QCOMPARE(entry.deadLetters[1].before, QByteArray("0"));
        QCOMPARE(entry.deadLetters[1].after, QByteArray("3"));
        end.deadLetters.reset(); // not read is not zero
        QVERIFY(!ledgerOf({.operations = {}, .jumps = {}, .marks = {begin, end}}).front().deadLetterCount);
    }

    void aReplayEndsOnePeriodAndBeginsTheNext()
    {
        auto end = mark(MarkKind::Stopped, 1min, {at(0, 950)}), next = mark(MarkKind::Started, 1min, {at(0, 500)});
        end.operation = next.operation = {QStringLiteral("op-1")};
        const auto periods = periodsOf(
            {next, mark(MarkKind::Started, 0s, {at(0, 900)}), end, mark(MarkKind::Stopped, 2min, {at(0, 1000)})}, {});
        QCOMPARE(periods.size(), size_t(2));
        QCOMPARE(periods[0].operation.text, QStringLiteral("op-1"));
        QCOMPARE(countOf(periods[0].ranges), std::optional<std::int64_t>(50));
        QCOMPARE(countOf(periods[1].ranges), std::optional<std::int64_t>(500));
    }

    void anotherPlatformIsAnotherLedger()
    {
        auto first = mark(MarkKind::FirstSeen, 0s, {at(0, 900)}), next = mark(MarkKind::FirstSeen, 1min, {at(0, 5)});
        first.platform = QStringLiteral("kafka-1");
        next.platform = QStringLiteral("kafka-2");
        const auto periods = periodsOf({first, next}, {});
        QCOMPARE(periods.size(), size_t(2));
        QCOMPARE(periods[0].endedBy, std::optional(MarkKind::Gone));
        QVERIFY(!countOf(periods[0].ranges) && !periods[1].endedBy);
    }

    void recordsComeBackAsTheyWere()
    {
        PositionJump jump {.connector = {{QStringLiteral("lab")}, {QStringLiteral("main")}, QStringLiteral("ö\"\n")},
            .type = ConnectorType::Source,
            .kind = JumpKind::LogWentBack,
            .notBefore = kBegin,
            .seenAt = kBegin + 15s,
            .platform = QStringLiteral("kafka-1")};
        jump.partitions = {{ReplayScene::tp(1), {}, "9007199254740993", "null"}, {{}, R"({"a":1.50})", "{}", "null"}};
        auto stop = mark(MarkKind::Stopped, 1min, {at(0, 9007199254740993), at(1, {}, 7), at(2, {})});
        stop.operation = {QStringLiteral("op-1")};
        stop.settled = false;
        stop.deadLetters.emplace();
        stop.absentTopics = {QStringLiteral("a"), QStringLiteral("b")};
        stop.taskFailures = 0;
        stop.document = {{R"({"a":1})", R"({"scn":1.500})"}};
        const LedgerRecords written {{}, {jump}, {stop, mark(MarkKind::FirstSeen, 0s, {at(0, 1)})}};
        for (const size_t most : {1, 5000}) {
            LedgerRecords read;
            const auto bodies = ledgerRecords(written.jumps, written.marks, most);
            QCOMPARE(bodies.size(), size_t(most == 1 ? 3 : 1));
            for (const auto &body : bodies) {
                QVERIFY(!body.contains('\n'));
                addLedgerRecord(body, read);
            }
            QCOMPARE(read, written);
        }
        QVERIFY(ledgerRecords({}, {}).empty());
        LedgerRecords none;
        for (const auto *foreign : {"", "{}", R"({"type":"ledger","marks":[{}]})", R"({"type":"ledger","jumps":7})",
                 R"({"type":"ledger","marks":[{"kind":"dance"}]})", "\"type\":\"ledger\""}) {
            addLedgerRecord(foreign, none);
        }
        QCOMPARE(none, LedgerRecords());
    }

    void theSearchLooksIntoEverything_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("found");
        QTest::newRow("nothing asked for") << QString() << true;
        QTest::newRow("person and reason") << QStringLiteral("ADA table") << true;
        QTest::newRow("connector") << QStringLiteral("orders confirmed replay") << true;
        QTest::newRow("not") << QStringLiteral("orders !refused") << true;
        QTest::newRow("not that") << QStringLiteral("orders !confirmed") << false;
        QTest::newRow("another word") << QStringLiteral("orders banana") << false;
        QTest::newRow("operation") << QStringLiteral("op-1") << true;
        QTest::newRow("a mark alone is a text") << QStringLiteral("!") << false;
    }

    void theSearchLooksIntoEverything()
    {
        QFETCH(QString, text);
        const auto entry = ledgerOf({.operations = {confirmed("op-1")}, .jumps = {}, .marks = {}}).front();
        QTEST(mentions(entry, text), "found");
    }
};

QTEST_GUILESS_MAIN(tst_OffsetLedger)
#include "tst_offsetledger.moc"
