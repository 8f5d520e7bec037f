// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/offsettable.h"

#include <QTest>

using namespace headgate;

class tst_OffsetTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comparesDocumentsNotTexts_data()
    {
        QTest::addColumn<QByteArray>("partition");
        QTest::addColumn<QByteArray>("offset");
        QTest::addColumn<bool>("holds");
        const QByteArray shop = R"({"shard":9007199254740993,"server":"shop"})";
        QTest::newRow("keys in another order") << shop << QByteArray(R"({"txId":7,"lsn":9223372036854775807})") << true;
        QTest::newRow("one off, beyond a double")
            << shop << QByteArray(R"({"txId":7,"lsn":9223372036854775806})") << false;
        QTest::newRow("another partition, beyond a double")
            << QByteArray(R"({"shard":9007199254740992,"server":"shop"})") << QByteArray("null") << true;
        QTest::newRow("removed") << shop << QByteArray("null") << false;
        QTest::newRow("a sink's number as a text")
            << QByteArray(R"({"kafka_partition":0,"kafka_topic":"t"})") << QByteArray(R"({"kafka_offset":95})") << true;
        QTest::newRow("a sink's other number") << QByteArray(R"({"kafka_partition":0,"kafka_topic":"t"})")
                                               << QByteArray(R"({"kafka_offset":96})") << false;
    }
    void comparesDocumentsNotTexts()
    {
        QFETCH(QByteArray, partition);
        QFETCH(QByteArray, offset);
        const OffsetTable table(
            {{R"({"server":"shop","shard":9007199254740993})", R"({"lsn":9223372036854775807,"txId":7})"},
                {R"({"kafka_topic":"t","kafka_partition":"0"})", R"({"kafka_offset":"95"})"}});
        QTEST(table.holds({partition, offset}), "holds");
        QTEST(OffsetTable({{partition, offset}}).agrees(table, partition), "holds");
    }

    // Rows: SG-17
    void givesBackTheBytesThatCame()
    {
        const QByteArray offset = R"({"ts":1.50, "lsn":9223372036854775807})";
        const OffsetTable table({{R"({"a":1})", offset}});
        QCOMPARE(table.at(R"({ "a" : 1 })"), offset);
        QCOMPARE(table.at(R"({"a":2})"), QByteArray("null"));
    }
};

QTEST_APPLESS_MAIN(tst_OffsetTable)
#include "tst_offsettable.moc"
