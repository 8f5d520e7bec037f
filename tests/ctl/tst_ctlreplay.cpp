// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/ctlprogram.h"

#include <QScopeGuard>
#include <QTest>

#include <algorithm>

using namespace headgate;

namespace {

const auto kSink = QStringLiteral("orders-s3-sink");
const QStringList kConfirmed {QStringLiteral("--yes"), QStringLiteral("--type-name"), kSink};

} // namespace

//! Replays in a terminal, on the embedded sandbox.
class tst_CtlReplay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_ctl.run({QStringLiteral("sandbox"), QStringLiteral("down")}); }
    void aPlanSendsNothing();
    void whatIsTypedWrongIsNamed_data();
    void whatIsTypedWrongIsNamed();
    void aPlanIsRunFromItsFileAndTakenBack();
    void aRecordIsStatedAsExplainNamesIt();
    void theLedgerTellsBoth();
    void anEditedPlanIsRefused();
    void theInterruptKeyStopsItWhereItIsSafe();
    void aKilledOneIsOfferedAndGoneOnWith();

private:
    CtlRun ask(const QString &verb, QStringList more = {}) const
    {
        return m_ctl.run(
            verb.split(u' ') + more + QStringList {QStringLiteral("--context"), QStringLiteral("sandbox")});
    }
    QList<qint64> positions() const
    {
        QList<qint64> found;
        for (const auto &entry : ask(QStringLiteral("offsets show ") + kSink, {QStringLiteral("--json")})
                 .json()[QStringLiteral("offsets")]
                 .toArray()) {
            const auto offset = QJsonDocument::fromJson(entry.toObject()[QStringLiteral("offset")].toString().toUtf8());
            found << offset.object()[QStringLiteral("kafka_offset")].toInteger();
        }
        return found;
    }
    CtlProgram m_ctl;
};

void tst_CtlReplay::initTestCase()
{
    const auto up = m_ctl.run({QStringLiteral("sandbox"), QStringLiteral("up")});
    QVERIFY2(up.exit == 0, qPrintable(up.all()));
    QTRY_VERIFY_WITH_TIMEOUT(!positions().isEmpty(), 30'000);
}

void tst_CtlReplay::aPlanSendsNothing()
{
    const auto plan = ask(QStringLiteral("replay plan ") + kSink,
        {QStringLiteral("--to"), QStringLiteral("back:5"), QStringLiteral("--json")});
    QVERIFY2(plan.exit == 0, qPrintable(plan.all()));
    const auto document = plan.json();
    QCOMPARE(document[QStringLiteral("forbidden")].toBool(true), false);
    const auto inner = document[QStringLiteral("plan")].toObject()[QStringLiteral("plan")].toObject();
    QCOMPARE(inner[QStringLiteral("again")].toInteger(), qint64(inner[QStringLiteral("moves")].toArray().size()) * 5);
    const auto unconfirmed
        = ask(QStringLiteral("replay run ") + kSink, {QStringLiteral("--to"), QStringLiteral("earliest")});
    QCOMPARE(unconfirmed.exit, 1);
    QVERIFY2(unconfirmed.out.contains(QLatin1String("Nothing was sent. Add --yes")), qPrintable(unconfirmed.all()));
    const auto unnamed = ask(QStringLiteral("replay run ") + kSink,
        {QStringLiteral("--to"), QStringLiteral("earliest"), QStringLiteral("--yes")});
    QVERIFY2(unnamed.exit == 1 && unnamed.out.contains(QLatin1String("--type-name")), qPrintable(unnamed.all()));
    QVERIFY(!QFile::exists(m_ctl.home() + QStringLiteral("/data/headgate/operations/sandbox.jsonl"))); // no intent
}

void tst_CtlReplay::whatIsTypedWrongIsNamed_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, QStringList more, const char *says) {
        QTest::newRow(name) << more << QString::fromLatin1(says);
    };
    const auto to = QStringLiteral("--to"), at = QStringLiteral("--at");
    row("no position", {to, QStringLiteral("banana")}, "\"banana\" is no position");
    row("below zero", {to, QStringLiteral("offset:-1")}, "\"offset:-1\" is no position");
    row("no time", {to, QStringLiteral("time:yesterday")}, "is no position");
    row("no partition", {at, QStringLiteral("orders=offset:3")}, "is not TOPIC-PARTITION=POSITION");
    row("unknown partition", {at, QStringLiteral("orders-99=offset:3")}, "There is no partition orders-99");
    row("beyond the end", {to, QStringLiteral("offset:9999999")}, "would read everything again from the start");
    row("no record", QStringList {QStringLiteral("--past"), QStringLiteral("orders@3")},
        "is not TOPIC-PARTITION@OFFSET");
    row("no such file", {QStringLiteral("--source"), QStringLiteral("/nowhere.json")}, "/nowhere.json");
    row("a sink has no document", {QStringLiteral("--source"), QStringLiteral(BUILD_DIR "/bin/headgatectl")},
        "is no file of");
    row("nothing asked for", {}, "there is nothing to do");
}

