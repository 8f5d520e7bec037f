// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contexts/contextdraft.h"
#include "models/contexts/contextfaulttext.h"

#include <QSet>
#include <QTest>

using namespace headgate;

namespace {

ContextDraft filled()
{
    auto draft = newDraft();
    draft.config.name = QStringLiteral("  EU Prod ");
    draft.clusters.front().config.name.text = QStringLiteral("connect-eu");
    draft.clusters.front().workersText = QStringLiteral(" https://a:8083/ \n\nhttps://b:8083, https://c:8083");
    return draft;
}

} // namespace

class TestContextDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ids_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("id");
        QTest::newRow("plain") << QStringLiteral("eu-prod") << QStringLiteral("eu-prod");
        QTest::newRow("blanks, capitals") << QStringLiteral("EU  Prod ") << QStringLiteral("eu-prod");
        QTest::newRow("way out") << QStringLiteral("../../etc/passwd") << QStringLiteral("etc-passwd");
        QTest::newRow("umlaut") << QStringLiteral("Köln") << QStringLiteral("koln");
        QTest::newRow("nothing safe") << QStringLiteral("生产") << QStringLiteral("context");
        QTest::newRow("taken") << QStringLiteral("Taken") << QStringLiteral("taken-2");
    }
    void ids()
    {
        QFETCH(QString, name);
        QFETCH(QString, id);
        auto draft = filled();
        draft.config.name = name;
        QCOMPARE(configOf(draft, {ContextConfig {.id = {QStringLiteral("taken")}}}).id.text, id);
    }

    void workersAreSplitAndTrimmed()
    {
        const auto config = configOf(filled(), {});
        QCOMPARE(config.name, QStringLiteral("EU Prod"));
        QCOMPARE(config.connectClusters.front().workers,
            QStringList({QStringLiteral("https://a:8083"), QStringLiteral("https://b:8083"),
                QStringLiteral("https://c:8083")}));
    }

    void whatTheFormDoesNotShowSurvives()
    {
        ContextConfig config = configOf(filled(), {});
        config.connectClusters.front().statusTopic = QStringLiteral("connect-status");
        config.connectClusters.front().groupId = QStringLiteral("connect-eu");
        config.kafka.bootstrap = QStringLiteral("b:9092");
        QCOMPARE(configOf(draftOf(config), {config}), config);
    }

    // Rows: UX-15
    void theFileHoldsReferencesOnly()
    {
        auto draft = filled();
        draft.clusters.front().config.auth = RestAuth::Basic;
        draft.clusters.front().newSecret = "hunter2";
        draft.config.kafka.protocol = SecurityProtocol::SaslSsl;
        draft.newKafkaPassword = "hunter3";
        draft.registryText = QStringLiteral("https://s1:8081, https://s2:8081/");
        draft.config.schemaRegistry.auth = RestAuth::Bearer;
        draft.newRegistrySecret = "hunter4";
        const auto config = configOf(draft, {});
        const auto secrets = newSecretsOf(draft, config);
        QCOMPARE(config.connectClusters.front().secret.text, QStringLiteral("headgate/eu-prod/connect/connect-eu"));
        QCOMPARE(secrets.size(), std::size_t(3));
        QCOMPARE(secrets[0], (std::pair {config.connectClusters.front().secret, QByteArray("hunter2")}));
        QCOMPARE(secrets[1], (std::pair {config.kafka.password, QByteArray("hunter3")}));
        QCOMPARE(secrets[2], (std::pair {config.schemaRegistry.secret, QByteArray("hunter4")}));
        QCOMPARE(config.schemaRegistry.urls,
            QStringList({QStringLiteral("https://s1:8081"), QStringLiteral("https://s2:8081")}));
        QCOMPARE(configOf(draftOf(config), {config}), config);
        draft.registryText.clear(); // no registry, no login of it
        QCOMPARE(configOf(draft, {}).schemaRegistry, SchemaRegistryConfig {});
    }

    void withoutLoginThereIsNoReference()
    {
        auto draft = filled();
        draft.clusters.front().config.secret.text = QStringLiteral("headgate/eu-prod/connect/connect-eu");
        draft.clusters.front().newSecret = "hunter2";
        const auto config = configOf(draft, {});
        QVERIFY(config.connectClusters.front().secret.isEmpty());
        QVERIFY(newSecretsOf(draft, config).empty());
    }

    void everyFaultHasItsOwnSentence()
    {
        QSet<QString> sentences;
        for (int kind = 0; kind <= int(ContextFaultKind::RegistryUserMissing); ++kind) {
            const auto text = contextFaultText({ContextFaultKind(kind), 0, QStringLiteral("<b>x</b>")});
            QVERIFY2(text.endsWith(u'.'), qPrintable(text));
            sentences.insert(text);
        }
        QCOMPARE(sentences.size(), int(ContextFaultKind::RegistryUserMissing) + 1);
    }
};

QTEST_GUILESS_MAIN(TestContextDraft)
#include "tst_contextdraft.moc"
