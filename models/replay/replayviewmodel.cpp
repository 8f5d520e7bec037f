// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/replayviewmodel.h"

#include "common/offload.h"
#include "domain/replay/replayplanfile.h"

#include <QPointer>

#include <algorithm>

namespace headgate {

namespace {

//! Places that cannot be found in facts which were read for another request.
bool needsBrokers(PositionKind kind)
{
    return kind == PositionKind::Time || kind == PositionKind::BeforeOperation;
}

} // namespace

ReplayViewModel::ReplayViewModel(
    ContextsService &contexts, OperationsService &operations, ReplayService &replay, QObject *parent)
    : QObject(parent)
    , m_contexts(contexts)
    , m_operations(operations)
    , m_replay(replay)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(int(pause / Milliseconds(1)));
    connect(&m_pause, &QTimer::timeout, this, &ReplayViewModel::ask);
    connect(&m_operations, &OperationsService::operationsChanged, this, &ReplayViewModel::followLatest);
}

ReplayViewModel::~ReplayViewModel()
{
    m_stop.request_stop();
}

Mode ReplayViewModel::mode() const
{
    return m_contexts.mode(connector().context);
}

Instant ReplayViewModel::now() const
{
    return m_contexts.edges().clock->now();
}

//! Whoever was asked before is not listened to any more.
quint64 ReplayViewModel::newQuestion()
{
    m_stop.request_stop();
    m_stop = {};
    m_pause.stop();
    return ++m_number;
}

void ReplayViewModel::begin(const ConnectorRef &connector, const std::vector<PartitionPosition> &partitions)
{
    m_state = {.phase = Phase::Reading, .request = {.connector = connector, .partitions = partitions}};
    ++m_session;
    ask();
    fetchEarlier(m_session, connector);
}

void ReplayViewModel::open(const ContextId &context, const OperationId &replay)
{
    const auto number = newQuestion();
    ++m_session;
    m_state = {.phase = Phase::Reading, .request = {.connector = {.context = context}}, .reading = true};
    const auto &known = m_operations.operations();
    if (const auto found = std::ranges::find(known, replay, &Operation::id); found != known.end()) {
        follow(*found);
    } else {
        Q_EMIT changed();
        fetchOperation(number, context, replay);
    }
}

void ReplayViewModel::close()
{
    newQuestion();
    m_state = {};
    Q_EMIT changed();
}

void ReplayViewModel::ask()
{
    const auto number = newQuestion();
    m_state.reading = true;
    Q_EMIT changed();
    fetchFacts(number, m_state.request);
}

void ReplayViewModel::readAgain()
{
    if (m_state.phase == Phase::Reading || m_state.phase == Phase::Ready || m_state.phase == Phase::NotPlanned) {
        m_state.fromFile ? void(fetchDrift(newQuestion(), *m_state.plan)) : ask();
    }
}

QCoro::Task<> ReplayViewModel::fetchFacts(quint64 number, ReplayRequest request)
{
    const QPointer<ReplayViewModel> self(this);
    auto facts = co_await m_replay.readFacts(std::move(request), {readDeadline, m_stop.get_token()});
    if (!self || number != m_number) {
        co_return;
    }
    m_state.reading = false;
    if (!facts) {
        fail(std::move(facts.error()));
        co_return;
    }
    m_state.facts = std::move(*facts);
    m_state.readAt = now();
    planFromFacts();
}

void ReplayViewModel::planFromFacts()
{
    auto plan = planReplay(m_state.request, *m_state.facts);
    if (!plan) {
        fail(std::move(plan.error()));
        return;
    }
    m_state.plan = std::move(*plan);
    m_state.error.reset();
    m_state.phase = Phase::Ready;
    Q_EMIT changed();
}

void ReplayViewModel::fail(Error error)
{
    m_state.reading = false;
    m_state.error = std::move(error);
    if (m_state.phase == Phase::Reading || m_state.phase == Phase::Ready || m_state.phase == Phase::NotPlanned) {
        m_state.plan.reset();
        m_state.phase = Phase::NotPlanned;
    }
    Q_EMIT changed();
}

void ReplayViewModel::change(bool asking)
{
    if (!asking && m_state.facts) {
        newQuestion();
        m_state.reading = false;
        planFromFacts();
        return;
    }
    m_state.reading = true;
    m_pause.start();
    Q_EMIT changed();
}

void ReplayViewModel::setEverywhere(const Position &position)
{
    if (position == m_state.request.everywhere) {
        return;
    }
    m_state.request.everywhere = position;
    change(needsBrokers(position.kind));
}

void ReplayViewModel::setPartition(const TopicPartition &tp, const std::optional<Position> &position)
{
    auto &all = m_state.request.partitions;
    const auto before = all;
    std::erase_if(all, [&](const PartitionPosition &each) { return each.tp == tp; });
    if (position) {
        all.push_back({tp, *position});
        std::ranges::sort(all, {}, &PartitionPosition::tp);
    }
    if (all != before) {
        change(needsBrokers(m_state.request.everywhere.kind)
            || std::ranges::any_of(all, [](const auto &each) { return needsBrokers(each.position.kind); }));
    }
}

void ReplayViewModel::setSource(std::vector<ConnectorOffset> entries)
{
    if (entries != m_state.request.source) {
        m_state.request.source = std::move(entries);
        change(false);
    }
}

bool ReplayViewModel::choosesNothing() const
{
    const auto &request = m_state.request;
    return request.everywhere.kind == PositionKind::Keep && request.partitions.empty() && request.source.empty();
}

