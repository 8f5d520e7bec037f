// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contexts/contextcheck.h"

#include <QTest>

using namespace headgate;
using Kind = ContextFaultKind;

namespace {

ContextConfig good()
{
    ContextConfig context;
    context.name = QStringLiteral("eu-prod");
    context.connectClusters.push_back({.name = {QStringLiteral("connect-eu")},
        .workers = {QStringLiteral("https://connect-eu-1:8083"), QStringLiteral("https://connect-eu-2:8083")}});
    context.kafka.bootstrap = QStringLiteral("broker-1:9092, broker-2:9092");
    return context;
}

std::vector<Kind> kinds(const ContextConfig &context)
{
    std::vector<Kind> found;
    for (const auto &fault : checkContext(context)) {
        found.push_back(fault.kind);
    }
    return found;
}

} // namespace

Q_DECLARE_METATYPE(std::vector<headgate::ContextFaultKind>)

class TestContextCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodContextHasNoFault() { QVERIFY(checkContext(good()).empty()); }

    void registries_data()
    {
        QTest::addColumn<QString>("urls");
        QTest::addColumn<RestAuth>("auth");
        QTest::addColumn<std::vector<Kind>>("expected");
        const auto row = [](const char *urls, RestAuth auth, std::vector<Kind> expected) {
            QTest::addRow("%s, %d", urls, int(auth)) << QString::fromUtf8(urls) << auth << expected;
        };
        row("", RestAuth::Basic, {});
        row("https://schemas:8081", RestAuth::Bearer, {});
        row("https://schemas:8081", RestAuth::Basic, {Kind::RegistryUserMissing});
        row("http://schemas:8081", RestAuth::None, {});
        row("http://schemas:8081", RestAuth::Bearer, {Kind::RegistryLoginOverHttp});
        row("http://127.0.0.1:8081", RestAuth::Bearer, {});
        row("schemas:8081", RestAuth::None, {Kind::RegistryUrlInvalid});
        row("https://u:c4n4ry@schemas:8081", RestAuth::None, {Kind::RegistryUrlHoldsSecret});
        row("https://a:8081 http://b:8081", RestAuth::None, {Kind::RegistryMixesSchemes});
    }
    void registries()
    {
        QFETCH(QString, urls);
        QFETCH(RestAuth, auth);
        QFETCH(std::vector<Kind>, expected);
        auto context = good();
        context.schemaRegistry = {.urls = urls.split(u' ', Qt::SkipEmptyParts), .auth = auth};
        QCOMPARE(kinds(context), expected);
    }

    void workerUrls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("login");
        QTest::addColumn<std::vector<Kind>>("expected");
        const auto row = [](const char *url, bool login, std::vector<Kind> expected) {
            QTest::newRow(url) << QString::fromUtf8(url) << login << expected;
        };
        row("https://connect:8083", true, {});
        row("https://gateway.example/connect/eu", true, {});
        row("http://connect:8083", false, {});
        row("http://connect:8083", true, {Kind::LoginOverPlainHttp});
        row("http://127.0.0.1:8083", true, {});
        row("http://[::1]:8083", true, {});
        row("http://127.0.0.example:8083", true, {Kind::LoginOverPlainHttp});
        row("connect:8083", false, {Kind::WorkerUrlInvalid});
        row("ftp://connect:8083", false, {Kind::WorkerUrlInvalid});
        row("https://", false, {Kind::WorkerUrlInvalid});
        row("https://connect:99999", false, {Kind::WorkerUrlInvalid});
        row("https://a b", false, {Kind::WorkerUrlInvalid});
        row("https://user:hunter2@connect:8083", false, {Kind::WorkerUrlHoldsSecret});
        row("https://connect:8083/?token=hunter2", false, {Kind::WorkerUrlHoldsSecret});
    }
    void workerUrls()
    {
        QFETCH(QString, url);
        QFETCH(bool, login);
        QFETCH(std::vector<Kind>, expected);
        auto context = good();
        auto &cluster = context.connectClusters.front();
        cluster.workers = {url};
        cluster.auth = login ? RestAuth::Basic : RestAuth::None;
        cluster.user = QStringLiteral("headgate");
        QCOMPARE(kinds(context), expected);
    }

    // Rows: SE-04
    void aFaultNeverRepeatsACredential()
    {
        auto context = good();
        context.connectClusters.front().workers = {QStringLiteral("https://user:hunter2@connect:8083/?token=hunter2"),
            QStringLiteral("not a url user:hunter2@x")};
        context.kafka.bootstrap = QStringLiteral("user:hunter2@broker:9092");
        const auto faults = checkContext(context);
        QCOMPARE(faults.size(), std::size_t(3));
        for (const auto &fault : faults) {
            QVERIFY2(!fault.subject.contains(QLatin1String("hunter2")), qPrintable(fault.subject));
        }
    }

    void bootstrap_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("ok");
        QTest::newRow("empty: no brokers") << QString() << true;
        QTest::newRow("one") << QStringLiteral("broker:9092") << true;
        QTest::newRow("v6") << QStringLiteral("[2001:db8::1]:9092") << true;
        QTest::newRow("no port") << QStringLiteral("broker") << false;
        QTest::newRow("bad port") << QStringLiteral("broker:port") << false;
        QTest::newRow("port 0") << QStringLiteral("broker:0") << false;
        QTest::newRow("bare v6") << QStringLiteral("2001:db8::1:9092") << false;
        QTest::newRow("scheme") << QStringLiteral("kafka://broker:9092") << false;
        QTest::newRow("trailing comma") << QStringLiteral("broker:9092,") << false;
    }
    void bootstrap()
    {
        QFETCH(QString, text);
        QFETCH(bool, ok);
        auto context = good();
        context.kafka.bootstrap = text;
        QCOMPARE(kinds(context), ok ? std::vector<Kind>() : std::vector<Kind> {Kind::BootstrapInvalid});
    }

    void saslNeedsMechanismUserAndTls()
    {
        auto context = good();
        context.kafka.protocol = SecurityProtocol::SaslPlaintext;
        QCOMPARE(kinds(context),
            (std::vector<Kind> {Kind::MechanismMissing, Kind::KafkaUserMissing, Kind::SaslOverPlaintext}));
        context.kafka.mechanism = SaslMechanism::ScramSha512;
        context.kafka.user = QStringLiteral("headgate");
        context.kafka.bootstrap = QStringLiteral("localhost:9092");
        QCOMPARE(kinds(context), std::vector<Kind>());
    }

    void placesAreNamed()
    {
        auto context = good();
        context.name.clear();
        context.connectClusters.push_back({.name = {QStringLiteral("connect-eu")}, .workers = {}});
        context.connectClusters.back().tls.certificateFile = QStringLiteral("client.pem");
        QCOMPARE(checkContext(context),
            (std::vector<ContextFault> {{Kind::NameMissing, -1, {}},
                {Kind::ClusterNameTwice, 1, QStringLiteral("connect-eu")}, {Kind::WorkersMissing, 1, {}},
                {Kind::CertificateWithoutKey, 1, QStringLiteral("client.pem")}}));
    }
};

QTEST_GUILESS_MAIN(TestContextCheck)
#include "tst_contextcheck.moc"
