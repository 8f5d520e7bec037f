// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/ctlprogram.h"

#include <QTest>

using namespace headgate;

//! Proofs in a terminal, on the embedded sandbox: its sink of invoices stands at a record that is no JSON.
class tst_CtlProve : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_ctl.run({QStringLiteral("sandbox"), QStringLiteral("down")}); }
    void saysWhatTheSettingsDo();
    void endsWithOneWhereTheTaskStopsAgain();
    void endsWithThreeWhereNothingIsProven();
    void whatIsTypedWrongIsNamed();

private:
    CtlRun prove(const QStringList &more) const
    {
        return m_ctl.run(QStringList {QStringLiteral("prove"), kSink, QStringLiteral("--context"),
                             QStringLiteral("sandbox"), QStringLiteral("--json")}
            + more);
    }
    const QString kSink = QStringLiteral("invoices-jdbc-sink");
    const QStringList kFix {QStringLiteral("--set"), QStringLiteral("errors.tolerance=all"), QStringLiteral("--set"),
        QStringLiteral("errors.deadletterqueue.topic.name=invoices-dead"), QStringLiteral("--set"),
        QStringLiteral("errors.deadletterqueue.topic.replication.factor=1")};
    CtlProgram m_ctl;
};

void tst_CtlProve::initTestCase()
{
    const auto up = m_ctl.run({QStringLiteral("sandbox"), QStringLiteral("up")});
    QVERIFY2(up.exit == 0, qPrintable(up.all()));
    QTRY_VERIFY_WITH_TIMEOUT(prove({}).exit == 1, 60'000); // it has failed by then
}

void tst_CtlProve::saysWhatTheSettingsDo()
{
    const auto run = prove(kFix);
    QVERIFY2(run.exit == 0, qPrintable(run.all()));
    const auto said = run.json();
    QCOMPARE(said[QStringLiteral("verdict")].toString(), QStringLiteral("holds"));
    const auto refused = said[QStringLiteral("refused")].toArray();
    QCOMPARE(refused.size(), 1);
    const auto record = refused.first().toObject();
    QCOMPARE(record[QStringLiteral("topic")].toString(), QStringLiteral("invoices"));
    QCOMPARE(record[QStringLiteral("stage")].toString(), QStringLiteral("VALUE_CONVERTER"));
    const auto proposed = said[QStringLiteral("proposed")].toObject();
    QCOMPARE(proposed[QStringLiteral("refusedBecome")].toString(), QStringLiteral("dead-letter"));
    QCOMPARE(proposed[QStringLiteral("passed")].toInt() + 1, said[QStringLiteral("records")].toInt());
    const auto place = QStringLiteral("invoices-%1 @ %2")
                           .arg(record[QStringLiteral("partition")].toInt())
                           .arg(record[QStringLiteral("offset")].toInteger());
    const auto text = m_ctl.run(
        QStringList {QStringLiteral("prove"), kSink, QStringLiteral("--context"), QStringLiteral("sandbox")} + kFix);
    QVERIFY2(text.out.startsWith(QStringLiteral("Of ")) && text.out.contains(place), qPrintable(text.all()));
    QVERIFY2(text.out.contains(QStringLiteral("Not proven:")), qPrintable(text.out));
    QCOMPARE(prove({}).exit, 1); // nothing was changed by it
}

void tst_CtlProve::endsWithOneWhereTheTaskStopsAgain()
{
    const auto run = prove({QStringLiteral("--set"), QStringLiteral("errors.tolerance=none")});
    QCOMPARE(run.exit, 1);
    QCOMPARE(run.json()[QStringLiteral("verdict")].toString(), QStringLiteral("stops"));
}

void tst_CtlProve::endsWithThreeWhereNothingIsProven()
{
    const auto run = prove({QStringLiteral("--set"), QStringLiteral("value.converter=com.acme.Own")});
    QCOMPARE(run.exit, 3);
    QCOMPARE(run.json()[QStringLiteral("verdict")].toString(), QStringLiteral("unproven"));
}

void tst_CtlProve::whatIsTypedWrongIsNamed()
{
    const auto run = prove({QStringLiteral("--set"), QStringLiteral("no-value")});
    QCOMPARE(run.exit, 2);
    QVERIFY(run.out.contains(QStringLiteral("no-value")));
    const auto source = m_ctl.run({QStringLiteral("prove"), QStringLiteral("orders-cdc-source"),
        QStringLiteral("--context"), QStringLiteral("sandbox")});
    QCOMPARE(source.exit, 1);
    QVERIFY2(source.err.contains(QStringLiteral("source")), qPrintable(source.all()));
}

QTEST_GUILESS_MAIN(tst_CtlProve)
#include "tst_ctlprove.moc"
