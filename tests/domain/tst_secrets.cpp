// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/secrets.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace headgate;

class TestSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void referenceIsTheWholeValue_data();
    void referenceIsTheWholeValue();
    void shownValue_data();
    void shownValue();
    void freeText_data();
    void freeText();
    void redactionIsStable();
    void canaryNeverSurvives();
    void maskedConfigKeepsOrderAndKeys();
};

// Rows: UX-14
void TestSecrets::referenceIsTheWholeValue_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("reference");
    const auto row = [](const char *value, bool reference) {
        QTest::newRow(value) << QString::fromUtf8(value) << reference;
    };
    row("${env:DB_PASSWORD}", true);
    row("${file:/etc/connect/db.properties:password}", true);
    row("${vault:secret/data/db:pw}", true);
    row("plain${env:X}", false);
    row("${env:X}plain", false);
    row("${env:A}${env:B}", false);
    row("${topic}", false);
    row("${:x}", false);
    row("${env:X", false);
    row("$${env:X}", false);
    row("", false);
}

void TestSecrets::referenceIsTheWholeValue()
{
    QFETCH(QString, value);
    QTEST(isSecretReference(value), "reference");
}

// Rows: UX-14
void TestSecrets::shownValue_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("shown");
    const auto same = [](const char *key, const char *value) {
        QTest::addRow("%s=%s", key, value)
            << QString::fromUtf8(key) << QString::fromUtf8(value) << QString::fromUtf8(value);
    };
    const auto hidden = [](const char *key, const char *value, const char *shown = "••••••") {
        QTest::addRow("%s=%s", key, value)
            << QString::fromUtf8(key) << QString::fromUtf8(value) << QString::fromUtf8(shown);
    };
    // by the key's name
    hidden("connection.password", "x");
    hidden("database.password", "123456");
    hidden("connectionPassword", "hunter2");
    hidden("sslkeystorepassword", "hunter2");
    hidden("basic.auth.user.info", "scott:tiger");
    hidden("value.converter.basic.auth.user.info", "scott:tiger");
    hidden("aws.secret.access.key", "abc");
    hidden("azblob.account.key", "abc");
    hidden("snowflake.private.key", "MIIE");
    hidden("oauth2.client.secret", "s");
    hidden("api_key", "k");
    hidden("producer.override.sasl.jaas.config", "x");
    hidden("slack.token", "xoxb-1");
    hidden("gcs.credentials.json", "{}");
    hidden("confluent.license", "abc");
    // names that only sound like it
    same("sasl.oauthbearer.token.endpoint.url", "https://idp.example.org/token");
    same("gcs.credentials.path", "/etc/gcs.json");
    same("aws.credentials.provider.class", "com.example.Provider");
    same("max.tokens", "5");
    same("delete.token.on.close", "true");
    same("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    same("message.key.columns", "db.t:id");
    same("connector.class", "io.confluent.connect.jdbc.JdbcSinkConnector");
    same("topics", "orders,invoices-eu,clickstream.events");
    same("table.name.format", "kafka_${topic}");
    same("transforms.route.replacement", "${routedByValue}");
    same("tasks.max", "8");
    same("connection.url", "jdbc:postgresql://db:5432/shop?user=app");
    // references stay readable, whatever the key
    same("connection.password", "${file:/etc/db.properties:password}");
    // by the value's shape
    hidden("notes", "plain${env:X}");
    hidden("extra", "k9J2xQ7vB1nM4zR8tW3yL6pA");
    hidden("extra", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    hidden("login", "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"b\";");
    hidden("connection.url", "jdbc:postgresql://app:tiger@db:5432/shop", "jdbc:postgresql://app:••••••@db:5432/shop");
    hidden("connection.url", "jdbc:mysql://db/shop?user=app&password=tiger&useSSL=true",
        "jdbc:mysql://db/shop?user=app&password=••••••&useSSL=true");
    hidden("connection.url", "jdbc:sqlserver://db;user=app;password=tiger;encrypt=true",
        "jdbc:sqlserver://db;user=app;password=••••••;encrypt=true");
    hidden("connection.url", "jdbc:oracle:thin:scott/tiger@//db:1521/shop",
        "jdbc:oracle:thin:scott/••••••@//db:1521/shop");
    hidden("connection.uri", "mongodb+srv://app:t%40ger@cluster0.example.org/",
        "mongodb+srv://app:••••••@cluster0.example.org/");
    hidden("s3.data.buckets", "0@s3://bucket?region=eu&accessKey=AK1&secretKey=SK1",
        "0@s3://bucket?region=eu&accessKey=••••••&secretKey=••••••");
    hidden("http.headers", "Authorization: Bearer abcdefgh", "Authorization: ••••••");
}

void TestSecrets::shownValue()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, shown);
    QCOMPARE(maskedValue(key, value), shown);
    QCOMPARE(looksSecret(key, value), shown != value);
}

