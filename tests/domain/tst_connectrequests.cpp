// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/connectrequests.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace headgate;
using namespace Qt::Literals::StringLiterals;

namespace {

//! A name of 1 to 40 characters from everything that hurts, without lone surrogates (JSON cannot carry them).
QString randomName(QRandomGenerator &random)
{
    static const QString nasty
        = QString::fromUtf8("/\\%..?# ;+\"&:'<>|{}[]~_-=@!$*(),^`aZ09\u00e9\u05d0\u202e\u200b\u4e2d");
    QString name;
    const int length = random.bounded(1, 41);
    while (name.size() < length) {
        const int dice = random.bounded(10);
        if (dice < 7) {
            name += nasty.at(random.bounded(nasty.size()));
        } else if (dice < 9) {
            name += QChar(random.bounded(0x20, 0xd800));
        } else {
            name += QString::fromUcs4(U"\U0001F642", 1);
        }
    }
    return name;
}

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
        || c == '_' || c == '~';
}

//! The plain definition of RFC 3986, written again so that the library's is checked against it.
QByteArray reference(const QString &name)
{
    QByteArray encoded;
    for (const char c : name.toUtf8()) {
        encoded += isUnreserved(c) ? QByteArray(1, c) : '%' + QByteArray(1, c).toHex().toUpper();
    }
    return encoded;
}

} // namespace

class ConnectRequestsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNameIsOnePathSegmentAndComesBack();
    void dotsAreNeverLeftToNormalisation();
    void requests_data();
    void requests();
    void bodiesKeepOrderAndText();
    void unaddressable_data();
    void unaddressable();
    void curlIsTheSameRequestWithoutSecrets();
    void shellReadsTheTextBack();
};

// Rows: CR-24
void ConnectRequestsTest::everyNameIsOnePathSegmentAndComesBack()
{
    const auto seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int i = 0; i < 100'000; ++i) {
        const auto name = randomName(random);
        if (name == QLatin1String(".") || name == QLatin1String("..")) {
            continue;
        }
        const auto encoded = encodeSegment(name);
        QCOMPARE(encoded, reference(name));
        QCOMPARE(QString::fromUtf8(QByteArray::fromPercentEncoding(encoded)), name);
    }
    const QString tenKilobytes = QString::fromUtf8("caf\u00e9 %/").repeated(1300);
    QCOMPARE(QString::fromUtf8(QByteArray::fromPercentEncoding(encodeSegment(tenKilobytes))), tenKilobytes);
}

// Rows: CR-24
void ConnectRequestsTest::dotsAreNeverLeftToNormalisation()
{
    QCOMPARE(encodeSegment(QStringLiteral(".")), QByteArray("%2E"));
    QCOMPARE(encodeSegment(QStringLiteral("..")), QByteArray("%2E%2E"));
    QCOMPARE(encodeSegment(QStringLiteral("...")), QByteArray("..."));
}

void ConnectRequestsTest::requests_data()
{
    QTest::addColumn<RestRequest>("made");
    QTest::addColumn<QByteArray>("line");
    const QString name = QStringLiteral("a/b c");
    const auto row = [](const char *tag, const RestRequest &made, const char *line) {
        QTest::newRow(tag) << made << QByteArray(line);
    };

    row("pause", pauseRequest(name), "PUT /connectors/a%2Fb%20c/pause");
    row("resume", resumeRequest(name), "PUT /connectors/a%2Fb%20c/resume");
    row("stop", stopRequest(name), "PUT /connectors/a%2Fb%20c/stop");
    row("restart", restartRequest(name, false, false), "POST /connectors/a%2Fb%20c/restart");
    row("restart all", restartRequest(name, true, false),
        "POST /connectors/a%2Fb%20c/restart?includeTasks=true&onlyFailed=false");
    row("restart failed", restartRequest(name, true, true),
        "POST /connectors/a%2Fb%20c/restart?includeTasks=true&onlyFailed=true");
    row("restart task", restartTaskRequest(name, 3), "POST /connectors/a%2Fb%20c/tasks/3/restart");
    row("create", createRequest(name, {}), "POST /connectors {\"name\":\"a/b c\",\"config\":{}}");
    row("put config", putConfigRequest(name, {{u"k"_s, u"v"_s}}), "PUT /connectors/a%2Fb%20c/config {\"k\":\"v\"}");
    row("delete", deleteRequest(name), "DELETE /connectors/a%2Fb%20c");
    row("logger", setLoggerLevelRequest(u"org.x"_s, u"DEBUG"_s, false),
        "PUT /admin/loggers/org.x {\"level\":\"DEBUG\"}");
    row("logger all", setLoggerLevelRequest(u"org.x"_s, u"INFO"_s, true),
        "PUT /admin/loggers/org.x?scope=cluster {\"level\":\"INFO\"}");
}

