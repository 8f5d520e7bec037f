// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/restconnectclient.h"

#include "clients/connect/callgate.h"
#include "clients/connect/connectjson.h"
#include "clients/connect/statuslistingreader.h"
#include "clients/connect/workerring.h"
#include "common/offload.h"
#include "domain/connectors/connectrequests.h"
#include "domain/connectors/secrets.h"

#include <functional>

namespace headgate {

namespace {

constexpr int readAttempts = 4; // of a read that meets a rebalance
constexpr Milliseconds firstRetry {250};
constexpr Milliseconds longestRetry {2000};
constexpr qsizetype parseInPoolFrom = 64 * 1024; // bytes; below it a thread switch costs more than parsing
constexpr int atOnceWithoutExpand = 6;           // Qt's connections to a host

template <class T> using Parse = std::function<Result<T>(const QByteArray &)>;

//! What is shown instead of a secret has got into a body: sent, it would take the secret's place.
bool holdsMask(const QByteArray &body)
{
    static const auto mask = maskedValue(QStringLiteral("password"), QStringLiteral("any")).toUtf8();
    return body.contains(mask);
}

RestRequest get(QByteArray path)
{
    return {"GET", std::move(path), {}};
}

QByteArray connectorPath(const QString &name, const char *resource = "")
{
    return "/connectors/" + encodeSegment(name) + resource;
}

template <class T> Task<T> parseBody(QByteArray body, Parse<T> parse)
{
    if (body.size() < parseInPoolFrom) {
        co_return parse(body);
    }
    co_return co_await offload([body = std::move(body), parse] { return parse(body); });
}

} // namespace

//! See ConnectClient. Which worker is asked, and how, is WorkerRing's; here are Connect's resources and what their
//! answers mean.
class RestConnectClient final : public ConnectClient
{
public:
    RestConnectClient(const ConnectClusterConfig &config, std::shared_ptr<SecretStore> secrets,
        std::shared_ptr<Clock> clock, RestLimits limits)
        : m_clock(clock)
        , m_ring(config, std::move(secrets), std::move(clock), limits.maxBody)
    {
    }

    Task<ServerInfo> fetchServerInfo(CallOptions options) override
    {
        return read<ServerInfo>(get("/"), parseServerInfo, options);
    }
    Task<QStringList> fetchNames(CallOptions options) override
    {
        return read<QStringList>(get("/connectors"), parseNames, options);
    }
    Task<StatusListing> fetchStatuses(CallOptions options) override
    {
        // Shared: what is read in the pool may outlast this client.
        const auto parse = [reader = m_statuses](const QByteArray &body) {
            return reader->read(body);
        };
        return listing<StatusListing>("status", parse, &RestConnectClient::fetchStatus, options);
    }
    Task<InfoListing> fetchInfos(CallOptions options) override
    {
        return listing<InfoListing>("info", parseInfoListing, &RestConnectClient::fetchInfo, options);
    }
    Task<ConnectorStatus> fetchStatus(QString name, CallOptions options) override
    {
        return read<ConnectorStatus>(get(connectorPath(name, "/status")), parseStatus, options);
    }
    Task<ConnectorInfo> fetchInfo(QString name, CallOptions options) override
    {
        return read<ConnectorInfo>(get(connectorPath(name)), parseInfo, options);
    }
    Task<ConfigMap> fetchConfig(QString name, CallOptions options) override
    {
        return read<ConfigMap>(get(connectorPath(name, "/config")), parseConfig, options);
    }
    Task<QStringList> fetchTopics(QString name, CallOptions options) override
    {
        return read<QStringList>(get(connectorPath(name, "/topics")), parseTopics, options);
    }
    Task<std::vector<ConnectorOffset>> fetchOffsets(QString name, CallOptions options) override
    {
        return read<std::vector<ConnectorOffset>>(get(connectorPath(name, "/offsets")), parseOffsets, options);
    }
    Task<std::vector<PluginInfo>> fetchPlugins(bool connectorsOnly, CallOptions options) override
    {
        const QByteArray path = connectorsOnly ? "/connector-plugins" : "/connector-plugins?connectorsOnly=false";
        return read<std::vector<PluginInfo>>(get(path), parsePlugins, options);
    }
    Task<ConfigReport> validateConfig(QString plugin, ConfigMap config, CallOptions options) override
    {
        // A PUT that changes nothing: it goes the way of the reads.
        const RestRequest request {"PUT", "/connector-plugins/" + encodeSegment(plugin) + "/config/validate",
            putConfigRequest(QString(), config).body};
        return read<ConfigReport>(request, parseConfigReport, options);
    }
    Task<std::vector<LoggerLevel>> fetchLoggers(CallOptions options) override
    {
        return read<std::vector<LoggerLevel>>(get("/admin/loggers"), parseLoggers, options);
    }
    Task<WorkerHealthReport> fetchHealth(QString workerUrl, CallOptions options) override;
    Task<RestAnswer> send(RestRequest request, CallOptions options) override;

