// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/playground/cast.h"

#include "localworker/kafka/mockbrokers.h"
#include "localworker/runtime/herder.h"

#include <QFile>

//! A static library's resources are linked only where somebody names them; outside any namespace, as the macro wants
//! it.
static void nameResources()
{
    Q_INIT_RESOURCE(localworker);
}

namespace headgate::localworker {

namespace {

struct Topic
{
    const char *name;
    int partitions;
};

constexpr Topic topics[] {{"orders", 3}, {"payments", 3}, {"accounts", 1}, {"clickstream", 3}, {"invoices", 3},
    {"refunds", 2}, {"refunds-dead-letters", 1}, {"loyalty-events", 2}, {"crm-contacts", 1}};

constexpr auto text = "org.apache.kafka.connect.storage.StringConverter";
constexpr auto json = "org.apache.kafka.connect.json.JsonConverter";

using Settings = std::vector<std::pair<std::string, std::string>>;

//! Plain JSON values under text keys, as most pipelines have them.
ConnectorConfig configOf(const std::string &name, const std::string &className, const Settings &settings)
{
    ConnectorConfig config;
    config.set("connector.class", className);
    config.set("tasks.max", "1");
    config.set("key.converter", text);
    config.set("value.converter", json);
    config.set("value.converter.schemas.enable", "false");
    for (const auto &[key, value] : settings) {
        config.set(key, value);
    }
    config.set("name", name);
    return config;
}

struct Player
{
    const char *name;
    const char *className;
    TargetState state;
    Settings settings;
};

std::vector<Player> players()
{
    constexpr auto generator = "dev.headgate.connect.GeneratorSource";
    constexpr auto sink = "dev.headgate.connect.ScriptedSink";
    return {
        {"orders-cdc-source", generator, TargetState::Started,
            {{"topic", "orders"}, {"rate", "6"}, {"record.bytes", "160"}}},
        {"orders-s3-sink", "org.apache.kafka.connect.file.FileStreamSinkConnector", TargetState::Started,
            {{"topics", "orders"}, {"file", "orders-s3-sink.txt"}}},
        {"payments-cdc-source", generator, TargetState::Started,
            {{"topic", "payments"}, {"rate", "3"}, {"burst.every.ms", "60000"}, {"burst.length.ms", "5000"},
                {"burst.rate", "20"}}},
        {"salesforce-accounts-source", generator, TargetState::Started, {{"topic", "accounts"}, {"rate", "0.5"}}},
        // More comes in than the sink takes for 20 minutes of each hour, less in the other 40: lag grows, but never
        // past what is kept.
        {"clickstream-web-source", generator, TargetState::Started,
            {{"topic", "clickstream"}, {"rate", "4"}, {"burst.every.ms", "3600000"}, {"burst.length.ms", "1200000"},
                {"burst.rate", "14"}, {"record.bytes", "200"}}},
        {"clickstream-http-sink", sink, TargetState::Started,
            {{"topics", "clickstream"}, {"tasks.max", "2"}, {"script.delay.ms", "250"},
                {"consumer.override.max.poll.records", "4"}}},
        {"invoices-jdbc-sink", sink, TargetState::Started,
            {{"topics", "invoices"}, {"tasks.max", "3"}, {"consumer.override.max.poll.records", "20"}}},
        {"refunds-snowflake-sink", sink, TargetState::Started,
            {{"topics", "refunds"}, {"tasks.max", "2"}, {"errors.tolerance", "all"},
                {"errors.deadletterqueue.topic.name", "refunds-dead-letters"},
                {"errors.deadletterqueue.topic.replication.factor", "1"},
                {"errors.deadletterqueue.context.headers.enable", "true"}, {"errors.log.enable", "true"}}},
        {"loyalty-redis-sink", sink, TargetState::Paused, {{"topics", "loyalty-events"}, {"tasks.max", "2"}}},
        {"legacy-crm-sink", sink, TargetState::Stopped, {{"topics", "crm-contacts"}}},
    };
}

//! A backlog: `count` records spread evenly over the last `age`, round robin over the partitions.
struct Backlog
{
    const char *topic;
    int partitions, count;
    Milliseconds age;
    const char *field;
};

constexpr std::chrono::minutes minutes(int n)
{
    return std::chrono::minutes(n);
}

const Backlog backlogs[] {{"orders", 3, 240, minutes(10), "order"}, {"clickstream", 3, 2400, minutes(12), "click"},
    {"invoices", 3, 180, minutes(45), "invoice"}, {"refunds", 2, 90, minutes(30), "refund"},
    {"crm-contacts", 1, 35, minutes(300), "contact"}};

OutRecord recordOf(const Backlog &backlog, int number, std::int64_t now)
{
    const auto age = backlog.age.count() * (backlog.count - number) / backlog.count;
    const Json value {{backlog.field, 4100 + number}, {"amount", double(number * 7919 % 90000) / 100},
        {"currency", number % 7 == 0 ? "CHF" : "EUR"}};
    return {.topic = backlog.topic,
        .partition = number % backlog.partitions,
        .timestamp = now - age,
        .key = QByteArray::number(4100 + number),
        .value = toBytes(value),
        .headers = {}};
}

//! What somebody's hand-made export put in between: no JSON, and JSON cut short.
void spoil(std::vector<OutRecord> &records)
{
    for (auto &record : records) {
        const auto key = record.key->toInt() - 4100;
        if (record.topic == "invoices" && key == 124) { // partition 1, offset 41
            record.value = "{invoice: 4224, amount: 129,90}";
        }
        if (record.topic == "refunds" && key % 11 == 5) {
            record.value = R"({"refund":)" + *record.key;
        }
    }
}

std::vector<OutRecord> wholeBacklog(std::int64_t now)
{
    std::vector<OutRecord> records;
    for (const auto &backlog : backlogs) {
        for (int i = 0; i < backlog.count; ++i) {
            records.push_back(recordOf(backlog, i, now));
        }
    }
    spoil(records);
    return records;
}

Result<QString> writeOwnership(const QString &directory)
{
    nameResources();
    QFile shipped(QStringLiteral(":/localworker/ownership.yaml"));
    QFile file(directory + QStringLiteral("/ownership.yaml"));
    if (!shipped.open(QIODevice::ReadOnly) || !file.open(QIODevice::WriteOnly) || file.write(shipped.readAll()) < 0) {
        return failure({.kind = ErrorKind::StorageFailed, .message = file.errorString(), .target = file.fileName()});
    }
    return file.fileName();
}

Error brokenScene(const std::string &what)
{
    return {.kind = ErrorKind::Internal,
        .message = QStringLiteral("The sandbox could not be set up: %1").arg(QString::fromStdString(what))};
}

bool storyIsThere(const Herder &herder)
{
    const auto failed = herder.taskStatus("invoices-jdbc-sink", 1);
    const auto refunds = herder.taskStatus("refunds-snowflake-sink", 0);
    const auto paused = herder.taskStatus("loyalty-redis-sink", 0);
    return failed && (*failed)["state"] == "FAILED" && refunds && (*refunds)["state"] == "RUNNING" && paused
        && (*paused)["state"] == "PAUSED";
}

} // namespace

Task<QString> playCast(Stage stage)
{
    for (const auto &topic : topics) {
        if (const auto made = MockBrokers::createTopic(stage.producer->client(), topic.name, topic.partitions, 3);
            !made) {
            co_return failure(brokenScene(made.error().heading()));
        }
    }
    const auto now = stage.clock->now().time_since_epoch().count();
    if (const auto written = co_await stage.producer->send(wholeBacklog(now)); !written) {
        co_return failure(brokenScene(written.error().heading()));
    }
    for (const auto &player : players()) {
        if (stage.herder->has(player.name)) {
            continue; // kept from an earlier run
        }
        // The paused one ran before it was paused: it has tasks, and what came since is its lag.
        const auto first = player.state == TargetState::Paused ? TargetState::Started : player.state;
        const auto made = co_await stage.herder->create(
            player.name, configOf(player.name, player.className, player.settings), first);
        if (!made) {
            co_return failure(brokenScene(made.error().message));
        }
    }
    for (int turn = 0; turn < 75 && !storyIsThere(*stage.herder); ++turn) {
        co_await stage.clock->sleepFor(Milliseconds(20), {});
        const auto paused = stage.herder->taskStatus("loyalty-redis-sink", 0);
        if (paused && (*paused)["state"] == "RUNNING") {
            co_await stage.herder->setTarget("loyalty-redis-sink", TargetState::Paused);
        }
    }
    const Backlog sincePause {"loyalty-events", 2, 160, minutes(90), "member"};
    std::vector<OutRecord> late;
    for (int i = 0; i < sincePause.count; ++i) {
        late.push_back(recordOf(sincePause, i, now));
    }
    if (const auto written = co_await stage.producer->send(std::move(late)); !written) {
        co_return failure(brokenScene(written.error().heading()));
    }
    co_return writeOwnership(stage.directory);
}

} // namespace headgate::localworker
