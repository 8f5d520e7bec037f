// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/secrets.h"
#include "domain/replay/replayplan.h"

#include <QStringList>

#include <array>

namespace headgate {

namespace {

QString value(const ConfigMap &config, const char *key)
{
    const auto *found = findConfig(config, QString::fromLatin1(key));
    return found ? found->trimmed() : QString();
}

//! Words of an enumeration, which connectors take in any case.
QString word(const ConfigMap &config, const char *key)
{
    return value(config, key).toLower();
}

QString because(const char *key, const QString &value)
{
    const auto name = QString::fromLatin1(key);
    return value.isEmpty() ? QStringLiteral("%1 is not set").arg(name) : QStringLiteral("%1=%2").arg(name, value);
}

struct Judged
{
    Idempotence idempotence = Idempotence::Unknown;
    QString because;
};

//! Debezium's sink has the same modes under another key.
Judged jdbc(const ConfigMap &config)
{
    const bool debezium = value(config, "connector.class").startsWith(QLatin1String("io.debezium."));
    const auto *const keySetting = debezium ? "primary.key.mode" : "pk.mode";
    const auto mode = word(config, "insert.mode");
    const auto key = word(config, keySetting);
    // "kafka": by topic, partition, offset; good until the topic is made anew.
    const bool keyed = !key.isEmpty() && key != QLatin1String("none");
    if (mode != QLatin1String("upsert") && mode != QLatin1String("update")) {
        return {Idempotence::NotIdempotent, because("insert.mode", mode)};
    }
    return {keyed ? Idempotence::Idempotent : Idempotence::NotIdempotent,
        QStringLiteral("%1, %2").arg(because("insert.mode", mode), because(keySetting, key))};
}

Judged searchIndex(const ConfigMap & /*config*/)
{
    // key.ignore=true takes topic, partition and offset as the document's id: repeating writes the same documents.
    return {Idempotence::Idempotent, QStringLiteral("documents have ids of their own")};
}

Judged objectStore(const ConfigMap &config)
{
    const auto byClock = value(config, "rotate.schedule.interval.ms");
    const auto partitioner = value(config, "partitioner.class");
    const auto extractor = value(config, "timestamp.extractor");
    const bool byTime = partitioner.contains(QLatin1String("TimeBased")) || partitioner.contains(QLatin1String("Daily"))
        || partitioner.contains(QLatin1String("Hourly"));
    const bool wallClock = byTime
        && (extractor.isEmpty() // the default
            || extractor.contains(QLatin1String("Wallclock"), Qt::CaseInsensitive));
    if (!byClock.isEmpty() && byClock != QLatin1String("-1")) {
        return {Idempotence::NotIdempotent, because("rotate.schedule.interval.ms", byClock)};
    }
    if (wallClock) {
        return {Idempotence::NotIdempotent, because("timestamp.extractor", extractor)};
    }
    return {Idempotence::Idempotent, QStringLiteral("object names follow offsets")};
}

Judged mongo(const ConfigMap &config)
{
    const auto strategy = value(config, "writemodel.strategy");
    const bool replaces = strategy.isEmpty() || strategy.contains(QLatin1String("ReplaceOne"))
        || strategy.contains(QLatin1String("UpdateOne"));
    const auto id = value(config, "document.id.strategy");
    const bool stable = !id.isEmpty() // the default is a new id each time, as these two are
        && !id.contains(QLatin1String("BsonOidStrategy")) && !id.contains(QLatin1String("UuidStrategy"));
    return {
        replaces && stable ? Idempotence::Idempotent : Idempotence::NotIdempotent, because("document.id.strategy", id)};
}

Judged scripted(const ConfigMap &config)
{
    const bool keyed = value(config, "idempotent").compare(QLatin1String("true"), Qt::CaseInsensitive) == 0;
    return {keyed ? Idempotence::Idempotent : Idempotence::NotIdempotent,
        because("idempotent", value(config, "idempotent"))};
}

Judged appends(const ConfigMap & /*config*/)
{
    return {Idempotence::NotIdempotent, QStringLiteral("it appends")};
}

Judged noKey(const ConfigMap & /*config*/)
{
    return {Idempotence::NotIdempotent, QStringLiteral("no idempotency key")};
}

Judged window(const ConfigMap & /*config*/)
{
    return {Idempotence::Unknown, QStringLiteral("duplicates are dropped within a window only")};
}

struct Rule
{
    const char *inClass;
    const char *system;
    std::array<const char *, 3> where; //!< keys that name the target, joined by "/"
    Judged (*judge)(const ConfigMap &);
};

// By a part of the connector's class; domain facts of the connectors' own documentation.
constexpr std::array<Rule, 17> kRules {{
    {"JdbcSink", "jdbc", {"connection.url", "table.name.format", nullptr}, jdbc},
    {"Elasticsearch", "elasticsearch", {"connection.url", nullptr, nullptr}, searchIndex},
    {"OpenSearch", "opensearch", {"connection.url", nullptr, nullptr}, searchIndex},
    {"Opensearch", "opensearch", {"connection.url", nullptr, nullptr}, searchIndex},
    {"S3Sink", "s3", {"s3.bucket.name", "topics.dir", nullptr}, objectStore},
    {"GcsSink", "gcs", {"gcs.bucket.name", "topics.dir", nullptr}, objectStore},
    {"HdfsSink", "hdfs", {"hdfs.url", "topics.dir", nullptr}, objectStore},
    {"Hdfs3Sink", "hdfs", {"hdfs.url", "topics.dir", nullptr}, objectStore},
    {"MongoSink", "mongodb", {"database", "collection", nullptr}, mongo},
    {"HttpSink", "http", {"http.api.url", "http.url", "url"}, noKey},
    {"FileStreamSink", "file", {"file", nullptr, nullptr}, appends},
    {"BigQuery", "bigquery", {"project", "defaultDataset", nullptr}, window},
    {"Snowflake", "snowflake", {"snowflake.database.name", "snowflake.schema.name", nullptr}, window},
    {"Iceberg", "iceberg", {"iceberg.tables", nullptr, nullptr}, window},
    {"ScriptedSink", "scripted", {"target", "file", nullptr}, scripted},
    {"Jms", "jms", {"jms.destination.name", nullptr, nullptr}, noKey},
    {"Redis", "redis", {"redis.hosts", nullptr, nullptr}, window},
}};

} // namespace

Downstream downstreamOf(const ConfigMap &config)
{
    const auto className = value(config, "connector.class");
    for (const auto &rule : kRules) {
        if (!className.contains(QLatin1String(rule.inClass))) {
            continue;
        }
        QStringList where;
        for (const auto *key : rule.where) {
            const auto part = key ? value(config, key) : QString();
            if (!part.isEmpty()) {
                where << part;
            }
        }
        const auto judged = rule.judge(config);
        return {redacted(QStringLiteral("%1 %2").arg(QString::fromLatin1(rule.system), where.join(QLatin1Char('/'))))
                    .trimmed(),
            judged.idempotence, judged.because};
    }
    return {{}, Idempotence::Unknown, className};
}

} // namespace headgate
