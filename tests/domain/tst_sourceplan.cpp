// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/json/canonicaljson.h"
#include "domain/replay/sourcedocument.h"
#include "domain/replayscene.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace headgate;

namespace {

constexpr auto kFile = "org.apache.kafka.connect.file.FileStreamSourceConnector";
constexpr auto kJdbc = "io.confluent.connect.jdbc.JdbcSourceConnector";
constexpr auto kPostgres = "io.debezium.connector.postgresql.PostgresConnector";

//! A JSON number as no library would write it again: long, signed, with zeros behind.
QByteArray oddNumber(QRandomGenerator &random)
{
    const auto digits = [&](int count) {
        QByteArray text;
        for (int i = 0; i < count; ++i) {
            text += char('0' + random.bounded(10));
        }
        return text;
    };
    QByteArray number = random.bounded(2) ? "-" : "";
    number += char('1' + random.bounded(9)) + digits(int(random.bounded(40U)));
    number += random.bounded(2) ? '.' + digits(1 + int(random.bounded(30U))) + "000" : QByteArray();
    number += random.bounded(3) == 0 ? "E+" + digits(1 + int(random.bounded(2U))) : QByteArray();
    return number;
}

} // namespace

class tst_SourcePlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theShapeDecides_data()
    {
        QTest::addColumn<QString>("className");
        QTest::addColumn<QByteArray>("partition");
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *name, const char *className, const char *partition, const char *now,
                             const char *asked, bool good) {
            QTest::newRow(name) << QString::fromLatin1(className) << QByteArray(partition) << QByteArray(now)
                                << QByteArray(asked) << good;
        };
        // clang-format off
        row("file",                   kFile,     R"({"filename":"/a"})", R"({"position":9})",  R"({"position":4})", true);
        row("file from the start",    kFile,     R"({"filename":"/a"})", R"({"position":9})",  "null", true);
        row("file below zero",        kFile,     R"({"filename":"/a"})", R"({"position":9})",  R"({"position":-1})", false);
        row("file by text",           kFile,     R"({"filename":"/a"})", R"({"position":9})",  R"({"position":"4"})", false);
        row("file, the largest",      kFile,     R"({"filename":"/a"})", R"({"position":9})",  R"({"position":9223372036854775807})", true);
        row("file, one too large",    kFile,     R"({"filename":"/a"})", R"({"position":9})",  R"({"position":9223372036854775808})", false);
        row("file without position",  kFile,     R"({"filename":"/a"})", R"({"position":9})",  R"({"offset":4})", false);
        row("no object",              kFile,     R"({"filename":"/a"})", R"({"position":9})",  "4", false);
        row("no JSON",                kFile,     R"({"filename":"/a"})", R"({"position":9})",  "{position:4}", false);
        row("table",                  kJdbc,     R"({"protocol":"1","table":"a"})", R"({"incrementing":9})", R"({"incrementing":4})", true);
        row("table, one too large",   kJdbc,     R"({"protocol":"1","table":"a"})", R"({"incrementing":9})", R"({"incrementing":9223372036854775808})", false);
        row("table by text",          kJdbc,     R"({"protocol":"1","table":"a"})", R"({"incrementing":9})", R"({"incrementing":"4"})", false);
        row("table, a field more",    kJdbc,     R"({"protocol":"1","table":"a"})", R"({"incrementing":9})", R"({"incrementing":4,"timestamp":1})", false);
        row("database log",           kPostgres, R"({"server":"s"})", R"({"lsn":9,"txId":3})", R"({"lsn":4,"txId":3})", true);
        row("database log, a field less", kPostgres, R"({"server":"s"})", R"({"lsn":9,"txId":3})", R"({"lsn":4})", false);
        row("of an own class",        "com.example.Source", R"({"p":1})", R"({"at":"b"})", R"({"at":"a"})", true);
        row("of another type",        "com.example.Source", R"({"p":1})", R"({"at":"b"})", R"({"at":1})", false);
        // clang-format on
    }
    // Rows: K04
    void theShapeDecides()
    {
        QFETCH(QString, className);
        QFETCH(QByteArray, partition);
        QFETCH(QByteArray, now);
        QFETCH(QByteArray, asked);
        QFETCH(bool, good);
        ReplayScene scene;
        scene.becomeSource(qPrintable(className), partition.constData(), now.constData());
        scene.request.source = {{partition, asked}};
        const auto plan = scene.plan();
        QCOMPARE(plan.has_value(), good);
        if (good) {
            QCOMPARE(plan->sourceMoves, std::vector<SourceMove>({{partition, now, asked}}));
            QCOMPARE(
                plan->requests[1].body, "{\"offsets\":[{\"partition\":" + partition + ",\"offset\":" + asked + "}]}");
            QCOMPARE(differences(*plan, {{partition, now}}, true).size(), size_t(1));
            QVERIFY(differences(*plan, {{partition, asked}}, true).empty());
            QVERIFY(differences(*plan, {{partition, now}}, false).empty());
        } else {
            QCOMPARE(int(plan.error().kind), int(ErrorKind::InvalidInput));
            QVERIFY(!plan.error().message.isEmpty());
        }
    }

    void whatCannotBeProvenIsMarked_data()
    {
        QTest::addColumn<QString>("className");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<bool>("provable");
        QTest::addColumn<int>("warning");
        QTest::newRow("file") << QString::fromLatin1(kFile) << QString() << true << -1;
        QTest::newRow("an own class") << QStringLiteral("com.example.Source") << QString() << false
                                      << int(PlanWarningKind::PositionElsewhere);
        QTest::newRow("database log") << QString::fromLatin1(kPostgres) << QString() << false
                                      << int(PlanWarningKind::OnlyWhatIsKept);
        QTest::newRow("a whole snapshot") << QString::fromLatin1(kPostgres) << QStringLiteral("initial") << false
                                          << int(PlanWarningKind::SnapshotAgain);
        QTest::newRow("a gap") << QString::fromLatin1(kPostgres) << QStringLiteral("no_data") << false
                               << int(PlanWarningKind::JumpsToNow);
    }
    void whatCannotBeProvenIsMarked()
    {
        QFETCH(QString, className);
        QFETCH(QString, mode);
        QFETCH(int, warning);
        ReplayScene scene;
        scene.becomeSource(qPrintable(className), R"({"filename":"/a"})", R"({"position":9})");
        scene.facts.operation.info->config.push_back({QStringLiteral("snapshot.mode"), mode});
        scene.request.source = {{R"({"filename":"/a"})", "null"}};
        const auto plan = scene.plan().value();
        QTEST(plan.provable, "provable");
        QVERIFY(warning < 0 ? plan.warnings.empty() : warns(plan, PlanWarningKind(warning)));
    }

    void anotherOrderOfKeysIsNoChange()
    {
        ReplayScene scene;
        scene.becomeSource(kPostgres, R"({"server":"s","database":"d"})", R"({"lsn":9,"txId":3})");
        scene.request.source = {{R"({ "database":"d", "server":"s" })", R"({"txId": 3, "lsn": 9})"}};
        QVERIFY(nothingMoves(*scene.plan()));
    }

    void anUnknownPartitionIsRefused()
    {
        ReplayScene scene;
        scene.becomeSource(kFile, R"({"filename":"/a"})", R"({"position":9})");
        scene.request.source = {{R"({"filename":"/b"})", R"({"position":9})"}};
        QVERIFY(forbidden(*scene.plan()));
        scene.facts.offsets.clear(); // before its first commit any place may be set
        QVERIFY(!forbidden(*scene.plan()));
    }

    void fieldsAreToldWithTypeAndHelp()
    {
        const ConfigMap config {{QStringLiteral("connector.class"), QString::fromLatin1(kJdbc)}};
        const auto document = describeSource(config,
            {{R"({"table":"a"})",
                "{ \"timestamp\" : 1700000000123, \"incrementing\": 42 , \"who\":\"a\\\"b\", \"x\":[1,{\"y\":2}] }"}});
        QVERIFY(document.provable);
        const auto &fields = document.entries.front().fields;
        QCOMPARE(fields.size(), size_t(4));
        QCOMPARE(fields[0],
            (SourceField {QStringLiteral("timestamp"), FieldType::TimestampMs, QStringLiteral("1700000000123"),
                FieldHelp::LastTimestamp}));
        QCOMPARE(fields[1].value, QStringLiteral("42"));
        QCOMPARE(fields[2].value, QStringLiteral("a\"b"));
        QCOMPARE(fields[3].type, FieldType::Other);
        const auto changed = edited(document.entries.front(), QStringLiteral("incrementing"), QStringLiteral("7"));
        QCOMPARE(changed->offsetJson,
            QByteArray(
                "{ \"timestamp\" : 1700000000123, \"incrementing\": 7 , \"who\":\"a\\\"b\", \"x\":[1,{\"y\":2}] }"));
        QVERIFY(!edited(document.entries.front(), QStringLiteral("incrementing"), QStringLiteral("7.5")));
        QVERIFY(!edited(document.entries.front(), QStringLiteral("incrementing"), QStringLiteral("7,\"z\":1")));
        QVERIFY(!edited(document.entries.front(), QStringLiteral("none"), QStringLiteral("7")));
    }

    // Rows: SG-17
    void numbersKeepTheirBytes()
    {
        const auto seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        for (int run = 0; run < 500; ++run) {
            const auto odd = oddNumber(random);
            const QByteArray offset = "{\"scn\":" + odd + ",\"position\": 12 }";
            const auto document = describeSource({}, {{"{\"p\":1}", offset}});
            const auto changed = edited(document.entries.front(), QStringLiteral("position"), QStringLiteral("13"));
            QCOMPARE(changed->offsetJson, "{\"scn\":" + odd + ",\"position\": 13 }");
            QVERIFY(!sameDocument(offset, changed->offsetJson));
            QVERIFY2(sameDocument(offset, "{ \"position\":12,\"scn\" : " + odd + "}"), odd.constData());
            const auto request = alterOffsetsRequest(QStringLiteral("a"), {*changed});
            QVERIFY(request.body.contains(changed->offsetJson));
        }
    }

    void oneTextForTheSameDocument()
    {
        QCOMPARE(canonicalJson(" { \"b\" : [1.50, 9007199254740993, true, null], \"a\" : \"\\u00e9\\n\" } "),
            Result<QByteArray>(QByteArray("{\"a\":\"\xc3\xa9\\n\",\"b\":[1.50,9007199254740993,true,null]}")));
        QVERIFY(!canonicalJson("{\"a\":1,\"a\":2}") && !canonicalJson("{") && !canonicalJson(QByteArray(300, '[')));
    }
};

QTEST_GUILESS_MAIN(tst_SourcePlan)
#include "tst_sourceplan.moc"
