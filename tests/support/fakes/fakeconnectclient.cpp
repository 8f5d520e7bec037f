// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakeconnectclient.h"

#include "clients/connect/connecterror.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace headgate {

namespace {

State stateOf(const char *word)
{
    return parseState(QString::fromLatin1(word));
}

//! What the real client makes of an error status.
Error errorOf(const RestAnswer &answer, const QString &request, CallKind call)
{
    auto error = connectError(answer.status, answer.body, {}, call);
    error.target = QStringLiteral("worker-1:8083");
    error.request = request;
    return error;
}

Error gone(const QString &request, const QString &name)
{
    return errorOf(
        fakeConnectError(404, QStringLiteral("No status found for connector %1").arg(name)), request, CallKind::Read);
}

QString encoded(const QString &name)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(name));
}

} // namespace

RestAnswer fakeConnectError(int status, const QString &message)
{
    const QString text = QStringLiteral("{\"error_code\":%1,\"message\":\"%2\"}").arg(status).arg(message);
    return {.status = status, .body = text.toUtf8()};
}

QString fakeDisplay(const QString &url)
{
    return url.section(QStringLiteral("://"), -1);
}

FakeConnectCluster::FakeConnectCluster(std::shared_ptr<Clock> with, QStringList of)
    : clock(std::move(with))
    , workers(std::move(of))
{
}

FakeConnector &FakeConnectCluster::add(
    const QString &name, ConnectorType type, QList<const char *> taskStates, const char *state)
{
    FakeConnector made;
    const auto worker = fakeDisplay(workers.first());
    made.info = {
        name, type, {{QStringLiteral("name"), name}, {QStringLiteral("connector.class"), QStringLiteral("Fake")}}, {}};
    made.status = {.name = name, .type = type, .connector = stateOf(state), .workerId = worker};
    for (int id = 0; id < taskStates.size(); ++id) {
        made.status.tasks.push_back({.id = id, .state = stateOf(taskStates[id]), .workerId = worker});
        made.info.taskIds.push_back(id);
    }
    made.taskCount = std::max(1, int(taskStates.size()));
    return connectors.insert_or_assign(name, std::move(made)).first->second;
}

FakeConnector &FakeConnectCluster::at(const QString &name)
{
    return connectors.at(name);
}

void FakeConnectCluster::remove(const QString &name)
{
    connectors.erase(name);
}

void FakeConnectCluster::failTask(const QString &name, int task, const QString &trace)
{
    auto &status = at(name).status.tasks.at(size_t(task));
    status.state = stateOf("FAILED");
    status.trace = trace;
}

void FakeConnectCluster::script(const QString &request, FakeAnswer answer, int times)
{
    m_scripts.push_back({request, std::move(answer), times});
}

void FakeConnectCluster::before(const QString &request, std::function<void()> act)
{
    m_before.emplace_back(request, std::move(act));
}

void FakeConnectCluster::after(const QString &request, std::function<void()> act)
{
    m_after.emplace_back(request, std::move(act));
}

void FakeConnectCluster::later(Milliseconds delay, std::function<void()> act)
{
    m_later.emplace(clock->monotonic() + delay, std::move(act));
}

int FakeConnectCluster::count(const QString &requestPrefix) const
{
    return int(std::ranges::count_if(calls, [&](const Call &call) { return call.request.startsWith(requestPrefix); }));
}

std::vector<FakeConnectCluster::Call> FakeConnectCluster::writes() const
{
    std::vector<Call> found;
    std::ranges::copy_if(calls, std::back_inserter(found),
        [](const Call &call) { return !call.request.startsWith(QLatin1String("GET ")); });
    return found;
}

FakeAnswer FakeConnectCluster::nextAnswer(const QString &request)
{
    for (auto script = m_scripts.begin(); script != m_scripts.end(); ++script) {
        if (request.startsWith(script->request)) {
            auto answer = script->answer;
            if (--script->times <= 0) {
                m_scripts.erase(script);
            }
            return answer;
        }
    }
    return {};
}

void FakeConnectCluster::runDue()
{
    while (!m_later.empty() && m_later.begin()->first <= clock->monotonic()) {
        const auto act = m_later.begin()->second;
        m_later.erase(m_later.begin());
        act();
    }
}

void FakeConnectCluster::runOnce(Acts &acts, const QString &request)
{
    const auto act = std::ranges::find_if(acts, [&](const auto &entry) { return request.startsWith(entry.first); });
    if (act != acts.end()) {
        const auto run = act->second;
        acts.erase(act);
        run();
    }
}