void tst_CtlReplay::whatIsTypedWrongIsNamed()
{
    QFETCH(QStringList, more);
    QFETCH(QString, says);
    const auto run = ask(QStringLiteral("replay plan ") + kSink, more);
    QVERIFY2(run.all().contains(says), qPrintable(run.all()));
    QCOMPARE(run.exit, more.isEmpty() ? 0 : 1);
}

void tst_CtlReplay::aPlanIsRunFromItsFileAndTakenBack()
{
    const auto file = m_ctl.home() + QStringLiteral("/plan.json");
    QCOMPARE(ask(QStringLiteral("replay plan ") + kSink,
                 {QStringLiteral("--to"), QStringLiteral("back:7"), QStringLiteral("--out"), file})
                 .exit,
        0);
    const auto run = ask(QStringLiteral("replay run"),
        QStringList {QStringLiteral("--plan"), file, QStringLiteral("--json")} + kConfirmed);
    QVERIFY2(run.exit == 0, qPrintable(run.all()));
    const auto id = run.json()[QStringLiteral("id")].toString();
    QVERIFY(!id.isEmpty() && run.json()[QStringLiteral("steps")].toArray().size() >= 20);
    const auto back = ask(QStringLiteral("replay restore ") + id, kConfirmed);
    QVERIFY2(back.exit == 0 && back.out.contains(QLatin1String("confirmed")), qPrintable(back.all()));
    QVERIFY(back.out.contains(QLatin1String("Restore positions of")));
}

//! As "explain" names it, also with its blanks and commas.
void tst_CtlReplay::aRecordIsStatedAsExplainNamesIt()
{
    const auto whole = ask(QStringLiteral("replay plan ") + kSink, {QStringLiteral("--json")}).json();
    const auto tp = whole[QStringLiteral("plan")]
                        .toObject()[QStringLiteral("plan")]
                        .toObject()[QStringLiteral("moves")]
                        .toArray()[0]
                        .toObject();
    const auto offset = tp[QStringLiteral("before")].toInteger() - 3;
    const auto place = tp[QStringLiteral("tp")].toObject();
    QVERIFY2(offset > 0, QJsonDocument(tp).toJson().constData());
    for (const auto *form : {"%1-%2@%3", "%1-%2 @ %3"}) {
        const auto record = QString::fromLatin1(form)
                                .arg(place[QStringLiteral("topic")].toString())
                                .arg(place[QStringLiteral("partition")].toInt())
                                .arg(offset);
        const auto plan
            = ask(QStringLiteral("replay plan ") + kSink, {QStringLiteral("--past"), record, QStringLiteral("--json")});
        QVERIFY2(plan.exit == 0, qPrintable(plan.all()));
        const auto moves = plan.json()[QStringLiteral("plan")]
                               .toObject()[QStringLiteral("plan")]
                               .toObject()[QStringLiteral("moves")]
                               .toArray();
        const auto moved = std::ranges::count_if(
            moves, [](const auto &move) { return move.toObject()[QStringLiteral("moves")].toBool(); });
        QCOMPARE(moved, 1);
        QCOMPARE(moves[0].toObject()[QStringLiteral("after")].toInteger(), offset + 1);
    }
}

void tst_CtlReplay::theLedgerTellsBoth()
{
    const auto ledger = ask(QStringLiteral("offsets ledger"),
        {QStringLiteral("--connector"), kSink, QStringLiteral("--since"), QStringLiteral("1h"),
            QStringLiteral("--json")});
    QVERIFY2(ledger.exit == 0, qPrintable(ledger.all()));
    const auto entries = ledger.json()[QStringLiteral("entries")].toArray();
    QCOMPARE(entries.size(), 2); // newest first
    const auto back = entries[0].toObject(), replay = entries[1].toObject();
    QCOMPARE(back[QStringLiteral("kind")].toString(), QStringLiteral("way-back"));
    QCOMPARE(replay[QStringLiteral("restoredBy")], back[QStringLiteral("id")]);
    QCOMPARE(replay[QStringLiteral("proof")].toString(), QStringLiteral("equal"));
    for (const auto &each : replay[QStringLiteral("positions")].toArray()) {
        const auto position = each.toObject();
        QCOMPARE(position[QStringLiteral("readBack")], position[QStringLiteral("after")]);
        QVERIFY(position[QStringLiteral("before")].toInteger() > position[QStringLiteral("after")].toInteger());
    }
    const auto text = ask(QStringLiteral("offsets ledger"), {QStringLiteral("--find"), QStringLiteral("way-back")});
    QCOMPARE(text.out.count(u'\n'), 2); // a heading and a line
    const auto csv = ask(QStringLiteral("offsets ledger"), {QStringLiteral("--csv")});
    QVERIFY2(csv.out.startsWith(QLatin1String("when,from,kind,")), qPrintable(csv.out.left(200)));
    QCOMPARE(csv.out.count(QLatin1String("\r\n")),
        1 + replay[QStringLiteral("positions")].toArray().size() + back[QStringLiteral("positions")].toArray().size());
    QVERIFY(ask(QStringLiteral("offsets ledger"), {QStringLiteral("--connector"), QStringLiteral("nobody")})
            .out.startsWith(QLatin1String("No line")));
}

