// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/tracerules.h"

#include <algorithm>
#include <array>
#include <span>

namespace headgate {

namespace {

using Kind = CauseKind;

struct Rule
{
    Kind kind;
    const char *className; //!< part of the class name, "" = any
    const char *message;   //!< part of the message whatever its case, "" = any
    const char *setting;
    bool recurs = false;
};

// Read from top to bottom: what stands higher says more. A line that knows only a class stands below those that know a
// sentence.
// clang-format off
constexpr auto specific = std::to_array<Rule>({
    {Kind::OutOfMemory,          "OutOfMemoryError",            "", "KAFKA_HEAP_OPTS"},
    {Kind::OutOfMemory,          "",                            "java.lang.OutOfMemoryError", "KAFKA_HEAP_OPTS"},
    {Kind::DeadLetterQueue,      "",                            "could not initialize dead letter queue", "errors.deadletterqueue.topic.name"},
    {Kind::DeadLetterQueue,      "",                            "dead letter queue topic", "errors.deadletterqueue.topic.name"},
    {Kind::RecordTooLarge,       "RecordTooLargeException",     "larger than the max message size the server will accept", "max.message.bytes", true},
    {Kind::RecordTooLarge,       "RecordTooLargeException",     "buffer.memory", "producer.override.buffer.memory", true},
    {Kind::RecordTooLarge,       "RecordTooLargeException",     "", "producer.override.max.request.size", true},
    {Kind::RecordTooLarge,       "RecordBatchTooLarge",         "", "producer.override.batch.size", true},
    {Kind::AuthorizationKafka,   "TopicAuthorizationException", "", ""},
    {Kind::AuthorizationKafka,   "GroupAuthorizationException", "", "consumer.override.group.id"},
    {Kind::AuthorizationKafka,   "TransactionalIdAuthorizationException", "", "transaction.boundary"},
    {Kind::AuthorizationKafka,   "ClusterAuthorizationException", "", ""},
    {Kind::AuthenticationKafka,  "SaslAuthenticationException", "", "sasl.jaas.config"},
    {Kind::AuthenticationKafka,  "SslAuthenticationException",  "", "ssl.truststore.location"},
    {Kind::GroupConflict,        "CommitFailedException",       "", "consumer.override.max.poll.interval.ms"},
    {Kind::GroupConflict,        "RebalanceInProgressException", "", "consumer.override.max.poll.interval.ms"},
    {Kind::GroupConflict,        "ProducerFencedException",     "", "producer.override.transaction.timeout.ms"},
    {Kind::GroupConflict,        "InvalidProducerEpochException", "", "producer.override.transaction.timeout.ms"},
    {Kind::GroupConflict,        "FencedInstanceIdException",   "", "consumer.override.group.instance.id"},
    {Kind::GroupConflict,        "UnknownMemberIdException",    "", "consumer.override.session.timeout.ms"},
    {Kind::GroupConflict,        "IllegalGenerationException",  "", "consumer.override.session.timeout.ms"},
    {Kind::GroupConflict,        "PSQLException",               "is active for pid", "slot.name"},
    {Kind::OffsetLost,           "OffsetOutOfRangeException",   "", "consumer.override.auto.offset.reset"},
    {Kind::OffsetLost,           "NoOffsetForPartitionException", "", "consumer.override.auto.offset.reset"},
    {Kind::OffsetLost,           "",                            "no longer available on the server", "snapshot.mode"},
    {Kind::OffsetLost,           "",                            "purged binary logs", "snapshot.mode"},
    {Kind::OffsetLost,           "",                            "purged required binary logs", "snapshot.mode"},
    {Kind::OffsetLost,           "",                            "could not find first log file name", "snapshot.mode"},
    {Kind::OffsetLost,           "",                            "db history topic", "snapshot.mode"},
    {Kind::OffsetLost,           "",                            "schema history topic", "snapshot.mode"},
    {Kind::OffsetLost,           "PSQLException",               "requested wal segment", "snapshot.mode"},
    {Kind::OffsetLost,           "PSQLException",               "replication slot", "slot.name"},
    {Kind::OffsetLost,           "",                            "resume point may no longer be in the oplog", "startup.mode"},
    {Kind::OffsetLost,           "",                            "ChangeStreamHistoryLost", "startup.mode"},
    {Kind::OffsetLost,           "",                            "resume token was not found", "startup.mode"},
    {Kind::SchemaRegistry,       "schemaregistry",              "not found", "value.converter.schema.registry.url", true},
    {Kind::SchemaRegistry,       "schemaregistry",              "incompatible", "value.converter.auto.register.schemas", true},
    {Kind::SchemaRegistry,       "schemaregistry",              "", "value.converter.schema.registry.url"},
    {Kind::SchemaRegistry,       "",                            "error retrieving avro", "value.converter.schema.registry.url"},
    {Kind::SchemaRegistry,       "",                            "error retrieving json schema", "value.converter.schema.registry.url"},
    {Kind::SchemaRegistry,       "",                            "error retrieving protobuf", "value.converter.schema.registry.url"},
    {Kind::SchemaRegistry,       "",                            "error registering avro schema", "value.converter.schema.registry.url"},
    {Kind::TopicMissing,         "UnknownTopicOrPartitionException", "", "topics"},
    {Kind::TopicMissing,         "",                            "not present in metadata after", "topic.creation.enable"},
    {Kind::TopicMissing,         "InvalidTopicException",       "", "topics"},
    {Kind::TargetSlow,           "",                            "expiring ", "producer.override.delivery.timeout.ms"},
    {Kind::ConfigInvalid,        "ConfigException",             "", ""},
    {Kind::ConfigInvalid,        "ClassNotFoundException",      "", "connector.class"},
    {Kind::ConfigInvalid,        "NoClassDefFoundError",        "", "connector.class"},
    {Kind::ConfigInvalid,        "UnsupportedClassVersionError", "", "connector.class"},
    {Kind::ConfigInvalid,        "",                            "failed to find any class that implements", "connector.class"},
    {Kind::ConfigInvalid,        "",                            "found in original settings for key", ""},
    {Kind::FileAccess,           "",                            "couldn't find or create file", "file"},
    {Kind::FileAccess,           "",                            "no space left on device", ""},
    {Kind::FileAccess,           "NoSuchFileException",         "", "file"},
    {Kind::FileAccess,           "FileNotFoundException",       "", "file"},
    {Kind::FileAccess,           "java.nio.file.AccessDenied",  "", "file"},
});

//! Data in hand: what a converter could not read.
constexpr auto conversion = std::to_array<Rule>({
    {Kind::Deserialization,      "",                            "schemas.enable requires", "value.converter.schemas.enable", true},
    {Kind::Deserialization,      "",                            "unknown magic byte", "value.converter", true},
    {Kind::Deserialization,      "",                            "error deserializing", "errors.tolerance", true},
    {Kind::Deserialization,      "RecordDeserializationException", "", "errors.tolerance", true},
    {Kind::Deserialization,      "SerializationException",      "", "errors.tolerance", true},
    {Kind::Deserialization,      "JsonParseException",          "", "errors.tolerance", true},
    {Kind::Deserialization,      "",                            "error while processing event at offset", "event.processing.failure.handling.mode", true},
});

//! The other side of the connector.
constexpr auto target = std::to_array<Rule>({
    {Kind::AuthenticationTarget, "",                            "password authentication failed", ""},
    {Kind::AuthenticationTarget, "",                            "no pg_hba.conf entry", ""},
    {Kind::AuthenticationTarget, "",                            "access denied for user", ""},
    {Kind::AuthenticationTarget, "",                            "ora-01017", ""},
    {Kind::AuthenticationTarget, "",                            "ora-28000", ""},
    {Kind::AuthenticationTarget, "",                            "login failed for user", ""},
    {Kind::AuthenticationTarget, "",                            "security_exception", ""},
    {Kind::AuthenticationTarget, "MongoSecurityException",      "", ""},
    {Kind::AuthenticationTarget, "",                            "jwt token is invalid", ""},
    {Kind::AuthenticationTarget, "",                            "invalidaccesskeyid", ""},
    {Kind::AuthenticationTarget, "",                            "signaturedoesnotmatch", ""},
    {Kind::AuthenticationTarget, "",                            "expiredtoken", ""},
    {Kind::AuthenticationTarget, "",                            "unable to load aws credentials", ""},
    {Kind::AuthenticationTarget, "",                            "status code: 403", ""},
    {Kind::AuthenticationTarget, "",                            "401 unauthorized", ""},
    {Kind::AuthenticationTarget, "",                            "403 forbidden", ""},
    {Kind::AuthenticationTarget, "",                            "response code: 401", ""},
    {Kind::AuthenticationTarget, "",                            "http status 401", ""},
    {Kind::AuthenticationTarget, "SSLHandshakeException",       "", ""},
    {Kind::TargetSlow,           "",                            "statement timeout", ""},
    {Kind::TargetSlow,           "",                            "lock wait timeout", ""},
    {Kind::TargetSlow,           "",                            "read timed out", ""},
    {Kind::TargetSlow,           "",                            "es_rejected_execution", ""},
    {Kind::TargetSlow,           "",                            "too many requests", ""},
    {Kind::TargetSlow,           "",                            "slowdown", ""},
    {Kind::TargetSlow,           "",                            "503 service unavailable", ""},
    {Kind::TargetSlow,           "",                            "http status 503", ""},
    {Kind::TargetSlow,           "SQLTimeoutException",         "", ""},
    {Kind::TargetUnreachable,    "",                            "the connection attempt failed", ""},
    {Kind::TargetUnreachable,    "",                            "communications link failure", ""},
    {Kind::TargetUnreachable,    "",                            "network adapter could not establish", ""},
    {Kind::TargetUnreachable,    "",                            "connection refused", ""},
    {Kind::TargetUnreachable,    "",                            "connection reset", ""},
    {Kind::TargetUnreachable,    "",                            "connect timed out", ""},
    {Kind::TargetUnreachable,    "",                            "broken pipe", ""},
    {Kind::TargetUnreachable,    "",                            "terminating connection", ""},
    {Kind::TargetUnreachable,    "",                            "connection has been closed", ""},
    {Kind::TargetUnreachable,    "",                            "unable to execute http request", ""},
    {Kind::TargetUnreachable,    "",                            "timed out after", ""},
    {Kind::TargetUnreachable,    "UnknownHostException",        "", ""},
    {Kind::TargetUnreachable,    "NoRouteToHostException",      "", ""},
    {Kind::TargetUnreachable,    "java.net.ConnectException",   "", ""},
    {Kind::TargetUnreachable,    "MongoTimeoutException",       "", ""},
    {Kind::TargetUnreachable,    "MongoSocket",                 "", ""},
    {Kind::RecordRefused,        "",                            "auto-creation is disabled", "auto.create"},
    {Kind::RecordRefused,        "",                            "auto-evolution is disabled", "auto.evolve"},
    {Kind::RecordRefused,        "",                            "cannot alter table", "auto.evolve", true},
    {Kind::RecordRefused,        "",                            "'pk.mode=", "pk.mode", true},
    {Kind::RecordRefused,        "",                            "mapper_parsing_exception", "behavior.on.malformed.documents", true},
    {Kind::RecordRefused,        "",                            "document_parsing_exception", "behavior.on.malformed.documents", true},
    {Kind::RecordRefused,        "",                            "strict_dynamic_mapping_exception", "behavior.on.malformed.documents", true},
    {Kind::RecordRefused,        "MongoBulkWriteException",     "", "mongo.errors.tolerance", true},
    {Kind::RecordRefused,        "MongoWriteException",         "", "mongo.errors.tolerance", true},
    {Kind::RecordRefused,        "",                            "response code: 4", "errors.tolerance", true},
    {Kind::RecordRefused,        "",                            "http status 4", "errors.tolerance", true},
    {Kind::RecordRefused,        "",                            "ora-0", "errors.tolerance", true},
    {Kind::RecordRefused,        "",                            "ora-1", "errors.tolerance", true},
    {Kind::RecordRefused,        "PSQLException",               "error:", "errors.tolerance", true},
    {Kind::RecordRefused,        "DataTruncation",              "", "errors.tolerance", true},
    {Kind::RecordRefused,        "ConstraintViolation",         "", "errors.tolerance", true},
    {Kind::RecordRefused,        "BatchUpdateException",        "", "errors.tolerance", true},
    {Kind::RecordRefused,        "SQLDataException",            "", "errors.tolerance", true},
    {Kind::RecordRefused,        "SQLException",                "", "errors.tolerance", true},
    {Kind::RecordRefused,        "iceberg.exceptions.ValidationException", "", "iceberg.tables.evolve-schema-enabled", true},
    {Kind::RecordRefused,        "iceberg.exceptions",          "", "iceberg.tables", true},
    {Kind::RecordRefused,        "SnowflakeKafkaConnectorException", "", "behavior.on.null.values", true},
    {Kind::RecordRefused,        "BigQuery",                    "", "allowNewBigQueryFields", true},
    {Kind::RecordRefused,        "",                            "refused", "errors.tolerance", true},
    {Kind::TargetSlow,           "RetriableException",          "", ""},
    {Kind::TargetSlow,           "TimeoutException",            "", ""},
    {Kind::FileAccess,           "java.io.IOException",         "", ""},
});
// clang-format on

struct FamilySettings
{
    const char *family, *login, *address, *patience;
};
constexpr auto familySettings = std::to_array<FamilySettings>({
    {"debezium", "database.password", "database.hostname", "errors.max.retries"},
    {"jdbc", "connection.password", "connection.url", "max.retries"},
    {"elasticsearch", "connection.password", "connection.url", "read.timeout.ms"},
    {"s3", "aws.secret.access.key", "store.url", "s3.part.retries"},
    {"http", "http.headers.authorization", "http.url", "http.timeout"},
    {"mongodb", "connection.uri", "connection.uri", "connection.uri"},
    {"snowflake", "snowflake.private.key", "snowflake.url.name", "buffer.flush.time"},
    {"iceberg", "iceberg.catalog.credential", "iceberg.catalog.uri", "iceberg.control.commit.timeout-ms"},
});

bool fits(const Rule &rule, const TraceFrame &frame)
{
    constexpr qsizetype bound = 1000;
    const QLatin1String className(rule.className);
    const QLatin1String message(rule.message);
    return (className.isEmpty() || frame.exceptionClass.contains(className))
        && (message.isEmpty() || QStringView(frame.message).left(bound).contains(message, Qt::CaseInsensitive));
}

TraceFinding search(std::span<const Rule> rules, const std::vector<TraceFrame> &chain)
{
    for (const auto &rule : rules) {
        for (int i = static_cast<int>(chain.size()) - 1; i >= 0; --i) {
            if (fits(rule, chain[static_cast<std::size_t>(i)])) {
                return {rule.kind, i, QLatin1String(rule.setting), rule.recurs};
            }
        }
    }
    return {};
}

int lastFrame(const TraceText &trace)
{
    return static_cast<int>(trace.chain.size()) - 1;
}

//! Login, address and patience of the plugin whose code is on the stack.
QString settingOf(Kind kind, const QString &family)
{
    const auto found
        = std::ranges::find_if(familySettings, [&](const auto &f) { return family == QLatin1String(f.family); });
    if (found == familySettings.end()) {
        return {};
    }
    return QLatin1String(kind == Kind::AuthenticationTarget ? found->login
            : kind == Kind::TargetUnreachable               ? found->address
                                                            : found->patience);
}

bool isConverter(const QString &stage)
{
    return stage.endsWith(QLatin1String("CONVERTER"));
}

TraceFinding findTarget(const TraceText &trace)
{
    auto finding = search(target, trace.chain);
    const bool byFamily = finding.kind == Kind::AuthenticationTarget || finding.kind == Kind::TargetUnreachable
        || finding.kind == Kind::TargetSlow;
    if (byFamily && finding.setting.isEmpty()) {
        finding.setting = settingOf(finding.kind, trace.family);
    }
    return finding;
}

} // namespace

TraceFinding findPattern(const TraceText &trace)
{
    if (auto finding = search(specific, trace.chain); finding.kind != Kind::Unknown) {
        return finding;
    }
    if (trace.stage == QLatin1String("TRANSFORMATION")) {
        return {Kind::Transformation, lastFrame(trace), QStringLiteral("transforms"), true};
    }
    if (auto finding = search(conversion, trace.chain); finding.kind != Kind::Unknown) {
        return finding;
    }
    if (isConverter(trace.stage)) {
        return {Kind::Deserialization, lastFrame(trace), QStringLiteral("errors.tolerance"), true};
    }
    if (auto finding = findTarget(trace); finding.kind != Kind::Unknown) {
        return finding;
    }
    // put() threw something of its own about the data it was given.
    const auto data = std::ranges::find_if(
        trace.chain, [](const TraceFrame &f) { return f.exceptionClass.endsWith(QLatin1String(".DataException")); });
    if (data != trace.chain.end() && trace.stage == QLatin1String("TASK_PUT")) {
        return {Kind::RecordRefused, static_cast<int>(data - trace.chain.begin()), QStringLiteral("errors.tolerance"),
            true};
    }
    return {};
}

} // namespace headgate
