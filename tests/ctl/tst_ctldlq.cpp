// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/ctlprogram.h"

#include <QTest>

using namespace headgate;

namespace {

const auto kQueue = QStringLiteral("refunds-dead-letters");

} // namespace

//! Dead letters in a terminal, on the embedded sandbox.
class tst_CtlDlq : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_ctl.run({QStringLiteral("sandbox"), QStringLiteral("down")}); }
    void causesAndRecordsAreTold();
    void aPreviewSendsNothing();
    void whatIsTypedWrongIsNamed_data();
    void whatIsTypedWrongIsNamed();
    void redrivenEqualsChosenAndTheQueueIsUntouched();

private:
    CtlRun ask(const QString &verb, QStringList more = {}) const
    {
        return m_ctl.run(
            verb.split(u' ') + more + QStringList {QStringLiteral("--context"), QStringLiteral("sandbox")});
    }
    QJsonObject queue() const { return ask(QStringLiteral("dlq list ") + kQueue, {QStringLiteral("--json")}).json(); }
    CtlProgram m_ctl;
};

void tst_CtlDlq::initTestCase()
{
    const auto up = m_ctl.run({QStringLiteral("sandbox"), QStringLiteral("up")});
    QVERIFY2(up.exit == 0, qPrintable(up.all()));
    QTRY_VERIFY_WITH_TIMEOUT(!queue()[QStringLiteral("records")].toArray().isEmpty(), 30'000);
}

void tst_CtlDlq::causesAndRecordsAreTold()
{
    const auto all = ask(QStringLiteral("dlq list"), {QStringLiteral("--json")}).json();
    const auto first = all[QStringLiteral("queues")].toArray().first().toObject();
    QCOMPARE(first[QStringLiteral("topic")].toString(), kQueue);
    QVERIFY(first[QStringLiteral("headers")].toBool());
    const auto one = queue();
    const auto cause = one[QStringLiteral("causes")].toArray().first().toObject();
    QCOMPARE(cause[QStringLiteral("stage")].toString(), QStringLiteral("VALUE_CONVERTER"));
    QVERIFY(cause[QStringLiteral("exception")].toString().endsWith(QStringLiteral("DataException")));
    const auto record = one[QStringLiteral("records")].toArray().first().toObject();
    QCOMPARE(
        record[QStringLiteral("original")].toObject()[QStringLiteral("topic")].toString(), QStringLiteral("refunds"));
}

void tst_CtlDlq::aPreviewSendsNothing()
{
    const auto before = queue();
    const auto run = ask(QStringLiteral("dlq redrive ") + kQueue, {QStringLiteral("--all")});
    QCOMPARE(run.exit, 1);
    QVERIFY2(run.all().contains(QStringLiteral("Nothing was sent")), qPrintable(run.all()));
    QVERIFY2(run.all().contains(QStringLiteral("refunds")), qPrintable(run.all()));
    QCOMPARE(queue()[QStringLiteral("records")], before[QStringLiteral("records")]);
}

void tst_CtlDlq::whatIsTypedWrongIsNamed_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing chosen") << QStringList() << 2 << QStringLiteral("--cause");
    QTest::newRow("no such cause") << QStringList {QStringLiteral("--cause"), QStringLiteral("9")} << 2
                                   << QStringLiteral("dlq list");
    QTest::newRow("no record") << QStringList {QStringLiteral("--record"), QStringLiteral("seven")} << 2
                               << QStringLiteral("PARTITION:OFFSET");
    QTest::newRow("no such topic") << QStringList {QStringLiteral("--all"), QStringLiteral("--to"),
        QStringLiteral("nowhere")} << 1
                                   << QStringLiteral("There is no topic nowhere");
    QTest::newRow("into itself") << QStringList {QStringLiteral("--all"), QStringLiteral("--to"), kQueue} << 1
                                 << QStringLiteral("dead letter topic itself");
    QTest::newRow("no rate") << QStringList {QStringLiteral("--all"), QStringLiteral("--rate"), QStringLiteral("0")}
                             << 2 << QStringLiteral("--rate");
}

void tst_CtlDlq::whatIsTypedWrongIsNamed()
{
    QFETCH(QStringList, more);
    QFETCH(QString, says);
    const auto run = ask(QStringLiteral("dlq redrive ") + kQueue, more + QStringList {QStringLiteral("--yes")});
    QTEST(run.exit, "exit");
    QVERIFY2(run.all().contains(says), qPrintable(run.all()));
}

// Rows: N11
void tst_CtlDlq::redrivenEqualsChosenAndTheQueueIsUntouched()
{
    const auto before = queue();
    const auto run = ask(QStringLiteral("dlq redrive ") + kQueue,
        {QStringLiteral("--record"), QStringLiteral("0:1"), QStringLiteral("--record"), QStringLiteral("0:3"),
            QStringLiteral("--to"), QStringLiteral("loyalty-events"), QStringLiteral("--yes"), QStringLiteral("--as"),
            QStringLiteral("Ada <ada@example.org>"), QStringLiteral("--json")});
    QVERIFY2(run.exit == 0, qPrintable(run.all()));
    QCOMPARE(run.json()[QStringLiteral("outcome")].toString(), QStringLiteral("confirmed"));
    QVERIFY2(
        run.json()[QStringLiteral("observed")].toString().contains(QStringLiteral("2 of 2")), qPrintable(run.all()));
    QCOMPARE(queue()[QStringLiteral("records")], before[QStringLiteral("records")]);
    const auto again
        = ask(QStringLiteral("dlq redrive ") + kQueue, {QStringLiteral("--record"), QStringLiteral("0:1")});
    QVERIFY2(again.all().contains(QStringLiteral("sent again before")), qPrintable(again.all()));
    QCOMPARE(ask(QStringLiteral("audit verify")).exit, 0);
}

QTEST_GUILESS_MAIN(tst_CtlDlq)
#include "tst_ctldlq.moc"
