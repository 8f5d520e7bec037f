// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/ctlprogram.h"
#include "support/canary/canary.h"
#include "support/cast/cast.h"
#include "support/fakeconnect/fakeconnect.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>
#include <QUrl>

#include <map>

using namespace headgate;
using fake::FakeConnect;
using fake::FakeRule;

namespace {

const auto canary = QStringLiteral("c4n4ry");
const test::Canary secret;

//! A writable development platform: what a person's properties file says.
const QByteArray guarded = "mode = guarded\nenvironment = development\n";

void addCast(FakeConnect &fake)
{
    fake.add({.name = QStringLiteral("orders"), .tasks = std::vector<fake::FakeTask>(2)});
    fake.add({.name = QStringLiteral("invoices-jdbc-sink"),
        .type = QStringLiteral("sink"),
        .tasks = std::vector<fake::FakeTask>(3)});
    fake.failTask(QStringLiteral("invoices-jdbc-sink"), 1, cast::invoicesTrace() + QStringLiteral("password=c4n4ry\n"));
    fake.add({.name = QStringLiteral("loyalty"),
        .state = QStringLiteral("PAUSED"),
        .tasks = {{.state = QStringLiteral("PAUSED")}}});
    fake.add({.name = QStringLiteral("with blank"), .tasks = std::vector<fake::FakeTask>(1)});
    fake.add({.name = QStringLiteral("größe"), .tasks = std::vector<fake::FakeTask>(1)});
    fake.add({.name = QStringLiteral("sl/ash"), .tasks = std::vector<fake::FakeTask>(1)});
    fake.add({.name = QStringLiteral("turn\u202ed\x1b[31m"), .tasks = std::vector<fake::FakeTask>(1)});
}

int writes(const FakeConnect &fake)
{
    return fake.count("PUT") + fake.count("POST") + fake.count("DELETE") + fake.count("PATCH");
}

} // namespace

class TestHeadgatectl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void usage_data();
    void usage();
    void statusAsText();
    void keysOfEachDocument_data();
    void keysOfEachDocument();
    void exitSaysHowItEnded_data();
    void exitSaysHowItEnded();
    void writesOnlyWhatIsConfirmed_data();
    void writesOnlyWhatIsConfirmed();
    void lostAnswerIsUnknown();
    void explainNamesCauseAndStep();
    void secretsAreNotEchoed_data();
    void secretsAreNotEchoed();
    void noSinkOfAProcessHoldsTheSecret();
    void namesReachTheWorkerAsTheyAre();
    void textFromOutsideIsHarmless();
    void auditFindsAChangedByte();
    void twoOperatorsAtOnce_data();
    void twoOperatorsAtOnce();
    void contextsComeFromFiles();
    void aNameOfTwoContextsIsAskedBack();
    void nothingHeardIsNotWell_data();
    void nothingHeardIsNotWell();
    void aLogThatIsMissingIsNotIntact();
    void silentBrokersAreToldByEachVerb_data();
    void silentBrokersAreToldByEachVerb();
    void whatIsNotThereIsNull();
    void whatKeepsDataAwayIsNamed_data();
    void whatKeepsDataAwayIsNamed();
    void aFolderThatCannotBeWrittenIsNamed();
    void faultsOfFilesAreToldOnce();
    void usageFaultsAreDocuments();
};

void TestHeadgatectl::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *line, int exit, const char *says) {
        QTest::newRow(line) << QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts) << exit
                            << QString::fromLatin1(says);
    };
    // clang-format off
    row("",                                                      2, "subcommand");
    row("--help",                                                0, "Exit status");
    row("--version",                                             0, HEADGATE_VERSION);
    row("dance",                                                 2, "subcommand");
    row("status",                                                2, "--context");
    row("pause --connect http://127.0.0.1:1",                    2, "connector");
    row("restart a --task x --connect http://127.0.0.1:1",       2, "task");
    row("restart a --tasks --only-failed --connect http://h:1",  2, "excludes");
    row("status --context a --connect http://127.0.0.1:1",       2, "excludes");
    row("status --bootstrap h:9092 --context a",                 2, "--connect");
    row("status --connect ftp://127.0.0.1:1",                    2, "ftp://127.0.0.1");
    row("status --connect http://",                              2, "http");
    row("status --connect http://127.0.0.1:99999",               2, "99999");
    row("status --connect http://127.0.0.1:1 --config /nowhere", 2, "/nowhere");
    row("status --connect http://127.0.0.1:1 --bootstrap nohost",2, "Brokers are written host:port");
    row("audit",                                                 2, "subcommand");
    row("sandbox",                                               2, "subcommand");
    row("offsets ledger",                                        2, "--context");
    row("offsets ledger --since banana --context a",             2, "\"banana\" is no time: 90m");
    // clang-format on
}

void TestHeadgatectl::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const auto run = CtlProgram().run(arguments);
    QVERIFY2(run.all().contains(says), qPrintable(run.all()));
    QTEST(run.exit, "exit");
}

