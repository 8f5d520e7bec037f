// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/playground/cast.h"

#include "localworker/kafka/mockbrokers.h"
#include "localworker/runtime/herder.h"

#include <QFile>

#include <algorithm>
#include <iterator>

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

struct Sink
{
    const char *name;
    std::size_t partitions;
};

constexpr Sink pausedSink {"loyalty-redis-sink", 2};

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

std::vector<Player> players(const std::string &clickTarget)
{
    constexpr auto generator = "dev.headgate.connect.GeneratorSource";
    constexpr auto sink = "dev.headgate.connect.ScriptedSink";
    constexpr auto httpSink = "dev.headgate.connect.HttpSink";
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
            {{"topic", "clickstream"}, {"rate", "1"}, {"burst.every.ms", "3600000"}, {"burst.length.ms", "1200000"},
                {"burst.rate", "14"}, {"record.bytes", "200"}}},
        {"clickstream-http-sink", httpSink, TargetState::Started,
            {{"topics", "clickstream"}, {"tasks.max", "3"}, {"http.url", clickTarget},
                {"consumer.override.max.poll.records", "1"}}}, // the first position is there after one slow answer
        {"invoices-jdbc-sink", sink, TargetState::Started,
            {{"topics", "invoices"}, {"tasks.max", "3"}, {"consumer.override.max.poll.records", "20"}}},
        {"refunds-snowflake-sink", sink, TargetState::Started,
            {{"topics", "refunds"}, {"tasks.max", "2"}, {"errors.tolerance", "all"},
                {"errors.deadletterqueue.topic.name", "refunds-dead-letters"},
                {"errors.deadletterqueue.topic.replication.factor", "1"},
                {"errors.deadletterqueue.context.headers.enable", "true"}, {"errors.log.enable", "true"}}},
        {pausedSink.name, sink, TargetState::Paused, {{"topics", "loyalty-events"}, {"tasks.max", "2"}}},
        {"legacy-crm-sink", sink, TargetState::Stopped, {{"topics", "crm-contacts"}}},
    };
}

//! A backlog: `count` records spread evenly from `age` ago until `newest` ago, round robin over the partitions.
struct Backlog
{
    const char *topic;
    int partitions, count;
    Milliseconds age;
    const char *field;
    Milliseconds newest {0};
};

constexpr std::chrono::minutes minutes(int n)
{
    return std::chrono::minutes(n);
}

const Backlog backlogs[] {{"orders", 3, 240, minutes(10), "order"}, {"clickstream", 3, 2400, minutes(12), "click"},
    {"invoices", 3, 180, minutes(45), "invoice"}, {"refunds", 2, 90, minutes(30), "refund"},
    {"loyalty-events", 2, 40, minutes(130), "member", minutes(90)}, {"crm-contacts", 1, 35, minutes(300), "contact"}};
const Backlog sincePause {"loyalty-events", 2, 160, minutes(90), "member"};

OutRecord recordOf(const Backlog &backlog, int number, std::int64_t now)
{
    const auto span = (backlog.age - backlog.newest).count();
    const auto age = backlog.newest.count() + span * (backlog.count - number) / backlog.count;
    const Json value {{backlog.field, 4100 + number}, {"amount", double(number * 7919 % 90000) / 100},
        {"currency", number % 7 == 0 ? "CHF" : "EUR"}};
    return {.topic = backlog.topic,
        .partition = number % backlog.partitions,
        .timestamp = now - age,
        .key = QByteArray::number(4100 + number),
        .value = toBytes(value),
        .headers = {}};
}

std::vector<OutRecord> recordsOf(const Backlog &backlog, std::int64_t now)
{
    std::vector<OutRecord> records;
    for (int i = 0; i < backlog.count; ++i) {
        records.push_back(recordOf(backlog, i, now));
    }
    return records;
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
        std::ranges::move(recordsOf(backlog, now), std::back_inserter(records));
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

QCoro::Task<bool> hasPositions(Herder *herder, Sink sink)
{
    const auto offsets = co_await herder->offsets(sink.name);
    co_return offsets && (*offsets)["offsets"].size() == sink.partitions;
}

bool isIn(const Herder &herder, const char *state, const char *connector, int task)
{
    const auto status = herder.taskStatus(connector, task);
    return status && (*status)["state"] == state;
}

//! States, and positions to tell the lag from.
QCoro::Task<bool> storyIsThere(Herder *herder)
{
    if (!isIn(*herder, "FAILED", "invoices-jdbc-sink", 1) || !isIn(*herder, "RUNNING", "refunds-snowflake-sink", 0)
        || !isIn(*herder, "PAUSED", pausedSink.name, 0) || !isIn(*herder, "PAUSED", pausedSink.name, 1)) {
        co_return false;
    }
    for (const auto &sink : {Sink {"clickstream-http-sink", 3}, Sink {"orders-s3-sink", 3}}) {
        if (!co_await hasPositions(herder, sink)) {
            co_return false;
        }
    }
    co_return true;
}

//! A connector kept from an earlier run posts to the target of that run.
QCoro::Task<RestResult<void>> enter(Herder *herder, Player player)
{
    const auto config = configOf(player.name, player.className, player.settings);
    if (const auto kept = herder->config(player.name)) {
        if (kept->get("http.url") == config.get("http.url")) {
            co_return RestResult<void>();
        }
        auto moved = *kept; // what a person changed in it stays
        moved.set("http.url", config.get("http.url"));
        const auto put = co_await herder->putConfig(player.name, moved);
        co_return put ? RestResult<void>() : tl::unexpected(put.error());
    }
    // The paused one ran before it was paused: it has tasks and a position, and what came since is its lag.
    const auto first = player.state == TargetState::Paused ? TargetState::Started : player.state;
    const auto made = co_await herder->create(player.name, config, first);
    co_return made ? RestResult<void>() : tl::unexpected(made.error());
}

QCoro::Task<> untilTheStoryIsThere(Stage stage)
{
    for (int turn = 0; turn < 75 && !co_await storyIsThere(stage.herder); ++turn) {
        co_await stage.clock->sleepFor(Milliseconds(20), {});
        if (isIn(*stage.herder, "RUNNING", pausedSink.name, 0) && co_await hasPositions(stage.herder, pausedSink)) {
            co_await stage.herder->setTarget(pausedSink.name, TargetState::Paused);
        }
    }
    if (!isIn(*stage.herder, "PAUSED", pausedSink.name, 0)) { // a slow machine: paused, if without a position yet
        co_await stage.herder->setTarget(pausedSink.name, TargetState::Paused);
    }
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
    for (const auto &player : players(stage.clickTarget)) {
        if (const auto entered = co_await enter(stage.herder, player); !entered) {
            co_return failure(brokenScene(entered.error().message));
        }
    }
    co_await untilTheStoryIsThere(stage);
    if (const auto written = co_await stage.producer->send(recordsOf(sincePause, now)); !written) {
        co_return failure(brokenScene(written.error().heading()));
    }
    co_return writeOwnership(stage.directory);
}

} // namespace headgate::localworker
