// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cast/cast.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headgate::cast {

namespace {

using namespace std::chrono_literals;

struct Line
{
    const char *name;
    const char *type;
    const char *tasks; //!< a letter a task: R running, F failed, U unassigned, P paused
    Standing standing;
    double rate;
    std::int64_t lag; //!< -1: a source has none
    const char *team;
    const char *changed;
    const char *topic;
    const char *system;
    const char *pluginClass;
};

constexpr auto source = "source";
constexpr auto sink = "sink";

// clang-format off
const std::array<Line, 22> lines {{
    {"audit-log-s3-sink",         sink,   "RR",     Standing::Running,    86,   4,         "Security",      "2025-12-11T10:02:00Z", "audit.log",          "s3-archive",   "io.confluent.connect.s3.S3SinkConnector"},
    {"clickstream-http-sink",     sink,   "RRRRRR", Standing::Lagging,    5490, 2'840'000, "Web analytics", "2026-01-12T09:00:00Z", "clickstream.events", "journey-api",  "io.aiven.kafka.connect.http.HttpSinkConnector"},
    {"consents-jdbc-source",      source, "P",      Standing::Paused,     0,    -1,        "Privacy",       "2026-03-06T15:20:00Z", "consents",           "consent-db",   "io.confluent.connect.jdbc.JdbcSourceConnector"},
    {"customers-cdc-source",      source, "R",      Standing::Running,    74,   -1,        "CRM",           "2026-01-14T12:00:00Z", "crm.customers",      "crm-db",       "io.debezium.connector.postgresql.PostgresConnector"},
    {"customers-elastic-sink",    sink,   "RRR",    Standing::Running,    75,   0,         "CRM",           "2026-01-14T12:05:00Z", "crm.customers",      "search",       "io.confluent.connect.elasticsearch.ElasticsearchSinkConnector"},
    {"fraud-scores-http-sink",    sink,   "RR",     Standing::Running,    310,  22,        "Risk",          "2026-03-05T08:41:00Z", "fraud.scores",       "risk-api",     "io.aiven.kafka.connect.http.HttpSinkConnector"},
    {"inventory-bigquery-sink",   sink,   "RRRR",   Standing::Running,    1870, 640,       "Warehouse",     "2026-01-08T16:30:00Z", "inventory.moves",    "bigquery",     "com.wepay.kafka.connect.bigquery.BigQuerySinkConnector"},
    {"invoices-jdbc-sink",        sink,   "RFR",    Standing::Failed,     412,  41'208,    "Billing",       "2026-02-27T14:12:00Z", "invoices",           "billing-db",   "io.confluent.connect.jdbc.JdbcSinkConnector"},
    {"legacy-crm-sink",           sink,   "",       Standing::Stopped,    -1,   -1,        "CRM",           "2026-02-02T11:00:00Z", "crm.customers",      "legacy-crm",   "io.aiven.kafka.connect.http.HttpSinkConnector"},
    {"loyalty-redis-sink",        sink,   "PP",     Standing::Paused,     0,    12'400,    "Loyalty",       "2026-03-10T08:15:00Z", "loyalty.points",     "loyalty-cache","com.redis.kafka.connect.RedisSinkConnector"},
    {"orders-cdc-source",         source, "R",      Standing::Running,    1180, -1,        "Orders",        "2026-01-20T09:30:00Z", "orders",             "orders-db",    "io.debezium.connector.mysql.MySqlConnector"},
    {"orders-s3-sink",            sink,   "RRRRRR", Standing::Running,    1178, 260,       "Orders",        "2026-03-10T09:31:00Z", "orders",             "s3-lake",      "io.confluent.connect.s3.S3SinkConnector"},
    {"payments-cdc-source",       source, "R",      Standing::Running,    640,  -1,        "Payments",      "2026-01-20T09:35:00Z", "payments",           "payments-db",  "io.debezium.connector.postgresql.PostgresConnector"},
    {"payments-ledger-jdbc-sink", sink,   "RRRR",   Standing::Running,    638,  12,        "Payments",      "2026-01-22T13:00:00Z", "payments",           "ledger-db",    "io.confluent.connect.jdbc.JdbcSinkConnector"},
    {"prices-jdbc-source",        source, "R",      Standing::Running,    9,    -1,        "Pricing",       "2025-11-30T10:00:00Z", "prices",             "price-db",     "io.confluent.connect.jdbc.JdbcSourceConnector"},
    {"refunds-snowflake-sink",    sink,   "RR",     Standing::Running,    41,   210,       "Payments",      "2026-03-02T10:00:00Z", "refunds",            "snowflake",    "com.snowflake.kafka.connector.SnowflakeSinkConnector"},
    {"returns-s3-sink",           sink,   "RR",     Standing::Running,    18,   0,         "Logistics",     "2026-02-04T10:00:00Z", "returns",            "s3-lake",      "io.confluent.connect.s3.S3SinkConnector"},
    {"salesforce-accounts-source",source, "U",      Standing::Degraded,   0,    -1,        "CRM",           "2026-03-03T10:00:00Z", "crm.accounts",       "salesforce",   "io.confluent.salesforce.SalesforcePushTopicSourceConnector"},
    {"sessions-elastic-sink",     sink,   "RRRUUU", Standing::Degraded,   2015, 188'000,   "Web analytics", "2026-03-06T10:00:00Z", "web.sessions",       "search",       "io.confluent.connect.elasticsearch.ElasticsearchSinkConnector"},
    {"shipments-s3-sink",         sink,   "RRRUUU", Standing::Degraded,   1240, 96'800,    "Logistics",     "2026-01-15T10:00:00Z", "shipments",          "s3-lake",      "io.confluent.connect.s3.S3SinkConnector"},
    {"stock-levels-mongo-source", source, "RUU",    Standing::Degraded,   118,  -1,        "Warehouse",     "2026-02-19T10:00:00Z", "stock.levels",       "stock-mongo",  "com.mongodb.kafka.connect.MongoSourceConnector"},
    {"telemetry-mqtt-source",     source, "RRR",    Standing::Running,    8910, -1,        "Stores",        "2026-02-16T10:00:00Z", "telemetry",          "store-mqtt",   "io.confluent.connect.mqtt.MqttSourceConnector"},
}};
// clang-format on

const ContextId contextId {QStringLiteral("eu-prod")};
const ClusterName clusterName {QStringLiteral("connect-eu")};

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

ConnectorRef ref(const QString &name)
{
    return {contextId, clusterName, name};
}

State stateOf(char letter)
{
    switch (letter) {
    case 'R':
        return {RunState::Running, QStringLiteral("RUNNING")};
    case 'F':
        return {RunState::Failed, QStringLiteral("FAILED")};
    case 'P':
        return {RunState::Paused, QStringLiteral("PAUSED")};
    case 'U':
        return {RunState::Unassigned, QStringLiteral("UNASSIGNED")};
    default:
        return {RunState::Stopped, QStringLiteral("STOPPED")};
    }
}

//! Small noise that is the same everywhere: no library's random numbers, whose sequences differ.
double noise(std::size_t seed, int step)
{
    const auto mixed = (seed + 1) * 2654435761U + std::size_t(step) * 40503U;
    return double((mixed >> 7) % 1000U) / 1000.0;
}

std::vector<float> rateHistory(const Line &line, std::size_t seed)
{
    std::vector<float> samples;
    const bool fell = line.rate <= 0;
    for (int i = 0; i < 60; ++i) {
        const double level = fell ? (i < 22 ? 100.0 : 0.0) : line.rate;
        const double shape = line.standing == Standing::Failed && i < 40 ? 1.45 : 1.0;
        samples.push_back(float(level * shape * (0.72 + 0.42 * noise(seed, i / 3))));
    }
    if (!fell) {
        samples.back() = float(line.rate);
    }
    return samples;
}

std::vector<LagSample> lagHistory(const Line &line, std::size_t seed)
{
    std::vector<LagSample> samples;
    const bool grows = line.standing != Standing::Running;
    for (int i = 0; i < 60; ++i) {
        const double share = grows ? 0.25 + 0.75 * std::pow(double(i) / 59.0, 1.4) : 0.4 + noise(seed + 7, i / 3);
        samples.push_back({Monotonic {i * 60s}, std::int64_t(double(line.lag) * share)});
    }
    samples.back().records = line.lag;
    return samples;
}

ConfigMap configOf(const Line &line)
{
    ConfigMap config {
        {QStringLiteral("connector.class"), text(line.pluginClass)},
        {QStringLiteral("tasks.max"), QString::number(std::max<std::size_t>(1, std::string_view(line.tasks).size()))},
    };
    if (line.type == sink) {
        config.emplace_back(QStringLiteral("topics"), text(line.topic));
    }
    config.emplace_back(
        QStringLiteral("value.converter"), QStringLiteral("org.apache.kafka.connect.json.JsonConverter"));
    config.emplace_back(QStringLiteral("errors.tolerance"), QStringLiteral("none"));
    config.emplace_back(QStringLiteral("connection.url"),
        QString(QStringLiteral("jdbc:postgresql://") + text(line.system) + QStringLiteral(":5432/main")));
    config.emplace_back(
        QStringLiteral("connection.password"), QStringLiteral("${file:/etc/connect/secrets.properties:password}"));
    return config;
}

ConnectorStatus statusOf(const Line &line, std::size_t seed)
{
    ConnectorStatus status;
    status.name = text(line.name);
    status.type = parseConnectorType(text(line.type));
    const std::string_view letters = line.tasks;
    const bool paused = letters.starts_with('P');
    status.connector = letters.empty() ? stateOf('S') : stateOf(paused ? 'P' : 'R');
    status.workerId = QStringLiteral("connect-eu-%1:8083").arg(seed % 2 + 1);
    status.version = QStringLiteral("10.7.4");
    for (std::size_t i = 0; i < letters.size(); ++i) {
        TaskStatus task;
        task.id = int(i);
        task.state = stateOf(letters[i]);
        constexpr std::array workers {1, 5, 6, 2, 4};
        task.workerId = QStringLiteral("connect-eu-%1:8083").arg(letters[i] == 'U' ? 3 : workers[i % workers.size()]);
        if (letters[i] == 'F') {
            task.trace = invoicesTrace();
        }
        status.tasks.push_back(task);
    }
    return status;
}

void addOwner(ConnectorFacts &facts, const Line &line)
{
    facts.team = facts.owner = text(line.team);
    facts.system = text(line.system);
    if (facts.team == QLatin1String("Billing")) {
        facts.contact = QStringLiteral("on call D. Ferrari");
        facts.rollbackOwner = QStringLiteral("L. Haas");
    }
}

void addLag(ConnectorFacts &facts, const Line &line, std::size_t seed)
{
    const auto group = QString(QStringLiteral("group connect-") + facts.ref.name);
    if (facts.status.type == ConnectorType::Source) {
        facts.lagRecords = Observed<std::int64_t>::none(Absence::NotConfigured, QStringLiteral("source"));
        facts.lagSeconds = Observed<double>::none(Absence::NotConfigured, QStringLiteral("source"));
        return;
    }
    if (line.lag < 0) {
        return;
    }
    const auto seen = facts.ref.name == QLatin1String("refunds-snowflake-sink") ? now() - 6min : now() - 2s;
    facts.lagRecords = Observed<std::int64_t>::of(line.lag, seen, group);
    facts.lagSeconds = Observed<double>::of(line.rate > 0 ? double(line.lag) / line.rate : 0.0, seen, group);
    facts.lagHistory = lagHistory(line, seed);
}

//! Twelve partitions, four a task; task 1 stands still, so that nearly all of the lag is its own.
void addInvoicesGroup(ConnectorFacts &facts)
{
    constexpr std::array<std::int64_t, 3> lags {310, 40'612, 286};
    std::vector<PartitionLag> partitions;
    for (int task = 0; task < 3; ++task) {
        GroupMember member;
        member.clientId = QStringLiteral("connector-consumer-invoices-jdbc-sink-%1").arg(task);
        for (int i = 0; i < 4; ++i) {
            const TopicPartition tp {QStringLiteral("invoices"), task * 4 + i};
            member.assigned.push_back(tp);
            partitions.push_back(partitionLag(tp, 1'000'000, 0, 1'000'000 + (i == 0 ? lags[std::size_t(task)] : 0)));
        }
        facts.members.push_back(member);
    }
    facts.groupLag = groupLag(std::move(partitions));
}

ConnectorFacts factsOf(const Line &line, std::size_t seed)
{
    ConnectorFacts facts;
    facts.ref = ref(text(line.name));
    facts.status = statusOf(line, seed);
    facts.info = ConnectorInfo {facts.ref.name, facts.status.type, configOf(line), {}};
    for (const auto &task : facts.status.tasks) {
        facts.info->taskIds.push_back(task.id);
    }
    facts.standing = line.standing;
    addLag(facts, line, seed);
    if (line.rate >= 0) {
        facts.recordsPerSecond = Observed<double>::of(line.rate, now() - 2s, QStringLiteral("end offsets"));
        facts.rateHistory = rateHistory(line, seed);
    }
    const auto since = line.standing == Standing::Failed ? at("2026-03-10T09:31:07Z") : at("2026-03-10T07:12:00Z");
    facts.since = Observed<Instant>::of(since, now() - 2s, QStringLiteral("status topic"));
    facts.sinceAtLeast = false;
    facts.changed = Observed<Instant>::of(at(line.changed), now() - 2s, QStringLiteral("config topic"));
    facts.topics = {text(line.topic)};
    addOwner(facts, line);
    if (facts.ref.name == QLatin1String("invoices-jdbc-sink")) {
        addInvoicesGroup(facts);
    }
    facts.seenAt = now() - 2s;
    return facts;
}

WorkerFacts workerOf(int number)
{
    WorkerFacts worker;
    worker.address = QStringLiteral("connect-eu-%1:8083").arg(number);
    worker.workerId = worker.address;
    worker.health
        = {WorkerHealth::Healthy, QStringLiteral("Worker has completed startup and is ready to handle requests.")};
    worker.healthAt = now() - 5s;
    worker.tasks = 10;
    return worker;
}

ClusterFact brokers()
{
    ClusterFact fact;
    fact.clusterId = QStringLiteral("eu-kafka-1");
    fact.controllerId = 1;
    for (int i = 1; i <= 6; ++i) {
        const auto zone = QString(QStringLiteral("eu-") + QChar(u'a' + (i - 1) % 3));
        fact.brokers.push_back({i, QStringLiteral("broker-%1").arg(i), 9092, zone});
    }
    return fact;
}

PlatformSnapshot bare()
{
    PlatformSnapshot snapshot;
    snapshot.context = contextId;
    snapshot.generation = 1;
    snapshot.takenAt = now() - 2s;
    ConnectClusterFacts cluster;
    cluster.name = clusterName;
    cluster.server
        = Observed<ServerInfo>::of({QStringLiteral("4.1.0"), QStringLiteral("13f70256"), QStringLiteral("eu-kafka-1")},
            now() - 20min, QStringLiteral("connect-eu-1:8083"));
    cluster.statusAt = cluster.infoAt = now() - 2s;
    for (int i = 1; i <= 6; ++i) {
        cluster.workers.push_back(workerOf(i));
    }
    snapshot.clusters = {cluster};
    snapshot.kafka = Observed<ClusterFact>::of(brokers(), now() - 2s, QStringLiteral("broker-1:9092"));
    return snapshot;
}

void loseWorker(WorkerFacts &worker, Instant since, int failures)
{
    worker.health = {WorkerHealth::Unreachable, QStringLiteral("Connection refused")};
    worker.unreachableSince = since;
    worker.failures = failures;
    worker.lastError = QStringLiteral("Connection refused");
}

} // namespace

Instant at(const char *iso)
{
    return fromIso(QString::fromLatin1(iso)).value_or(Instant {});
}

Instant now()
{
    return at("2026-03-10T09:42:18Z");
}

ContextConfig context()
{
    ContextConfig config;
    config.id = contextId;
    config.name = QStringLiteral("eu-prod");
    config.environment = Environment::Production;
    config.mode = Mode::Guarded;
    ConnectClusterConfig cluster;
    cluster.name = clusterName;
    for (int i = 1; i <= 6; ++i) {
        cluster.workers << QStringLiteral("https://connect-eu-%1:8083").arg(i);
    }
    config.connectClusters = {cluster};
    config.kafka.bootstrap = QStringLiteral("broker-1:9092,broker-2:9092");
    return config;
}

QString invoicesTrace()
{
    return QStringLiteral(
        "org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception.\n"
        "\tat org.apache.kafka.connect.runtime.WorkerSinkTask.deliverMessages(WorkerSinkTask.java:636)\n"
        "\tat org.apache.kafka.connect.runtime.WorkerSinkTask.poll(WorkerSinkTask.java:344)\n"
        "\tat org.apache.kafka.connect.runtime.WorkerSinkTask.iteration(WorkerSinkTask.java:246)\n"
        "\tat java.base/java.lang.Thread.run(Thread.java:840)\n"
        "Caused by: java.sql.BatchUpdateException: Batch entry 37 INSERT INTO \"invoices\" was aborted: ERROR: numeric "
        "field overflow\n"
        "\tat org.postgresql.jdbc.BatchResultHandler.handleError(BatchResultHandler.java:165)\n"
        "\t... 10 more\n"
        "Caused by: org.postgresql.util.PSQLException: ERROR: numeric field overflow\n"
        "  Detail: A field with precision 10, scale 2 must round to an absolute value less than 10^8.\n"
        "\tat org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2713)\n"
        "\t... 14 more\n");
}

PlatformSnapshot snapshot()
{
    auto picture = bare();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        picture.connectors.push_back(factsOf(lines[i], i));
    }
    loseWorker(picture.clusters.front().workers[2], at("2026-03-10T09:39:52Z"), 14);
    picture.clusters.front().workers[2].tasks = 9;
    picture.clusters.front().workers[2].connectors = 4;
    return picture;
}

namespace {

Problem invoicesProblem(const PlatformSnapshot &picture)
{
    const auto facts = *std::ranges::find(
        picture.connectors, QStringLiteral("invoices-jdbc-sink"), [](const auto &f) { return f.ref.name; });
    Problem problem;
    problem.kind = ProblemKind::TasksFailed;
    problem.severity = Severity::Stopped;
    problem.connector = facts.ref;
    problem.since = at("2026-03-10T09:31:07Z");
    problem.sinceAtLeast = false;
    problem.tasks = {1};
    problem.tasksTotal = 3;
    problem.tasksRunning = 2;
    problem.rawTrace = invoicesTrace();
    problem.trace.kind = CauseKind::RecordRefused;
    problem.trace.chain = {
        {QStringLiteral("org.apache.kafka.connect.errors.ConnectException"),
            QStringLiteral("Exiting WorkerSinkTask due to unrecoverable exception.")},
        {QStringLiteral("java.sql.BatchUpdateException"),
            QStringLiteral("Batch entry 37 INSERT INTO \"invoices\" was aborted: ERROR: numeric field overflow")},
        {QStringLiteral("org.postgresql.util.PSQLException"),
            QStringLiteral("ERROR: numeric field overflow\nDetail: A field with precision 10, scale 2 must round to an "
                           "absolute value less than 10^8.")},
    };
    problem.trace.first = 2;
    problem.trace.setting = QStringLiteral("errors.tolerance");
    problem.trace.recurs = true;
    problem.record = FailingRecord {{QStringLiteral("invoices"), 3}, 18'442'907, -1, at("2026-03-10T09:31:06Z"),
        QStringLiteral("INV-2026-0310-88214"),
        QStringLiteral("{\"amount\": 104250000.00, \"currency\": \"IDR\", \"customer\": \"••••••\"}"),
        RecordEvidence::FoundByReading, 412};
    problem.taskWorker = QStringLiteral("connect-eu-5:8083");
    problem.lagRecords = facts.lagRecords;
    problem.lagSeconds = facts.lagSeconds;
    problem.lagHistory = facts.lagHistory;
    problem.lagSlope = 61;
    problem.topics = facts.topics;
    problem.partitionsWaiting = 4;
    problem.partitionsTotal = 12;
    problem.system = facts.system;
    problem.team = facts.team;
    problem.owner = facts.owner;
    problem.contact = facts.contact;
    problem.nextSteps = {OperationKind::RestartTask, OperationKind::Pause};
    problem.restartKnownToFail = true;
    return problem;
}

Problem clickstreamProblem(const PlatformSnapshot &picture)
{
    const auto facts = *std::ranges::find(
        picture.connectors, QStringLiteral("clickstream-http-sink"), [](const auto &f) { return f.ref.name; });
    Problem problem;
    problem.kind = ProblemKind::LagGrows;
    problem.severity = Severity::Growing;
    problem.connector = facts.ref;
    problem.since = at("2026-03-10T08:51:20Z");
    problem.sinceAtLeast = false;
    problem.tasksTotal = problem.tasksRunning = 6;
    problem.lagRecords = facts.lagRecords;
    problem.lagSeconds = Observed<double>::of(442, now() - 2s, QStringLiteral("end offsets"));
    problem.lagHistory = facts.lagHistory;
    problem.lagSlope = 930;
    problem.inRate = Observed<double>::of(6420, now() - 2s, QStringLiteral("end offsets"));
    problem.outRate = Observed<double>::of(5490, now() - 2s, QStringLiteral("group connect-clickstream-http-sink"));
    problem.topics = facts.topics;
    problem.partitionsWaiting = problem.partitionsTotal = 24;
    problem.system = facts.system;
    problem.team = problem.owner = facts.team;
    problem.nextSteps = {OperationKind::Pause};
    return problem;
}

Problem workerProblem()
{
    Problem problem;
    problem.kind = ProblemKind::WorkerUnreachable;
    problem.severity = Severity::SelfHealing;
    problem.connector = {contextId, clusterName, {}};
    problem.worker = QStringLiteral("connect-eu-3:8083");
    problem.since = at("2026-03-10T09:39:52Z");
    problem.sinceAtLeast = false;
    problem.tasks = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    problem.tasksTotal = 60;
    problem.tasksRunning = 47;
    problem.message = QStringLiteral("Connection refused");
    problem.failures = 14;
    problem.alsoTouched = {QStringLiteral("salesforce-accounts-source"), QStringLiteral("sessions-elastic-sink"),
        QStringLiteral("shipments-s3-sink"), QStringLiteral("stock-levels-mongo-source")};
    return problem;
}

} // namespace

std::vector<Problem> problems()
{
    const auto picture = snapshot();
    return {invoicesProblem(picture), clickstreamProblem(picture), workerProblem()};
}

std::vector<Operation> operations()
{
    Operation restart;
    restart.id = {QStringLiteral("op-0002")};
    restart.request
        = {OperationKind::RestartTask, ref(QStringLiteral("invoices-jdbc-sink")), 1, QStringLiteral("alert BIL-7"), {}};
    restart.person = QStringLiteral("M. Keller <m.keller@example.org>");
    restart.startedAt = at("2026-03-10T09:33:40Z");
    restart.endedAt = at("2026-03-10T09:33:52Z");
    restart.phase = OperationPhase::Finished;
    restart.outcome = Outcome::Failed;
    restart.observed = QStringLiteral("task 1 FAILED again after 11.8 s");
    Operation pause = restart;
    pause.id = {QStringLiteral("op-0001")};
    pause.request
        = {OperationKind::Pause, ref(QStringLiteral("loyalty-redis-sink")), -1, QStringLiteral("cache is moved"), {}};
    pause.person = QStringLiteral("R. Okafor <r.okafor@example.org>");
    pause.startedAt = at("2026-03-10T08:15:30Z");
    pause.endedAt = at("2026-03-10T08:15:31Z");
    pause.outcome = Outcome::Confirmed;
    pause.observed = QStringLiteral("PAUSED, 2 of 2 tasks paused after 0.8 s");
    pause.compensation = OperationKind::Resume;
    return {restart, pause};
}

PlatformSnapshot emptyPlatform()
{
    return bare();
}

PlatformSnapshot wellPlatform()
{
    auto picture = bare();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto line = lines[i];
        const std::string running(std::max<std::size_t>(1, std::string_view(line.tasks).size()), 'R');
        line.tasks = running.c_str();
        line.standing = Standing::Running;
        line.rate = std::max(line.rate, 40.0);
        line.lag = line.type == sink ? std::abs(line.lag) % 700 : -1;
        picture.connectors.push_back(factsOf(line, i));
    }
    return picture;
}

PlatformSnapshot unreachablePlatform()
{
    auto picture = snapshot();
    auto &cluster = picture.clusters.front();
    cluster.statusAt = cluster.infoAt = picture.takenAt = at("2026-03-10T09:39:52Z");
    cluster.missedPolls = 14;
    cluster.error = Error {ErrorKind::Unreachable, QStringLiteral("Connection refused"),
        QStringLiteral("connect-eu-1:8083"), QStringLiteral("GET /connectors?expand=status"), {}, 0, true};
    for (auto &worker : cluster.workers) {
        loseWorker(worker, at("2026-03-10T09:39:52Z"), 14);
    }
    for (auto &facts : picture.connectors) {
        facts.seenAt = cluster.statusAt;
        facts.stale = true;
        facts.standing = Standing::Unreachable;
        facts.recordsPerSecond.at = facts.lagRecords.at = facts.lagSeconds.at = cluster.statusAt;
    }
    return picture;
}

PlatformSnapshot stalePlatform()
{
    auto picture = snapshot();
    picture.fromDisk = true;
    picture.takenAt = now() - 6min;
    for (auto &cluster : picture.clusters) {
        cluster.statusAt = cluster.infoAt = picture.takenAt;
        for (auto &worker : cluster.workers) {
            worker.healthAt = picture.takenAt;
        }
    }
    for (auto &facts : picture.connectors) {
        facts.stale = true;
        facts.seenAt = facts.recordsPerSecond.at = facts.lagRecords.at = facts.lagSeconds.at = picture.takenAt;
    }
    return picture;
}

PlatformSnapshot forbiddenPlatform()
{
    auto picture = bare();
    auto &cluster = picture.clusters.front();
    cluster.statusAt = cluster.infoAt = {};
    cluster.missedPolls = 1;
    cluster.error = Error {ErrorKind::NotPermitted, QStringLiteral("Forbidden"), QStringLiteral("connect-eu-1:8083"),
        QStringLiteral("GET /connectors?expand=status"), {}, 403, false};
    return picture;
}

PlatformSnapshot manyConnectors(int count)
{
    auto picture = bare();
    for (int i = 0; i < count; ++i) {
        const auto &line
            = lines[i % 50 == 0 ? std::size_t(i / 50) % lines.size() : (std::size_t(i) % 2 == 0 ? 10 : 11)];
        auto facts = factsOf(line, std::size_t(i));
        facts.ref.name = QStringLiteral("%1-%2").arg(facts.ref.name).arg(i, 5, 10, QLatin1Char('0'));
        facts.status.name = facts.ref.name;
        picture.connectors.push_back(std::move(facts));
    }
    std::ranges::sort(
        picture.connectors, {}, [](const ConnectorFacts &facts) -> const QString & { return facts.ref.name; });
    return picture;
}

std::vector<Problem> manyProblems(int count)
{
    const auto first = invoicesProblem(snapshot());
    std::vector<Problem> many;
    for (int i = 0; i < count; ++i) {
        auto problem = first;
        problem.connector.name = QStringLiteral("invoices-%1-jdbc-sink").arg(i + 1, 3, 10, QLatin1Char('0'));
        problem.since = first.since + std::chrono::seconds(i);
        many.push_back(problem);
    }
    return many;
}

std::vector<QString> hostileNames()
{
    return {
        QStringLiteral("<b>bold</b><img src='file:///etc/passwd'>"),
        QStringLiteral("invoice\u202Egpj.knis"),
        QStringLiteral("tab\tbell\aescape\x1b[31mred"),
        QStringLiteral("a/b %2F c?d#e"),
        QStringLiteral("=HYPERLINK(\"http://x\")"),
        QStringLiteral("\u200Bzero\u200Dwidth"),
    };
}

} // namespace headgate::cast