void TestHeadgatectl::statusAsText()
{
    FakeConnect fake;
    addCast(fake);
    const auto run = CtlProgram().run({QStringLiteral("status"), QStringLiteral("--connect"), fake.url()});
    QVERIFY2(run.exit == 0, qPrintable(run.all()));
    const auto lines = run.out.split(u'\n');
    QCOMPARE(lines.value(0), QStringLiteral("command line  PRODUCTION, guarded"));
    QVERIFY2(lines.value(1).startsWith(QLatin1String("connect: Connect 4.1.0, 1 of 1 workers answer, ")),
        qPrintable(lines.value(1)));
    QCOMPARE(lines.value(2),
        QStringLiteral("1 failed, 0 degraded, 0 lagging, 1 paused, 0 unreachable, 0 stopped, 5 running of 7"));
    QVERIFY2(lines.filter(QStringLiteral("numeric field overflow")).size() == 1, qPrintable(run.out));
    const auto table = lines.filter(QRegularExpression(QStringLiteral("^(STATE|Failed|Paused|Running) ")));
    QCOMPARE(table.size(), 8);
    QVERIFY(table[1].startsWith(QLatin1String("Failed")) && table[1].contains(QLatin1String("2/3"))); // worst first
    QVERIFY(table[1].contains(QLatin1String("not set up"))); // no brokers were given: no zero is invented
    const auto column = table[0].indexOf(QLatin1String("TASKS"));
    for (const auto &line : table.mid(1)) {
        QVERIFY2(line[column - 1] == u' ' && line[column] != u' ', qPrintable(run.out)); // aligned
    }
}

void TestHeadgatectl::keysOfEachDocument_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("keys");
    const auto row = [](const char *verb, const char *keys) {
        QTest::newRow(verb) << QString::fromLatin1(verb).split(u' ')
                            << QString::fromLatin1(keys).simplified().split(u' ');
    };
    row("status",
        R"(clusters clusters[].error clusters[].kafkaClusterId clusters[].name clusters[].observedAt clusters[].version
        clusters[].workers clusters[].workers[].address clusters[].workers[].answers clusters[].workers[].message clusters[].workers[].tasks
        connectors connectors[].cluster connectors[].doubt connectors[].lagRecords connectors[].lagRecords.absent
        connectors[].lagRecords.reason connectors[].lagSeconds connectors[].lagSeconds.absent connectors[].lagSeconds.reason
        connectors[].name connectors[].owner connectors[].since connectors[].sinceAtLeast connectors[].stale connectors[].standing
        connectors[].state connectors[].tasks connectors[].tasks[].id connectors[].tasks[].state connectors[].tasks[].worker
        connectors[].team connectors[].topics connectors[].type context counts counts.degraded counts.failed counts.lagging counts.paused
        counts.running counts.stopped counts.total counts.unreachable environment kafkaError mode problems problems[].advice
        problems[].cause problems[].chain problems[].chain[].class problems[].chain[].message problems[].cluster problems[].connector
        problems[].firstCause problems[].nextSteps problems[].record problems[].restartKnownToFail problems[].setting problems[].since
        problems[].sinceAtLeast problems[].tasks problems[].title problems[].what problems[].worker takenAt)");
    row("explain invoices-jdbc-sink",
        R"(connector context kafkaError notes problems problems[].advice problems[].cause problems[].chain
        problems[].chain[].class problems[].chain[].message problems[].cluster problems[].connector problems[].firstCause
        problems[].nextSteps problems[].record problems[].restartKnownToFail problems[].setting problems[].since problems[].sinceAtLeast
        problems[].tasks problems[].title problems[].what problems[].worker)");
    row("pause orders",
        R"(outcome preview preview.connector preview.context preview.knownToFail preview.nothingToDo preview.operation
        preview.reasonNeeded preview.requests preview.requests[].body preview.requests[].method preview.requests[].path
        preview.shares preview.shares.connectors preview.shares.connectors[].cluster
        preview.shares.connectors[].connector preview.shares.connectors[].group preview.shares.connectors[].tasks
        preview.shares.connectors[].topics preview.shares.connectors[].workers preview.shares.owners preview.shares.systems
        preview.shares.teams preview.shares.topicsUnknown preview.standing preview.standing.deadLetters preview.standing.inFlight
        preview.standing.lag preview.standing.positions preview.tasksTouched preview.typedNameNeeded preview.worker reason)");
    row("pause orders --yes", R"(error id observed outcome preview preview.connector preview.context preview.knownToFail
        preview.nothingToDo preview.operation preview.reasonNeeded preview.requests preview.requests[].body preview.requests[].method
        preview.requests[].path preview.shares preview.shares.connectors preview.shares.connectors[].cluster
        preview.shares.connectors[].connector preview.shares.connectors[].group preview.shares.connectors[].tasks
        preview.shares.connectors[].topics preview.shares.connectors[].workers preview.shares.owners preview.shares.systems
        preview.shares.teams preview.shares.topicsUnknown preview.standing preview.standing.deadLetters preview.standing.inFlight
        preview.standing.lag preview.standing.positions preview.tasksTouched preview.typedNameNeeded preview.worker)");
    row("pause nobody", "error error.code error.kind error.message error.request error.sentence error.target");
    row("audit verify",
        "error error.code error.kind error.message error.request error.sentence error.target"); // no log
    row("info",
        "cache contextFiles contexts librdkafka librdkafkaFeatures logs operationsLogs qt secrets version warnings "
        "worker "
        "workspace");
    row("pause loyalty",
        R"(outcome preview preview.connector preview.context preview.knownToFail preview.nothingToDo preview.operation
        preview.reasonNeeded preview.requests preview.shares preview.shares.connectors preview.shares.connectors[].cluster
        preview.shares.connectors[].connector preview.shares.connectors[].group preview.shares.connectors[].tasks
        preview.shares.connectors[].topics preview.shares.connectors[].workers preview.shares.owners preview.shares.systems
        preview.shares.teams preview.shares.topicsUnknown preview.standing preview.standing.deadLetters preview.standing.inFlight
        preview.standing.lag preview.standing.positions preview.tasksTouched preview.typedNameNeeded preview.worker reason)"); // no request
    row("dance", "error error.code error.kind error.message error.request error.sentence error.target");
}

