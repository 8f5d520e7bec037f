// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/operationrecords.h"

#include "domain/connectors/secrets.h"

#include <QHash>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace headgate {

namespace {

using Json = nlohmann::json;

template <class Value> using Words = std::vector<std::pair<Value, const char *>>;

const Words<OperationKind> &kindWords()
{
    static const Words<OperationKind> words {{OperationKind::Pause, "pause"}, {OperationKind::Resume, "resume"},
        {OperationKind::Stop, "stop"}, {OperationKind::RestartConnector, "restart-connector"},
        {OperationKind::RestartAllTasks, "restart-all-tasks"}, {OperationKind::RestartFailed, "restart-failed"},
        {OperationKind::RestartTask, "restart-task"}, {OperationKind::Replay, "replay"},
        {OperationKind::Redrive, "redrive"}};
    return words;
}

const Words<Outcome> &outcomeWords()
{
    static const Words<Outcome> words {{Outcome::Confirmed, "confirmed"}, {Outcome::Refused, "refused"},
        {Outcome::Failed, "failed"}, {Outcome::Unknown, "unknown"}};
    return words;
}

template <class Value> const char *wordOf(const Words<Value> &words, Value value)
{
    const auto found = std::ranges::find(words, value, &Words<Value>::value_type::first);
    return found == words.end() ? "" : found->second;
}

template <class Value> std::optional<Value> valueOf(const Words<Value> &words, const std::string &word)
{
    const auto found = std::ranges::find_if(words, [&](const auto &entry) { return word == entry.second; });
    return found == words.end() ? std::nullopt : std::optional(found->first);
}

std::string textOf(const QString &text)
{
    return text.toStdString();
}

std::string freeText(const QString &text)
{
    return redacted(text).toStdString();
}

std::string word(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

QString text(const Json &json, const char *key)
{
    return QString::fromStdString(word(json, key));
}

qint64 number(const Json &json, const char *key, qint64 otherwise = 0)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? found->get<qint64>() : otherwise;
}

Json listOf(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_array() ? *found : Json::array();
}

QByteArray dumped(const Json &json)
{
    return QByteArray::fromStdString(
        json.dump(-1, ' ', true, Json::error_handler_t::replace)); // ASCII: one line whatever it holds
}

Json beforeOf(const ObservedConnector &before)
{
    auto tasks = Json::array();
    for (const auto &[id, state] : before.tasks) {
        tasks.push_back({id, textOf(state.raw)});
    }
    return {{"state", textOf(before.state.raw)}, {"tasks", std::move(tasks)},
        {"configHash", before.configHash.toHex().toStdString()}};
}

ObservedConnector before(const Json &json)
{
    ObservedConnector found {.state = parseState(text(json, "state")),
        .configHash = QByteArray::fromHex(QByteArray::fromStdString(word(json, "configHash")))};
    for (const auto &task : listOf(json, "tasks")) {
        if (task.is_array() && task.size() == 2 && task[0].is_number_integer() && task[1].is_string()) {
            found.tasks.emplace_back(
                task[0].get<int>(), parseState(QString::fromStdString(task[1].get<std::string>())));
        }
    }
    return found;
}

Json requestsOf(const std::vector<RestRequest> &requests)
{
    auto list = Json::array();
    for (const auto &request : requests) {
        list.push_back({{"method", request.method.toStdString()}, {"path", request.path.toStdString()},
            {"body", request.body.toStdString()}});
    }
    return list;
}

std::vector<RestRequest> requests(const Json &json)
{
    std::vector<RestRequest> found;
    for (const auto &each : json) {
        found.push_back({QByteArray::fromStdString(word(each, "method")), QByteArray::fromStdString(word(each, "path")),
            QByteArray::fromStdString(word(each, "body"))});
    }
    return found;
}

Instant instant(const Json &json, const char *key)
{
    return fromIso(text(json, key)).value_or(Instant {});
}

Json errorOf(const Error &error)
{
    return {{"kind", int(error.kind)}, {"message", freeText(error.message)}, {"target", textOf(error.target)},
        {"request", textOf(error.request)}, {"code", error.code}};
}

Error error(const Json &json)
{
    const auto kind = std::clamp<qint64>(number(json, "kind", int(ErrorKind::Internal)), 0, int(ErrorKind::Internal));
    return {.kind = ErrorKind(kind),
        .message = text(json, "message"),
        .target = text(json, "target"),
        .request = text(json, "request"),
        .code = int(number(json, "code"))};
}

Json leaseOf(const Lease &lease)
{
    return {{"boot", textOf(lease.bootId)}, {"pid", lease.pid}, {"started", lease.startTicks}};
}

Lease lease(const Json &json)
{
    const auto found = json.value("lease", Json::object());
    return {text(found, "boot"), number(found, "pid"), number(found, "started")};
}

std::optional<LoggedOperation> intent(const Json &json)
{
    const auto kind = valueOf(kindWords(), word(json, "kind"));
    if (!kind || word(json, "op").empty()) {
        return std::nullopt;
    }
    LoggedOperation found {.kafkaClusterId = text(json, "clusterId")};
    auto &operation = found.operation;
    operation.id = {text(json, "op")};
    operation.request = {.kind = *kind,
        .connector = {{text(json, "context")}, {text(json, "cluster")}, text(json, "connector")},
        .task = int(number(json, "task", -1)),
        .reason = text(json, "reason"),
        .compensates = {text(json, "compensates")}};
    operation.person = text(json, "person");
    operation.startedAt = instant(json, "at");
    operation.deadline = Milliseconds(number(json, "deadlineMs"));
    operation.compensation = valueOf(kindWords(), word(json, "compensation"));
    operation.before = before(json.value("before", Json::object()));
    operation.requests = requests(listOf(json, "requests"));
    operation.plan = QByteArray::fromStdString(word(json, "plan"));
    found.lease = lease(json);
    return found;
}

OperationStep step(const Json &json)
{
    return {.at = instant(json, "at"),
        .what = text(json, "what"),
        .state = text(json, "state"),
        .detail = text(json, "detail"),
        .data = QByteArray::fromStdString(word(json, "data"))};
}

void addOutcome(Operation &operation, const Json &json)
{
    operation.outcome = valueOf(outcomeWords(), word(json, "outcome"));
    operation.observed = text(json, "observed");
    operation.endedAt = instant(json, "at");
    operation.phase = OperationPhase::Finished;
    if (json.contains("error")) {
        operation.error = error(json["error"]);
    }
}

} // namespace