void tst_CtlReplay::anEditedPlanIsRefused()
{
    const auto file = m_ctl.home() + QStringLiteral("/plan.json");
    QFile plan(file);
    QVERIFY(plan.open(QIODevice::ReadOnly));
    auto text = plan.readAll();
    text.replace("\"tasks\":1", "\"tasks\":2");
    m_ctl.write(QStringLiteral("edited.json"), text);
    const auto run = ask(QStringLiteral("replay run"),
        QStringList {QStringLiteral("--plan"), m_ctl.home() + QStringLiteral("/edited.json")} + kConfirmed);
    QCOMPARE(run.exit, 1);
    QVERIFY2(run.err.contains(QLatin1String("changed after it was made")), qPrintable(run.all()));
}

//! Ctrl+C is no kill: what is done, how things stand and the choices are said, and nothing is sent by itself.
void tst_CtlReplay::theInterruptKeyStopsItWhereItIsSafe()
{
    const auto before = positions();
    auto running
        = m_ctl.start(QStringList {QStringLiteral("replay"), QStringLiteral("run"), kSink, QStringLiteral("--to"),
                          QStringLiteral("back:3"), QStringLiteral("--context"), QStringLiteral("sandbox")}
            + kConfirmed);
    QByteArray said;
    while (!said.contains("Stop the connector") && running->waitForReadyRead(30'000)) {
        said += running->readAllStandardOutput();
    }
    QVERIFY2(CtlProgram::signalTo(*running, SIGINT), said.constData());
    auto ended = CtlProgram::end(*running);
    ended.out = QString::fromUtf8(said) + ended.out;
    QVERIFY2(ended.exit == 3, qPrintable(ended.all())); // not known, and not a signal's death
    QVERIFY2(ended.err.contains(QLatin1String("Stops behind the step it is in")), qPrintable(ended.all()));
    for (const auto *each : {"Interrupted: nothing was sent since", "STOPPED", "--continue", "--restore", "--leave"}) {
        QVERIFY2(ended.out.contains(QLatin1String(each)), qPrintable(ended.all()));
    }
    const auto open = ask(QStringLiteral("replay resume"), {QStringLiteral("--json")});
    const auto interrupted = open.json()[QStringLiteral("interrupted")].toArray();
    QCOMPARE(interrupted.size(), 1);
    const auto id = interrupted[0].toObject()[QStringLiteral("id")].toString();
    const auto done
        = ask(QStringLiteral("replay resume ") + id, QStringList {QStringLiteral("--restore")} + kConfirmed);
    QVERIFY2(done.exit == 0 && done.out.contains(QLatin1String("confirmed")), qPrintable(done.all()));
    const auto after = positions();
    QCOMPARE(after.size(), before.size());
    for (qsizetype i = 0; i < after.size(); ++i) {
        QVERIFY(after[i] >= before[i]);
    }
}

void tst_CtlReplay::aKilledOneIsOfferedAndGoneOnWith()
{
    auto running
        = m_ctl.start(QStringList {QStringLiteral("replay"), QStringLiteral("run"), kSink, QStringLiteral("--to"),
                          QStringLiteral("earliest"), QStringLiteral("--context"), QStringLiteral("sandbox")}
            + kConfirmed);
    QByteArray said;
    while (!said.contains("Save the positions before") && running->waitForReadyRead(30'000)) {
        said += running->readAllStandardOutput();
    }
    running->kill();
    running->waitForFinished();
    const auto open = ask(QStringLiteral("replay resume"), {QStringLiteral("--json")});
    QVERIFY2(open.exit == 0, qPrintable(open.all()));
    const auto interrupted = open.json()[QStringLiteral("interrupted")].toArray();
    if (interrupted.isEmpty()) {
        QSKIP("it had ended before it could be killed");
    }
    QCOMPARE(interrupted[0].toObject()[QStringLiteral("choices")].toArray().size(), 3);
    const auto id = interrupted[0].toObject()[QStringLiteral("id")].toString();
    QCOMPARE(ask(QStringLiteral("replay resume ") + id, {QStringLiteral("--continue")}).exit, 1); // not confirmed
    const auto done
        = ask(QStringLiteral("replay resume ") + id, QStringList {QStringLiteral("--continue")} + kConfirmed);
    QVERIFY2(done.exit == 0 && done.out.contains(QLatin1String("confirmed")), qPrintable(done.all()));
    QVERIFY(ask(QStringLiteral("replay resume")).out.contains(QLatin1String("No replay was interrupted")));
    QCOMPARE(ask(QStringLiteral("audit verify")).exit, 0);
}

QTEST_GUILESS_MAIN(tst_CtlReplay)
#include "tst_ctlreplay.moc"
