// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/contexts/contextsservice.h"

#include "common/log.h"
#include "common/offload.h"
#include "common/pause.h"
#include "services/contexts/workspacefiles.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace headgate {

namespace {

constexpr Milliseconds kArmedFor = std::chrono::minutes(15);

std::vector<SecretRef> secretsOf(const ContextConfig &context)
{
    std::vector<SecretRef> refs {context.kafka.password, context.kafka.tls.keyPassword};
    for (const auto &cluster : context.connectClusters) {
        refs.push_back(cluster.secret);
        refs.push_back(cluster.tls.keyPassword);
    }
    std::erase_if(refs, [](const SecretRef &ref) { return ref.isEmpty(); });
    return refs;
}

//! An id becomes a file name.
bool isUsableId(const ContextId &id)
{
    static const QRegularExpression usable(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\\z"));
    return usable.match(id.text).hasMatch();
}

} // namespace

struct ContextsService::Private
{
    Private(ContextsService &service, Edges with, Paths where)
        : q(service)
        , edges(std::move(with))
        , paths(std::move(where))
    {
    }

    struct ModeNow
    {
        Mode mode = Mode::ReadOnly, before = Mode::ReadOnly;
        Monotonic armedUntil {};
    };

    const ContextConfig *find(const ContextId &id) const;
    QString fileOf(const ContextId &id) const
    {
        return paths.contexts + QLatin1Char('/') + id.text + QStringLiteral(".yaml");
    }
    void put(ContextConfig context);
    Task<void> storeSecrets(ContextConfig context, NewSecrets secrets);
    QCoro::Task<> closeSession(ContextId id);
    QCoro::Task<> applyOwnership(ContextId id, QString file);
    QCoro::Task<> watchArmed();
    void disarm(const ContextId &id);

    ContextsService &q;
    Edges edges;
    Paths paths;
    std::vector<ContextConfig> contexts;
    QStringList warnings;
    std::vector<OwnershipRule> ownership;
    TriagePolicy policy;
    QHash<ContextId, QString> ownershipFiles; // of transient contexts
    std::vector<std::unique_ptr<ContextSession>> sessions;
    ContextId current;
    QHash<ContextId, ModeNow> modes;
    Pause armedPause;
    std::optional<QCoro::Task<>> armedTask;
    std::vector<QCoro::Task<>> tasks; // small ones that close() waits for
    bool closed = false;
};

const ContextConfig *ContextsService::Private::find(const ContextId &id) const
{
    const auto found = std::ranges::find(contexts, id, &ContextConfig::id);
    return found == contexts.end() ? nullptr : &*found;
}

void ContextsService::Private::put(ContextConfig context)
{
    const auto found = std::ranges::find(contexts, context.id, &ContextConfig::id);
    if (found == contexts.end()) {
        contexts.push_back(std::move(context));
    } else {
        *found = std::move(context);
    }
}

ContextsService::ContextsService(Edges edges, Paths paths, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(edges), std::move(paths)))
{
}

ContextsService::~ContextsService()
{
    Q_ASSERT_X(d->sessions.empty(), "ContextsService", "close() must be awaited first");
}

const std::vector<ContextConfig> &ContextsService::contexts() const
{
    return d->contexts;
}

QStringList ContextsService::warnings() const
{
    return d->warnings;
}

QString ContextsService::faultOf(const QString &name) const
{
    const auto ofIt = [&](const QString &warning) {
        return warning.startsWith(name + QStringLiteral(".yaml:"));
    };
    const auto found = std::ranges::find_if(d->warnings, ofIt);
    return found == d->warnings.end() ? QString() : *found;
}

const Edges &ContextsService::edges() const
{
    return d->edges;
}

Task<void> ContextsService::load()
{
    auto files = co_await offload([paths = d->paths] { return readWorkspace(paths.contexts, paths.workspace); });
    d->warnings = files.warnings;
    d->ownership = std::move(files.ownership);
    d->policy = files.policy;
    for (auto &context : files.contexts) {
        d->put(std::move(context));
    }
    for (const auto &warning : std::as_const(d->warnings)) {
        qCWarning(logSession).noquote() << warning;
    }
    Q_EMIT contextsChanged();
    co_return {};
}

