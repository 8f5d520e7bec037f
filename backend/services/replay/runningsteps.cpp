// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/offsettable.h"
#include "services/replay/replayrun.h"
#include "services/replay/steptext.h"

#include <algorithm>

// The steps of a replay that lead back to the former state.

namespace headgate {

//! Right before it reads from them: another program may have set others since they were read back, and what comes then
//! would pass for movement.
QCoro::Task<std::optional<StepEnd>> ReplayRun::positionsOfOthers()
{
    if (m_entries.empty() || m_mayHaveMoved) {
        co_return std::nullopt;
    }
    const auto found = co_await positions();
    if (stopping()) {
        co_return StepEnd::stopped();
    }
    if (found.error || found.where == Where::After) {
        co_return std::nullopt; // they were read back: what cannot be read now speaks against nothing
    }
    const auto status = co_await m_parts.reads->fetchStatus(name(), reading());
    if (status && status->connector.run != RunState::Stopped) {
        co_return co_await resumedByOther();
    }
    const auto detail = linesOf(unmet(found.now));
    co_return StepEnd::failed(
        QStringLiteral("Somebody else set other positions after they were read back: %1").arg(detail),
        conflict(QStringLiteral("Changed by someone else meanwhile"), detail));
}

QCoro::Task<StepEnd> ReplayRun::resume()
{
    if (auto others = co_await positionsOfOthers()) {
        co_return *std::move(others);
    }
    if (!m_resume) {
        co_return StepEnd::skipped(QStringLiteral("it was STOPPED and stays so"));
    }
    co_return co_await sendState(*m_resume, m_parts.settings.runDeadline);
}

//! Has a position left where it was set? A reset one has none until the first commit.
QCoro::Task<bool> ReplayRun::moved()
{
    const auto offsets = co_await m_parts.reads->fetchOffsets(name(), reading());
    const auto now = offsets ? OffsetTable(*offsets) : OffsetTable();
    const auto left = [&now](const ConnectorOffset &entry) {
        return !now.holds(entry);
    };
    co_return offsets.has_value() && std::ranges::any_of(m_entries, left);
}

//! An end where the state speaks against success; `holds` when it is the wanted one.
QCoro::Task<std::optional<StepEnd>> ReplayRun::lookWhileRunning(bool *holds)
{
    *holds = false;
    const auto status = co_await m_parts.reads->fetchStatus(name(), reading());
    if (!status) {
        co_return status.error().kind == ErrorKind::NotFound
            ? std::optional(StepEnd::failed(QStringLiteral("The connector does not exist any more"), status.error()))
            : std::nullopt;
    }
    const auto failed
        = std::ranges::find(status->tasks, RunState::Failed, [](const TaskStatus &task) { return task.state.run; });
    if (formerState().run == RunState::Running && failed != status->tasks.end()) {
        co_return StepEnd::failed(QStringLiteral("It runs from the new positions, and task %1 failed").arg(failed->id),
            Error {.kind = ErrorKind::ServerFailed, .message = failed->trace.section(QLatin1Char('\n'), 0, 0)});
    }
    const bool tasksFit = formerState().run != RunState::Running
        || (!status->tasks.empty() && std::ranges::all_of(status->tasks, [](const TaskStatus &task) {
               return task.state.run == RunState::Running;
           }));
    *holds = status->connector.run == formerState().run && tasksFit;
    m_parts.seat.tell(OperationPhase::Observing, stateText(*status));
    co_return std::nullopt;
}

QCoro::Task<StepEnd> ReplayRun::seeRunning()
{
    const auto begin = m_parts.clock->monotonic();
    const auto &plan = m_counted ? *m_counted : m_parts.plan;
    const bool shallMove = !m_restoring && isSink() && formerState().run == RunState::Running
        && std::ranges::any_of(plan.moves, [](const PartitionMove &move) {
               return move.moves && move.end && move.after.value_or(move.start.value_or(0)) < *move.end;
           });
    bool hasMoved = !shallMove;
    std::optional<Monotonic> goodSince;
    for (int looks = 0;; ++looks) {
        bool holds = false;
        if (auto end = co_await lookWhileRunning(&holds)) {
            co_return *std::move(end);
        }
        const auto now = m_parts.clock->monotonic();
        goodSince = holds ? goodSince.value_or(now) : std::optional<Monotonic>();
        if (holds && !hasMoved && co_await moved()) {
            hasMoved = true;
            m_movement = QStringLiteral("positions move");
        }
        if (goodSince && hasMoved && now - *goodSince >= m_parts.settings.settle) {
            co_return StepEnd::done(
                m_movement.isEmpty() ? formerState().raw : QStringLiteral("%1, %2").arg(formerState().raw, m_movement));
        }
        if (goodSince && !hasMoved && now - *goodSince >= m_parts.settings.moveDeadline) {
            co_return StepEnd::unknown(
                QStringLiteral("The positions are as planned and it is RUNNING, but no position moved within %1 s")
                    .arg(m_parts.settings.moveDeadline.count() / 1000));
        }
        if (!goodSince && now - begin >= m_parts.settings.runDeadline) {
            co_return StepEnd::unknown(QStringLiteral("The positions are as planned; %1 was not seen within %2 s")
                    .arg(formerState().raw)
                    .arg(m_parts.settings.runDeadline.count() / 1000));
        }
        if (!co_await untilNextLook(looks)) {
            co_return StepEnd::stopped();
        }
    }
}

QCoro::Task<StepEnd> ReplayRun::close()
{
    co_return StepEnd::done(success());
}

} // namespace headgate
