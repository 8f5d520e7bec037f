// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/realkafka/realkafka.h"

#include <QProcess>
#include <QtTest>

#include <csignal>

using namespace headgate;
using namespace headgate::test;

//! The fixture itself: what every other test on real Kafka leans on.
class TestRealKafka : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (const auto why = RealKafka::whyNot(); !why.isEmpty()) {
            QSKIP(qPrintable(why));
        }
    }

    void startsServesAndComesBackAfterKill()
    {
        RealKafka kafka({.workers = 2, .secured = true});
        QVERIFY2(kafka.start(), qPrintable(kafka.error()));
        QVERIFY2(kafka.createTopic(QStringLiteral("t"), 3, {QStringLiteral("cleanup.policy=compact")}),
            qPrintable(kafka.error()));
        QVERIFY2(kafka.produce(QStringLiteral("t"), 2,
                     {{.key = "k", .value = "v", .headers = {{"h", "1"}}}, {.key = "k2", .value = {}}}),
            qPrintable(kafka.error()));
        QVERIFY(!kafka.produce(
            QStringLiteral("t"), 7, {{.key = "k", .value = "v"}})); // no such partition: the feeder is no yes-man

        kafka.broker().process().kill();
        QVERIFY(!kafka.broker().process().running());
        QVERIFY2(kafka.restartBroker(), qPrintable(kafka.error()));
        QVERIFY2(kafka.produce(QStringLiteral("t"), 0, {{.key = "k", .value = "v"}}), qPrintable(kafka.error()));
    }

    void tellsWhatAChildSaidWhenItFails()
    {
        RealKafka kafka({.brokerExtra = {QStringLiteral("process.roles=nonsense")}});
        QVERIFY(!kafka.start());
        QVERIFY2(kafka.error().contains(QStringLiteral("nonsense")), qPrintable(kafka.error()));
    }
};

QTEST_GUILESS_MAIN(TestRealKafka)
#include "tst_realkafka.moc"
