// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/connectjson.h"
#include "clients/connect/jsontape.h"

#include <QRandomGenerator>
#include <QTest>

using namespace headgate;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray good
    = R"({"name":"a","connector":{"state":"RUNNING","worker_id":"w:1"},"tasks":[{"id":0,"state":"RUNNING","worker_id":"w:1"}],"type":"sink"})";

QByteArray listing(const QByteArray &entries)
{
    return '{' + entries + '}';
}

QByteArray entry(const QByteArray &name, const QByteArray &status = good)
{
    return '"' + name + "\":{\"status\":" + status + '}';
}

} // namespace

//! How answers are read: what is broken is refused with its place, what is only strange is kept, and one entry never
//! hurts another.
class ConnectJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brokenTextIsRefusedWithItsPlace_data();
    void brokenTextIsRefusedWithItsPlace();
    void everyCutIsRefused();
    void noiseNeverPasses();
    void damageStaysWithItsConnector_data();
    void damageStaysWithItsConnector();
    void duplicatesLastWins();
    void deepNestingIsRefused();
    void numbersKeepTheirDigits();
    void textIsKept();
    void aHugeTraceIsKeptWhole();
};

void ConnectJsonTest::brokenTextIsRefusedWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("at");
    QTest::newRow("nothing") << QByteArray() << 1;
    QTest::newRow("blank") << QByteArray("  ") << 3;
    QTest::newRow("HTML with 200") << QByteArray("<html><body>Login</body></html>") << 1;
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{}") << 1;
    QTest::newRow("NaN") << QByteArray(R"({"a":NaN})") << 6;
    QTest::newRow("Infinity") << QByteArray(R"({"a":-Infinity})") << 7;
    QTest::newRow("cut") << QByteArray(R"({"a":{"status")") << 15;
    QTest::newRow("text behind") << QByteArray(R"({} {})") << 4;
    QTest::newRow("comma too many") << QByteArray(R"({"a":{},})") << 9;
    QTest::newRow("single quotes") << QByteArray("{'a':1}") << 2;
    QTest::newRow("comment") << QByteArray("{/**/}") << 2;
    QTest::newRow("control character") << QByteArray("{\"a\":\"\n\"}") << 7;
    QTest::newRow("zero byte") << QByteArray("{\0}", 3) << 2;
    QTest::newRow("broken UTF-8") << QByteArray("{\"a\xff\":1}") << 4;
    QTest::newRow("lone surrogate") << QByteArray(R"({"a":"\ud800"})") << 13;
    QTest::newRow("bad escape") << QByteArray(R"({"a":"\x"})") << 8;
    QTest::newRow("leading zero") << QByteArray(R"({"a":01})") << 7;
}

// Rows: CR-10
void ConnectJsonTest::brokenTextIsRefusedWithItsPlace()
{
    QFETCH(QByteArray, body);
    const auto read = parseStatusListing(body);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::InvalidAnswer);
    QTEST(read.error().code, "at");
    QVERIFY(read.error().message.contains(u"at byte %1"_s.arg(read.error().code)));
}

// Rows: CR-10
void ConnectJsonTest::everyCutIsRefused()
{
    const auto whole = listing(entry("a") + ',' + entry("b"));
    QVERIFY(parseStatusListing(whole));
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto read = parseStatusListing(whole.left(size));
        QVERIFY2(!read, qPrintable(QString::number(size)));
        QCOMPARE(read.error().kind, ErrorKind::InvalidAnswer);
    }
}

// Rows: CR-10
void ConnectJsonTest::noiseNeverPasses()
{
    const auto seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const auto whole = listing(entry("a") + ',' + entry("b"));
    for (int round = 0; round < 20'000; ++round) {
        auto spoilt = whole;
        for (int i = random.bounded(1, 4); i > 0; --i) {
            spoilt[random.bounded(spoilt.size())] = char(random.bounded(256));
        }
        if (const auto read = parseStatusListing(spoilt)) { // still JSON: then it is a listing with what could be read
            QVERIFY(read->connectors.size() + size_t(read->damaged.size()) <= 4);
        }
        parseOffsets(spoilt);
        parseConfig(spoilt);
        parseConfigReport(spoilt);
    }
}

void ConnectJsonTest::damageStaysWithItsConnector_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("text") << QByteArray("\"RUNNING\"");
    QTest::newRow("no connector") << QByteArray(R"({"name":"bad","tasks":[]})");
    QTest::newRow("state is a number") << QByteArray(R"({"connector":{"state":5},"tasks":[]})");
    QTest::newRow("no tasks") << QByteArray(R"({"connector":{"state":"RUNNING"}})");
    QTest::newRow("tasks is an object") << QByteArray(R"({"connector":{"state":"RUNNING"},"tasks":{}})");
    QTest::newRow("task without id") << QByteArray(
        R"({"connector":{"state":"RUNNING"},"tasks":[{"state":"RUNNING"}]})");
    QTest::newRow("task id not whole") << QByteArray(
        R"({"connector":{"state":"RUNNING"},"tasks":[{"id":1.5,"state":"RUNNING"}]})");
    QTest::newRow("task id too large") << QByteArray(
        R"({"connector":{"state":"RUNNING"},"tasks":[{"id":4294967296,"state":"R"}]})");
    QTest::newRow("task is text") << QByteArray(R"({"connector":{"state":"RUNNING"},"tasks":["0"]})");
}

