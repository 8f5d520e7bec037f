// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/secrets.h"
#include "domain/operations/operation.h"

#include <algorithm>

namespace headgate {

namespace {

/*! Judges what was seen after a write. Both sides count: the connector's state and its tasks' (STOPPED still has tasks,
 * RUNNING may have none yet). Lives for one call. */
class Judge
{
public:
    Judge(const OperationPreview &preview, const std::vector<ObservedAt> &history, Milliseconds settle)
        : m_preview(preview)
        , m_history(history)
        , m_settle(settle)
    {
    }
    ObservationVerdict verdict() const;

private:
    OperationKind kind() const { return m_preview.request.kind; }
    bool isGood(const ConnectorStatus &status) const;
    bool tasksAreGood(const ConnectorStatus &status) const;
    bool touches(int task) const;
    bool wasFailed(int task) const;
    RunState wanted() const;
    Milliseconds heldGood() const;
    Milliseconds watched() const { return m_history.back().at - m_history.front().at; }
    Milliseconds needed() const;
    QString failedAgain() const;
    QString connectorFailedAgain() const;
    QString taskFailedAgain(const TaskStatus &now) const;
    template <class Find> bool failsAnew(Find find) const;
    QString changedByOthers() const;
    QString seen() const;

    // Of a state that a restart leaves behind within seconds: longer than this it is no remnant.
    static constexpr int patience = 10;