    QStringList workerUrls() const override { return m_ring.displayUrls(); }
    QCoro::Task<> close() override { return m_gate.close(); }

private:
    template <class T> Task<T> read(RestRequest request, Parse<T> parse, CallOptions options);
    template <class T> Task<T> readOnce(RestRequest request, Parse<T> parse, CallOptions options);
    template <class Listing, class T>
    Task<Listing> listing(QByteArray member, Parse<Listing> parse,
        Task<T> (RestConnectClient::*fetchOne)(QString, CallOptions), CallOptions options);
    template <class Listing, class T>
    Task<Listing> oneByOne(Task<T> (RestConnectClient::*fetchOne)(QString, CallOptions), CallOptions options);

    std::shared_ptr<Clock> m_clock;
    WorkerRing m_ring;
    std::shared_ptr<StatusListingReader> m_statuses = std::make_shared<StatusListingReader>();
    bool m_noExpand = false; // Connect below 2.3
    CallGate m_gate;         // last: checks that no call is left before the rest goes
};

//! One round over the workers: the first whose answer can be read wins.
template <class T> Task<T> RestConnectClient::readOnce(RestRequest request, Parse<T> parse, CallOptions options)
{
    Deadline deadline(*m_clock, options.deadline);
    const auto workers = m_ring.order();
    auto last = m_ring.fault().value_or(Error {});
    for (size_t i = 0; i < workers.size(); ++i) {
        // A silent worker may use half of the time while another is left to be asked.
        const auto share = i + 1 < workers.size() ? deadline.left() / 2 : deadline.left();
        auto answer = co_await m_ring.ask(workers[i], Lane::Read, request, {share, options.stop});
        Result<T> value = answer ? co_await parseBody<T>(answer->body, parse) : failure(answer.error());
        if (value) {
            m_ring.worked(workers[i]);
            if constexpr (requires { value->worker = QString(); }) {
                value->worker = m_ring.host(workers[i]);
            }
            co_return value;
        }
        last = m_ring.labelled(value.error(), workers[i], request);
        if (!mayAskAnotherWorker(last)) {
            m_ring.worked(workers[i]);
            break;
        }
    }
    co_return failure(last);
}

template <class T> Task<T> RestConnectClient::read(RestRequest request, Parse<T> parse, CallOptions options)
{
    const CallGate::Scope scope(m_gate, options.stop);
    Deadline deadline(*m_clock, options.deadline);
    for (int attempt = 1;; ++attempt) {
        auto result = co_await readOnce<T>(request, parse, {deadline.left(), scope.stop()});
        const auto pause = jitteredBackOff(attempt - 1, firstRetry, longestRetry);
        const bool again = !result && result.error().kind == ErrorKind::Rebalancing && attempt < readAttempts
            && pause < deadline.left();
        if (!again) {
            co_return result;
        }
        const auto slept = co_await m_clock->sleepFor(pause, scope.stop());
        if (!slept) {
            co_return failure(slept.error());
        }
    }
}

template <class Listing, class T>
Task<Listing> RestConnectClient::listing(QByteArray member, Parse<Listing> parse,
    Task<T> (RestConnectClient::*fetchOne)(QString, CallOptions), CallOptions options)
{
    const CallGate::Scope scope(m_gate, options.stop);
    if (!m_noExpand) {
        auto all = co_await read<Listing>(get("/connectors?expand=" + member), parse, options);
        if (all || all.error().kind != ErrorKind::NotSupported) {
            co_return all;
        }
    }
    auto all = co_await oneByOne<Listing, T>(fetchOne, {options.deadline, scope.stop()});
    m_noExpand = all.has_value();
    co_return all;
}

template <class Listing, class T>
Task<Listing> RestConnectClient::oneByOne(
    Task<T> (RestConnectClient::*fetchOne)(QString, CallOptions), CallOptions options)
{
    Deadline deadline(*m_clock, options.deadline);
    const auto names = co_await fetchNames(options);
    if (!names) {
        co_return failure(names.error());
    }
    Listing listing;
    for (qsizetype from = 0; from < names->size(); from += atOnceWithoutExpand) {
        std::vector<Task<T>> asked;
        for (const auto &name : names->mid(from, atOnceWithoutExpand)) {
            asked.push_back((this->*fetchOne)(name, {deadline.left(), options.stop}));
        }
        std::optional<Error> fault;
        for (auto &task : asked) { // all of them, also after a fault: none is left running
            auto one = co_await task;
            if (one) {
                listing.connectors.push_back(std::move(*one));
            } else if (one.error().kind != ErrorKind::NotFound) { // deleted in between
                fault = one.error();
            }
        }
        if (fault) {
            co_return failure(*fault);
        }
    }
    listing.worker = m_ring.host(m_ring.order().front());
    co_return listing;
}

Task<WorkerHealthReport> RestConnectClient::fetchHealth(QString workerUrl, CallOptions options)
{
    const CallGate::Scope scope(m_gate, options.stop);
    const auto worker = m_ring.find(workerUrl);
    if (!worker) {
        co_return failure({.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("Not a worker of this cluster"),
            .request = QStringLiteral("GET /health")});
    }
    const auto request = get("/health");
    const auto answer = co_await m_ring.askAnyStatus(*worker, Lane::Health, request, {options.deadline, scope.stop()});
    if (!answer) {
        const auto kind = answer.error().kind;
        const bool silent
            = kind == ErrorKind::Unreachable || kind == ErrorKind::DeadlineExceeded || kind == ErrorKind::TlsFailed;
        if (silent) {
            co_return WorkerHealthReport {WorkerHealth::Unreachable, answer.error().message};
        }
        co_return failure(m_ring.labelled(answer.error(), *worker, request));
    }
    if (auto report = parseHealth(answer->body)) {
        co_return report;
    }
    const auto error = connectError(answer->status, answer->body, answer->location, CallKind::Read);
    if (error.kind == ErrorKind::NotSupported || error.kind == ErrorKind::Starting) {
        const auto health = error.kind == ErrorKind::Starting ? WorkerHealth::Starting : WorkerHealth::NotSupported;
        co_return WorkerHealthReport {health, error.message};
    }
    co_return failure(m_ring.labelled(error, *worker, request));
}

Task<RestAnswer> RestConnectClient::send(RestRequest request, CallOptions options)
{
    if (holdsMask(request.body)) {
        co_return failure({.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("A hidden value would be stored in place of the secret that it stands for"),
            .request = QString::fromLatin1(request.method + ' ' + request.path)});
    }
    const CallGate::Scope scope(m_gate, options.stop);
    Deadline deadline(*m_clock, options.deadline);
    auto last = m_ring.fault().value_or(Error {});
    for (const auto worker : m_ring.order()) {
        const auto answer = co_await m_ring.ask(worker, Lane::Write, request, {deadline.left(), scope.stop()});
        if (answer) {
            co_return RestAnswer {answer->status, answer->body, m_ring.host(worker), answer->took};
        }
        last = m_ring.labelled(answer.error(), worker, request);
        if (last.kind != ErrorKind::Unreachable) { // Unreachable on this lane means: nothing was sent
            break;
        }
    }
    co_return failure(last);
}

std::unique_ptr<ConnectClient> makeRestConnectClient(const ConnectClusterConfig &config,
    std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock, RestLimits limits)
{
    return std::make_unique<RestConnectClient>(config, std::move(secrets), std::move(clock), limits);
}

} // namespace headgate
