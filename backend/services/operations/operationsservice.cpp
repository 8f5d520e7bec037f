// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/operationsservice.h"

#include "common/log.h"
#include "domain/connectors/secrets.h"
#include "domain/replay/replayprogress.h"
#include "services/operations/interruptedoperation.h"
#include "services/operations/operationrecords.h"
#include "services/operations/operationrun.h"
#include "services/operations/operationsbook.h"
#include "services/operations/writeclients.h"

#include <QDateTime>
#include <QHash>
#include <QRandomGenerator>
#include <QSet>

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kWaitStep = 20ms;
constexpr Milliseconds kReadDeadline = 5s;

//! Time-ordered and unique: "20260310T094218412Z-5f3a91".
OperationId nextId(Instant now)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count(), Qt::UTC);
    const auto random = QRandomGenerator::global()->generate() & 0xffffffU;
    return {QStringLiteral("%1-%2")
            .arg(time.toString(QStringLiteral("yyyyMMdd'T'HHmmsszzz'Z'")))
            .arg(random, 6, 16, QLatin1Char('0'))};
}

tl::unexpected<Error> refusal(ErrorKind kind, const QString &why)
{
    return failure({.kind = kind, .message = why});
}

} // namespace

struct OperationsService::Private
{
    Private(OperationsService &service, ContextsService &of, Settings set)
        : q(service)
        , contexts(of)
        , settings(std::move(set))
        , clock(of.edges().clock)
        , book(settings.directory, [this] { Q_EMIT q.operationsChanged(); })
        , clients(of)
    {
    }

    Result<void> mayRun(const OperationPreview &preview, const Confirmation &confirmation) const;
    Task<void> checkPrecondition(OperationPreview preview, std::shared_ptr<ConnectClient> client);
    Task<OperationId> begin(
        OperationPreview preview, Confirmation confirmation, std::shared_ptr<ConnectClient> client, Saga saga);
    QCoro::Task<> drive(OperationId id, OperationPreview preview, std::shared_ptr<ConnectClient> client, bool save);
    Task<void> savePositions(OperationId id, ConnectorRef ref, std::shared_ptr<ConnectClient> client);
    QCoro::Task<> driveSaga(OperationId id, ConnectorRef ref, std::shared_ptr<ConnectClient> client, Saga saga);
    QCoro::Task<Result<void>> recordStep(OperationId id, ContextId context, OperationStep step);
    QCoro::Task<> settle(OperationId id, ConnectorRef ref, OperationEnd end);
    QCoro::Task<> letGo(OperationId id, ConnectorRef ref, QString person);
    void unlock(const ConnectorRef &ref);
    void tell(const OperationId &id, OperationPhase phase, const QString &observed);
    Operation *findInterrupted(const OperationId &id);
    Task<void> isStillLeft(OperationId id, ContextId context);
    QCoro::Task<> finish(OperationId id, OperationRun::End end);
    QCoro::Task<QString> clusterId(std::shared_ptr<ConnectClient> client, ConnectorRef ref);
    const ConnectClusterFacts *clusterFacts(const ConnectorRef &ref) const;
    void addFacts(OperationFacts &facts, const ConnectorRef &ref) const;
    void forgetFinishedTasks();

    OperationsService &q;
    ContextsService &contexts;
    Settings settings;
    std::shared_ptr<Clock> clock;
    OperationsBook book;
    QSet<ConnectorRef> locks;
    QSet<OperationId> closing; // an outcome is on its way to the log
    WriteClients clients;
    struct Waiting
    {
        std::stop_source stop;
        QString person; // who stopped waiting
    };
    QHash<OperationId, Waiting> waiting; // running sagas
    std::vector<QCoro::Task<>> tasks;
    std::stop_source stop;
};

OperationsService::OperationsService(ContextsService &contexts, Settings settings, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, contexts, std::move(settings)))
{
}

OperationsService::~OperationsService()
{
    Q_ASSERT_X(!anyRunning(), "OperationsService", "close() must be awaited first");
}

const ConnectClusterFacts *OperationsService::Private::clusterFacts(const ConnectorRef &ref) const
{
    auto *const session = contexts.session(ref.context);
    if (!session) {
        return nullptr;
    }
    const auto &clusters = session->snapshot()->clusters; // the session keeps this picture until it makes the next one
    const auto found = std::ranges::find(clusters, ref.cluster, &ConnectClusterFacts::name);
    return found == clusters.end() ? nullptr : &*found;
}