// A coroutine's arguments by value; the cluster outlives its calls because clients share it.
Task<std::optional<RestAnswer>> FakeConnectCluster::call(
    QString request, QByteArray body, CallOptions options, bool write)
{
    calls.push_back({request, body, clock->monotonic()});
    const auto script = nextAnswer(request);
    const auto wanted = latency + script.delay;
    ++openCalls;
    bool tooLate = script.hangs || mute || wanted > options.deadline;
    Result<void> slept;
    if (tooLate || wanted > Milliseconds(0)) {
        slept = co_await clock->sleepFor(tooLate ? options.deadline : wanted, options.stop);
    }
    --openCalls;
    if (!slept) {
        co_return failure(slept.error());
    }
    runDue();
    runOnce(m_before, request);
    std::optional<RestAnswer> answer = script.answer;
    const auto lost = down ? down : script.error;
    if (write && !answer && script.takesEffect && !down && !mute) {
        answer = apply({request.section(QLatin1Char(' '), 0, 0).toLatin1(),
            request.section(QLatin1Char(' '), 1).toLatin1(), body});
        runOnce(m_after, request);
    }
    if (mute && !tooLate) { // only since a moment ago: it is not answered either
        tooLate = true;
        co_await clock->sleepFor(options.deadline, options.stop);
    }
    if (tooLate) {
        co_return failure({.kind = write ? ErrorKind::OutcomeUnknown : ErrorKind::DeadlineExceeded,
            .message = QStringLiteral("No answer in time"),
            .target = fakeDisplay(workers.first()),
            .request = request});
    }
    if (lost) {
        auto error = *lost;
        error.target = error.target.isEmpty() ? fakeDisplay(workers.first()) : error.target;
        error.request = request;
        co_return failure(error);
    }
    co_return answer;
}

void FakeConnectCluster::bringTasks(const QString &name, const char *state)
{
    later(convergence, [this, name, state] {
        auto found = connectors.find(name);
        if (found == connectors.end()) {
            return;
        }
        auto &status = found->second.status;
        if (status.tasks.empty() && QLatin1String(state) == QLatin1String("RUNNING")) {
            for (int id = 0; id < found->second.taskCount; ++id) {
                status.tasks.push_back({.id = id, .workerId = status.workerId});
            }
        }
        for (auto &task : status.tasks) {
            if (task.state.run != RunState::Failed) {
                task.state = stateOf(state);
            }
        }
        if (QLatin1String(state) == QLatin1String("RUNNING")) {
            joinGroup(found->second);
        }
    });
}

void FakeConnectCluster::restartTasks(FakeConnector &connector, bool onlyFailed, int single)
{
    const auto name = connector.info.name;
    for (auto &task : connector.status.tasks) {
        if ((single >= 0 && task.id != single) || (onlyFailed && task.state.run != RunState::Failed)) {
            continue;
        }
        const int id = task.id;
        task.state = stateOf("RESTARTING");
        later(convergence, [this, name, id] {
            for (auto &one : at(name).status.tasks) {
                if (one.id == id) {
                    one.state = stateOf("RUNNING");
                    one.trace.clear();
                }
            }
        });
        if (!connector.failsAgain.isEmpty()) {
            later(convergence + Milliseconds(600), [this, name, id] { failTask(name, id, at(name).failsAgain); });
        }
    }
}

RestAnswer FakeConnectCluster::act(FakeConnector &connector, const QString &verb, const QString &query)
{
    const auto name = connector.info.name;
    auto &status = connector.status;
    if (verb == QLatin1String("pause")) {
        status.connector = stateOf("PAUSED");
        bringTasks(name, "PAUSED");
        return {.status = 202};
    }
    if (verb == QLatin1String("resume")) {
        status.connector = stateOf("RUNNING");
        bringTasks(name, "RUNNING");
        return {.status = 202};
    }
    if (verb == QLatin1String("stop")) {
        status.connector = stateOf("STOPPED");
        later(stopTakes, [this, name] {
            if (at(name).status.connector.run == RunState::Stopped) { // nobody resumed it meanwhile
                at(name).status.tasks.clear();
                leaveGroup(name);
            }
        });
        return {.status = 204};
    }
    if (verb == QLatin1String("restart")) {
        if (status.connector.run == RunState::Failed) {
            later(convergence, [this, name] { at(name).status.connector = stateOf("RUNNING"); });
        }
        const QUrlQuery flags(query);
        const bool onlyFailed = flags.queryItemValue(QStringLiteral("onlyFailed")) == QLatin1String("true");
        if (flags.queryItemValue(QStringLiteral("includeTasks")) == QLatin1String("true")) {
            restartTasks(connector, onlyFailed, -1);
            return {.status = 202, .body = "{}"};
        }
        return {.status = 204};
    }
    return fakeConnectError(404, QStringLiteral("HTTP 404 Not Found"));
}