QByteArray intentRecord(const LoggedOperation &intent)
{
    const auto &operation = intent.operation;
    const auto &request = operation.request;
    Json json {{"type", "intent"}, {"op", textOf(operation.id.text)}, {"at", textOf(toIso(operation.startedAt))},
        {"context", textOf(request.connector.context.text)}, {"cluster", textOf(request.connector.cluster.text)},
        {"connector", textOf(request.connector.name)}, {"kind", wordOf(kindWords(), request.kind)},
        {"task", request.task}, {"reason", freeText(request.reason)}, {"person", freeText(operation.person)},
        {"compensates", textOf(request.compensates.text)}, {"deadlineMs", operation.deadline.count()},
        {"before", beforeOf(operation.before)}, {"requests", requestsOf(operation.requests)},
        {"clusterId", textOf(intent.kafkaClusterId)}, {"lease", leaseOf(intent.lease)}};
    if (!operation.plan.isEmpty()) {
        json["plan"] = operation.plan.toStdString(); // a text, not an object: its bytes are what its hash is over
    }
    if (operation.compensation) {
        json["compensation"] = wordOf(kindWords(), *operation.compensation);
    }
    return dumped(json);
}

QByteArray stepRecord(const OperationId &id, const OperationStep &step)
{
    Json json {{"type", "step"}, {"op", textOf(id.text)}, {"at", textOf(toIso(step.at))}, {"what", textOf(step.what)},
        {"state", textOf(step.state)}, {"detail", freeText(step.detail)}};
    if (!step.data.isEmpty()) {
        json["data"] = step.data.toStdString();
    }
    return dumped(json);
}

QByteArray takeUpRecord(const OperationId &id, Instant at, const QString &person, const Lease &lease)
{
    return dumped({{"type", "taken-up"}, {"op", textOf(id.text)}, {"at", textOf(toIso(at))},
        {"person", freeText(person)}, {"lease", leaseOf(lease)}});
}

QByteArray letGoRecord(const OperationId &id, Instant at, const QString &person)
{
    return dumped(
        {{"type", "let-go"}, {"op", textOf(id.text)}, {"at", textOf(toIso(at))}, {"person", freeText(person)}});
}

QByteArray outcomeRecord(const Operation &operation)
{
    Json json {{"type", "outcome"}, {"op", textOf(operation.id.text)}, {"at", textOf(toIso(operation.endedAt))},
        {"outcome", wordOf(outcomeWords(), operation.outcome.value_or(Outcome::Unknown))},
        {"observed", freeText(operation.observed)}};
    if (operation.error) {
        json["error"] = errorOf(*operation.error);
    }
    return dumped(json);
}

std::vector<LoggedOperation> operationsOf(const std::vector<LogEntry> &entries)
{
    std::vector<LoggedOperation> found;
    QHash<QString, size_t> at;
    for (const auto &entry : entries) {
        const auto json = Json::parse(entry.body.toStdString(), nullptr, false);
        if (!json.is_object()) {
            continue;
        }
        const auto id = text(json, "op");
        if (word(json, "type") == "intent") {
            if (auto begun = intent(json)) {
                at.insert(id, found.size());
                found.push_back(*std::move(begun));
            }
            continue;
        }
        if (!at.contains(id)) {
            continue;
        }
        auto &known = found[at.value(id)];
        if (word(json, "type") == "outcome") {
            addOutcome(known.operation, json);
        } else if (word(json, "type") == "step") {
            known.operation.steps.push_back(step(json));
        } else if (word(json, "type") == "taken-up") {
            known.lease = lease(json);
            known.operation.letGoBy.clear();
        } else if (word(json, "type") == "let-go") {
            known.lease = {};
            known.operation.letGoBy = text(json, "person");
        }
    }
    std::ranges::reverse(found);
    return found;
}

bool mentions(const Operation &operation, const QString &text)
{
    const auto &request = operation.request;
    const QStringList fields {operation.id.text, request.connector.context.text, request.connector.cluster.text,
        request.connector.name, QString::fromLatin1(wordOf(kindWords(), request.kind)), request.reason,
        operation.person, operation.observed,
        operation.outcome ? QString::fromLatin1(wordOf(outcomeWords(), *operation.outcome)) : QStringLiteral("open"),
        operation.error ? operation.error->message : QString(), toIso(operation.startedAt)};
    const auto all = fields.join(QLatin1Char('\n'));
    const auto words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&](const QString &each) { return all.contains(each, Qt::CaseInsensitive); });
}

} // namespace headgate
