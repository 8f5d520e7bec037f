// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contexts/contexteditor.h"

#include <QPointer>

#include <algorithm>

namespace headgate {

ContextEditor::ContextEditor(ContextsService &contexts, QObject *parent)
    : QObject(parent)
    , m_contexts(contexts)
{
}

ContextEditor::~ContextEditor()
{
    m_stop.request_stop();
}

void ContextEditor::leave()
{
    cancelTest();
    if (m_state.isModified()) {
        m_waiting.insert(m_state.original.config.id, m_state.draft);
    }
    m_state = {};
}

void ContextEditor::begin()
{
    leave();
    m_state.original = newDraft();
    m_state.draft = m_waiting.contains({}) ? m_waiting.take({}) : m_state.original;
    Q_EMIT changed();
}

void ContextEditor::begin(const ContextId &id)
{
    const auto &all = m_contexts.contexts();
    const auto found = std::ranges::find(all, id, &ContextConfig::id);
    if (found == all.end()) {
        return;
    }
    leave();
    m_state.isNew = false;
    m_state.original = draftOf(*found);
    m_state.draft = m_waiting.contains(id) ? m_waiting.take(id) : m_state.original;
    Q_EMIT changed();
}

bool ContextEditor::holdsUnsaved(const ContextId &id) const
{
    const bool open = m_state.isNew ? id.isEmpty() : m_state.original.config.id == id;
    return open ? m_state.isModified() : m_waiting.contains(id);
}

void ContextEditor::setDraft(ContextDraft draft)
{
    if (draft == m_state.draft) {
        return;
    }
    m_state.draft = std::move(draft);
    m_state.checksAreOld = !m_state.checks.empty();
    if (m_state.faultsShown) {
        m_state.faults = checkContext(configOf(m_state.draft, m_contexts.contexts()));
    }
    Q_EMIT changed();
}

void ContextEditor::revert()
{
    cancelTest();
    m_state.draft = m_state.original;
    m_state.faults.clear();
    m_state.faultsShown = false;
    m_state.error.reset();
    Q_EMIT changed();
}

bool ContextEditor::showFaults()
{
    m_state.faults = checkContext(configOf(m_state.draft, m_contexts.contexts()));
    m_state.faultsShown = true;
    m_state.error.reset();
    return !m_state.faults.empty();
}

void ContextEditor::setPhase(Phase phase)
{
    m_state.phase = phase;
    m_state.startedAt = m_contexts.edges().clock->monotonic();
    Q_EMIT changed();
}

void ContextEditor::test()
{
    cancelTest();
    if (showFaults()) {
        Q_EMIT changed();
        return;
    }
    m_state.checks.clear();
    m_state.checksAreOld = false;
    setPhase(Phase::Testing);
    runTest(++m_number);
}

void ContextEditor::cancelTest()
{
    m_stop.request_stop();
    m_stop = {};
    ++m_number;
    if (m_state.phase == Phase::Testing) {
        setPhase(Phase::Idle);
    }
}

QCoro::Task<> ContextEditor::runTest(quint64 number)
{
    const QPointer<ContextEditor> self(this);
    const auto config = configOf(m_state.draft, m_contexts.contexts());
    auto checks = co_await m_contexts.test(
        config, newSecretsOf(m_state.draft, config), {.deadline = testDeadline, .stop = m_stop.get_token()});
    if (!self || !isCurrent(number)) {
        co_return;
    }
    if (checks) {
        m_state.checks = std::move(*checks);
    } else {
        m_state.error = checks.error();
    }
    setPhase(Phase::Idle);
}

void ContextEditor::save()
{
    cancelTest();
    if (showFaults()) {
        Q_EMIT changed();
        return;
    }
    setPhase(Phase::Saving);
    runSave(++m_number);
}

QCoro::Task<> ContextEditor::runSave(quint64 number)
{
    const QPointer<ContextEditor> self(this);
    const auto config = configOf(m_state.draft, m_contexts.contexts());
    const auto done = co_await m_contexts.save(config, newSecretsOf(m_state.draft, config));
    if (!self || !isCurrent(number)) {
        co_return;
    }
    if (done) {
        m_state.draft = m_state.original = draftOf(config); // what was typed as a secret is let go here
        m_state.isNew = false;
    } else {
        m_state.error = done.error();
    }
    setPhase(Phase::Idle);
    if (done) {
        Q_EMIT saved(config.id);
    }
}

void ContextEditor::remove()
{
    cancelTest();
    if (m_state.isNew) {
        return;
    }
    setPhase(Phase::Removing);
    runRemove(++m_number);
}

QCoro::Task<> ContextEditor::runRemove(quint64 number)
{
    const QPointer<ContextEditor> self(this);
    const auto done = co_await m_contexts.remove(m_state.original.config.id);
    if (!self || !isCurrent(number)) {
        co_return;
    }
    if (!done) {
        m_state.error = done.error();
    }
    setPhase(Phase::Idle);
    if (done) {
        Q_EMIT removed();
    }
}

} // namespace headgate