Task<void> ContextsService::Private::storeSecrets(ContextConfig context, NewSecrets secrets)
{
    for (const auto &[ref, secret] : secrets) {
        const QString label = QStringLiteral("Headgate: %1 (%2)").arg(context.name, ref.text);
        if (const auto stored = co_await edges.secrets->store(ref, label, secret, {}); !stored) {
            co_return failure(stored.error());
        }
    }
    co_return {};
}

Task<void> ContextsService::save(ContextConfig context, NewSecrets secrets)
{
    if (!isUsableId(context.id)) {
        co_return failure({.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("\"%1\" cannot be the name of a context's file").arg(context.id.text)});
    }
    if (const auto stored = co_await d->storeSecrets(context, std::move(secrets)); !stored) {
        co_return failure(stored.error());
    }
    const auto path = d->fileOf(context.id);
    const auto written = co_await offload([path, context] { return writeContext(path, context); });
    if (!written) {
        co_return failure(written.error());
    }
    const bool wasOpen = session(context.id) != nullptr;
    d->put(context);
    d->modes.remove(context.id);
    co_await d->closeSession(context.id);
    if (wasOpen) {
        open(context.id);
    }
    Q_EMIT contextsChanged();
    Q_EMIT modeChanged();
    co_return {};
}

Task<void> ContextsService::remove(ContextId id)
{
    const auto *known = d->find(id);
    if (!known) {
        co_return failure({.kind = ErrorKind::NotFound, .message = QStringLiteral("No such context: %1").arg(id.text)});
    }
    const auto context = *known;
    const auto path = d->fileOf(id);
    const bool deleted
        = context.sandbox || co_await offload([path] { return !QFile::exists(path) || QFile::remove(path); });
    if (!deleted) {
        co_return failure({.kind = ErrorKind::StorageFailed,
            .message = QStringLiteral("The file could not be deleted"),
            .target = path});
    }
    for (const auto &ref : secretsOf(context)) {
        co_await d->edges.secrets->remove(ref, {}); // a secret that is not there needs no removal
    }
    std::erase_if(d->contexts, [&](const ContextConfig &each) { return each.id == id; });
    d->modes.remove(id);
    co_await d->closeSession(id);
    if (d->current == id) {
        d->current = {};
        Q_EMIT currentChanged();
    }
    Q_EMIT contextsChanged();
    co_return {};
}

void ContextsService::addTransient(ContextConfig context, QString ownershipFile)
{
    if (!ownershipFile.isEmpty()) {
        d->ownershipFiles.insert(context.id, std::move(ownershipFile));
    }
    d->put(std::move(context));
    Q_EMIT contextsChanged();
}

ContextSession *ContextsService::open(const ContextId &id)
{
    if (auto *const known = session(id)) {
        return known;
    }
    const auto *context = d->find(id);
    if (!context || d->closed) {
        return nullptr;
    }
    ContextSession::Settings settings;
    settings.cacheDirectory
        = context->sandbox ? QString() : d->paths.cache; // a sandbox lives no longer than its picture
    settings.ownership = d->ownership;
    settings.policy = d->policy;
    d->sessions.push_back(std::make_unique<ContextSession>(*context, d->edges, std::move(settings)));
    auto *const opened = d->sessions.back().get();
    opened->setInterest({.visible = id == d->current});
    opened->start();
    if (d->ownershipFiles.contains(id)) {
        d->tasks.push_back(d->applyOwnership(id, d->ownershipFiles.value(id)));
    }
    return opened;
}

QCoro::Task<> ContextsService::Private::applyOwnership(ContextId id, QString file)
{
    auto rules = co_await offload([file] { return readOwnership(file); });
    auto *const session = q.session(id);
    if (rules && session) {
        session->setOwnership(*std::move(rules));
    } else if (!rules) {
        qCWarning(logSession) << "Owners are not known:" << rules.error().message;
    }
}

ContextSession *ContextsService::session(const ContextId &id) const
{
    const auto found
        = std::ranges::find_if(d->sessions, [&](const auto &session) { return session->context().id == id; });
    return found == d->sessions.end() ? nullptr : found->get();
}

std::vector<ContextSession *> ContextsService::sessions() const
{
    std::vector<ContextSession *> open;
    for (const auto &session : d->sessions) {
        open.push_back(session.get());
    }
    return open;
}