void TestHeadgatectl::keysOfEachDocument()
{
    QFETCH(QStringList, arguments);
    FakeConnect fake;
    addCast(fake);
    const CtlProgram ctl;
    const auto config = ctl.write(QStringLiteral("client.properties"), guarded);
    const auto run = ctl.run(arguments
        + QStringList {
            QStringLiteral("--json"), QStringLiteral("--connect"), fake.url(), QStringLiteral("--config"), config});
    QStringList keys;
    collectKeys(run.json(), {}, keys);
    keys.sort();
    QVERIFY2(run.err.isEmpty(), qPrintable(run.err));
    QTEST(keys, "keys");
}

void TestHeadgatectl::exitSaysHowItEnded_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *line, const QByteArray &config, int exit, const char *says) {
        QTest::addRow("%s %s", line, config.simplified().constData())
            << QString::fromLatin1(line).split(u' ') << config << exit << QString::fromLatin1(says);
    };
    // clang-format off
    row("status",                                         guarded,          0, "guarded");
    row("explain orders",                                 guarded,          0, "Nothing is wrong with orders");
    row("explain nobody",                                 guarded,          1, "nobody");
    row("explain loyalty",                                guarded,          0, "is paused since at least ");
    row("explain invoices-jdbc-sink",                     guarded,          0, "not looked for: no brokers are configured");
    row("pause nobody --yes",                             guarded,          1, "nobody");
    row("pause orders",                                   guarded,          1, "Nothing was sent. Add --yes");
    row("pause orders --yes",                             guarded,          0, "confirmed");
    row("pause loyalty --yes",                            guarded,          0, "Nothing to do: it is so already. No request is sent");
    row("pause loyalty",                                  guarded,          0, "Nothing to do: it is so already. No request is sent");
    row("resume loyalty --yes",                           guarded,          0, "confirmed");
    row("stop orders --yes",                              guarded,          0, "STOPPED, no tasks");
    row("restart orders --tasks --yes",                   guarded,          0, "confirmed");
    row("restart orders --task 1 --yes",                  guarded,          0, "confirmed");
    row("restart orders --task 9 --yes",                  guarded,          1, "task 9");
    row("restart invoices-jdbc-sink --only-failed --yes", guarded,          0, "confirmed");
    row("pause orders --yes",                             "mode=read-only", 1, "read-only");
    row("pause orders --yes",                             "",               1, "say why by --reason");
    row("pause orders --yes --reason incident",           "",               0, "confirmed");
    row("pause orders --yes --cluster nowhere",           guarded,          1, "orders");
    row("status",                                         "mode=armed",     2, "line 1");
    row("status",                                         "colour=red",     2, "there is no property");
    // clang-format on
}

void TestHeadgatectl::exitSaysHowItEnded()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, config);
    QFETCH(QString, says);
    FakeConnect fake;
    addCast(fake);
    const CtlProgram ctl;
    const auto file = ctl.write(QStringLiteral("client.properties"), config);
    const auto run
        = ctl.run(arguments + QStringList {QStringLiteral("--connect"), fake.url(), QStringLiteral("--config"), file});
    QVERIFY2(run.all().contains(says), qPrintable(run.all()));
    QFETCH(int, exit);
    QVERIFY2(run.exit == exit, qPrintable(run.all()));
}