//! What triage knows already: lag, and whether a restart meets the same record again.
void OperationsService::Private::addFacts(OperationFacts &facts, const ConnectorRef &ref) const
{
    auto *const session = contexts.session(ref.context);
    if (!session) {
        return;
    }
    const auto snapshot = session->snapshot();
    const auto row = std::ranges::find(snapshot->connectors, ref, &ConnectorFacts::ref);
    facts.lag = row != snapshot->connectors.end() ? row->lagRecords.value : std::nullopt;
    facts.blast = blastRadius(*snapshot, ref);
    if (facts.stopFacts && row != snapshot->connectors.end()) {
        facts.stopFacts->lag = row->lagRecords;
        facts.stopFacts->deadLetters = row->deadLetters;
    }
    const auto &problems = session->problems();
    const auto recurring = std::ranges::find_if(
        problems, [&](const Problem &problem) { return problem.connector == ref && problem.restartKnownToFail; });
    if (recurring != problems.end()) {
        facts.knownToFail = QStringLiteral("will stop at the same record again");
    }
}

Task<OperationPreview> OperationsService::preview(OperationRequest request, CallOptions options)
{
    const auto context = contextOf(d->contexts, request.connector.context);
    const auto client = d->clients.clientFor(request.connector);
    if (!context || !client) {
        co_return failure(context ? client.error() : context.error());
    }
    OperationFacts facts {.context = &*context, .mode = d->contexts.mode(request.connector.context)};
    if (facts.mode == Mode::ReadOnly) {
        co_return refusal(ErrorKind::ModeForbids, QStringLiteral("The context is read-only"));
    }
    auto fresh = co_await readConnector(*client, request.connector.name, options);
    if (!fresh) {
        co_return failure(fresh.error());
    }
    const auto *known = d->clusterFacts(request.connector);
    if (known && known->server.value) {
        facts.serverVersion = known->server.value->version;
    } else if (const auto server = co_await (*client)->fetchServerInfo(options)) {
        facts.serverVersion = server->version;
    }
    const auto &clusters = context->connectClusters;
    const auto config = std::ranges::find(clusters, request.connector.cluster, &ConnectClusterConfig::name);
    facts.status = fresh->status;
    facts.info = fresh->info;
    facts.workerUrl = (*client)->workerUrls().value(0);
    if (config != clusters.end()) {
        facts.auth = config->auth;
        facts.tls = config->tls;
    }
    facts.now = d->clock->now();
    if (standsStill(request.kind)) {
        auto positions = co_await (*client)->fetchOffsets(request.connector.name, options);
        facts.stopFacts = StopFacts {};
        if (positions) {
            facts.stopFacts->positions = *std::move(positions);
        }
        facts.stopFacts->inFlight
            = Observed<std::int64_t>::none(Absence::NoData, QStringLiteral("only the worker's metrics tell"));
    }
    d->addFacts(facts, request.connector);
    co_return previewOperation(request, facts);
}

Result<void> OperationsService::Private::mayRun(const OperationPreview &preview, const Confirmation &confirmation) const
{
    const auto &ref = preview.request.connector;
    if (stop.stop_requested()) {
        return refusal(ErrorKind::Cancelled, QStringLiteral("Headgate is closing"));
    }
    if (contexts.mode(ref.context) == Mode::ReadOnly) {
        return refusal(ErrorKind::ModeForbids, QStringLiteral("The context is read-only"));
    }
    if (preview.reasonNeeded && confirmation.reason.trimmed().isEmpty()) {
        return refusal(ErrorKind::InvalidInput, QStringLiteral("A reason is needed on production"));
    }
    if (preview.typedNameNeeded && confirmation.typedName != ref.name) {
        return refusal(ErrorKind::InvalidInput, QStringLiteral("The connector's name has to be typed"));
    }
    if (locks.contains(ref)) {
        return refusal(ErrorKind::Locked, QStringLiteral("Another operation on %1 has not ended yet").arg(ref.name));
    }
    return {};
}

Task<void> OperationsService::Private::checkPrecondition(
    OperationPreview preview, std::shared_ptr<ConnectClient> client)
{
    if (preview.request.kind == OperationKind::Redrive) {
        co_return {}; // reads and writes records: the connector may be in any state, or gone
    }
    const auto fresh = co_await readConnector(
        client, preview.request.connector.name, {.deadline = kReadDeadline, .stop = stop.get_token()});
    if (!fresh) {
        co_return failure(fresh.error());
    }
    const auto drift = driftOf(preview.before, observedConnector(fresh->status, fresh->info));
    if (!drift.isEmpty()) {
        co_return refusal(ErrorKind::Conflict, QStringLiteral("The preview is out of date: %1").arg(drift));
    }
    co_return {};
}

