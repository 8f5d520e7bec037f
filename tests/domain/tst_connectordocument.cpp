// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/connectordocument.h"

#include <QTest>

#include <yaml-cpp/yaml.h>

using namespace headgate;

namespace {

ConfigMap config()
{
    return {{QStringLiteral("connector.class"), QStringLiteral("com.acme.JdbcSink")},
        {QStringLiteral("tasks.max"), QStringLiteral("3")}, {QStringLiteral("topics"), QStringLiteral("a,b")},
        {QStringLiteral("connection.password"), QStringLiteral("${file:/etc/db.properties:password}")},
        {QStringLiteral("zeta.unknown"), QStringLiteral("no")}, {QStringLiteral("alpha"), QStringLiteral("1e3")}};
}

QByteArray textOf(const ConfigMap &values, ConnectorForm form)
{
    const auto made = connectorDocument(QStringLiteral("orders-sink"), values, form, QStringLiteral("connect-eu"));
    return made ? made->text : QByteArray(made.error().message.toUtf8());
}

} // namespace

class tst_ConnectorDocument : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void jsonKeepsOrderAndUnknownKeys()
    {
        QCOMPARE(textOf(config(), ConnectorForm::Json),
            QByteArray("{\n"
                       "  \"name\": \"orders-sink\",\n"
                       "  \"config\": {\n"
                       "    \"connector.class\": \"com.acme.JdbcSink\",\n"
                       "    \"tasks.max\": \"3\",\n"
                       "    \"topics\": \"a,b\",\n"
                       "    \"connection.password\": \"${file:/etc/db.properties:password}\",\n"
                       "    \"zeta.unknown\": \"no\",\n"
                       "    \"alpha\": \"1e3\"\n"
                       "  }\n"
                       "}\n"));
    }

    void propertiesEscape_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char *key, const QString &value, const char *line) {
            QTest::newRow(line) << QString::fromLatin1(key) << value << QByteArray(line);
        };
        row("topics", QStringLiteral("a,b"), "topics=a,b");
        row("a key:of=ours", QStringLiteral("x"), "a\\ key\\:of\\=ours=x");
        row("sql", QStringLiteral("  select 1 where a = 'b: c'"), "sql=\\ \\ select 1 where a = 'b: c'");
        row("path", QStringLiteral("C:\\data\nnext\ttab"), "path=C:\\\\data\\nnext\\ttab");
        row("city", QString::fromUtf8("K\u00f6ln \U0001F600"), "city=K\\u00f6ln \\ud83d\\ude00");
        row("#note", QString(), "\\#note=");
    }
    void propertiesEscape()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QByteArray, line);
        QCOMPARE(textOf({{key, value}}, ConnectorForm::Properties), "name=orders-sink\n" + line + "\n");
    }

    void strimziHoldsWhatItsResourceAllows()
    {
        const auto text = textOf(config(), ConnectorForm::StrimziV1);
        const auto yaml = YAML::Load(text.toStdString());
        QCOMPARE(yaml["apiVersion"].as<std::string>(), std::string("kafka.strimzi.io/v1"));
        QCOMPARE(yaml["metadata"]["labels"]["strimzi.io/cluster"].as<std::string>(), std::string("connect-eu"));
        const auto spec = yaml["spec"];
        QCOMPARE(spec["class"].as<std::string>(), std::string("com.acme.JdbcSink"));
        QCOMPARE(spec["tasksMax"].as<int>(), 3);
        QCOMPARE(spec["state"].as<std::string>(), std::string("running"));
        for (const auto *outside : {"name", "connector.class", "tasks.max"}) {
            QVERIFY2(!spec["config"][outside], outside);
        }
        QCOMPARE(int(spec["config"].size()), 4);
        // YAML 1.1 readers take these bare words for a switch and a number: strings they are only in quotes.
        QVERIFY(text.contains("\"zeta.unknown\": \"no\"\n") && text.contains("alpha: \"1e3\"\n"));
        QVERIFY(textOf(config(), ConnectorForm::StrimziV1Beta2).startsWith("apiVersion: kafka.strimzi.io/v1beta2\n"));
    }

    void strimziRefusesNamesThatKubernetesDoesNotTake_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("taken");
        QTest::newRow("plain") << "orders-sink" << true;
        QTest::newRow("dots") << "a.b-1.c" << true;
        QTest::newRow("capitals") << "Orders" << false;
        QTest::newRow("underscore") << "orders_sink" << false;
        QTest::newRow("ends in a dash") << "orders-" << false;
        QTest::newRow("empty part") << "a..b" << false;
        QTest::newRow("line end") << "orders\n" << false;
        QTest::newRow("254 letters") << QString(254, u'a') << false;
    }
    void strimziRefusesNamesThatKubernetesDoesNotTake()
    {
        QFETCH(QString, name);
        QFETCH(bool, taken);
        const auto made = connectorDocument(name, config(), ConnectorForm::StrimziV1);
        QCOMPARE(made.has_value(), taken);
        QVERIFY(taken || made.error().kind == ErrorKind::InvalidInput);
    }

    void noSecretIsWrittenDown()
    {
        auto values = config();
        values.emplace_back(QStringLiteral("ssl.key.password"), QStringLiteral("canary"));
        for (const auto form : {ConnectorForm::Json, ConnectorForm::Properties, ConnectorForm::StrimziV1}) {
            const auto made = connectorDocument(QStringLiteral("orders-sink"), values, form);
            QVERIFY(made && !made->text.contains("canary"));
            QCOMPARE(made->masked, QStringList {QStringLiteral("ssl.key.password")}); // and not the reference
        }
    }
};

QTEST_APPLESS_MAIN(tst_ConnectorDocument)
#include "tst_connectordocument.moc"