void ConnectRequestsTest::requests()
{
    QFETCH(RestRequest, made);
    const QByteArray line = made.method + ' ' + made.path + (made.body.isEmpty() ? QByteArray() : ' ' + made.body);
    QTEST(line, "line");
}

void ConnectRequestsTest::bodiesKeepOrderAndText()
{
    const ConfigMap config {{u"z"_s, u"\"quoted\" \u05d0"_s}, {u"a"_s, u"${file:/s:k}\n"_s}};
    QCOMPARE(putConfigRequest(u"n"_s, config).body,
        QString(u"{\"z\":\"\\\"quoted\\\" \u05d0\",\"a\":\"${file:/s:k}\\n\"}"_s).toUtf8());
}

void ConnectRequestsTest::unaddressable_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("expected");

    QTest::newRow("slash, Jetty 12") << u"sl/ash"_s << u"4.1.0"_s << true;
    QTest::newRow("backslash, Jetty 12") << u"a\\b"_s << u"4.0.0"_s << true;
    QTest::newRow("percent, Jetty 12") << u"percent%41"_s << u"10.0.0"_s << true;
    QTest::newRow("slash, Jetty 9") << u"sl/ash"_s << u"3.9.1"_s << false;
    QTest::newRow("slash, Confluent 7 is 3.x") << u"sl/ash"_s << u"7.9.0-ccs"_s << false;
    QTest::newRow("slash, Confluent 8 is 4.x") << u"sl/ash"_s << u"8.0.0-ccs"_s << true;
    QTest::newRow("slash, version unknown") << u"sl/ash"_s << QString() << true;
    QTest::newRow("dot") << u"."_s << u"3.9.1"_s << true;
    QTest::newRow("two dots") << u".."_s << u"4.1.0"_s << true;
    QTest::newRow("three dots") << u"..."_s << u"4.1.0"_s << false;
    QTest::newRow("blank and friends") << u"a b?#;+\"&:"_s << u"4.1.0"_s << false;
}

void ConnectRequestsTest::unaddressable()
{
    QFETCH(QString, name);
    QFETCH(QString, version);
    QTEST(isUnaddressable(name, version), "expected");
}

// Rows: UX-07
void ConnectRequestsTest::curlIsTheSameRequestWithoutSecrets()
{
    const auto restart = restartRequest(u"it's"_s, true, true);
    QCOMPARE(curlText(restart, u"https://c:8083/"_s, RestAuth::Basic, {.caFile = u"/etc/my ca.pem"_s}),
        u"curl --fail-with-body --path-as-is --netrc-file ~/.netrc --cacert '/etc/my ca.pem' -X POST "
        "'https://c:8083/connectors/it%27s/restart?includeTasks=true&onlyFailed=true'"_s);
    QCOMPARE(curlText(pauseRequest(u"a"_s), u"https://c:8083"_s, RestAuth::Bearer),
        u"printf 'header = \"Authorization: Bearer %s\"' \"$HEADGATE_TOKEN\" | curl --config - --fail-with-body "
        u"--path-as-is -X PUT 'https://c:8083/connectors/a/pause'"_s);
    QCOMPARE(curlText(pauseRequest(u"a"_s), u"http://127.0.0.1:8083"_s, RestAuth::None),
        u"curl --fail-with-body --path-as-is -X PUT 'http://127.0.0.1:8083/connectors/a/pause'"_s);
}

void ConnectRequestsTest::shellReadsTheTextBack()
{
    const ConfigMap hostile {{u"k"_s, u"'; touch /tmp/x; echo $HOME `id` \"\\ \n'"_s}};
    const auto request = putConfigRequest(u"a'b $(id)"_s, hostile);
    const QString text = curlText(request, u"http://h:1"_s, RestAuth::None);
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, QString(u"curl() { printf '%s\\0' \"$@\"; }; "_s + text)});
    QVERIFY(shell.waitForFinished());
    const auto words = shell.readAllStandardOutput().split('\0');
    QVERIFY(words.contains(request.body));
    QVERIFY(words.contains("http://h:1" + request.path));
    QCOMPARE(shell.readAllStandardError(), QByteArray());
}

QTEST_GUILESS_MAIN(ConnectRequestsTest)
#include "tst_connectrequests.moc"