Task<OperationId> OperationsService::run(OperationPreview preview, Confirmation confirmation)
{
    return run(std::move(preview), std::move(confirmation), Saga {});
}

Task<OperationId> OperationsService::run(OperationPreview preview, Confirmation confirmation, Saga saga)
{
    Q_ASSERT(isSaga(preview.request.kind) == bool(saga));
    const auto ref = preview.request.connector;
    if (const auto may = d->mayRun(preview, confirmation); !may) {
        co_return failure(may.error());
    }
    const auto client = d->clients.clientFor(ref);
    if (!client) {
        co_return failure(client.error());
    }
    d->locks.insert(ref); // before the first await: two clicks are two calls
    auto begun = co_await d->begin(std::move(preview), std::move(confirmation), *client, std::move(saga));
    if (!begun) {
        d->locks.remove(ref);
    }
    co_return begun;
}

Task<OperationId> OperationsService::takeUp(OperationId interrupted, Confirmation confirmation, Saga saga)
{
    const auto *known = d->findInterrupted(interrupted);
    if (!known || !isSaga(known->request.kind)) {
        co_return refusal(ErrorKind::NotFound, QStringLiteral("Not interrupted: %1").arg(interrupted.text));
    }
    const OperationPreview preview {.request = known->request};
    const auto ref = known->request.connector;
    if (const auto may = d->mayRun(preview, confirmation); !may) {
        co_return failure(may.error());
    }
    const auto client = d->clients.clientFor(ref);
    if (!client) {
        co_return failure(client.error());
    }
    d->locks.insert(ref);
    d->closing.insert(interrupted); // nobody closes what is just being taken up
    auto written = Result<void>(co_await d->isStillLeft(interrupted, ref.context));
    if (written) {
        written = co_await d->book.append(
            ref.context, takeUpRecord(interrupted, d->clock->now(), confirmation.person, ownLease()));
    }
    d->closing.remove(interrupted);
    auto *const now = d->findInterrupted(interrupted);
    if (!written || !now) {
        d->locks.remove(ref);
        co_return written ? refusal(ErrorKind::NotFound, QStringLiteral("It was closed meanwhile"))
                          : failure(written.error());
    }
    now->interrupted = false;
    now->letGoBy.clear();
    now->phase = OperationPhase::Checking;
    Q_EMIT operationsChanged();
    d->forgetFinishedTasks();
    d->tasks.push_back(d->driveSaga(interrupted, ref, *client, std::move(saga)));
    co_return OperationId {interrupted};
}

//! Another program may have found it too: the log tells.
Task<void> OperationsService::Private::isStillLeft(OperationId id, ContextId context)
{
    auto logged = co_await book.read(context);
    if (!logged) {
        co_return failure(logged.error());
    }
    const auto found = std::ranges::find(*logged, id, [](const LoggedOperation &each) { return each.operation.id; });
    const auto *known = book.find(id);
    if (found == logged->end() || !known) {
        co_return refusal(ErrorKind::NotFound, QStringLiteral("Not in the log: %1").arg(id.text));
    }
    auto &fresh = found->operation;
    if (!fresh.outcome && isAlive(found->lease)) {
        co_return refusal(ErrorKind::Locked, QStringLiteral("Another program has taken it up"));
    }
    if (fresh.outcome || fresh.steps != known->steps) {
        const bool closed = fresh.outcome.has_value();
        fresh.interrupted = true;
        book.show(std::move(fresh));
        co_return closed
            ? refusal(ErrorKind::NotFound, QStringLiteral("Another program has ended it"))
            : refusal(ErrorKind::Conflict, QStringLiteral("It went on in another program meanwhile: look at it again"));
    }
    co_return {};
}

Result<void> OperationsService::stopWaiting(const OperationId &id, const QString &person)
{
    const auto running = d->waiting.find(id);
    auto *const operation = d->book.find(id);
    if (running == d->waiting.end() || !operation) {
        return refusal(ErrorKind::NotFound, QStringLiteral("It does not run here: %1").arg(id.text));
    }
    if (!operation->endsSoon) {
        operation->endsSoon = true;
        running->person = redacted(person);
        auto ending = running->stop; // what it wakes may end it, and take it out of the list
        Q_EMIT operationsChanged();
        ending.request_stop();
    }
    return {};
}

