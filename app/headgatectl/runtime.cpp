// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime.h"

#include "clientproperties.h"
#include "domain/contexts/contextcheck.h"
#include "models/contexts/contextfaulttext.h"
#include "sandbox/processplaygroundlauncher.h"

#include <QCoroSignal>
#include <QFile>
#include <QUrl>

#include <algorithm>

namespace headgate {

namespace {

tl::unexpected<Error> invalid(const QString &what)
{
    return failure({.kind = ErrorKind::InvalidInput, .message = what});
}

//! A file name for the operations log of a cluster without a context: "connect-1_8083".
ContextId idOf(const QString &worker)
{
    const QUrl url(worker);
    QString id
        = QStringLiteral("%1_%2").arg(url.host()).arg(url.port(url.scheme() == QLatin1String("https") ? 443 : 80));
    for (auto &c : id) {
        const bool plain = (c.unicode() < 0x80 && c.isLetterOrNumber()) || c == u'-' || c == u'_' || c == u'.';
        c = plain ? c : QChar(u'_');
    }
    return {QLatin1String("connect-") + id.left(100)};
}

ContextConfig bareContext(const CommandLine &line)
{
    ContextConfig context {.id = idOf(line.workers.front()),
        .name = QStringLiteral("command line"),
        .environment = Environment::Production, // nothing is known of it: the careful reading
        .mode = Mode::Guarded};
    context.connectClusters.push_back({.name = {QStringLiteral("connect")}, .workers = line.workers});
    context.kafka.bootstrap = line.bootstrap;
    return context;
}

bool isSinkWithoutLag(const ConnectorFacts &facts)
{
    const bool expects = facts.status.type == ConnectorType::Sink && facts.standing != Standing::Stopped;
    return expects && !facts.lagRecords.value && facts.lagRecords.at == Instant {} && facts.lagRecords.reason.isEmpty();
}

bool hasConnect(const PlatformSnapshot &snapshot)
{
    const auto answered = [](const ConnectClusterFacts &c) {
        return c.error || (c.statusAt != Instant {} && !c.starting);
    };
    return snapshot.generation > 0 && !snapshot.fromDisk && !snapshot.clusters.empty()
        && std::ranges::all_of(snapshot.clusters, answered);
}

bool hasVersionsAndLag(const PlatformSnapshot &snapshot, const ContextConfig &context)
{
    const bool lost = std::ranges::all_of(snapshot.clusters, [](const auto &c) { return c.error.has_value(); });
    const bool versions
        = std::ranges::all_of(snapshot.clusters, [](const auto &c) { return c.error || c.server.value; });
    const bool kafka = context.kafka.bootstrap.isEmpty() || snapshot.kafkaError || lost
        || (snapshot.kafka.value && std::ranges::none_of(snapshot.connectors, isSinkWithoutLag));
    return versions && kafka;
}

//! Whether a lag grows takes two samples; only of what is far behind it matters.
bool isTrendOpen(const ConnectorFacts &facts, const TriagePolicy &policy)
{
    const bool far = facts.lagRecords.value.value_or(0) > 0
        && (!facts.lagSeconds.value || *facts.lagSeconds.value > double(policy.lagBehind.count()) / 1000);
    return far && facts.standing == Standing::Running && facts.lagHistory.size() < 2;
}

bool hasTrends(const ContextSession &session)
{
    const auto snapshot = session.snapshot();
    return std::ranges::none_of(
        snapshot->connectors, [&](const auto &facts) { return isTrendOpen(facts, session.policy()); });
}

//! The one with this id, else all with this name: only the sandbox is called "sandbox" while it runs.
std::vector<ContextId> contextsCalled(const std::vector<ContextConfig> &contexts, const QString &name)
{
    std::vector<ContextId> called;
    for (const auto &context : contexts) {
        const bool isSandbox = context.sandbox && context.name == name;
        if (context.id.text == name || isSandbox) {
            return {context.id};
        }
        if (context.name == name) {
            called.push_back(context.id);
        }
    }
    return called;
}

//! Each call asks anew: a picture of an earlier one, maybe of another cluster, would be taken for the present.
ContextsService::Paths withoutPictures(ContextsService::Paths paths)
{
    paths.cache.clear();
    return paths;
}

} // namespace

Runtime::Runtime(Milliseconds observe)
    : m_paths(appPaths())
    , m_real(makeRealEdges())
    , m_contexts(m_real.edges, withoutPictures(m_paths.contexts))
    , m_operations(m_contexts, {.directory = m_paths.operations, .observeDeadline = observe})
    , m_ledger(m_contexts, m_operations)
    , m_replay(m_contexts, m_operations, {.stopDeadline = observe, .runDeadline = observe, .moveDeadline = observe})
    , m_proofs(m_contexts, m_operations)
    , m_letters(m_contexts, m_operations, {})
    , m_launcher(std::make_unique<ProcessPlaygroundLauncher>())
{
}

Result<ContextConfig> Runtime::contextOfLine(const CommandLine &line)
{
    ClientProperties properties {.context = bareContext(line), .secrets = {}};
    if (!line.configFile.isEmpty()) {
        QFile file(line.configFile);
        if (!file.open(QIODevice::ReadOnly)) {
            return invalid(QStringLiteral("%1: %2").arg(line.configFile, file.errorString()));
        }
        auto read = readClientProperties(file.read(1024 * 1024), properties.context);
        if (!read) {
            return invalid(QStringLiteral("%1, %2").arg(line.configFile, read.error().message));
        }
        properties = *std::move(read);
    }
    if (const auto faults = checkContext(properties.context); !faults.empty()) {
        return invalid(contextFaultText(faults.front()));
    }
    for (auto &[ref, secret] : properties.secrets) {
        m_real.secrets->keep(ref, std::move(secret));
    }
    return std::move(properties.context);
}

void Runtime::adopt(const Playground &playground)
{
    for (const auto &cluster : playground.context.connectClusters) {
        m_real.secrets->keep(cluster.secret, playground.connectPassword);
    }
    m_contexts.addTransient(playground.context, playground.ownershipFile);
}

Task<ContextId> Runtime::openNamed(QString name)
{
    if (auto loaded = co_await m_contexts.load(); !loaded) {
        co_return tl::unexpected(loaded.error());
    }
    if (auto playground = co_await m_launcher->attach()) {
        adopt(*playground);
    }
    const auto found = contextsCalled(m_contexts.contexts(), name);
    if (found.size() > 1) {
        QStringList ids;
        std::ranges::transform(found, std::back_inserter(ids), [](const ContextId &id) { return id.text; });
        co_return invalid(QStringLiteral("Several contexts are called \"%1\": say which by its id (%2)")
                .arg(name, ids.join(QStringLiteral(", "))));
    }
    if (found.empty()) {
        const auto fault = m_contexts.faultOf(name);
        const auto sandbox = QStringLiteral("The sandbox is not running: \"headgatectl sandbox up\" starts it");
        co_return failure({.kind = ErrorKind::InvalidInput,
            .message = name == QLatin1String("sandbox") ? sandbox
                : fault.isEmpty()                       ? QStringLiteral("There is no context \"%1\"").arg(name)
                                                        : fault});
    }
    co_return Result<ContextId>(found.front());
}

Task<ContextId> Runtime::open(CommandLine line)
{
    Result<ContextId> id;
    if (line.workers.isEmpty()) {
        id = co_await openNamed(line.context);
    } else {
        auto context = contextOfLine(line);
        if (context) {
            id = context->id;
            m_contexts.addTransient(*std::move(context));
        } else {
            id = tl::unexpected(context.error());
        }
    }
    if (id) {
        m_contexts.setCurrent(*id);
    }
    co_return id;
}

QCoro::Task<> Runtime::untilConnectKnown(ContextId id, Milliseconds timeout)
{
    auto *const session = m_contexts.session(id);
    const auto until = monotonic() + timeout;
    while (session && !hasConnect(*session->snapshot()) && monotonic() < until) {
        co_await qCoro(session, &ContextSession::snapshotChanged, until - monotonic());
    }
}

QCoro::Task<> Runtime::untilLagKnown(ContextId id, Milliseconds timeout)
{
    constexpr Milliseconds forLag {5000}; // what is not known of the brokers by then is shown as missing
    co_await untilConnectKnown(id, timeout);
    auto *const session = m_contexts.session(id);
    const auto until = monotonic() + std::min(timeout, forLag);
    while (session && !hasVersionsAndLag(*session->snapshot(), session->context()) && monotonic() < until) {
        co_await qCoro(session, &ContextSession::snapshotChanged, until - monotonic());
    }
}

QCoro::Task<> Runtime::untilKnown(ContextId id, Milliseconds timeout)
{
    constexpr Milliseconds forTrends {2000};
    co_await untilLagKnown(id, timeout);
    auto *const session = m_contexts.session(id);
    const auto until = monotonic() + std::min(timeout, forTrends);
    while (session && !hasTrends(*session) && monotonic() < until) {
        co_await qCoro(session, &ContextSession::snapshotChanged, until - monotonic());
    }
}

Result<void> Runtime::heard(const ContextId &id) const
{
    const auto snapshot = m_contexts.session(id)->snapshot();
    if (snapshot->generation > 0 && snapshot->clusters.empty()) {
        return invalid(QStringLiteral("This context names no Connect cluster"));
    }
    for (const auto &cluster : snapshot->clusters) {
        if (!cluster.error && cluster.statusAt != Instant {} && !snapshot->fromDisk) {
            return {};
        }
    }
    for (const auto &cluster : snapshot->clusters) {
        if (cluster.error) {
            return tl::unexpected(*cluster.error);
        }
    }
    return failure(
        {.kind = ErrorKind::DeadlineExceeded, .message = QStringLiteral("No Connect worker answered in time")});
}

Result<ConnectorRef> Runtime::find(const ContextId &id, const QString &cluster, const QString &name) const
{
    if (auto known = heard(id); !known) {
        return tl::unexpected(known.error()); // nobody knows whether it exists
    }
    const auto *const session = m_contexts.session(id);
    const auto snapshot = session->snapshot();
    std::vector<ConnectorRef> found;
    for (const auto &facts : snapshot->connectors) {
        if (facts.ref.name == name && !facts.gone && (cluster.isEmpty() || facts.ref.cluster.text == cluster)) {
            found.push_back(facts.ref);
        }
    }
    if (found.size() > 1) {
        return invalid(
            QStringLiteral("Connector \"%1\" is in several Connect clusters: say which by --cluster").arg(name));
    }
    for (const auto &facts : snapshot->clusters) {
        if (found.empty() && facts.error) {
            return tl::unexpected(*facts.error); // nobody knows whether it exists
        }
    }
    if (found.empty()) {
        return failure({.kind = ErrorKind::NotFound,
            .message = QStringLiteral("There is no connector \"%1\"; \"headgatectl status\" lists them").arg(name)});
    }
    return found.front();
}

QCoro::Task<bool> Runtime::keepsSecrets()
{
    // Only a question opens the store; what it answers does not matter.
    co_await m_real.secrets->lookup({QStringLiteral("headgate/probe")}, {.deadline = Milliseconds(1000)});
    co_return m_real.secrets->isPersistent();
}

Task<ServerInfo> Runtime::ask(Playground playground)
{
    adopt(playground);
    const auto client = m_real.edges.connect(playground.context.connectClusters.front(), m_real.edges.secrets);
    auto answer = co_await client->fetchServerInfo({.deadline = Milliseconds(3000)});
    co_await client->close();
    if (!answer) {
        auto error = answer.error();
        error.message = QStringLiteral("The sandbox (process %1) is there, but does not answer. \"headgatectl sandbox "
                                       "down\" ends it, then it can be started anew")
                            .arg(playground.pid);
        co_return failure(error);
    }
    co_return answer;
}

QCoro::Task<> Runtime::close()
{
    co_await m_operations.close();
    co_await m_replay.close();
    co_await m_proofs.close();
    co_await m_letters.close();
    co_await m_contexts.close();
}

} // namespace headgate