// Rows: CR-10
void ConnectJsonTest::damageStaysWithItsConnector()
{
    QFETCH(QByteArray, status);
    const auto read = parseStatusListing(listing(entry("before") + ',' + entry("bad", status) + ',' + entry("then")));
    QVERIFY(read.has_value());
    QCOMPARE(read->damaged, QStringList(u"bad"_s));
    QCOMPARE(read->connectors.size(), size_t(2));
    QCOMPARE(read->connectors[0].name, u"before"_s);
    QCOMPARE(read->connectors[1].name, u"then"_s);
}

// Rows: CR-10
void ConnectJsonTest::duplicatesLastWins()
{
    const QByteArray paused
        = R"({"connector":{"state":"FAILED","state":"PAUSED"},"tasks":[],"new_field":{"x":[1,{}]}})";
    const auto read = parseStatusListing(listing(entry("a") + ',' + entry("a", paused)));
    QCOMPARE(read->connectors.size(), size_t(1));
    QCOMPARE(read->connectors[0].connector.run, RunState::Paused);
    QCOMPARE(parseConfig(R"({"k":"1","j":"2","k":"3"})").value(), ConfigMap({{u"k"_s, u"3"_s}, {u"j"_s, u"2"_s}}));
}

// Rows: CR-13
void ConnectJsonTest::deepNestingIsRefused()
{
    const auto nested = [](int depth) -> QByteArray {
        return QByteArray(depth, '[') + QByteArray(depth, ']');
    };
    QVERIFY(JsonTape::parse(nested(JsonTape::maxDepth)));
    QVERIFY(!JsonTape::parse(nested(JsonTape::maxDepth + 1)));
    QCOMPARE(parseStatusListing(QByteArray(2'000'000, '[')).error().kind, ErrorKind::InvalidAnswer);
}

void ConnectJsonTest::numbersKeepTheirDigits()
{
    const auto read = parseOffsets(
        R"({"offsets":[{"partition":{"b":1,"a":"x\"\n"},"offset":{"max":9223372036854775807,"min":-9223372036854775808,"over":18446744073709551616,)"
        R"("f":1.50,"e":1E+3,"t":true,"n":null,"list":[1,2]}},{"partition":{},"offset":null}]})");
    QCOMPARE(read->size(), size_t(2));
    QCOMPARE(read->at(0).partitionJson, QByteArray(R"({"b":1,"a":"x\"\n"})"));
    QCOMPARE(read->at(0).offsetJson,
        QByteArray(
            R"({"max":9223372036854775807,"min":-9223372036854775808,"over":18446744073709551616,"f":1.50,"e":1E+3,"t":true,"n":null,"list":[1,2]})"));
    QCOMPARE(read->at(1).offsetJson, QByteArray("null"));
}

void ConnectJsonTest::textIsKept()
{
    const auto read = parseConfig("{\"k\":\"\\ud83d\\ude42 \xd7\x90 \\u0000 <b>&\",\"n\":null,\"i\":7}");
    QCOMPARE(read->at(0).second, QString::fromUcs4(U"\U0001F642 \u05d0 ") + QChar(0) + u" <b>&"_s);
    QCOMPARE(read->at(1).second, QString());
    QCOMPARE(read->at(2).second, u"7"_s);
}

// Rows: CR-25
void ConnectJsonTest::aHugeTraceIsKeptWhole()
{
    const QByteArray line = "\\n\\tat org.x.Y.z(Y.java:1)";
    const auto trace = line.repeated(5 * 1024 * 1024 / line.size());
    QByteArray entries = entry(
        "huge", R"({"connector":{"state":"RUNNING"},"tasks":[{"id":0,"state":"FAILED","trace":")" + trace + "\"}]}");
    for (int i = 0; i < 999; ++i) {
        entries += ',' + entry("c" + QByteArray::number(i));
    }
    const auto read = parseStatusListing(listing(entries));
    QCOMPARE(read->connectors.size(), size_t(1000));
    QCOMPARE(read->connectors.back().name, u"huge"_s);
    QCOMPARE(read->connectors.back().tasks[0].trace.size(), trace.size() / line.size() * (line.size() - 2));
}

QTEST_GUILESS_MAIN(ConnectJsonTest)
#include "tst_connectjson.moc"