Task<OperationId> OperationsService::Private::begin(
    OperationPreview preview, Confirmation confirmation, std::shared_ptr<ConnectClient> client, Saga saga)
{
    if (const auto same = co_await checkPrecondition(preview, client); !same) {
        co_return failure(same.error());
    }
    preview.request.reason = redacted(confirmation.reason); // people paste commands: shown and logged without secrets
    const auto platform = co_await clusterId(client, preview.request.connector);
    LoggedOperation intent {.lease = ownLease(), .kafkaClusterId = platform};
    auto &operation = intent.operation;
    operation.id = nextId(clock->now());
    operation.request = preview.request;
    operation.person = confirmation.person;
    operation.startedAt = clock->now();
    operation.phase = OperationPhase::Checking;
    operation.deadline = settings.observeDeadline;
    operation.compensation = preview.compensation;
    operation.before = preview.before;
    operation.requests = preview.requests;
    operation.plan = preview.plan;
    const auto written = co_await book.append(preview.request.connector.context, intentRecord(intent));
    if (!written) {
        auto error = written.error();
        error.message += QStringLiteral("; without its record the operation was not sent");
        co_return failure(error);
    }
    if (stop.stop_requested() || contexts.mode(preview.request.connector.context) == Mode::ReadOnly) {
        operation.outcome = Outcome::Refused;
        operation.endedAt = clock->now();
        operation.observed = QStringLiteral("Nothing was sent: the mode changed or Headgate was closed");
        co_await book.append(preview.request.connector.context, outcomeRecord(operation));
        co_return refusal(ErrorKind::ModeForbids, operation.observed);
    }
    const auto id = operation.id;
    const bool save = confirmation.savePositions && standsStill(operation.request.kind);
    book.show(operation);
    forgetFinishedTasks();
    const auto ref = preview.request.connector;
    tasks.push_back(saga && !preview.nothingToDo ? driveSaga(id, ref, std::move(client), std::move(saga))
                                                 : drive(id, std::move(preview), std::move(client), save));
    co_return OperationId {id};
}

QCoro::Task<QString> OperationsService::Private::clusterId(std::shared_ptr<ConnectClient> client, ConnectorRef ref)
{
    const auto *known = clusterFacts(ref);
    if (known && known->server.value) {
        co_return QString(known->server.value->kafkaClusterId); // QCoro 0.8 would move from a bare lvalue
    }
    const auto server = co_await client->fetchServerInfo({.deadline = kReadDeadline, .stop = stop.get_token()});
    co_return server ? server->kafkaClusterId : QString();
}

QCoro::Task<> OperationsService::Private::drive(
    OperationId id, OperationPreview preview, std::shared_ptr<ConnectClient> client, bool save)
{
    const auto told = [this, id](OperationPhase phase, const QString &observed) {
        tell(id, phase, observed);
    };
    OperationRun::End end {
        .outcome = Outcome::Confirmed, .observed = QStringLiteral("It was so already; nothing was sent")};
    Result<void> saved;
    if (save && !preview.nothingToDo) {
        saved = co_await savePositions(id, preview.request.connector, client);
    }
    if (!saved) {
        end = {.outcome = Outcome::Refused,
            .observed = QStringLiteral("Nothing was sent: its positions could not be saved"),
            .error = saved.error()};
    } else if (!preview.nothingToDo) {
        const OperationRun::Limits limits {
            .observe = settings.observeDeadline, .settle = settings.settle, .send = settings.sendDeadline};
        OperationRun run(preview, std::move(client), clock, limits, told, stop.get_token());
        end = co_await run.drive();
    }
    co_await settle(id, preview.request.connector, std::move(end));
}

Task<void> OperationsService::Private::savePositions(
    OperationId id, ConnectorRef ref, std::shared_ptr<ConnectClient> client)
{
    const auto positions
        = co_await client->fetchOffsets(ref.name, {.deadline = kReadDeadline, .stop = stop.get_token()});
    if (!positions) {
        co_return failure(positions.error());
    }
    OperationStep step {.at = clock->now(),
        .what = stepWord(ReplayStep::Snapshot),
        .state = stepStateWord(StepState::Done),
        .detail = QStringLiteral("%1 positions saved").arg(positions->size()),
        .data = snapshotText(*positions)};
    co_return co_await recordStep(id, ref.context, std::move(step));
}

