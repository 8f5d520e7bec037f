// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contexts/contextfile.h"

#include "domain/yaml/yamltext.h"

#include <QTest>

using namespace headgate;

namespace {

const ContextId id {QStringLiteral("eu-prod")};

ContextConfig whole()
{
    ContextConfig config;
    config.id = id;
    config.name = QStringLiteral("EU \"prod\": no");
    config.environment = Environment::Staging;
    config.mode = Mode::Guarded;
    ConnectClusterConfig cluster;
    cluster.name = {QStringLiteral("connect-eu")};
    cluster.workers = {QStringLiteral("https://connect-eu-1:8083"), QStringLiteral("https://connect-eu-2:8083/base")};
    cluster.auth = RestAuth::Basic;
    cluster.user = QStringLiteral("1e3");
    cluster.secret = {QStringLiteral("headgate/eu-prod/connect-eu")};
    cluster.tls = {QStringLiteral("/etc/ca.pem"), QStringLiteral("/etc/c.pem"), QStringLiteral("/etc/k.pem"),
        {QStringLiteral("headgate/eu-prod/key")}};
    cluster.groupId = QStringLiteral("~");
    cluster.statusTopic = QStringLiteral("connect-status");
    cluster.configTopic = QStringLiteral("yes");
    cluster.offsetTopic = QStringLiteral("a\tb\n\u202e#'");
    config.connectClusters = {cluster, ConnectClusterConfig {.name = {QStringLiteral("second")}}};
    config.kafka = {.bootstrap = QStringLiteral("b1:9092,b2:9092"),
        .protocol = SecurityProtocol::SaslSsl,
        .mechanism = SaslMechanism::ScramSha512,
        .user = QStringLiteral("app"),
        .password = {QStringLiteral("headgate/eu-prod/kafka")},
        .tls = {.caFile = QStringLiteral("/etc/kafka.pem")},
        .clientId = QStringLiteral("headgate-x")};
    config.schemaRegistry
        = {.urls = {QStringLiteral("https://schemas-1:8081"), QStringLiteral("https://schemas-2:8081")},
            .auth = RestAuth::Bearer,
            .secret = {QStringLiteral("headgate/eu-prod/schemas")},
            .tls = {.caFile = QStringLiteral("/etc/schemas.pem")}};
    return config;
}

} // namespace

class TestContextFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsRead();
    void everyStringIsQuoted();
    void unknownKeysAreKept();
    void oddWordsTakeTheSaferReading_data();
    void oddWordsTakeTheSaferReading();
    void refusals_data();
    void refusals();
    void loginsAreNotWrittenEither_data();
    void loginsAreNotWrittenEither();
    void quoting_data();
    void quoting();
};

void TestContextFile::whatIsWrittenIsRead()
{
    const auto text = writeContextFile(whole(), {});
    QVERIFY(text);
    const auto file = parseContextFile(id, *text);
    QVERIFY2(file, qPrintable(file ? QString() : file.error().message));
    QVERIFY2(file->config == whole(), text->constData());
    QVERIFY(file->warnings.isEmpty());
    QCOMPARE(writeContextFile(file->config, *text).value(), *text);

    auto armed = whole();
    armed.mode = Mode::Armed; // lives 15 minutes, never in a file
    QCOMPARE(writeContextFile(armed, {}).value(), *text);
}

void TestContextFile::everyStringIsQuoted()
{
    const auto lines = writeContextFile(whole(), {}).value().split('\n');
    for (const auto &line : lines) {
        const auto value = line.mid(line.indexOf(": ") + 2).trimmed();
        const bool opens = line.isEmpty() || line.endsWith(':');
        const bool item = line.trimmed().startsWith("- \"");
        QVERIFY2(opens || item || (value.startsWith('"') && value.endsWith('"')), line.constData());
    }
}

void TestContextFile::unknownKeysAreKept()
{
    const QByteArray previous = R"(
name: old
tomorrow: {a: 1, b: "1", c: [true, "x", {d: ~}], e: []}
note: "kept: yes"
connectClusters:
  - name: connect-eu
    colour: plum
  - name: gone
    colour: lost
kafka:
  acks: all
)";
    const auto text = writeContextFile(whole(), previous).value();
    for (const char *line : {"\ntomorrow:\n  a: 1\n  b: \"1\"\n  c:\n    - true\n    - \"x\"\n    - d: null\n  e: []\n",
             "\nnote: \"kept: yes\"\n", "\n    colour: plum\n", "\n  acks: all\n"}) {
        QVERIFY2(text.contains(line), QByteArray(text + "\nlacks\n" + line).constData());
    }
    QVERIFY(!text.contains("lost"));
    QCOMPARE(parseContextFile(id, text).value().config, whole());
    QCOMPARE(writeContextFile(whole(), text).value(), text); // stable
    QVERIFY(writeContextFile(whole(), "{broken").has_value());
}

void TestContextFile::oddWordsTakeTheSaferReading_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<int>("environment");
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("warnings");
    // clang-format off
    QTest::newRow("as written")      << QByteArray("{environment: staging, mode: guarded}")   << int(Environment::Staging)    << int(Mode::Guarded)  << 0;
    QTest::newRow("nothing said")    << QByteArray("{name: x}")                               << int(Environment::Production) << int(Mode::ReadOnly) << 0;
    QTest::newRow("unknown words")   << QByteArray("{environment: qa, mode: root}")           << int(Environment::Production) << int(Mode::ReadOnly) << 2;
    QTest::newRow("armed in a file") << QByteArray("{environment: development, mode: armed}") << int(Environment::Development) << int(Mode::Guarded) << 1;
    // clang-format on
}