    const OperationPreview &m_preview;
    const std::vector<ObservedAt> &m_history;
    Milliseconds m_settle;
};

const TaskStatus *findTask(const ConnectorStatus &status, int id)
{
    const auto found = std::ranges::find(status.tasks, id, &TaskStatus::id);
    return found == status.tasks.end() ? nullptr : &*found;
}

QString firstLine(const QString &trace)
{
    constexpr int bound = 200;
    return redacted(trace.left(trace.indexOf(u'\n')).left(bound));
}

ObservationVerdict Judge::verdict() const
{
    if (m_history.empty()) {
        return {};
    }
    if (auto why = failedAgain(); !why.isEmpty()) {
        return {Outcome::Failed, std::move(why)};
    }
    if (auto why = changedByOthers(); !why.isEmpty()) {
        return {Outcome::Failed, std::move(why)};
    }
    if (isGood(m_history.back().status) && heldGood() >= needed()) {
        return {Outcome::Confirmed, seen()};
    }
    return {std::nullopt, seen()};
}

bool Judge::wasFailed(int task) const
{
    return std::ranges::any_of(m_preview.before.tasks,
        [&](const auto &before) { return before.first == task && before.second.run == RunState::Failed; });
}

//! Is this task's fate part of the operation? Pause and resume don't reach a failed task.
bool Judge::touches(int task) const
{
    switch (kind()) {
    case OperationKind::Pause:
    case OperationKind::Resume:
        return !wasFailed(task);
    case OperationKind::Stop:
    case OperationKind::RestartAllTasks:
        return true;
    case OperationKind::RestartFailed:
        return wasFailed(task);
    case OperationKind::RestartTask:
        return task == m_preview.request.task;
    case OperationKind::RestartConnector:
    case OperationKind::Replay:
    case OperationKind::Redrive:
        return false;
    }
    return false;
}

RunState Judge::wanted() const
{
    switch (kind()) {
    case OperationKind::Pause:
        return RunState::Paused;
    case OperationKind::Stop:
        return RunState::Stopped;
    case OperationKind::Resume:
        return RunState::Running;
    case OperationKind::RestartConnector:
    case OperationKind::RestartAllTasks:
    case OperationKind::RestartFailed:
    case OperationKind::RestartTask: // a paused one stays paused
        return m_preview.before.state.run == RunState::Paused ? RunState::Paused : RunState::Running;
    case OperationKind::Replay:
    case OperationKind::Redrive:
        break;
    }
    return RunState::Running;
}

bool Judge::tasksAreGood(const ConnectorStatus &status) const
{
    if (kind() == OperationKind::Stop) {
        return status.tasks.empty();
    }
    const auto good = [&](const TaskStatus &task) {
        const bool failedPause = kind() == OperationKind::Pause && task.state.run == RunState::Failed;
        return !touches(task.id) || failedPause || task.state.run == wanted();
    };
    const auto present = [&](const auto &before) {
        return !touches(before.first) || findTask(status, before.first);
    };
    return std::ranges::all_of(status.tasks, good) && std::ranges::all_of(m_preview.before.tasks, present);
}

bool Judge::isGood(const ConnectorStatus &status) const
{
    // One task's restart says nothing about a connector instance that was broken before.
    const bool connectorCounts = kind() != OperationKind::RestartTask;
    return (!connectorCounts || status.connector.run == wanted()) && tasksAreGood(status);
}

Milliseconds Judge::heldGood() const
{
    auto first = m_history.back().at;
    for (auto it = m_history.rbegin(); it != m_history.rend() && isGood(it->status); ++it) {
        first = it->at;
    }
    return m_history.back().at - first;
}

Milliseconds Judge::needed() const
{
    // RUNNING without tasks is normal for the first 100 ms and rare for good.
    const bool empty = kind() == OperationKind::Resume && m_history.back().status.tasks.empty();
    return empty ? m_settle * patience : m_settle;
}

/*! FAILED now, and not as a remnant of before: it had left FAILED in between, its trace changed, or it stays for longer
 * than a restart needs. `find` gives state and trace of the thing in one status. */
template <class Find> bool Judge::failsAnew(Find find) const
{
    const auto [state, trace] = find(m_history.back().status);
    if (state != RunState::Failed) {
        return false;
    }
    return watched() >= m_settle * patience || std::ranges::any_of(m_history, [&](const ObservedAt &earlier) {
        const auto [before, text] = find(earlier.status);
        return before != RunState::Failed || text != trace;
    });
}

QString Judge::taskFailedAgain(const TaskStatus &now) const
{
    const auto find = [&](const ConnectorStatus &status) -> std::pair<RunState, QStringView> {
        const auto *task = findTask(status, now.id);
        return task ? std::pair(task->state.run, QStringView(task->trace))
                    : std::pair(RunState::Unknown, QStringView());
    };
    // A task that ran before has no old failure to be mistaken for a new one.
    const bool anew = now.state.run == RunState::Failed && (!wasFailed(now.id) || failsAnew(find));
    return touches(now.id) && anew ? QStringLiteral("Task %1 failed again: %2").arg(now.id).arg(firstLine(now.trace))
                                   : QString();
}

QString Judge::connectorFailedAgain() const
{
    const auto &now = m_history.back().status;
    const auto find = [](const ConnectorStatus &status) {
        return std::pair(status.connector.run, QStringView(status.trace));
    };
    const bool fresh = m_preview.before.state.run != RunState::Failed && now.connector.run == RunState::Failed;
    return fresh || failsAnew(find) ? QStringLiteral("The connector failed again: %1").arg(firstLine(now.trace))
                                    : QString();
}

QString Judge::failedAgain() const
{
    if (kind() == OperationKind::Pause || kind() == OperationKind::Stop) {
        return {}; // a task that fails while it is put to rest doesn't contradict the rest
    }
    if (kind() != OperationKind::RestartTask) {
        if (auto why = connectorFailedAgain(); !why.isEmpty()) {
            return why;
        }
    }
    for (const auto &task : m_history.back().status.tasks) {
        if (auto why = taskFailedAgain(task); !why.isEmpty()) {
            return why;
        }
    }
    return {};
}

/*! The target state was there and another target state took its place, or one that it neither had nor was to get, and
 * stays: somebody else's act (MO-01). It must stay, because two workers may tell the same topic's news some
 * milliseconds apart. */
QString Judge::changedByOthers() const
{
    const auto &now = m_history.back().status.connector;
    const bool target = now.run == RunState::Running || now.run == RunState::Paused || now.run == RunState::Stopped;
    const auto was = [](RunState run) {
        return [run](const ObservedAt &at) {
            return at.status.connector.run == run;
        };
    };
    const bool neither = now.run != wanted() && now.run != m_preview.before.state.run;
    if (!target || now.run == wanted() || (!neither && std::ranges::none_of(m_history, was(wanted())))) {
        return {};
    }
    const auto other = std::find_if_not(m_history.rbegin(), m_history.rend(), was(now.run));
    const bool stays = m_history.back().at - std::prev(other)->at >= m_settle;
    return stays ? QStringLiteral("Changed by someone else: now %1").arg(now.raw) : QString();
}

QString Judge::seen() const
{
    const auto &now = m_history.back().status;
    if (now.tasks.empty()) {
        return QStringLiteral("%1, no tasks").arg(now.connector.raw);
    }
    const auto state = kind() == OperationKind::Stop ? RunState::Running : wanted();
    const auto count = std::ranges::count_if(now.tasks, [&](const TaskStatus &t) { return t.state.run == state; });
    const auto word = state == RunState::Paused ? QStringLiteral("paused") : QStringLiteral("running");
    return QStringLiteral("%1, %2 of %3 tasks %4").arg(now.connector.raw).arg(count).arg(now.tasks.size()).arg(word);
}

} // namespace

ObservationVerdict judgeObservation(
    const OperationPreview &preview, const std::vector<ObservedAt> &history, Milliseconds settle)
{
    return Judge(preview, history, settle).verdict();
}

} // namespace headgate