QCoro::Task<> OperationsService::Private::driveSaga(
    OperationId id, ConnectorRef ref, std::shared_ptr<ConnectClient> client, Saga saga)
{
    const auto *begun = book.find(id);
    std::stop_source ending;
    const std::stop_callback onClosing(stop.get_token(), [ending] { ending.request_stop(); });
    waiting.insert(id, {.stop = ending, .person = {}});
    SagaSeat seat {.id = id,
        .client = std::move(client),
        .stop = ending.get_token(),
        .closing = stop.get_token(),
        .tell = [this, id](OperationPhase phase, const QString &observed) { tell(id, phase, observed); },
        .record
        = [this, id, context = ref.context](OperationStep step) { return recordStep(id, context, std::move(step)); },
        .earlier = begun ? begun->steps : std::vector<OperationStep> {}};
    auto end = co_await saga(std::move(seat));
    auto person = waiting.take(id).person;
    if (!end.outcome && ending.stop_requested() && !stop.stop_requested()) {
        co_await letGo(id, ref, std::move(person));
    } else {
        co_await settle(id, ref, std::move(end));
    }
}

//! As after a kill, but its process lives on: the log says that nobody drives it.
QCoro::Task<> OperationsService::Private::letGo(OperationId id, ConnectorRef ref, QString person)
{
    const auto written = co_await book.append(ref.context, letGoRecord(id, clock->now(), person));
    if (auto *const operation = book.find(id)) {
        operation->phase = OperationPhase::Finished;
        operation->interrupted = true;
        operation->endsSoon = false;
        operation->letGoBy = std::move(person);
        operation->error = written ? std::nullopt : std::optional(written.error());
    }
    unlock(ref);
}

void OperationsService::Private::tell(const OperationId &id, OperationPhase phase, const QString &observed)
{
    if (auto *const operation = book.find(id);
        operation && (operation->phase != phase || operation->observed != observed)) {
        operation->phase = phase;
        operation->observed = observed;
        Q_EMIT q.operationsChanged();
    }
}

QCoro::Task<Result<void>> OperationsService::Private::recordStep(OperationId id, ContextId context, OperationStep step)
{
    const auto written = co_await book.append(context, stepRecord(id, step));
    if (auto *const operation = book.find(id); written && operation) {
        operation->steps.push_back(std::move(step));
        Q_EMIT q.operationsChanged();
    }
    co_return Result<void>(written);
}

QCoro::Task<> OperationsService::Private::settle(OperationId id, ConnectorRef ref, OperationEnd end)
{
    co_await finish(id, std::move(end));
    unlock(ref);
}

void OperationsService::Private::unlock(const ConnectorRef &ref)
{
    locks.remove(ref);
    Q_EMIT q.operationsChanged();
    if (auto *const session = contexts.session(ref.context)) {
        session->refreshNow();
    }
}

QCoro::Task<> OperationsService::Private::finish(OperationId id, OperationRun::End end)
{
    auto *const operation = book.find(id);
    if (!operation) {
        co_return;
    }
    operation->phase = OperationPhase::Finished;
    operation->endedAt = clock->now();
    operation->endsSoon = false;
    operation->outcome = end.outcome.value_or(Outcome::Unknown);
    operation->observed
        = end.outcome ? end.observed : QStringLiteral("Headgate was closed before the outcome was seen");
    operation->error = end.error;
    const bool nothingChanged = operation->outcome == Outcome::Refused
        || (operation->outcome == Outcome::Failed && !isSaga(operation->request.kind)); // some of its steps may hold
    operation->compensation = nothingChanged ? std::nullopt : operation->compensation;
    if (!end.outcome) {
        co_return; // no outcome in the log: the next start finds it interrupted and looks
    }
    const auto record = outcomeRecord(*operation);
    const auto written = co_await book.append(operation->request.connector.context, record);
    if (auto *const now = book.find(id); !written && now) {
        qCWarning(logOperations) << "The outcome of" << id.text << "is not in the log:" << written.error().message;
        now->error = now->error ? now->error : written.error();
    }
}

Task<Operation> OperationsService::finished(OperationId id, CallOptions options)
{
    const auto begin = d->clock->monotonic();
    for (;;) {
        const auto *operation = d->book.find(id);
        if (!operation) {
            co_return refusal(ErrorKind::NotFound, QStringLiteral("No such operation: %1").arg(id.text));
        }
        if (operation->phase == OperationPhase::Finished && !d->locks.contains(operation->request.connector)) {
            co_return *operation;
        }
        if (d->clock->monotonic() - begin >= options.deadline) {
            co_return refusal(ErrorKind::DeadlineExceeded, QStringLiteral("The operation has not ended yet"));
        }
        if (const auto slept = co_await d->clock->sleepFor(kWaitStep, options.stop); !slept) {
            co_return failure(slept.error());
        }
    }
}