void TestContextFile::oddWordsTakeTheSaferReading()
{
    QFETCH(QByteArray, yaml);
    const auto file = parseContextFile(id, yaml);
    QVERIFY(file);
    QTEST(int(file->config.environment), "environment");
    QTEST(int(file->config.mode), "mode");
    QTEST(int(file->warnings.size()), "warnings");
}

// Rows: SE-04, UX-15
void TestContextFile::refusals_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("says");
    // clang-format off
    QTest::newRow("login in a URL")    << QByteArray("connectClusters: [{name: a, workers: ['https://u:c4n4ry@h:1']}]")  << "an address holds a login";
    QTest::newRow("token in a query")  << QByteArray("connectClusters: [{name: a, workers: ['https://h:1/?t=c4n4ry']}]") << "an address holds a login";
    QTest::newRow("login of brokers")  << QByteArray("kafka: {bootstrap: 'u:c4n4ry@h:9092'}")   << "an address holds a login";
    QTest::newRow("secret in clear")   << QByteArray("kafka:\n  password: c4n4ry")              << "line 2: \"password\" holds a secret";
    QTest::newRow("REST in clear")     << QByteArray("connectClusters: [{secret: c4n4ry}]")     << "\"secret\" holds a secret";
    QTest::newRow("key in clear")      << QByteArray("kafka: {tls: {keyPassword: c4n4ry}}")     << "\"keyPassword\" holds a secret";
    QTest::newRow("registry's login")  << QByteArray("schemaRegistry: {urls: ['http://u:c4n4ry@h']}") << "an address holds a login";
    QTest::newRow("registry's secret") << QByteArray("schemaRegistry: {secret: c4n4ry}")        << "\"secret\" holds a secret";
    QTest::newRow("registry no map")   << QByteArray("schemaRegistry: http://h")                << "is not a map of keys";
    QTest::newRow("unknown login")     << QByteArray("connectClusters: [{auth: kerberos}]")     << "\"auth\" has no value \"kerberos\"";
    QTest::newRow("unknown protocol")  << QByteArray("kafka: {protocol: TLS}")                  << "\"protocol\" has no value";
    QTest::newRow("broken")            << QByteArray("name: [")                                 << "line ";
    QTest::newRow("a list")            << QByteArray("- a")                                     << "not a context file";
    QTest::newRow("empty")             << QByteArray()                                          << "not a context file";
    QTest::newRow("workers not list")  << QByteArray("connectClusters: [{workers: x}]")         << "\"workers\" is not a list";
    QTest::newRow("name not a text")   << QByteArray("name: [a]")                               << "\"name\" is not a text";
    QTest::newRow("deep")              << QByteArray(100'000, '[')                              << "eu-prod.yaml";
    QTest::newRow("huge")              << QByteArray(2'000'000, '#')                            << "larger than 1 MB";
    QTest::newRow("NUL and garbage")   << QByteArray("\0\1\2\xff: {", 6)                        << "eu-prod.yaml";
    // clang-format on
}

void TestContextFile::refusals()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, says);
    const auto file = parseContextFile(id, yaml);
    QVERIFY(!file);
    QCOMPARE(file.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(file.error().message.contains(says), qPrintable(file.error().message));
    QVERIFY2(!file.error().message.contains(QLatin1String("c4n4ry")), qPrintable(file.error().message));
}

// Rows: SE-04
void TestContextFile::loginsAreNotWrittenEither_data()
{
    QTest::addColumn<QString>("worker");
    QTest::newRow("login") << "https://user:pw@host:8083";
    QTest::newRow("user") << "https://user@host:8083";
    QTest::newRow("token") << "https://host:8083/?token=pw";
}

void TestContextFile::loginsAreNotWrittenEither()
{
    QFETCH(QString, worker);
    auto config = whole();
    config.connectClusters[0].workers << worker;
    const auto text = writeContextFile(config, {});
    QVERIFY(!text);
    QVERIFY(!text.error().message.contains(QLatin1String("pw")));
}

void TestContextFile::quoting_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    // clang-format off
    QTest::newRow("word")      << "no"            << "\"no\"";
    QTest::newRow("quotes")    << "a\"b\\c"       << R"("a\"b\\c")";
    QTest::newRow("lines")     << "a\nb\tc\rd"    << R"("a\nb\tc\u000dd")";
    QTest::newRow("NUL")       << QString(QChar(0)) << R"("\u0000")";
    QTest::newRow("next line") << QStringLiteral("\u0085\u2028\ufeff") << R"("\u0085\u2028\ufeff")";
    QTest::newRow("rtl mark")  << QStringLiteral("a\u202eb") << R"("a\u202eb")";
    QTest::newRow("emoji")     << QStringLiteral("\U0001F642") << QStringLiteral("\"\U0001F642\"");
    // clang-format on
}

void TestContextFile::quoting()
{
    QFETCH(QString, value);
    QTEST(YamlText::quoted(value), "text");
}

QTEST_GUILESS_MAIN(TestContextFile)
#include "tst_contextfile.moc"
