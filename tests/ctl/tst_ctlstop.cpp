// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/ctlprogram.h"

#include <QTest>

#include <algorithm>

using namespace headgate;

namespace {

const auto kSink = QStringLiteral("orders-s3-sink");

} // namespace

//! What is told and saved before a connector stands still, in a terminal, on the embedded sandbox.
class tst_CtlStop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_ctl.run({QStringLiteral("sandbox"), QStringLiteral("down")}); }
    void beforeItStandsStillWhatIsTouchedIsTold_data();
    void beforeItStandsStillWhatIsTouchedIsTold();
    void itsPositionsAreSavedUnlessRefused_data();
    void itsPositionsAreSavedUnlessRefused();

private:
    CtlRun ask(const QString &verb, QStringList more = {}) const
    {
        return m_ctl.run(
            verb.split(u' ') + more + QStringList {QStringLiteral("--context"), QStringLiteral("sandbox")});
    }
    CtlProgram m_ctl;
};

void tst_CtlStop::initTestCase()
{
    const auto up = m_ctl.run({QStringLiteral("sandbox"), QStringLiteral("up")});
    QVERIFY2(up.exit == 0, qPrintable(up.all()));
    QTRY_VERIFY_WITH_TIMEOUT(!ask(QStringLiteral("offsets show ") + kSink, {QStringLiteral("--json")})
                                 .json()[QStringLiteral("offsets")]
                                 .toArray()
                                 .isEmpty(),
        30'000);
}

void tst_CtlStop::beforeItStandsStillWhatIsTouchedIsTold_data()
{
    QTest::addColumn<QString>("verb");
    QTest::newRow("stop") << QStringLiteral("stop ");
    QTest::newRow("pause") << QStringLiteral("pause ");
}

// Rows: B02, C13
void tst_CtlStop::beforeItStandsStillWhatIsTouchedIsTold()
{
    QFETCH(QString, verb);
    const auto run = ask(verb + kSink);
    QVERIFY2(run.exit == 1 && run.out.contains(QLatin1String("Nothing was sent")), qPrintable(run.all()));
    const auto rowOf = [&run](const char *caption) {
        for (const auto &line : run.out.split(u'\n')) {
            if (line.startsWith(QLatin1String("  ") + QLatin1String(caption) + QLatin1String("  "))) {
                return line.mid(2 + qsizetype(qstrlen(caption))).trimmed();
            }
        }
        return QString();
    };
    QVERIFY2(rowOf("position").contains(QLatin1String("orders-0 @ ")), qPrintable(run.out));
    QVERIFY2(rowOf("lag now").at(0).isDigit(), qPrintable(run.out));
    QCOMPARE(rowOf("in flight"), QStringLiteral("no data")); // only metrics know
    QVERIFY2(!rowOf("dead letters").isEmpty(), qPrintable(run.out));
    QVERIFY2(rowOf("shares").contains(QLatin1String("other connector")), qPrintable(run.out));
    QVERIFY2(rowOf("saved first").contains(QLatin1String("operations log")), qPrintable(run.out));

    const auto preview = ask(verb + kSink, {QStringLiteral("--json")}).json()[QStringLiteral("preview")].toObject();
    const auto standing = preview[QStringLiteral("standing")].toObject();
    QVERIFY(!standing[QStringLiteral("positions")].toArray().isEmpty());
    QVERIFY(standing[QStringLiteral("lag")].isDouble());
    QVERIFY(standing[QStringLiteral("inFlight")].isNull());
    const auto sharing = preview[QStringLiteral("shares")].toObject()[QStringLiteral("connectors")].toArray();
    QVERIFY(!sharing.isEmpty());
    for (const auto &each : sharing) { // each says what it shares, and is told in the text
        const auto document = each.toObject();
        QVERIFY(document[QStringLiteral("connector")].toString() != kSink);
        QVERIFY(!document[QStringLiteral("workers")].toArray().isEmpty()
            || !document[QStringLiteral("topics")].toArray().isEmpty()
            || !document[QStringLiteral("group")].toString().isEmpty());
        QVERIFY(run.out.contains(document[QStringLiteral("connector")].toString()));
    }
    // A restart leaves nothing standing: nothing of it is asked for.
    const auto restart = ask(QStringLiteral("restart ") + kSink, {QStringLiteral("--json")})
                             .json()[QStringLiteral("preview")]
                             .toObject();
    QVERIFY(restart[QStringLiteral("standing")].isNull() && restart[QStringLiteral("shares")].isObject());
}

void tst_CtlStop::itsPositionsAreSavedUnlessRefused_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<bool>("saved");
    QTest::newRow("saved") << QStringList {} << true;
    QTest::newRow("refused") << QStringList {QStringLiteral("--no-snapshot")} << false;
}

// Rows: C13
void tst_CtlStop::itsPositionsAreSavedUnlessRefused()
{
    QFETCH(QStringList, more);
    QFETCH(bool, saved);
    const auto stop
        = ask(QStringLiteral("stop ") + kSink, more + QStringList {QStringLiteral("--yes"), QStringLiteral("--json")});
    QVERIFY2(stop.exit == 0, qPrintable(stop.all()));
    const auto id = stop.json()[QStringLiteral("id")].toString();
    QVERIFY(!id.isEmpty());
    const auto back = ask(QStringLiteral("replay plan ") + kSink,
        {QStringLiteral("--to"), QStringLiteral("before:%1").arg(id), QStringLiteral("--json")});
    QCOMPARE(ask(QStringLiteral("resume ") + kSink, {QStringLiteral("--yes")}).exit, 0);
    const auto wayBack = ask(QStringLiteral("replay restore ") + id);
    QCOMPARE(wayBack.all().contains(QLatin1String("has saved no positions")), !saved);
    QCOMPARE(back.exit == 0 && !back.json()[QStringLiteral("forbidden")].toBool(), saved);
}

QTEST_GUILESS_MAIN(tst_CtlStop)
#include "tst_ctlstop.moc"