void TestHeadgatectl::writesOnlyWhatIsConfirmed_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<int>("sent");
    QTest::newRow("preview only") << QStringList {} << guarded << 0;
    QTest::newRow("read-only, --yes") << QStringList {QStringLiteral("--yes")} << QByteArray("mode=read-only") << 0;
    QTest::newRow("production, no reason") << QStringList {QStringLiteral("--yes")} << QByteArray() << 0;
    QTest::newRow("confirmed") << QStringList {QStringLiteral("--yes")} << guarded << 1;
}

void TestHeadgatectl::writesOnlyWhatIsConfirmed()
{
    QFETCH(QStringList, more);
    QFETCH(QByteArray, config);
    FakeConnect fake;
    addCast(fake);
    const CtlProgram ctl;
    ctl.run(QStringList {QStringLiteral("pause"), QStringLiteral("orders"), QStringLiteral("--connect"), fake.url(),
                QStringLiteral("--config"), ctl.write(QStringLiteral("p"), config)}
        + more);
    QTEST(writes(fake), "sent");
}

void TestHeadgatectl::lostAnswerIsUnknown()
{
    FakeConnect fake;
    addCast(fake);
    fake.script({.method = "PUT", .fault = fake::Fault::CloseAfterRequest});
    fake.setUp([](auto &cluster) { cluster.delays.connector = std::chrono::hours(1); }); // nothing is seen of it
    const CtlProgram ctl;
    const auto run = ctl.run({QStringLiteral("pause"), QStringLiteral("orders"), QStringLiteral("--yes"),
        QStringLiteral("--wait"), QStringLiteral("2"), QStringLiteral("--json"), QStringLiteral("--connect"),
        fake.url(), QStringLiteral("--config"), ctl.write(QStringLiteral("p"), guarded)});
    QVERIFY2(run.exit == 3, qPrintable(run.all()));
    QCOMPARE(run.json()[QStringLiteral("outcome")].toString(), QStringLiteral("unknown"));
    QCOMPARE(writes(fake), 1);
}

// Rows: N16
void TestHeadgatectl::explainNamesCauseAndStep()
{
    FakeConnect fake;
    addCast(fake);
    const auto run = CtlProgram().run(
        {QStringLiteral("explain"), QStringLiteral("invoices-jdbc-sink"), QStringLiteral("--connect"), fake.url()});
    QVERIFY2(run.exit == 0, qPrintable(run.all()));
    for (const char *part : {"invoices-jdbc-sink: Task 1 of 3 failed", "numeric field overflow", "first cause",
             "PSQLException", "setting", "errors.tolerance", "next step", "Restart task 1",
             "will stop at the same record again", "recovered when"}) {
        QVERIFY2(run.out.contains(QLatin1String(part)),
            qPrintable(run.out + QLatin1String("\nlacks ") + QLatin1String(part)));
    }
}

// Rows: SE-03, SE-04
void TestHeadgatectl::secretsAreNotEchoed_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<int>("exit");
    // clang-format off
    QTest::newRow("login in the URL")   << "http://u:c4n4ry@%1"        << QByteArray()                                               << 2;
    QTest::newRow("token in the URL")   << "http://%1/?token=c4n4ry"   << QByteArray()                                               << 2;
    QTest::newRow("wrong password")     << "http://%1"                 << QByteArray("connect.user=u\nconnect.password=c4n4ryX\n")   << 1;
    QTest::newRow("right password")     << "http://%1"                 << QByteArray("connect.user=u\nconnect.password=c4n4ry\n")    << 0;
    QTest::newRow("secret in bad line") << "http://%1"                 << QByteArray("connect.passwort=c4n4ry\n")                    << 2;
    // clang-format on
}

void TestHeadgatectl::secretsAreNotEchoed()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, config);
    FakeConnect fake({.user = QStringLiteral("u"), .password = canary});
    addCast(fake);
    const CtlProgram ctl;
    const auto file = ctl.write(QStringLiteral("p"), config);
    for (const auto &json : {QStringList(), QStringList(QStringLiteral("--json"))}) {
        const auto run
            = ctl.run(QStringList {QStringLiteral("status"), QStringLiteral("--connect"),
                          url.arg(QStringLiteral("127.0.0.1:%1").arg(fake.port())), QStringLiteral("--config"), file}
                + json);
        QVERIFY2(!run.all().contains(canary), qPrintable(run.all()));
        QTEST(run.exit, "exit");
    }
}

