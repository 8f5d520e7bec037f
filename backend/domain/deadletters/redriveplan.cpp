// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deadletters/redriveplan.h"

#include "domain/connectors/secrets.h"
#include "domain/deadletters/placejson.h"

#include <QCryptographicHash>

#include <algorithm>
#include <map>
#include <set>

namespace headgate {

namespace {

using Json = nlohmann::json;
using enum RedriveWarningKind;

void warn(RedrivePlan &plan, RedriveWarning warning)
{
    plan.warnings.push_back(std::move(warning));
}

void addItems(RedrivePlan &plan, const RedriveFacts &facts)
{
    int noOriginal = 0, tombstones = 0;
    for (const auto &letter : facts.letters) {
        const auto target = targetOf(plan.request, letter);
        noOriginal += target.isEmpty() ? 1 : 0;
        tombstones += letter.hasValue || plan.request.value ? 0 : 1;
        plan.bytes += letter.bytes;
        plan.items.push_back({letter.at, target});
    }
    std::ranges::sort(plan.items, {}, &RedriveItem::from);
    if (noOriginal > 0) {
        warn(plan, {.kind = NoOriginal, .count = noOriginal});
    }
    if (tombstones > 0) {
        warn(plan, {.kind = Tombstones, .count = tombstones});
    }
}

void warnOfTopics(RedrivePlan &plan, const RedriveFacts &facts)
{
    std::set<QString> queues;
    for (const auto &item : plan.items) {
        queues.insert(item.from.tp.topic);
    }
    for (const auto &[topic, count] : targetsOf(plan)) {
        const auto known = std::ranges::find(facts.topics, topic, &RedriveTopic::name);
        if (queues.contains(topic)) {
            warn(plan, {.kind = TargetIsQueue, .topic = topic, .text = topic});
        } else if (known == facts.topics.end() || !known->exists) {
            warn(plan, {.kind = TargetMissing, .topic = topic, .text = topic});
        } else if (!known->readers.isEmpty()) {
            warn(plan, {.kind = OtherReaders, .topic = topic, .text = known->readers.join(QStringLiteral(", "))});
        }
    }
}

void warnOfPast(RedrivePlan &plan, const RedriveFacts &facts)
{
    const std::set<RecordAt> sent(facts.sentBefore.begin(), facts.sentBefore.end());
    const auto again = std::ranges::count_if(plan.items, [&](const auto &item) { return sent.contains(item.from); });
    if (again > 0) {
        warn(plan, {.kind = SentBefore, .count = int(again)});
    }
    if (facts.causeActs && plan.request.target.isEmpty() && !plan.request.value) {
        warn(plan, {.kind = CauseStillActs});
    }
}

//! In their order otherwise.
void putForbiddingFirst(RedrivePlan &plan)
{
    std::vector<RedriveWarning> sorted;
    for (const bool forbidding : {true, false}) {
        std::ranges::copy_if(plan.warnings, std::back_inserter(sorted),
            [forbidding](const RedriveWarning &each) { return forbids(each.kind) == forbidding; });
    }
    plan.warnings = std::move(sorted);
}

QString textFrom(const Json &json, const char *name)
{
    return QString::fromStdString(json.at(name).get<std::string>());
}

Json topicJson(const RedriveTopic &topic)
{
    Json readers = Json::array();
    for (const auto &reader : topic.readers) {
        readers.push_back(reader.toStdString());
    }
    return {{"name", topic.name.toStdString()}, {"exists", topic.exists}, {"id", topic.id.toStdString()},
        {"partitions", topic.partitions}, {"readers", std::move(readers)}};
}

RedriveTopic topicFrom(const Json &json)
{
    RedriveTopic topic {.name = textFrom(json, "name"), .exists = json.at("exists").get<bool>()};
    topic.id = textFrom(json, "id");
    topic.partitions = json.at("partitions").get<int>();
    for (const auto &reader : json.at("readers")) {
        topic.readers << QString::fromStdString(reader.get<std::string>());
    }
    return topic;
}

RedrivePlan planFrom(const Json &json)
{
    RedrivePlan plan;
    plan.request.connector = {{textFrom(json, "context")}, {textFrom(json, "cluster")}, textFrom(json, "connector")};
    plan.request.target = textFrom(json, "target");
    plan.request.perSecond = json.at("perSecond").get<double>();
    plan.request.reason = textFrom(json, "reason");
    plan.fixedHash = QByteArray::fromStdString(json.value("fixedHash", std::string()));
    plan.contextName = textFrom(json, "contextName");
    plan.environment = Environment(json.at("environment").get<int>());
    plan.kafkaClusterId = textFrom(json, "kafkaClusterId");
    plan.bytes = json.at("bytes").get<qint64>();
    plan.reasonNeeded = json.at("reasonNeeded").get<bool>();
    plan.madeAt = Instant(Milliseconds(json.at("madeAt").get<std::int64_t>()));
    for (const auto &item : json.at("items")) {
        plan.items.push_back({placeFrom(item), QString::fromStdString(item.at(3).get<std::string>())});
        plan.request.chosen.push_back(plan.items.back().from);
    }
    for (const auto &topic : json.value("topics", Json::array())) { // older plans have none
        plan.topics.push_back(topicFrom(topic));
    }
    return plan;
}

} // namespace

QString targetOf(const RedriveRequest &request, const DeadLetter &letter)
{
    return !request.target.isEmpty() ? request.target : letter.original ? letter.original->tp.topic : QString();
}

bool forbids(RedriveWarningKind kind)
{
    switch (kind) {
    case NothingChosen:
    case NoOriginal:
    case TargetMissing:
    case TargetIsQueue:
    case FixOfMany:
        return true;
    case Gone:
    case SentBefore:
    case CauseStillActs:
    case OtherReaders:
    case Tombstones:
        break;
    }
    return false;
}

bool forbidden(const RedrivePlan &plan)
{
    return std::ranges::any_of(plan.warnings, [](const RedriveWarning &each) { return forbids(each.kind); });
}

double secondsOf(const RedrivePlan &plan)
{
    return double(plan.items.size()) / plan.request.perSecond;
}

std::vector<std::pair<QString, int>> targetsOf(const RedrivePlan &plan)
{
    std::map<QString, int> counts;
    for (const auto &item : plan.items) {
        if (!item.target.isEmpty()) {
            ++counts[item.target];
        }
    }
    return {counts.begin(), counts.end()};
}

Result<RedrivePlan> planRedrive(const RedriveRequest &request, const RedriveFacts &facts)
{
    if (!(request.perSecond > 0) || request.perSecond > RedriveRequest::maxRate) {
        return failure({.kind = ErrorKind::InvalidInput,
            .message
            = QStringLiteral("The rate is above 0 and at most %1 records a second").arg(RedriveRequest::maxRate)});
    }
    if (request.chosen.size() > RedriveRequest::maxRecords) {
        return failure({.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("At most %1 records are sent at once").arg(RedriveRequest::maxRecords)});
    }
    RedrivePlan plan {.request = request,
        .contextName = facts.contextName,
        .environment = facts.environment,
        .kafkaClusterId = facts.kafkaClusterId,
        .topics = facts.topics,
        .reasonNeeded = facts.environment == Environment::Production,
        .madeAt = facts.now};
    plan.request.reason = redacted(request.reason);
    if (request.value) {
        plan.fixedHash = QCryptographicHash::hash(*request.value, QCryptographicHash::Sha256).toHex();
    }
    addItems(plan, facts);
    if (plan.items.empty()) {
        warn(plan, {.kind = NothingChosen});
    } else if (plan.items.size() < request.chosen.size()) {
        warn(plan, {.kind = Gone, .count = int(request.chosen.size() - plan.items.size())});
    }
    if (request.value && request.chosen.size() != 1) {
        warn(plan, {.kind = FixOfMany});
    }
    warnOfTopics(plan, facts);
    warnOfPast(plan, facts);
    putForbiddingFirst(plan);
    return plan;
}

QByteArray redriveText(const RedrivePlan &plan)
{
    const auto &request = plan.request;
    Json items = Json::array();
    for (const auto &item : plan.items) {
        auto line = placeJson(item.from);
        line.push_back(item.target.toStdString());
        items.push_back(std::move(line));
    }
    Json json {{"headgateRedrive", 1}, {"context", request.connector.context.text.toStdString()},
        {"cluster", request.connector.cluster.text.toStdString()}, {"connector", request.connector.name.toStdString()},
        {"target", request.target.toStdString()}, {"perSecond", request.perSecond},
        {"reason", request.reason.toStdString()}, {"contextName", plan.contextName.toStdString()},
        {"environment", int(plan.environment)}, {"kafkaClusterId", plan.kafkaClusterId.toStdString()},
        {"bytes", plan.bytes}, {"reasonNeeded", plan.reasonNeeded},
        {"madeAt", plan.madeAt.time_since_epoch() / Milliseconds(1)}, {"items", std::move(items)}};
    for (const auto &topic : plan.topics) {
        json["topics"].push_back(topicJson(topic));
    }
    if (!plan.fixedHash.isEmpty()) {
        json["fixedHash"] = plan.fixedHash.toStdString();
    }
    return QByteArray::fromStdString(json.dump());
}

std::optional<RedrivePlan> redriveFromText(const QByteArray &text)
{
    const auto json = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object() || json.value("headgateRedrive", 0) != 1) {
        return std::nullopt;
    }
    try {
        return planFrom(json);
    } catch (const Json::exception &) { // a field is missing or of another type
        return std::nullopt;
    }
}

QByteArray redriveMark(const OperationId &operation, const RecordAt &from)
{
    return operation.text.toUtf8() + '/' + QByteArray::number(from.tp.partition) + '/'
        + QByteArray::number(qint64(from.offset));
}

std::vector<RecordHeader> redriveHeaders(
    const std::vector<RecordHeader> &headers, const OperationId &operation, const RecordAt &from)
{
    std::vector<RecordHeader> kept;
    std::ranges::copy_if(headers, std::back_inserter(kept),
        [](const RecordHeader &header) { return !isErrorHeader(header.key) && header.key != redriveHeader; });
    kept.push_back({redriveHeader, redriveMark(operation, from)});
    return kept;
}

} // namespace headgate
