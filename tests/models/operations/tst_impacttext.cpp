// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operations/impacttext.h"

#include <QTest>

using namespace headgate;

namespace {

BlastNeighbour neighbour(const char *name, const char *group, QStringList topics, QStringList workers)
{
    BlastNeighbour made {.ref = {{QStringLiteral("lab")}, {QStringLiteral("main")}, QString::fromLatin1(name)}};
    made.group = QString::fromLatin1(group);
    made.topics = std::move(topics);
    made.workers = std::move(workers);
    return made;
}

} // namespace

class TestImpactText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void besideAReplayWhoMovesWhoStays_data()
    {
        QTest::addColumn<std::vector<BlastNeighbour>>("neighbours");
        QTest::addColumn<QString>("rows");
        const QStringList orders {QStringLiteral("orders")}, worker {QStringLiteral("w1")};
        const auto row = [](const char *name, std::vector<BlastNeighbour> neighbours, const char *rows) {
            QTest::newRow(name) << std::move(neighbours) << QString::fromLatin1(rows);
        };
        row("alone", {}, "Not touched: no other connector is known to read or write its topics");
        row("one worker", {neighbour("a", "", {}, worker)},
            "Not touched: no other connector is known to read or write its topics; "
            "Same workers: 1 other connector(s), whose tasks a stop may move");
        row("one topic", {neighbour("a", "", orders, {})},
            "Not touched: a: on the same topics, at their own positions");
        // Who shares the group shares its positions, whatever else it shares.
        row("one group", {neighbour("a", "connect-x", orders, {})},
            "Moves too: a: in the same consumer group; "
            "Not touched: no other connector is known to read or write its topics");
        row("many",
            {neighbour("a", "", orders, {}), neighbour("b", "", orders, {}), neighbour("c", "", orders, {}),
                neighbour("d", "", orders, {})},
            "Not touched: a, b, c and 1 more: on the same topics, at their own positions");
    }
    // Rows: B02
    void besideAReplayWhoMovesWhoStays()
    {
        QFETCH(std::vector<BlastNeighbour>, neighbours);
        QFETCH(QString, rows);
        QStringList told;
        for (const auto &[caption, sentence] : besideReplay({.neighbours = neighbours})) {
            told << QString(caption + QStringLiteral(": ") + sentence);
        }
        QCOMPARE(told.join(QStringLiteral("; ")), rows);
    }
};

QTEST_APPLESS_MAIN(TestImpactText)
#include "tst_impacttext.moc"