//! Arguments, environment, both outputs, temporary and all other files of a run that is refused in words with the
//! secret.
// Rows: SE-03
void TestHeadgatectl::noSinkOfAProcessHoldsTheSecret()
{
    FakeConnect fake({.user = QStringLiteral("ops"), .password = secret.text()});
    addCast(fake);
    fake.failTask(QStringLiteral("orders"), 0,
        QStringLiteral("java.lang.RuntimeException: https://ops:%1@db/?token=%1 password=%1\n").arg(secret.text()));
    fake.script({.method = "PUT",
        .status = 400,
        .body = QStringLiteral(R"({"error_code":400,"message":"no https://ops:%1@db/?token=%1"})")
            .arg(secret.text())
            .toUtf8(),
        .delay = std::chrono::milliseconds(300)});
    const CtlProgram ctl;
    const auto config
        = ctl.write(QStringLiteral("p"), guarded + "connect.user = ops\nconnect.password = " + secret.bytes() + '\n');
    const auto process = ctl.start({QStringLiteral("pause"), QStringLiteral("orders"), QStringLiteral("--yes"),
        QStringLiteral("--json"), QStringLiteral("--connect"), fake.url(), QStringLiteral("--config"), config});
    QTRY_VERIFY_WITH_TIMEOUT(fake.count("PUT") == 1, 60'000);
    const auto running = [&process](const char *file) {
        QFile proc(QStringLiteral("/proc/%1/%2").arg(process->processId()).arg(QLatin1String(file)));
        return proc.open(QIODevice::ReadOnly) ? proc.readAll() : QByteArray();
    };
    std::map<QByteArray, QByteArray> sinks {{"arguments", running("cmdline")}, {"environment", running("environ")}};
    const auto run = CtlProgram::end(*process);
    QCOMPARE(run.exit, 1);
    sinks["output"] = run.out.toUtf8();
    sinks["explain"] = ctl.run({QStringLiteral("explain"), QStringLiteral("orders"), QStringLiteral("--connect"),
                                   fake.url(), QStringLiteral("--config"), config})
                           .all()
                           .toUtf8();
    QVERIFY2(sinks["explain"].contains("RuntimeException"), sinks["explain"].constData());
    sinks["errors"] = "errors: " + run.err.toUtf8();
    QDirIterator files(ctl.home(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.fileName() != config && file.open(QIODevice::ReadOnly)) {
            sinks["files"] += file.fileName().toUtf8() + '\n' + file.readAll() + '\n';
        }
    }
    QVERIFY(sinks["files"].contains("refused")); // the operations log is among them
    for (const auto &[name, written] : sinks) {
        const auto form = secret.foundIn(written);
        QVERIFY2(!written.isEmpty(), name.constData());
        QVERIFY2(form.isEmpty(), QByteArray(name + " holds it, " + form + ": " + secret.around(written)).constData());
    }
}

// Rows: CR-24
void TestHeadgatectl::namesReachTheWorkerAsTheyAre()
{
    FakeConnect fake;
    addCast(fake);
    const CtlProgram ctl;
    const auto file = ctl.write(QStringLiteral("p"), guarded);
    const auto pause = [&](const QString &name) {
        return ctl.run({QStringLiteral("pause"), QStringLiteral("--yes"), QStringLiteral("--connect"), fake.url(),
            QStringLiteral("--config"), file, name});
    };
    QCOMPARE(pause(QStringLiteral("with blank")).exit, 0);
    QCOMPARE(fake.count("PUT", "/connectors/with%20blank/pause"), 1);
    QCOMPARE(pause(QStringLiteral("größe")).exit, 0);
    QCOMPARE(fake.count("PUT", "/connectors/gr%C3%B6%C3%9Fe/pause"), 1);
    const auto before = writes(fake);
    const auto slash = pause(QStringLiteral("sl/ash")); // no URL reaches it on Connect 4
    QCOMPARE(slash.exit, 1);
    QVERIFY2(slash.err.contains(QLatin1String("takes no slash, backslash or percent sign")), qPrintable(slash.err));
    QVERIFY2(!slash.err.contains(QLatin1String("newer Kafka Connect")), qPrintable(slash.err));
    QCOMPARE(writes(fake), before);
}

// Rows: UI-04
void TestHeadgatectl::textFromOutsideIsHarmless()
{
    FakeConnect fake;
    addCast(fake);
    const auto run = CtlProgram().run({QStringLiteral("status"), QStringLiteral("--connect"), fake.url()});
    QVERIFY(run.out.contains(QLatin1String("turn")));
    QVERIFY(!run.out.contains(QChar(0x1b)) && !run.out.contains(QChar(0x202e)));
}

// Rows: UX-40
void TestHeadgatectl::auditFindsAChangedByte()
{
    FakeConnect fake;
    addCast(fake);
    const CtlProgram ctl;
    const QStringList at {
        QStringLiteral("--connect"), fake.url(), QStringLiteral("--config"), ctl.write(QStringLiteral("p"), guarded)};
    QCOMPARE(
        ctl.run(QStringList {QStringLiteral("pause"), QStringLiteral("orders"), QStringLiteral("--yes")} + at).exit, 0);
    const QStringList verify {QStringLiteral("audit"), QStringLiteral("verify"), QStringLiteral("--json")};
    const auto good = ctl.run(verify + at);
    QVERIFY2(good.exit == 0, qPrintable(good.all()));
    QStringList keys;
    collectKeys(good.json(), {}, keys);
    keys.sort();
    QCOMPARE(keys.join(QLatin1Char(' ')), QStringLiteral("firstBad intact records what"));
    QVERIFY(good.json()[QStringLiteral("records")].toInt() >= 2); // intent and outcome
    const QDir logs(ctl.home() + QStringLiteral("/data/headgate/operations"));
    const auto names = logs.entryList({QStringLiteral("*.jsonl")});
    QCOMPARE(names.size(), 1);
    QFile log(logs.filePath(names.front()));
    QVERIFY(log.open(QIODevice::ReadWrite));
    auto bytes = log.readAll();
    bytes[bytes.indexOf("orders")] = 'O';
    QVERIFY(log.seek(0) && log.write(bytes) == bytes.size());
    log.close();
    const auto bad = ctl.run(verify + at);
    QCOMPARE(bad.exit, 1);
    QVERIFY(bad.json()[QStringLiteral("firstBad")].toInt() >= 1);
}

void TestHeadgatectl::twoOperatorsAtOnce_data()
{
    QTest::addColumn<bool>("sent"); // whether the first one's request had its effect before the other came
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("says");
    QTest::newRow("while it is observed")
        << true << QStringLiteral("failed") << QStringLiteral("Changed by someone else");
    QTest::newRow("between two tries") << false << QStringLiteral("refused")
                                       << QStringLiteral("it was RUNNING and is STOPPED");
}

//! Two programs on one home, so on one operations log: who is overtaken says so, and no record is lost.
// Rows: MO-01
void TestHeadgatectl::twoOperatorsAtOnce()
{
    QFETCH(bool, sent);
    QFETCH(QString, says);
    FakeConnect fake;
    addCast(fake);
    const CtlProgram ctl;
    const QStringList at {QStringLiteral("--yes"), QStringLiteral("--json"), QStringLiteral("--connect"), fake.url(),
        QStringLiteral("--config"), ctl.write(QStringLiteral("p"), guarded)};
    const auto pausePath = QByteArray("/connectors/orders/pause");
    if (sent) {
        fake.setUp([](auto &cluster) { cluster.delays.tasks = std::chrono::hours(1); });
    } else {
        fake.script({.method = "PUT",
            .path = pausePath,
            .status = 409,
            .body = R"({"error_code":409,"message":"Cannot complete request: worker rebalance"})"});
    }
    const auto first = ctl.start(QStringList {QStringLiteral("pause"), QStringLiteral("orders")} + at);
    QTRY_VERIFY_WITH_TIMEOUT(fake.count("PUT", pausePath) >= 1, 60'000);
    fake.setUp([](auto &cluster) { cluster.delays.tasks = std::chrono::milliseconds(20); });
    const auto second = ctl.run(QStringList {QStringLiteral("stop"), QStringLiteral("orders")} + at);
    QVERIFY2(second.exit == 0, qPrintable(second.all()));
    QCOMPARE(second.json()[QStringLiteral("outcome")].toString(), QStringLiteral("confirmed"));
    const auto overtaken = CtlProgram::end(*first);
    QVERIFY2(overtaken.exit == 1, qPrintable(overtaken.all()));
    QTEST(overtaken.json()[QStringLiteral("outcome")].toString(), "outcome");
    QVERIFY2(overtaken.out.contains(says), qPrintable(overtaken.all()));
    QVERIFY2(overtaken.out.contains(QStringLiteral("STOPPED")), qPrintable(overtaken.all())); // the state now
    const auto log = ctl.run(QStringList {QStringLiteral("audit"), QStringLiteral("verify")} + at.mid(1));
    QVERIFY2(log.exit == 0, qPrintable(log.all()));
    // Two intents, two outcomes, positions saved twice: one chain.
    QCOMPARE(log.json()[QStringLiteral("records")].toInt(), 6);
    QCOMPARE(fake.connector(QStringLiteral("orders")).state, QStringLiteral("STOPPED"));
}

void TestHeadgatectl::aNameOfTwoContextsIsAskedBack()
{
    FakeConnect fake;
    addCast(fake);
    const CtlProgram ctl;
    for (const auto *id : {"one", "two"}) {
        ctl.write(QStringLiteral("config/headgate/contexts/%1.yaml").arg(QLatin1String(id)),
            "name: EU prod\nenvironment: staging\nconnectClusters:\n  - name: c\n    workers: [\"" + fake.url().toUtf8()
                + "\"]\n");
    }
    const auto status = [&ctl](const QString &name) {
        return ctl.run({QStringLiteral("status"), QStringLiteral("--context"), name});
    };
    const auto both = status(QStringLiteral("EU prod"));
    QVERIFY2(both.exit == 1 && both.err.contains(QStringLiteral("one, two")), qPrintable(both.all()));
    QCOMPARE(status(QStringLiteral("two")).exit, 0);
}

void TestHeadgatectl::nothingHeardIsNotWell_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const auto *words : {"explain", "explain orders", "status", "pause orders --yes"}) {
        QTest::newRow(words) << QString::fromLatin1(words).split(QLatin1Char(' '));
    }
}

//! A platform that was well a moment ago and says nothing now: its picture of then is not the present.
void TestHeadgatectl::nothingHeardIsNotWell()
{
    QFETCH(QStringList, arguments);
    auto fake = std::make_unique<FakeConnect>();
    fake->add({.name = QStringLiteral("orders"), .tasks = std::vector<fake::FakeTask>(2)});
    const CtlProgram ctl;
    const QStringList at {QStringLiteral("--timeout"), QStringLiteral("2"), QStringLiteral("--connect"), fake->url(),
        QStringLiteral("--config"), ctl.write(QStringLiteral("p"), guarded)};
    const auto before = ctl.run(QStringList {QStringLiteral("explain")} + at);
    QVERIFY2(before.exit == 0 && before.out.contains(QStringLiteral("Nothing is wrong")), qPrintable(before.all()));
    const auto port = quint16(QUrl(fake->url()).port());
    fake.reset();
    QTcpServer silent; // takes connections and never answers
    QVERIFY(silent.listen(QHostAddress::LocalHost, port));
    const auto after = ctl.run(arguments + at);
    QVERIFY2(after.exit == 1, qPrintable(after.all()));
    QVERIFY2(!after.all().contains(QStringLiteral("Nothing is wrong")), qPrintable(after.all()));
    QVERIFY2(!after.all().contains(QStringLiteral("1 of 1 workers answer")), qPrintable(after.all()));
}

void TestHeadgatectl::aLogThatIsMissingIsNotIntact()
{
    const CtlProgram ctl;
    const auto verify = ctl.run({QStringLiteral("audit"), QStringLiteral("verify"), QStringLiteral("--connect"),
        QStringLiteral("http://127.0.0.1:1")});
    QCOMPARE(verify.exit, 1);
    QVERIFY2(verify.err.contains(QStringLiteral(".jsonl")), qPrintable(verify.all()));
}

void TestHeadgatectl::contextsComeFromFiles()
{
    FakeConnect fake;
    addCast(fake);
    const CtlProgram ctl;
    ctl.write(QStringLiteral("config/headgate/contexts/mine.yaml"),
        "name: Mine\nenvironment: staging\nconnectClusters:\n  - name: c\n    workers: [\"" + fake.url().toUtf8()
            + "\"]\n");
    ctl.write(QStringLiteral("config/headgate/contexts/broken.yaml"), "name: [\n");
    const auto run = ctl.run(
        {QStringLiteral("status"), QStringLiteral("--context"), QStringLiteral("mine"), QStringLiteral("--json")});
    QVERIFY2(run.exit == 0, qPrintable(run.all()));
    QCOMPARE(run.json()[QStringLiteral("context")].toString(), QStringLiteral("Mine"));
    QCOMPARE(run.json()[QStringLiteral("mode")].toString(), QStringLiteral("read-only")); // files start so
    const auto write = ctl.run({QStringLiteral("pause"), QStringLiteral("orders"), QStringLiteral("--yes"),
        QStringLiteral("--context"), QStringLiteral("mine")});
    QCOMPARE(write.exit, 1);
    QCOMPARE(writes(fake), 0);
    const auto broken = ctl.run({QStringLiteral("status"), QStringLiteral("--context"), QStringLiteral("broken")});
    QCOMPARE(broken.exit, 1);
    QVERIFY2(broken.err.contains(QLatin1String("broken.yaml")), qPrintable(broken.err));
    const auto missing = ctl.run({QStringLiteral("status"), QStringLiteral("--context"), QStringLiteral("nobody")});
    QCOMPARE(missing.exit, 1);
    QVERIFY2(missing.err.contains(QLatin1String("nobody")), qPrintable(missing.err));
}

void TestHeadgatectl::silentBrokersAreToldByEachVerb_data()
{
    QTest::addColumn<QString>("verb");
    QTest::newRow("status") << QStringLiteral("status");
    QTest::newRow("explain") << QStringLiteral("explain");
}

void TestHeadgatectl::silentBrokersAreToldByEachVerb()
{
    QFETCH(QString, verb);
    FakeConnect fake;
    addCast(fake);
    QTcpServer closed; // takes connections, never answers
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const auto bootstrap = QStringLiteral("127.0.0.1:%1").arg(closed.serverPort());
    const QStringList arguments {verb, QStringLiteral("--connect"), fake.url(), QStringLiteral("--bootstrap"),
        bootstrap, QStringLiteral("--timeout"), QStringLiteral("3")};
    const auto text = CtlProgram().run(arguments);
    QVERIFY2(
        text.out.contains(bootstrap) && text.out.contains(QLatin1String("lag is not known")), qPrintable(text.all()));
    const auto document = CtlProgram().run(arguments + QStringList {QStringLiteral("--json")}).json();
    QVERIFY(document[QLatin1String("kafkaError")].toObject()[QLatin1String("target")].toString().contains(bootstrap));
}

void TestHeadgatectl::whatIsNotThereIsNull()
{
    const auto run = CtlProgram().run({QStringLiteral("status"), QStringLiteral("--connect"),
        QStringLiteral("http://127.0.0.1:1"), QStringLiteral("--json")});
    const auto problem = run.json()[QLatin1String("problems")].toArray().first().toObject();
    QCOMPARE(problem[QLatin1String("what")].toString().isEmpty(), false);
    QVERIFY(problem[QLatin1String("firstCause")].isNull() && problem[QLatin1String("connector")].isNull());
}

void TestHeadgatectl::whatKeepsDataAwayIsNamed_data()
{
    QTest::addColumn<int>("status"); // of the fake's answers; 0: its own
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("chip");
    QTest::addColumn<QString>("next");
    // clang-format off
    QTest::newRow("login refused")   << 401 << QByteArray("connect.user=u\nconnect.password=p") << "login refused"     << "connect.password in the file of --config";
    QTest::newRow("not permitted")   << 403 << QByteArray()                                     << "not permitted"     << "Ask the platform's owner for this right";
    QTest::newRow("no secret")       << 0   << QByteArray("connect.user=u")                     << "secret missing"    << "give the login in the file of --config";
    QTest::newRow("unreadable file") << 0   << QByteArray("connect.ca.location=/nowhere/ca")    << "set-up incomplete" << "/nowhere/ca";
    // clang-format on
}

void TestHeadgatectl::whatKeepsDataAwayIsNamed()
{
    QFETCH(int, status);
    QFETCH(QByteArray, config);
    QFETCH(QString, chip);
    QFETCH(QString, next);
    FakeConnect fake;
    addCast(fake);
    if (status > 0) {
        fake.script({.status = status, .body = "{\"message\":\"no\"}"});
    }
    const CtlProgram ctl;
    const auto run = ctl.run({QStringLiteral("status"), QStringLiteral("--connect"), fake.url(),
        QStringLiteral("--config"), ctl.write(QStringLiteral("p"), config)});
    QCOMPARE(run.exit, 1);
    QVERIFY2(run.out.contains(QStringLiteral("connect: Connect, %1, nothing seen yet").arg(chip)), qPrintable(run.out));
    QVERIFY2(run.err.contains(next), qPrintable(run.err));
    QVERIFY2(!run.all().contains(QLatin1String("luster unreachable")), qPrintable(run.all()));
    QVERIFY2(!run.all().contains(QLatin1String("seen last")), qPrintable(run.all())); // a terminal shows nothing older
}

void TestHeadgatectl::aFolderThatCannotBeWrittenIsNamed()
{
    FakeConnect fake;
    addCast(fake);
    const CtlProgram ctl;
    ctl.write(QStringLiteral("data"), "a file where the folder of the log would be");
    const auto run = ctl.run({QStringLiteral("pause"), QStringLiteral("orders"), QStringLiteral("--yes"),
        QStringLiteral("--connect"), fake.url(), QStringLiteral("--config"), ctl.write(QStringLiteral("p"), guarded)});
    QCOMPARE(run.exit, 1);
    QVERIFY2(run.err.contains(ctl.home() + QLatin1String("/data/headgate/operations")), qPrintable(run.err));
    QVERIFY2(run.err.contains(QLatin1String("not sent")), qPrintable(run.err));
    QCOMPARE(writes(fake), 0);
}

void TestHeadgatectl::faultsOfFilesAreToldOnce()
{
    const CtlProgram ctl;
    ctl.write(QStringLiteral("config/headgate/contexts/broken.yaml"), "name: [\n");
    const auto info = ctl.run({QStringLiteral("info")});
    QCOMPARE(info.exit, 0);
    QCOMPARE(info.all().count(QLatin1String("broken.yaml")), 1);
    QVERIFY2(info.err.startsWith(QLatin1String("headgatectl: broken.yaml: line ")), qPrintable(info.err));
    const auto status = ctl.run({QStringLiteral("status"), QStringLiteral("--context"), QStringLiteral("broken")});
    QVERIFY2(status.exit == 1 && status.err.contains(QLatin1String("line 2")), qPrintable(status.err));
}

void TestHeadgatectl::usageFaultsAreDocuments()
{
    for (const char *line : {"dance --json", "status --json", "--json pause --context a", "status --json --timeout 0",
             "status --json --connect ftp://h"}) {
        const auto run = CtlProgram().run(QString::fromLatin1(line).split(u' '));
        const auto error = run.json()[QLatin1String("error")].toObject();
        QCOMPARE(run.exit, 2);
        QCOMPARE(error[QLatin1String("kind")].toString(), QStringLiteral("invalid-input"));
        QVERIFY2(!error[QLatin1String("sentence")].toString().contains(u'\\'), qPrintable(run.out));
        QVERIFY2(run.err.isEmpty(), qPrintable(run.err));
    }
}

QTEST_GUILESS_MAIN(TestHeadgatectl)
#include "tst_headgatectl.moc"
