// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayplan.h"

#include <QTest>

using namespace headgate;

namespace {

constexpr auto kJdbc = "io.confluent.connect.jdbc.JdbcSinkConnector";
constexpr auto kDebeziumJdbc = "io.debezium.connector.jdbc.JdbcSinkConnector";
constexpr auto kS3 = "io.confluent.connect.s3.S3SinkConnector";
constexpr auto kMongo = "com.mongodb.kafka.connect.MongoSinkConnector";

ConfigMap configOf(const QString &className, const QString &words) // "key=value key=value"
{
    ConfigMap config {{QStringLiteral("connector.class"), className}};
    for (const auto &word : words.split(u' ', Qt::SkipEmptyParts)) {
        config.emplace_back(word.section(u'=', 0, 0), word.section(u'=', 1));
    }
    return config;
}

} // namespace

class tst_Downstream : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatASecondDeliveryDoes_data()
    {
        QTest::addColumn<QString>("className");
        QTest::addColumn<QString>("config");
        QTest::addColumn<Idempotence>("idempotence");
        QTest::addColumn<QString>("because"); // the setting that decides
        const auto row = [](const char *name, const char *className, const char *config, Idempotence idempotence,
                             const char *because = "") {
            QTest::newRow(name) << QString::fromLatin1(className) << QString::fromLatin1(config) << idempotence
                                << QString::fromLatin1(because);
        };
        using enum Idempotence;
        // clang-format off
        row("jdbc insert",                  kJdbc, "insert.mode=insert pk.mode=kafka",      NotIdempotent, "insert.mode=insert");
        row("jdbc by default",              kJdbc, "",                                      NotIdempotent, "insert.mode");
        row("jdbc upsert by key",           kJdbc, "insert.mode=upsert pk.mode=record_key", Idempotent,    "pk.mode=record_key");
        row("jdbc upsert in capitals",      kJdbc, "insert.mode=UPSERT pk.mode=record_key", Idempotent,    "pk.mode=record_key");
        row("jdbc upsert by place",         kJdbc, "insert.mode=upsert pk.mode=kafka",      Idempotent,    "pk.mode=kafka");
        row("jdbc upsert without a key",    kJdbc, "insert.mode=upsert",                    NotIdempotent, "pk.mode");
        row("jdbc update by key",           kJdbc, "insert.mode=update pk.mode=record_value", Idempotent,  "insert.mode=update");
        row("debezium upsert by key",       kDebeziumJdbc, "insert.mode=upsert primary.key.mode=record_key", Idempotent, "primary.key.mode=record_key");
        row("debezium upsert, no key",      kDebeziumJdbc, "insert.mode=upsert",            NotIdempotent, "primary.key.mode");
        row("search index by key",          "io.confluent.connect.elasticsearch.ElasticsearchSinkConnector", "key.ignore=false", Idempotent);
        row("search index by place",        "io.aiven.connect.opensearch.OpenSearchSinkConnector", "key.ignore=true", Idempotent);
        row("objects by offset",            kS3, "flush.size=1000",                         Idempotent);
        row("objects by field",             kS3, "partitioner.class=io.confluent.connect.storage.partitioner.FieldPartitioner", Idempotent);
        row("objects by the clock",         kS3, "rotate.schedule.interval.ms=60000",       NotIdempotent, "rotate.schedule.interval.ms=60000");
        row("objects by time, default",     kS3, "partitioner.class=io.confluent.connect.storage.partitioner.TimeBasedPartitioner", NotIdempotent, "timestamp.extractor");
        row("objects by hour, default",     kS3, "partitioner.class=io.confluent.connect.storage.partitioner.HourlyPartitioner", NotIdempotent, "timestamp.extractor");
        row("objects by day, wall clock",   kS3, "partitioner.class=io.confluent.connect.storage.partitioner.DailyPartitioner timestamp.extractor=Wallclock", NotIdempotent, "timestamp.extractor=Wallclock");
        row("objects by day of the record", kS3, "partitioner.class=io.confluent.connect.storage.partitioner.DailyPartitioner timestamp.extractor=RecordField", Idempotent);
        row("documents, default id",        kMongo, "",                                     NotIdempotent, "document.id.strategy");
        row("documents, random id",         kMongo, "document.id.strategy=com.mongodb.kafka.connect.sink.processor.id.strategy.UuidStrategy", NotIdempotent, "UuidStrategy");
        row("documents, id of the key",     kMongo, "document.id.strategy=com.mongodb.kafka.connect.sink.processor.id.strategy.ProvidedInKeyStrategy", Idempotent, "ProvidedInKeyStrategy");
        row("documents, inserted only",     kMongo, "document.id.strategy=com.mongodb.kafka.connect.sink.processor.id.strategy.ProvidedInKeyStrategy writemodel.strategy=com.mongodb.kafka.connect.sink.writemodel.strategy.InsertOneDefaultStrategy", NotIdempotent);
        row("calls",                        "io.confluent.connect.http.HttpSinkConnector", "", NotIdempotent);
        row("a file",                       "org.apache.kafka.connect.file.FileStreamSinkConnector", "file=/data/out", NotIdempotent);
        row("table stream",                 "com.wepay.kafka.connect.bigquery.BigQuerySinkConnector", "", Unknown);
        row("own commits",                  "org.apache.iceberg.connect.IcebergSinkConnector", "", Unknown);
        row("sandbox, appending",           "headgate.sandbox.ScriptedSinkConnector", "",   NotIdempotent, "idempotent");
        row("sandbox, by place",            "headgate.sandbox.ScriptedSinkConnector", "idempotent=true", Idempotent, "idempotent=true");
        row("never heard of",               "com.example.OwnSink", "",                      Unknown,       "com.example.OwnSink");
        // clang-format on
    }
    void whatASecondDeliveryDoes()
    {
        QFETCH(QString, className);
        QFETCH(QString, config);
        QFETCH(QString, because);
        const auto downstream = downstreamOf(configOf(className, config));
        QTEST(downstream.idempotence, "idempotence");
        QVERIFY2(downstream.because.contains(because), qPrintable(downstream.because));
    }

    void targetsAreNamedWithoutCredentials_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("keeps");
        QTest::newRow("authority") << QStringLiteral("jdbc:postgresql://app:hunter2@db/orders")
                                   << QStringLiteral("db/orders");
        QTest::newRow("query") << QStringLiteral("jdbc:postgresql://db/orders?user=app&password=hunter2")
                               << QStringLiteral("db/orders");
        QTest::newRow("semicolons") << QStringLiteral("jdbc:sqlserver://db;user=sa;password=hunter2;")
                                    << QStringLiteral("db");
        QTest::newRow("oracle thin") << QStringLiteral("jdbc:oracle:thin:app/hunter2@//db:1521/svc")
                                     << QStringLiteral("db:1521");
    }
    void targetsAreNamedWithoutCredentials()
    {
        QFETCH(QString, url);
        QFETCH(QString, keeps);
        const auto system
            = downstreamOf(configOf(QString::fromLatin1(kJdbc), QStringLiteral("connection.url=%1").arg(url))).system;
        QVERIFY2(!system.contains(QStringLiteral("hunter2")), qPrintable(system));
        QVERIFY2(system.contains(keeps), qPrintable(system));
    }
};

QTEST_GUILESS_MAIN(tst_Downstream)
#include "tst_downstream.moc"
