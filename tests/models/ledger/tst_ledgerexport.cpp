// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/csvcell.h"
#include "models/ledger/ledgerexport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace headgate;

namespace {

using Rows = QList<QStringList>;

//! Reads a CSV file as RFC 4180 says.
Rows parsed(const QByteArray &csv)
{
    const auto text = QString::fromUtf8(csv);
    Rows rows;
    QStringList row;
    QString cell;
    bool quoted = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const auto c = text[at];
        if (quoted) {
            const bool twice = c == u'"' && at + 1 < text.size() && text[at + 1] == u'"';
            quoted = c != u'"' || twice;
            at += twice ? 1 : 0;
            cell += quoted ? QString(c) : QString();
        } else if (c == u'"') {
            quoted = true;
        } else if (c == u',' || c == u'\r') {
            row << std::exchange(cell, {});
            if (c == u'\r') {
                rows << std::exchange(row, {});
                ++at; // the line feed
            }
        } else {
            cell += c;
        }
    }
    return rows;
}

//! What a person gets back: one apostrophe in front is a guard.
QString unguarded(const QString &cell)
{
    return cell.startsWith(u'\'') ? cell.mid(1) : cell;
}

//! Would a spreadsheet calculate it? As OWASP lists them, be it behind blanks or quotes.
bool isFormula(const QString &cell)
{
    const auto first = std::ranges::find_if(cell, [](QChar c) { return c != u' ' && c != u'"'; });
    return first != cell.end() && QStringLiteral("=+-@\t\r").contains(*first);
}

QString randomText(QRandomGenerator &random)
{
    static const QString letters = QStringLiteral("=+-@\t\r\n '\",;ab0é|");
    QString text;
    for (int i = random.bounded(8); i > 0; --i) {
        text += letters[random.bounded(int(letters.size()))];
    }
    return text;
}

LedgerEntry replay()
{
    LedgerEntry entry {.id = QStringLiteral("op-1"),
        .kind = LedgerKind::Replay,
        .connector = {{QStringLiteral("lab")}, {QStringLiteral("main")}, QStringLiteral("orders")},
        .type = ConnectorType::Sink,
        .from = Instant(Milliseconds(1'772'000'000'000)),
        .at = Instant(Milliseconds(1'772'000'009'000)),
        .person = QStringLiteral("Ada <ada@example.org>"),
        .reason = QStringLiteral("=HYPERLINK(\"http://x\")"),
        .outcome = Outcome::Confirmed,
        .operation = {QStringLiteral("op-1")},
        .planHash = "abc",
        .again = 400};
    entry.moves = {{.tp = {QStringLiteral("orders"), 0},
                       .partitionJson = {},
                       .before = "9007199254740993",
                       .after = "500",
                       .readBack = "500",
                       .again = 400,
                       .skipped = 0},
        {.tp = {QStringLiteral("-orders"), 1}, .partitionJson = {}, .before = "null", .after = "0"}};
    return entry;
}

std::vector<LedgerEntryPtr> shared(const LedgerEntry &entry)
{
    return {std::make_shared<const LedgerEntry>(entry)};
}

QString cellOf(const Rows &rows, qsizetype line, const char *column)
{
    return rows.at(line).value(rows.front().indexOf(QLatin1String(column)));
}

} // namespace

class tst_LedgerExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Rows: UI-05
    void noTextBecomesAFormulaAndEachComesBack()
    {
        const auto seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        qInfo("seed %u", seed);
        for (int round = 0; round < 3000; ++round) {
            auto entry = replay();
            const auto name = randomText(random), reason = randomText(random), topic = randomText(random);
            entry.connector.name = name;
            entry.reason = reason;
            entry.moves[0].tp.topic = topic + QLatin1Char('x');
            const auto rows = parsed(ledgerCsv(shared(entry)));
            QCOMPARE(rows.size(), 3);
            for (const auto &row : rows) {
                QCOMPARE(row.size(), rows.front().size());
                for (const auto &cell : row) {
                    QVERIFY2(!isFormula(cell), qPrintable(cell));
                }
            }
            QCOMPARE(unguarded(cellOf(rows, 1, "connector")), name);
            QCOMPARE(unguarded(cellOf(rows, 1, "reason")), reason);
            QCOMPARE(unguarded(cellOf(rows, 1, "topic")), QString(topic + QLatin1Char('x')));
        }
    }

    // Rows: UI-05
    void numbersStayNumbers()
    {
        const auto rows = parsed(ledgerCsv(shared(replay())));
        QCOMPARE(cellOf(rows, 1, "before"), QStringLiteral("9007199254740993")); // beyond a double's 2^53
        QCOMPARE(cellOf(rows, 1, "again"), QStringLiteral("400"));
        QCOMPARE(cellOf(rows, 1, "partition"), QStringLiteral("0"));
        QCOMPARE(cellOf(rows, 1, "when"), QStringLiteral("2026-02-25T06:13:20.000Z"));
        QCOMPARE(cellOf(rows, 2, "before"), QStringLiteral("none")); // no position is not unknown
        QCOMPARE(cellOf(rows, 2, "read_back"), QString());           // not read is not zero
        const auto entries
            = QJsonDocument::fromJson(ledgerJson(shared(replay()))).object()[QStringLiteral("entries")].toArray();
        const auto first = entries[0].toObject()[QStringLiteral("positions")].toArray()[0].toObject();
        QCOMPARE(first[QStringLiteral("before")].toInteger(), qint64(9007199254740993));
        QVERIFY(first[QStringLiteral("partition")].isDouble());
        const auto second = entries[0].toObject()[QStringLiteral("positions")].toArray()[1].toObject();
        QVERIFY(second[QStringLiteral("before")].isNull() && !second.contains(QStringLiteral("readBack")));
    }

    void documentsOfSourcesKeepTheirBytes()
    {
        auto entry = replay();
        entry.type = ConnectorType::Source;
        entry.moves = {{.tp = {},
            .partitionJson = R"({"server":"a,b"})",
            .before = R"({"scn":12.50})",
            .after = "null",
            .readBack = "null"}};
        const auto rows = parsed(ledgerCsv(shared(entry)));
        QCOMPARE(cellOf(rows, 1, "source_partition"), QStringLiteral(R"({"server":"a,b"})"));
        QCOMPARE(cellOf(rows, 1, "before"), QStringLiteral(R"({"scn":12.50})"));
        QCOMPARE(cellOf(rows, 1, "partition"), QString());
        const auto json = ledgerJson(shared(entry));
        QVERIFY2(json.contains(R"({\"scn\":12.50})"), json.constData());
    }

    void anEntryWithoutPartitionsIsALine()
    {
        auto entry = replay();
        entry.moves.clear();
        const auto rows = parsed(ledgerCsv(shared(entry)));
        QCOMPARE(rows.size(), 2);
        QCOMPARE(cellOf(rows, 1, "before"), QString());
        QCOMPARE(parsed(ledgerCsv({})).size(), 1); // the header alone
    }
};

QTEST_GUILESS_MAIN(tst_LedgerExport)
#include "tst_ledgerexport.moc"