QCoro::Task<> ReplayViewModel::fetchEarlier(quint64 session, ConnectorRef connector)
{
    const QPointer<ReplayViewModel> self(this);
    auto found = co_await m_operations.search(connector.context, connector.name, {.deadline = readDeadline});
    if (!self || session != m_session || !found) {
        co_return; // without it nobody can go back before one of them, which the choice says
    }
    for (const auto &each : *found) {
        if (each.request.connector == connector && savedPositions(each)) {
            m_state.earlier.push_back({each.id, each.startedAt, each.person});
        }
    }
    Q_EMIT changed();
}

int ReplayViewModel::lettersToGo(const QString &typed) const
{
    const auto &name = connector().name;
    return name.startsWith(typed) ? int(name.size() - typed.size()) : -1;
}

QString ReplayViewModel::missing(const Confirmation &confirmation) const
{
    const bool planned = m_state.phase == Phase::Ready && m_state.plan;
    if (mode() == Mode::ReadOnly) {
        return tr("the context is read-only");
    }
    if (planned) {
        if (m_state.reading) {
            return tr("the plan is being counted anew");
        }
        if (!m_state.drift.empty()) {
            return tr("the plan does not fit any more");
        }
        if (!m_state.fromFile && choosesNothing() && m_state.request.restores.isEmpty()) {
            return tr("choose a position");
        }
        if (forbidden(*m_state.plan)) {
            return tr("the plan must not be run: see below the partitions");
        }
        if (nothingMoves(*m_state.plan)) {
            return tr("every position is there already");
        }
    } else if (m_state.phase != Phase::Interrupted || !m_state.interrupted) {
        return tr("there is no plan yet");
    }
    if (confirmation.person.isEmpty()) {
        return tr("your name is missing: it goes to the audit log");
    }
    if (planned && m_state.plan->reasonNeeded && confirmation.reason.trimmed().isEmpty()) {
        return tr("production needs a reason");
    }
    if (lettersToGo(confirmation.typedName) != 0) {
        return tr("type the connector's name");
    }
    return {};
}

void ReplayViewModel::run(const Confirmation &confirmation)
{
    if (m_state.phase != Phase::Ready || !missing(confirmation).isEmpty()) {
        return;
    }
    auto plan = *m_state.plan;
    if (!m_state.fromFile) { // planned once more: the rule that makes plans keeps secrets out of reasons
        auto request = m_state.request;
        request.reason = confirmation.reason;
        plan = planReplay(request, *m_state.facts).value_or(plan);
    }
    m_state.phase = Phase::Starting;
    m_state.error.reset();
    const auto number = newQuestion();
    Q_EMIT changed();
    start(number, std::move(plan), confirmation);
}

QCoro::Task<> ReplayViewModel::start(quint64 number, ReplayPlan plan, Confirmation confirmation)
{
    const QPointer<ReplayViewModel> self(this);
    auto id = co_await m_replay.run(std::move(plan), std::move(confirmation));
    if (!self || number != m_number) {
        co_return;
    }
    if (!id) {
        m_state.phase = Phase::Ready;
        m_state.error = std::move(id.error());
        Q_EMIT changed();
        co_return;
    }
    Q_EMIT started(*id);
    open(connector().context, *id);
}

OperationPreview ReplayViewModel::requests() const
{
    OperationPreview preview;
    if (m_state.plan) {
        preview.requests = m_state.plan->requests;
    }
    const auto &contexts = m_contexts.contexts();
    const auto context = std::ranges::find(contexts, connector().context, &ContextConfig::id);
    if (context != contexts.end()) {
        const auto &clusters = context->connectClusters;
        const auto cluster = std::ranges::find(clusters, connector().cluster, &ConnectClusterConfig::name);
        if (cluster != clusters.end()) {
            preview.workerUrl = cluster->workers.value(0);
            preview.auth = cluster->auth;
            preview.tls = cluster->tls;
        }
    }
    return preview;
}

QByteArray ReplayViewModel::planFile() const
{
    return m_state.plan ? planText(*m_state.plan) : QByteArray();
}

void ReplayViewModel::openFile(const QByteArray &text)
{
    const auto number = newQuestion();
    ++m_session;
    m_state.reading = true;
    Q_EMIT changed();
    readPlan(number, text);
}

QCoro::Task<> ReplayViewModel::readPlan(quint64 number, QByteArray text)
{
    const QPointer<ReplayViewModel> self(this);
    auto plan = co_await offload([text = std::move(text)] { return planFromText(text); }); // megabytes, it may be
    if (!self || number != m_number) {
        co_return;
    }
    m_state.reading = false;
    if (!plan || plan->request.connector.context != connector().context) {
        m_state.error = plan ? Error {.kind = ErrorKind::NotFound,
                                   .message = QStringLiteral("The plan is of context %1").arg(plan->contextName)}
                             : std::move(plan.error());
        Q_EMIT changed();
        co_return;
    }
    m_state = {.phase = Phase::Ready, .request = plan->request, .reading = true, .plan = *plan, .fromFile = true};
    Q_EMIT changed();
    fetchDrift(number, std::move(*plan));
}

QCoro::Task<> ReplayViewModel::fetchDrift(quint64 number, ReplayPlan plan)
{
    const QPointer<ReplayViewModel> self(this);
    m_state.reading = true;
    auto drift = co_await m_replay.checkDrift(std::move(plan), {readDeadline, m_stop.get_token()});
    if (!self || number != m_number) {
        co_return;
    }
    m_state.reading = false;
    if (drift) {
        m_state.drift = std::move(*drift);
    } else {
        m_state.error = std::move(drift.error());
    }
    Q_EMIT changed();
}

} // namespace headgate
