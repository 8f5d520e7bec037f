// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operations/activityviewmodel.h"

#include "models/operations/person.h"

#include <QPointer>

namespace headgate {

ActivityViewModel::ActivityViewModel(ContextsService &contexts, OperationsService &operations, QObject *parent)
    : QObject(parent)
    , m_contexts(contexts)
    , m_operations(operations)
{
    connect(&operations, &OperationsService::operationsChanged, this, [this] {
        refresh();
        Q_EMIT changed();
    });
    connect(&contexts, &ContextsService::currentChanged, this, [this] {
        m_state.verdict.reset();
        search(m_state.text);
    });
    refresh();
}

ActivityViewModel::~ActivityViewModel()
{
    m_stop.request_stop();
}

void ActivityViewModel::search(const QString &text)
{
    m_stop.request_stop();
    m_stop = {};
    ++m_number;
    m_state.text = text;
    m_state.error.reset();
    m_state.searching = !text.isEmpty();
    if (m_state.searching) {
        runSearch(m_number, m_contexts.current(), text);
    } else {
        m_found.clear();
        refresh();
    }
    Q_EMIT changed();
}

QCoro::Task<> ActivityViewModel::runSearch(quint64 number, ContextId context, QString text)
{
    const QPointer<ActivityViewModel> self(this);
    auto found
        = co_await m_operations.search(std::move(context), std::move(text), {searchDeadline, m_stop.get_token()});
    if (!self || number != m_number) {
        co_return;
    }
    m_state.searching = false;
    if (found) {
        m_found = std::move(*found);
    } else {
        m_state.error = std::move(found.error());
    }
    refresh();
    Q_EMIT changed();
}

void ActivityViewModel::verify()
{
    if (!m_state.verifying) {
        m_state.verifying = true;
        Q_EMIT changed();
        runVerify(m_contexts.current());
    }
}

QCoro::Task<> ActivityViewModel::runVerify(ContextId context)
{
    const QPointer<ActivityViewModel> self(this);
    auto verdict = co_await m_operations.verify(std::move(context), {searchDeadline, m_stop.get_token()});
    if (!self) {
        co_return;
    }
    m_state.verifying = false;
    if (verdict) {
        m_state.verdict = std::move(*verdict);
    } else {
        m_state.error = std::move(verdict.error());
    }
    Q_EMIT changed();
}

void ActivityViewModel::lookAgain(const Operation &operation)
{
    if (!m_state.looking) {
        m_state.looking = true;
        m_state.error.reset();
        Q_EMIT changed();
        runLook(operation.request.connector.context);
    }
}

QCoro::Task<> ActivityViewModel::runLook(ContextId context)
{
    const QPointer<ActivityViewModel> self(this);
    const auto found = co_await m_operations.findInterrupted(std::move(context), {searchDeadline, m_stop.get_token()});
    if (!self) {
        co_return;
    }
    m_state.looking = false;
    if (!found) {
        m_state.error = found.error();
    }
    showAnew();
}

void ActivityViewModel::closeInterrupted(const Operation &operation, Outcome outcome)
{
    const auto person = storedPerson();
    const auto who = person.isEmpty() ? QStringLiteral("by hand") : QStringLiteral("by %1").arg(person);
    const QString note = operation.observed.isEmpty()
        ? QStringLiteral("closed %1").arg(who)
        : QStringLiteral("closed %1; last seen: %2").arg(who, operation.observed);
    m_state.error.reset();
    runClose(operation.id, outcome, note);
}

QString ActivityViewModel::keptFromStopping(const Operation &operation) const
{
    return operation.outcome || operation.interrupted || operation.phase == OperationPhase::Finished
        ? tr("it does not run")
        : !isSaga(operation.request.kind) ? tr("it is one request, which is out")
        : operation.endsSoon              ? tr("it stops behind the step it is in")
                                          : QString();
}

void ActivityViewModel::stopWaiting(const Operation &operation)
{
    const auto id = operation.id; // the row is another one once this is told
    if (const auto asked = m_operations.stopWaiting(id, storedPerson()); !asked) {
        m_state.error = asked.error();
        Q_EMIT changed();
    }
}

QCoro::Task<> ActivityViewModel::runClose(OperationId id, Outcome outcome, QString note)
{
    const QPointer<ActivityViewModel> self(this);
    const auto closed = co_await m_operations.closeInterrupted(std::move(id), outcome, std::move(note));
    if (!self) {
        co_return;
    }
    if (!closed) {
        m_state.error = closed.error();
    }
    showAnew();
}

//! What a search found is of the log as it was: it is read again.
void ActivityViewModel::showAnew()
{
    if (!m_state.text.isEmpty()) {
        auto error = std::move(m_state.error);
        search(m_state.text);
        m_state.error = std::move(error);
    }
    refresh();
    Q_EMIT changed();
}

void ActivityViewModel::refresh()
{
    show(m_state.text.isEmpty() ? m_operations.operations() : m_found);
}

void ActivityViewModel::show(const std::vector<Operation> &operations)
{
    QHash<ContextId, QString> names;
    for (const auto &context : m_contexts.contexts()) {
        names.insert(context.id, context.name);
    }
    m_model.setOperations(operations, std::move(names), m_contexts.edges().clock->now());
}

} // namespace headgate