RestAnswer FakeConnectCluster::apply(const RestRequest &request)
{
    const auto text = QString::fromLatin1(request.path);
    const auto parts = text.section(QLatin1Char('?'), 0, 0).split(QLatin1Char('/'), Qt::SkipEmptyParts);
    const auto query = text.section(QLatin1Char('?'), 1);
    if (parts.size() < 2) {
        return fakeConnectError(404, QStringLiteral("HTTP 404 Not Found"));
    }
    const auto name = QUrl::fromPercentEncoding(parts[1].toLatin1());
    auto found = connectors.find(name);
    if (found == connectors.end()) {
        return fakeConnectError(404, QStringLiteral("Unknown connector %1").arg(name));
    }
    if (parts.size() == 2 && request.method == "DELETE") {
        connectors.erase(found);
        return {.status = 204};
    }
    if (parts.value(2) == QLatin1String("offsets")) {
        return request.method == "PATCH" ? alterOffsets(found->second, request.body) : resetOffsets(found->second);
    }
    if (parts.size() == 5 && parts[2] == QLatin1String("tasks")) {
        restartTasks(found->second, false, parts[3].toInt());
        return {.status = 204};
    }
    return act(found->second, parts.value(2), query);
}

FakeConnectClient::FakeConnectClient(std::shared_ptr<FakeConnectCluster> cluster)
    : m_cluster(std::move(cluster))
{
    ++m_cluster->clients;
}

FakeConnectClient::~FakeConnectClient()
{
    --m_cluster->clients;
}

Task<ServerInfo> FakeConnectClient::fetchServerInfo(CallOptions options)
{
    const auto cluster = m_cluster;
    const auto answer = co_await cluster->call(QStringLiteral("GET /"), {}, options, false);
    if (!answer) {
        co_return failure(answer.error());
    }
    co_return std::as_const(cluster->server);
}

Task<QStringList> FakeConnectClient::fetchNames(CallOptions options)
{
    const auto cluster = m_cluster;
    const auto answer = co_await cluster->call(QStringLiteral("GET /connectors"), {}, options, false);
    if (!answer) {
        co_return failure(answer.error());
    }
    QStringList names;
    for (const auto &[name, connector] : cluster->connectors) {
        names << name;
    }
    co_return names;
}

Task<StatusListing> FakeConnectClient::fetchStatuses(CallOptions options)
{
    const auto cluster = m_cluster;
    const auto answer = co_await cluster->call(QStringLiteral("GET /connectors?expand=status"), {}, options, false);
    if (!answer) {
        co_return failure(answer.error());
    }
    StatusListing listing {.worker = fakeDisplay(cluster->workers.first())};
    for (const auto &[name, connector] : cluster->connectors) {
        listing.connectors.push_back(connector.status);
    }
    co_return listing;
}

Task<InfoListing> FakeConnectClient::fetchInfos(CallOptions options)
{
    const auto cluster = m_cluster;
    const auto answer = co_await cluster->call(QStringLiteral("GET /connectors?expand=info"), {}, options, false);
    if (!answer) {
        co_return failure(answer.error());
    }
    InfoListing listing {.worker = fakeDisplay(cluster->workers.first())};
    for (const auto &[name, connector] : cluster->connectors) {
        listing.connectors.push_back(connector.info);
    }
    co_return listing;
}

//! The connector itself, as it is when the answer comes.
Task<FakeConnector> FakeConnectClient::ask(QString name, QString resource, CallOptions options)
{
    const auto cluster = m_cluster;
    const QString request = QStringLiteral("GET /connectors/%1%2").arg(encoded(name), resource);
    const auto answer = co_await cluster->call(request, {}, options, false);
    if (!answer) {
        co_return failure(answer.error());
    }
    const auto found = cluster->connectors.find(name);
    if (found == cluster->connectors.end()) {
        co_return failure(gone(request, name));
    }
    co_return std::as_const(found->second);
}

