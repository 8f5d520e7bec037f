// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/sinktopics.h"

#include <QTest>

using namespace headgate;

class tst_SinkTopics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("read");
        QTest::newRow("list") << "topics" << "b, a ,missing" << "b,a,missing"; // what is named may be created later
        QTest::newRow("pattern") << "topics.regex" << "a-." << "a-1,a-2";
        QTest::newRow("alternatives") << "topics.regex" << "a-1|ba-1" << "a-1,ba-1";
        QTest::newRow("everything but Kafka's own") << "topics.regex" << ".*" << "a-1,a-2,ba-1";
        QTest::newRow("no pattern at all") << "topics.regex" << "a-[" << "";
        QTest::newRow("neither") << "tasks.max" << "1" << "";
    }

    void reads()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, read);
        const QStringList known {QStringLiteral("a-1"), QStringLiteral("a-2"), QStringLiteral("ba-1"),
            QStringLiteral("__consumer_offsets"), QStringLiteral("__transaction_state")};
        QCOMPARE(topicsRead({{key, value}}, known).join(QLatin1Char(',')), read);
    }
};

QTEST_APPLESS_MAIN(tst_SinkTopics)
#include "tst_sinktopics.moc"