// Rows: SE-04
void TestSecrets::freeText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clean");
    const auto row = [](const char *text, const char *clean) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(clean);
    };
    row("nothing to hide", "nothing to hide");
    row("https://user:pw@host/?token=abc", "https://user:••••••@host/?token=••••••");
    row("https://user:p/w@host:8083/x", "https://user:••••••@host:8083/x");
    row("https://ghp_16C7e42F292c6912E7710c838347Ae178B4a@github.com/x", "https://••••••@github.com/x");
    row("http://user@host/", "http://user@host/");
    row("http://host:8083/mail/a@b", "http://host:8083/mail/a@b");
    row("GET /x?sig=a%2Bb&sv=2020&key=AIzaX", "GET /x?sig=••••••&sv=2020&key=••••••");
    row("{\"connection.password\":\"p\\\"w\",\"tasks.max\":\"1\"}",
        "{\"connection.password\":\"••••••\",\"tasks.max\":\"1\"}");
    row("{\\\"password\\\":\\\"pw\\\"}", "{\\\"password\\\":\\\"••••••\\\"}");
    row("password = 'a b' rest", "password = '••••••' rest");
    row("{connection.user=app, connection.password=a,b, topics=t}",
        "{connection.user=app, connection.password=••••••, topics=t}");
    row("PlainLoginModule required username=\"a\" password=\"b\";",
        "PlainLoginModule required username=\"a\" password=\"••••••\";");
    row("curl -H 'Authorization: Basic dXNlcjpwdw=='", "curl -H 'Authorization: ••••••");
    row("sent Bearer abcdefghij to it", "sent Bearer •••••• to it");
    row("Basic authentication failed", "Basic authentication failed");
    row("FATAL: password authentication failed for user \"app\"",
        "FATAL: password authentication failed for user \"app\"");
    row("InvalidTokenException: expected", "InvalidTokenException: expected");
    row("Invalid token: expected a number", "Invalid token: expected a number");
    row("password=${env:X}", "password=${env:X}");
    row("password=[hidden]", "password=[hidden]");
    row("AKIAIOSFODNN7EXAMPLE used", "•••••• used");
    row("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_123 end", "jwt •••••• end");
    row("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- tail", "•••••• tail");
    row("user:password@", "user:password@");
}

void TestSecrets::freeText()
{
    QFETCH(QString, text);
    QTEST(redacted(text), "clean");
}

void TestSecrets::redactionIsStable()
{
    const auto once = redacted(QStringLiteral("amqp://u:p@h password=\"x\" token=abc Authorization: Basic abcdefgh=="));
    QCOMPARE(redacted(once), once);
}

// Rows: SE-04
void TestSecrets::canaryNeverSurvives()
{
    const auto seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const auto canary = QStringLiteral("c4n4ry");
    const QStringList shapes {QStringLiteral("https://u:%1@h/"), QStringLiteral("password=%1"),
        QStringLiteral("\"pwd\": \"%1\""), QStringLiteral("client.secret: %1"), QStringLiteral("?access_token=%1"),
        QStringLiteral("jdbc:oracle:thin:a/%1@h:1:x")};
    for (int i = 0; i < 2000; ++i) {
        QString text;
        for (int part = random.bounded(1, 6); part > 0; --part) {
            for (int noise = random.bounded(12); noise > 0; --noise) {
                text.append(QChar(random.bounded(32, 127)));
            }
            text.append(
                QLatin1String("\n ") + shapes[random.bounded(shapes.size())].arg(canary) + QLatin1String(" \n"));
        }
        QVERIFY2(!redacted(text).contains(canary), qPrintable(text + QLatin1String("\n->\n") + redacted(text)));
    }
}

void TestSecrets::maskedConfigKeepsOrderAndKeys()
{
    const ConfigMap config {{QStringLiteral("z"), QStringLiteral("1")},
        {QStringLiteral("password"), QStringLiteral("p")}, {QStringLiteral("a"), QStringLiteral("2")}};
    const auto shown = masked(config);
    QCOMPARE(shown.size(), config.size());
    QCOMPARE(shown[0], config[0]);
    QCOMPARE(shown[1].first, QStringLiteral("password"));
    QCOMPARE(shown[1].second, QStringLiteral("••••••"));
    QCOMPARE(*findConfig(shown, QStringLiteral("a")), QStringLiteral("2"));
    QVERIFY(!findConfig(shown, QStringLiteral("missing")));
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