Operation *OperationsService::Private::findInterrupted(const OperationId &id)
{
    auto *const known = book.find(id);
    return known && known->interrupted && !known->outcome && !closing.contains(id) ? known : nullptr;
}

void OperationsService::Private::forgetFinishedTasks()
{
    std::erase_if(tasks, [](const QCoro::Task<> &task) { return task.isReady(); });
}

const std::vector<Operation> &OperationsService::operations() const
{
    return d->book.operations();
}

Task<Operation> OperationsService::fetch(ContextId context, OperationId id, CallOptions options)
{
    return d->book.fetch(std::move(context), std::move(id), std::move(options));
}

Task<std::vector<Operation>> OperationsService::search(ContextId context, QString text, CallOptions options)
{
    return d->book.search(std::move(context), std::move(text), std::move(options));
}

Task<LogVerdict> OperationsService::verify(ContextId context, CallOptions options)
{
    return d->book.verify(std::move(context), std::move(options));
}

Task<std::vector<Operation>> OperationsService::findInterrupted(ContextId context, CallOptions options)
{
    const auto until = d->clock->monotonic() + options.deadline;
    auto logged = co_await d->book.read(context);
    if (!logged) {
        co_return failure(logged.error());
    }
    std::vector<Operation> interrupted;
    for (auto &each : *logged) {
        const bool open = !each.operation.outcome;
        if (open && isAlive(each.lease)) {
            continue; // somebody runs it, maybe we do
        }
        if (d->waiting.contains(each.operation.id)) {
            continue; // we do, since the log was read
        }
        if (open) {
            if (!options.stop.stop_requested() && d->clock->monotonic() < until) { // else it stays open, unjudged
                each.operation = co_await readInterrupted(each, d->clients.clientFor(each.operation.request.connector),
                    d->clock, d->settings.settle, d->stop.get_token());
            }
            const auto id = each.operation.id;
            const auto *known = d->book.find(id);
            if (d->closing.contains(id) || (known && known->outcome)) {
                continue; // a person closed it meanwhile, and that stands
            }
            if (each.operation.outcome) {
                d->closing.insert(id);
                co_await d->book.append(context, outcomeRecord(each.operation));
                d->closing.remove(id);
            }
            each.operation.interrupted = true;
            interrupted.push_back(each.operation);
        }
        d->book.show(each.operation);
    }
    co_return interrupted;
}

Task<void> OperationsService::closeInterrupted(OperationId id, Outcome outcome, QString note)
{
    auto *const known = d->book.find(id);
    if (!known || !known->interrupted || known->outcome) {
        co_return refusal(ErrorKind::NotFound, QStringLiteral("No such interrupted operation: %1").arg(id.text));
    }
    if (d->closing.contains(id)) {
        co_return refusal(ErrorKind::Locked, QStringLiteral("The operation is being closed already"));
    }
    auto closed = *known;
    closed.outcome = outcome;
    closed.observed = note;
    closed.endedAt = d->clock->now();
    closed.phase = OperationPhase::Finished;
    d->closing.insert(id);
    auto written = Result<void>(co_await d->isStillLeft(id, closed.request.connector.context));
    if (written) {
        written = co_await d->book.append(closed.request.connector.context, outcomeRecord(closed));
    }
    d->closing.remove(id);
    if (!written) {
        co_return failure(written.error());
    }
    d->book.show(std::move(closed));
    co_return {};
}

QString OperationsService::logFile(const ContextId &context) const
{
    return d->book.logOf(context).path();
}

bool OperationsService::anyRunning() const
{
    return !d->locks.isEmpty();
}

QCoro::Task<> OperationsService::close()
{
    d->stop.request_stop();
    for (size_t i = 0; i < d->tasks.size(); ++i) { // one that was just beginning may still join them
        co_await d->tasks[i];
    }
    const auto patience = d->clock->monotonic() + kReadDeadline;
    while (anyRunning() && d->clock->monotonic() < patience) { // one whose intent is being written ends without sending
        co_await d->clock->sleepFor(kWaitStep, {});
    }
    co_await d->clients.close();
}

} // namespace headgate
