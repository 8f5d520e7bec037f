// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/documentjump.h"

#include <QTest>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

const Instant noon {1'773'129'600'000ms};
const ConnectorRef ref {{QStringLiteral("eu")}, {QStringLiteral("main")}, QStringLiteral("orders-source")};
using Entries = std::vector<ConnectorOffset>;

Entries at(const char *offset)
{
    return {{R"({"server":"db"})", offset}};
}

PeriodMark mark(MarkKind kind, Milliseconds after, const Entries &document = {})
{
    return {.connector = ref, .type = ConnectorType::Source, .kind = kind, .at = noon + after, .document = document};
}

PositionJump jump(Milliseconds after, const char *to)
{
    return {.connector = ref,
        .type = ConnectorType::Source,
        .kind = JumpKind::MovedAtRest,
        .notBefore = noon,
        .seenAt = noon + after,
        .partitions = {{{}, R"({"server": "db"})", "{}", to}}};
}

} // namespace

class tst_DocumentJump : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theLastWordOfTheLogIsKnown_data()
    {
        QTest::addColumn<LedgerRecords>("records");
        QTest::addColumn<QByteArray>("known"); // its offset; empty: nothing is
        const auto row = [](const char *name, LedgerRecords records, const char *known) {
            QTest::newRow(name) << std::move(records) << QByteArray(known);
        };
        const auto stopped = mark(MarkKind::Stopped, 1min, at(R"({"pos":5})"));
        row("an empty log", {}, "");
        row("stopped", {.marks = {stopped}}, R"({"pos":5})");
        row("paused", {.marks = {mark(MarkKind::Paused, 1min, at(R"({"pos":5})"))}}, R"({"pos":5})");
        row("it was not read", {.marks = {mark(MarkKind::Stopped, 1min)}}, "");
        row("at work since", {.marks = {mark(MarkKind::Started, 2min), stopped}}, "");
        row("deleted since", {.marks = {stopped, mark(MarkKind::Gone, 2min)}}, "");
        row("moved by others since", {.jumps = {jump(2min, R"({"pos":9})")}, .marks = {stopped}}, R"({"pos":9})");
        row("moved by others before", {.jumps = {jump(30s, R"({"pos":9})")}, .marks = {stopped}}, R"({"pos":5})");
    }
    void theLastWordOfTheLogIsKnown()
    {
        QFETCH(LedgerRecords, records);
        QFETCH(QByteArray, known);
        const auto documents = knownDocuments(records);
        QCOMPARE(documents.empty(), known.isEmpty());
        if (!documents.empty()) {
            QCOMPARE(documents.front().entries.size(), size_t(1));
            QCOMPARE(documents.front().entries.front().offsetJson, known);
        }
    }

    void whatOthersDid_data()
    {
        QTest::addColumn<Entries>("now");
        QTest::addColumn<Between>("between");
        QTest::addColumn<std::optional<JumpKind>>("kind");
        using Kind = std::optional<JumpKind>;
        const auto row = [](const char *name, const Entries &now, Between between, Kind kind) {
            QTest::newRow(name) << now << between << kind;
        };
        const auto same = at(R"({"pos": 5, "file": "a"})"), back = at(R"({"file":"a","pos":4})");
        const auto on = at(R"({"file":"a","pos":6})"), other = at(R"({"file":"b","pos":5})");
        for (const auto between : {Between::StoodStill, Between::Worked, Between::NotKnown}) {
            row(qPrintable(QStringLiteral("written otherwise, %1").arg(int(between))), same, between, {});
            row(qPrintable(QStringLiteral("back, %1").arg(int(between))), back, between, JumpKind::WentBack);
            row(qPrintable(QStringLiteral("gone, %1").arg(int(between))), {}, between, JumpKind::Removed);
        }
        row("further, at rest", on, Between::StoodStill, JumpKind::MovedAtRest);
        row("further, by its work", on, Between::Worked, {});
        row("further, nobody knows", on, Between::NotKnown, JumpKind::MovedUnwatched);
        row("another file, at rest", other, Between::StoodStill, JumpKind::MovedAtRest);
        row("another file, by its work", other, Between::Worked, {});
        row("one number lower, one higher", at(R"({"file":"a","pos":1,"snapshot":1})"), Between::Worked,
            JumpKind::WentBack); // what was not there before is not compared
    }
    void whatOthersDid()
    {
        QFETCH(Entries, now);
        QFETCH(Between, between);
        QFETCH(std::optional<JumpKind>, kind);
        const KnownDocument known {ref, noon, QStringLiteral("kafka"), at(R"({"file":"a","pos":5})")};
        const auto jumps = documentJumps(known, now, noon + 1h, between);
        QCOMPARE(jumps.size(), size_t(kind ? 1 : 0));
        if (kind) {
            QCOMPARE(jumps.front().kind, *kind);
            QCOMPARE(jumps.front().notBefore, noon);
            QCOMPARE(jumps.front().seenAt, noon + 1h);
            QCOMPARE(jumps.front().partitions.front().before, QByteArray(R"({"file":"a","pos":5})"));
            // Known from then on: it is not told again.
            const LedgerRecords told {.jumps = jumps, .marks = {mark(MarkKind::Stopped, 0ms, known.entries)}};
            const auto next = knownDocuments(told);
            QVERIFY(documentJumps(next.front(), now, noon + 2h, between).empty());
        }
    }

    //! A number in a document goes beyond what a double holds.
    void largeNumbersAreCompared()
    {
        const KnownDocument known {ref, noon, {}, at(R"({"lsn":9007199254740993})")};
        const auto jumps = documentJumps(known, at(R"({"lsn":9007199254740992})"), noon + 1h, Between::Worked);
        QCOMPARE(jumps.size(), size_t(1));
    }
};

QTEST_APPLESS_MAIN(tst_DocumentJump)
#include "tst_documentjump.moc"
