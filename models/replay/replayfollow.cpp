// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/replayviewmodel.h"

#include <QPointer>

#include <algorithm>

namespace headgate {

// The half of the view model that follows what was begun: to its end, its way back, or its choices after an
// interruption.

void ReplayViewModel::follow(Operation operation)
{
    auto progress = replayProgress(operation);
    m_state.reading = false;
    m_state.request.connector = operation.request.connector;
    if (progress) {
        m_state.plan = progress->plan;
        m_state.request = progress->plan.request;
        m_state.progress = std::move(*progress);
    } else {
        m_state.error = progress.error();
    }
    const bool left = operation.interrupted && !operation.outcome;
    m_state.phase = operation.outcome ? Phase::Ended : left ? Phase::Interrupted : Phase::Running;
    m_state.operation = std::move(operation);
    Q_EMIT changed();
    if (left && !m_state.interrupted && !m_state.reading && !m_state.error) {
        look();
    }
}

void ReplayViewModel::followLatest()
{
    if (!m_state.operation) {
        return;
    }
    const auto &known = m_operations.operations();
    const auto found = std::ranges::find(known, m_state.operation->id, &Operation::id);
    if (found != known.end() && *found != *m_state.operation) {
        follow(*found);
    }
}

QCoro::Task<> ReplayViewModel::fetchOperation(quint64 number, ContextId context, OperationId id)
{
    const QPointer<ReplayViewModel> self(this);
    auto found = co_await m_operations.fetch(std::move(context), std::move(id), {readDeadline, m_stop.get_token()});
    if (!self || number != m_number) {
        co_return;
    }
    found ? follow(std::move(*found)) : fail(std::move(found.error()));
}

bool ReplayViewModel::canStopWaiting() const
{
    return m_state.phase == Phase::Running && m_state.operation && !m_state.operation->endsSoon;
}

void ReplayViewModel::stopWaiting(const QString &person)
{
    if (canStopWaiting()) {
        const auto id = m_state.operation->id; // it is another operation's once this is told
        m_operations.stopWaiting(id, person);
    }
}

bool ReplayViewModel::hasWayBack() const
{
    return m_state.phase == Phase::Ended && m_state.progress && m_state.progress->snapshot
        && !m_state.progress->snapshot->empty();
}

void ReplayViewModel::planWayBack()
{
    if (hasWayBack()) {
        const auto id = m_state.operation->id;
        beginWayBack(ConnectorRef(connector()), id);
    }
}

void ReplayViewModel::beginWayBack(const ConnectorRef &connector, const OperationId &replay)
{
    const auto number = newQuestion();
    ++m_session;
    m_state = {.phase = Phase::Reading, .request = {.connector = connector, .restores = replay}, .reading = true};
    Q_EMIT changed();
    fetchWayBack(number, m_state.request.connector.context, replay);
}

QCoro::Task<> ReplayViewModel::fetchWayBack(quint64 number, ContextId context, OperationId id)
{
    const QPointer<ReplayViewModel> self(this);
    auto request = co_await m_replay.wayBack(std::move(context), std::move(id), {readDeadline, m_stop.get_token()});
    if (!self || number != m_number) {
        co_return;
    }
    if (!request) {
        fail(std::move(request.error()));
        co_return;
    }
    m_state.request = std::move(*request);
    ask();
}

void ReplayViewModel::look()
{
    if (m_state.phase != Phase::Interrupted || !m_state.operation) {
        return;
    }
    const auto number = newQuestion();
    m_state.reading = true;
    m_state.error.reset();
    Q_EMIT changed();
    lookAt(number, m_state.operation->id);
}

QCoro::Task<> ReplayViewModel::lookAt(quint64 number, OperationId id)
{
    const QPointer<ReplayViewModel> self(this);
    auto found = co_await m_replay.look(std::move(id), {readDeadline, m_stop.get_token()});
    if (!self || number != m_number) {
        co_return;
    }
    if (!found) {
        fail(std::move(found.error()));
        co_return;
    }
    m_state.reading = false;
    m_state.interrupted = std::move(*found);
    Q_EMIT changed();
}

void ReplayViewModel::goOn(const Confirmation &confirmation)
{
    if (m_state.phase == Phase::Interrupted && missing(confirmation).isEmpty()) {
        takeUp(newQuestion(), m_replay.continueInterrupted(m_state.operation->id, confirmation));
    }
}

void ReplayViewModel::putBack(const Confirmation &confirmation)
{
    if (m_state.phase == Phase::Interrupted && missing(confirmation).isEmpty()) {
        takeUp(newQuestion(), m_replay.restoreInterrupted(m_state.operation->id, confirmation));
    }
}

QCoro::Task<> ReplayViewModel::takeUp(quint64 number, QCoro::Task<Result<OperationId>> taking)
{
    const QPointer<ReplayViewModel> self(this);
    m_state.phase = Phase::Starting;
    m_state.error.reset();
    Q_EMIT changed();
    auto id = co_await std::move(taking);
    if (!self || number != m_number) {
        co_return;
    }
    m_state.interrupted.reset();
    if (id) {
        open(connector().context, *id);
        co_return;
    }
    m_state.phase = Phase::Interrupted;
    m_state.error = std::move(id.error());
    Q_EMIT changed();
}

void ReplayViewModel::leave(const QString &person)
{
    if (m_state.phase == Phase::Interrupted) {
        closeIt(newQuestion(), m_state.operation->id, person);
    }
}

QCoro::Task<> ReplayViewModel::closeIt(quint64 number, OperationId id, QString person)
{
    const QPointer<ReplayViewModel> self(this);
    const auto closed = co_await m_replay.leave(
        std::move(id), person.isEmpty() ? QStringLiteral("left by hand") : QStringLiteral("left by %1").arg(person));
    if (self && number == m_number && !closed) {
        fail(closed.error());
    }
}

} // namespace headgate