QCoro::Task<> ContextsService::Private::closeSession(ContextId id)
{
    const auto found = std::ranges::find_if(sessions, [&](const auto &session) { return session->context().id == id; });
    if (found == sessions.end()) {
        co_return;
    }
    const auto leaving = std::move(*found); // out of reach at once, alive until it has ended
    sessions.erase(found);
    Q_EMIT q.contextsChanged();
    co_await leaving->close();
}

ContextId ContextsService::current() const
{
    return d->current;
}

void ContextsService::setCurrent(const ContextId &id)
{
    if (id == d->current) {
        open(id);
        return;
    }
    const auto left = std::exchange(d->current, id);
    d->disarm(left);
    if (auto *const hidden = session(left)) {
        hidden->setInterest({.visible = false});
    }
    if (auto *const shown = open(id)) {
        shown->setInterest({.visible = true});
    }
    Q_EMIT currentChanged();
}

Mode ContextsService::mode(const ContextId &id) const
{
    const auto known = d->modes.constFind(id);
    if (known != d->modes.cend()) {
        return known->mode == Mode::Armed && d->edges.clock->monotonic() >= known->armedUntil ? known->before
                                                                                              : known->mode;
    }
    const auto *context = d->find(id);
    return !context ? Mode::ReadOnly : context->mode == Mode::Armed ? Mode::Guarded : context->mode;
}

Monotonic ContextsService::armedUntil(const ContextId &id) const
{
    return mode(id) == Mode::Armed ? d->modes.value(id).armedUntil : Monotonic {};
}

Result<void> ContextsService::setMode(const ContextId &id, Mode mode)
{
    if (!d->find(id)) {
        return failure({.kind = ErrorKind::NotFound, .message = QStringLiteral("No such context: %1").arg(id.text)});
    }
    const auto before = this->mode(id);
    Private::ModeNow next {.mode = mode, .before = before == Mode::Armed ? d->modes.value(id).before : before};
    if (mode == Mode::Armed) {
        next.armedUntil = d->edges.clock->monotonic() + kArmedFor;
    }
    d->modes.insert(id, next);
    if (mode == Mode::Armed) {
        d->armedPause.cut();
        if (!d->armedTask || d->armedTask->isReady()) {
            d->armedTask.emplace(d->watchArmed());
        }
    }
    Q_EMIT modeChanged();
    return {};
}

//! Ends each armed mode at its time; ends itself when none is left.
QCoro::Task<> ContextsService::Private::watchArmed()
{
    const auto armed = [](const ModeNow &now) {
        return now.mode == Mode::Armed;
    };
    while (!armedPause.ended() && std::ranges::any_of(modes, armed)) {
        auto next = Monotonic::max();
        for (const auto &now : std::as_const(modes)) {
            next = armed(now) ? std::min(next, now.armedUntil) : next;
        }
        co_await armedPause.wait(edges.clock, std::max(Milliseconds(0), next - edges.clock->monotonic()));
        for (const auto &id : modes.keys()) {
            if (armed(modes.value(id)) && edges.clock->monotonic() >= modes.value(id).armedUntil) {
                disarm(id);
            }
        }
    }
}

void ContextsService::Private::disarm(const ContextId &id)
{
    const auto known = modes.find(id);
    if (known != modes.end() && known->mode == Mode::Armed) {
        known->mode = known->before;
        armedPause.cut();
        Q_EMIT q.modeChanged();
    }
}

Task<std::vector<ConnectionCheck>> ContextsService::test(ContextConfig context, NewSecrets secrets, CallOptions options)
{
    return testConnection(std::move(context), std::move(secrets), d->edges, std::move(options));
}

QCoro::Task<> ContextsService::close()
{
    d->closed = true;
    d->armedPause.end();
    std::vector<QCoro::Task<>> closing; // side by side: the slowest one decides
    for (const auto &session : d->sessions) {
        closing.push_back(session->close());
    }
    for (auto &task : closing) {
        co_await task;
    }
    for (auto &task : d->tasks) {
        co_await task;
    }
    if (d->armedTask) {
        co_await *d->armedTask;
    }
    d->sessions.clear();
}

} // namespace headgate
