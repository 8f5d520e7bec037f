// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/actionoffer.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ActionOffer)
};

int failedTasks(const ConnectorFacts &facts)
{
    return int(std::ranges::count(
        facts.status.tasks, RunState::Failed, [](const TaskStatus &task) { return task.state.run; }));
}

const Operation *runningOn(const ContextPicture &picture, const ConnectorRef &ref)
{
    if (!picture.operations) {
        return nullptr;
    }
    const auto at = std::ranges::find_if(*picture.operations, [&](const Operation &operation) {
        return operation.request.connector == ref && operation.phase != OperationPhase::Finished
            && !operation.interrupted;
    });
    return at == picture.operations->end() ? nullptr : &*at;
}

//! What the connector's own state forbids.
QString stateReason(OperationKind kind, const ConnectorFacts &facts, int task)
{
    const auto run = facts.status.connector.run;
    switch (kind) {
    case OperationKind::Pause:
        return run == RunState::Paused ? Words::tr("is paused already")
            : run == RunState::Stopped ? Words::tr("is stopped")
                                       : QString();
    case OperationKind::Resume:
        return run == RunState::Paused || run == RunState::Stopped ? QString()
                                                                   : Words::tr("is neither paused nor stopped");
    case OperationKind::Stop:
        return run == RunState::Stopped ? Words::tr("is stopped already") : QString();
    case OperationKind::RestartConnector:
        return run == RunState::Stopped ? Words::tr("is stopped: resume it instead") : QString();
    case OperationKind::RestartAllTasks:
        return run == RunState::Stopped || facts.status.tasks.empty() ? Words::tr("has no tasks to restart")
                                                                      : QString();
    case OperationKind::RestartFailed:
        return failedTasks(facts) == 0 && run != RunState::Failed ? Words::tr("nothing has failed") : QString();
    case OperationKind::RestartTask:
        return std::ranges::find(facts.status.tasks, task, &TaskStatus::id) == facts.status.tasks.end()
            ? Words::tr("there is no such task")
            : QString();
    case OperationKind::Replay:
    case OperationKind::Redrive:
        break;
    }
    return {};
}

//! What the cluster's version lacks, as probed.
QString capabilityReason(OperationKind kind, const ConnectClusterFacts &cluster)
{
    switch (kind) {
    case OperationKind::Stop:
        return cluster.stop ? QString() : Words::tr("needs Connect 3.5 or newer");
    case OperationKind::RestartAllTasks:
    case OperationKind::RestartFailed:
        return cluster.restartFlags ? QString() : Words::tr("needs Connect 3.0 or newer: restart single tasks");
    case OperationKind::Replay:
        return cluster.offsets ? QString() : Words::tr("needs Connect 3.6 or newer");
    case OperationKind::Redrive:
    case OperationKind::Pause:
    case OperationKind::Resume:
    case OperationKind::RestartConnector:
    case OperationKind::RestartTask:
        break;
    }
    return {};
}

} // namespace

QString actionLabel(OperationKind kind, const ConnectorFacts &facts, int task)
{
    const int total = int(facts.status.tasks.size());
    switch (kind) {
    case OperationKind::Pause:
        return Words::tr("Pause...");
    case OperationKind::Resume:
        return Words::tr("Resume...");
    case OperationKind::Stop:
        return Words::tr("Stop...");
    case OperationKind::RestartConnector:
        return Words::tr("Restart connector only...");
    case OperationKind::RestartAllTasks:
        return Words::tr("Restart connector and %n task(s)...", nullptr, total);
    case OperationKind::RestartFailed:
        return facts.status.connector.run == RunState::Failed
            ? Words::tr("Restart failed connector and %n failed task(s)...", nullptr, failedTasks(facts))
            : Words::tr("Restart %n failed task(s)...", nullptr, failedTasks(facts));
    case OperationKind::RestartTask:
        return Words::tr("Restart task %1...").arg(task);
    case OperationKind::Replay:
        return Words::tr("Replay from a position...");
    case OperationKind::Redrive:
        return Words::tr("Redrive dead letters...");
    }
    return {};
}

QString actionReason(OperationKind kind, const ConnectorFacts &facts, const ContextPicture &picture, int task)
{
    if (picture.mode == Mode::ReadOnly && kind != OperationKind::Replay) { // it begins with a plan to look at
        return Words::tr("%1 is read-only").arg(picture.context.name);
    }
    if (facts.gone) {
        return Words::tr("it was deleted");
    }
    if (const auto *operation = runningOn(picture, facts.ref)) {
        return operation->phase == OperationPhase::Waiting ? Words::tr("another operation waits for it")
                                                           : Words::tr("another operation runs on it");
    }
    if (const auto *cluster = findCluster(picture, facts.ref.cluster)) {
        if (const auto reason = capabilityReason(kind, *cluster); !reason.isEmpty()) {
            return reason;
        }
    }
    return stateReason(kind, facts, task);
}

ActionOffer offerOf(OperationKind kind, const ConnectorFacts &facts, const ContextPicture &picture, int task)
{
    OperationRequest request;
    request.kind = kind;
    request.connector = facts.ref;
    request.task = kind == OperationKind::RestartTask ? task : -1;
    return {request, actionLabel(kind, facts, task), actionReason(kind, facts, picture, task), {}};
}

std::vector<ActionOffer> offersOf(const ConnectorFacts &facts, const ContextPicture &picture)
{
    const auto run = facts.status.connector.run;
    const bool halted = run == RunState::Paused || run == RunState::Stopped;
    std::vector<ActionOffer> offers {offerOf(OperationKind::RestartFailed, facts, picture),
        offerOf(halted ? OperationKind::Resume : OperationKind::Pause, facts, picture),
        offerOf(OperationKind::Stop, facts, picture), offerOf(OperationKind::RestartAllTasks, facts, picture),
        offerOf(OperationKind::RestartConnector, facts, picture)};
    for (const auto &task : facts.status.tasks) {
        if (task.state.run == RunState::Failed) {
            offers.push_back(offerOf(OperationKind::RestartTask, facts, picture, task.id));
        }
    }
    return offers;
}

} // namespace headgate