Task<ConnectorStatus> FakeConnectClient::fetchStatus(QString name, CallOptions options)
{
    const auto found = co_await ask(name, QStringLiteral("/status"), options);
    co_return found.map(&FakeConnector::status);
}

Task<ConnectorInfo> FakeConnectClient::fetchInfo(QString name, CallOptions options)
{
    const auto found = co_await ask(name, {}, options);
    co_return found.map(&FakeConnector::info);
}

Task<ConfigMap> FakeConnectClient::fetchConfig(QString name, CallOptions options)
{
    const auto found = co_await ask(name, QStringLiteral("/config"), options);
    co_return found.map([](const FakeConnector &connector) { return connector.info.config; });
}

Task<QStringList> FakeConnectClient::fetchTopics(QString name, CallOptions options)
{
    const auto cluster = m_cluster;
    const QString request = QStringLiteral("GET /connectors/%1/topics").arg(encoded(name));
    const auto answer = co_await cluster->call(request, {}, options, false);
    if (!answer) {
        co_return failure(answer.error());
    }
    const auto found = cluster->connectors.find(name);
    co_return found == cluster->connectors.end() ? QStringList() : std::as_const(found->second.topics);
}

Task<std::vector<ConnectorOffset>> FakeConnectClient::fetchOffsets(QString name, CallOptions options)
{
    const auto found = co_await ask(name, QStringLiteral("/offsets"), options);
    co_return found.map(&FakeConnector::offsets);
}

Task<std::vector<PluginInfo>> FakeConnectClient::fetchPlugins(bool connectorsOnly, CallOptions options)
{
    const auto cluster = m_cluster;
    const QString request = QStringLiteral("GET /connector-plugins?connectorsOnly=%1").arg(connectorsOnly ? 1 : 0);
    const auto answer = co_await cluster->call(request, {}, options, false);
    if (!answer) {
        co_return failure(answer.error());
    }
    co_return std::as_const(cluster->plugins);
}

Task<ConfigReport> FakeConnectClient::validateConfig(QString plugin, ConfigMap config, CallOptions options)
{
    const auto cluster = m_cluster;
    const QString request
        = QStringLiteral("GET /connector-plugins/%1/config/validate (%2 keys)").arg(plugin).arg(config.size());
    const auto answer = co_await cluster->call(request, {}, options, false);
    if (!answer) {
        co_return failure(answer.error());
    }
    co_return ConfigReport {.className = plugin};
}

Task<std::vector<LoggerLevel>> FakeConnectClient::fetchLoggers(CallOptions options)
{
    const auto cluster = m_cluster;
    const auto answer = co_await cluster->call(QStringLiteral("GET /admin/loggers"), {}, options, false);
    if (!answer) {
        co_return failure(answer.error());
    }
    co_return std::as_const(cluster->loggers);
}

Task<WorkerHealthReport> FakeConnectClient::fetchHealth(QString workerUrl, CallOptions options)
{
    const auto cluster = m_cluster;
    const QString request = QStringLiteral("GET %1/health").arg(workerUrl);
    const auto answer = co_await cluster->call(request, {}, options, false);
    if (!answer) {
        co_return failure(answer.error());
    }
    auto report = cluster->health.value(workerUrl, {WorkerHealth::Healthy, QStringLiteral("ready")});
    if (report.health == WorkerHealth::Unreachable && report.message.isEmpty()) {
        report.message = QStringLiteral("Connection refused"); // a report, no error: as the real client has it
    }
    co_return report;
}

Task<RestAnswer> FakeConnectClient::send(RestRequest request, CallOptions options)
{
    const auto cluster = m_cluster;
    const QString line = QString::fromLatin1(request.method) + QLatin1Char(' ') + QString::fromLatin1(request.path);
    const auto done = co_await cluster->call(line, request.body, options, true);
    if (!done) {
        co_return failure(done.error());
    }
    auto answer = done->value_or(RestAnswer {.status = 204});
    answer.worker = fakeDisplay(cluster->workers.first());
    if (answer.status >= 400) {
        co_return failure(errorOf(answer, line, CallKind::Write));
    }
    co_return answer;
}

QStringList FakeConnectClient::workerUrls() const
{
    return m_cluster->workers;
}

QCoro::Task<> FakeConnectClient::close()
{
    m_closing.request_stop();
    co_return;
}

} // namespace headgate
