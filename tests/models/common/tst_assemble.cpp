// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/assemble.h"

#include <QTest>

using namespace headgate;

class TestAssemble : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sentencesAreAssembled_data();
    void sentencesAreAssembled();
};

void TestAssemble::sentencesAreAssembled_data()
{
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("plain");
    QTest::addColumn<int>("count");
    QTest::newRow("in order") << QStringLiteral("%1 refused %2.")
                              << QStringLiteral("billing-db refused a 10% rebate %1.") << 4;
    QTest::newRow("a translator swaps them")
        << QStringLiteral("%2: %1") << QStringLiteral("a 10% rebate %1: billing-db") << 3;
    QTest::newRow("no such piece stays") << QStringLiteral("%1 and %3") << QStringLiteral("billing-db and %3") << 2;
    QTest::newRow("none") << QStringLiteral("100 % sure") << QStringLiteral("100 % sure") << 1;
}

void TestAssemble::sentencesAreAssembled()
{
    QFETCH(QString, sentence);
    QFETCH(QString, plain);
    QFETCH(int, count);
    const auto spans = assemble(sentence, {{QStringLiteral("billing-db")}, strong(QStringLiteral("a 10% rebate %1"))});
    QCOMPARE(plainText(spans), plain);
    QCOMPARE(int(spans.size()), count);
}

QTEST_GUILESS_MAIN(TestAssemble)
#include "tst_assemble.moc"
