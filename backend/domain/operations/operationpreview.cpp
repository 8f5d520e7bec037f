// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/connectrequests.h"
#include "domain/connectors/connectversion.h"
#include "domain/operations/operation.h"

#include <algorithm>
#include <functional>

namespace headgate {

namespace {

//! More things at once than this are always confirmed by typing the connector's name.
constexpr int typedAbove = 10;

bool isRestart(OperationKind kind)
{
    switch (kind) {
    case OperationKind::RestartConnector:
    case OperationKind::RestartAllTasks:
    case OperationKind::RestartFailed:
    case OperationKind::RestartTask:
        return true;
    case OperationKind::Pause:
    case OperationKind::Resume:
    case OperationKind::Stop:
    case OperationKind::Replay:
    case OperationKind::Redrive:
        return false;
    }
    return false;
}

bool isFailed(const TaskStatus &task)
{
    return task.state.run == RunState::Failed;
}

tl::unexpected<Error> refusal(ErrorKind kind, const QString &why, const OperationFacts &facts)
{
    return failure({.kind = kind, .message = why, .target = facts.workerUrl});
}

//! The one sentence against this request, if there is one.
std::optional<Error> objection(const OperationRequest &request, const OperationFacts &facts)
{
    const auto &status = facts.status;
    if (isSaga(request.kind)) {
        return Error {.kind = ErrorKind::InvalidInput, .message = QStringLiteral("It has a plan of its own")};
    }
    const auto no = [&](ErrorKind kind, const QString &why) {
        return refusal(kind, why, facts).value();
    };
    if (facts.mode == Mode::ReadOnly) {
        return no(ErrorKind::ModeForbids, QStringLiteral("The context is read-only"));
    }
    if (status.name.isEmpty()) {
        return no(
            ErrorKind::NotFound, QStringLiteral("Connector %1 does not exist any more").arg(request.connector.name));
    }
    if (isUnaddressable(status.name, facts.serverVersion)) {
        return no(ErrorKind::InvalidInput, unaddressableText());
    }
    if (request.kind == OperationKind::Stop && !isAtLeast(facts.serverVersion, 3, 5)) {
        return no(
            ErrorKind::NotSupported, QStringLiteral("Connect %1 cannot stop a connector").arg(facts.serverVersion));
    }
    if (isRestart(request.kind) && status.connector.run == RunState::Stopped) {
        return no(ErrorKind::InvalidInput, QStringLiteral("A stopped connector has no tasks to restart: resume it"));
    }
    const auto isTask = [&](const TaskStatus &task) {
        return task.id == request.task;
    };
    if (request.kind == OperationKind::RestartTask && !std::ranges::any_of(status.tasks, isTask)) {
        return no(ErrorKind::InvalidInput, QStringLiteral("There is no task %1").arg(request.task));
    }
    return std::nullopt;
}

int touchedTasks(OperationKind kind, const ConnectorStatus &status)
{
    switch (kind) {
    case OperationKind::Pause:
    case OperationKind::Resume: // neither reaches a failed task
        return static_cast<int>(std::ranges::count_if(status.tasks, std::not_fn(isFailed)));
    case OperationKind::Stop:
    case OperationKind::RestartAllTasks:
        return static_cast<int>(status.tasks.size());
    case OperationKind::RestartFailed:
        return static_cast<int>(std::ranges::count_if(status.tasks, isFailed));
    case OperationKind::RestartTask:
        return 1;
    case OperationKind::RestartConnector:
    case OperationKind::Replay:
    case OperationKind::Redrive:
        return 0;
    }
    return 0;
}

bool isReached(OperationKind kind, const ConnectorStatus &status)
{
    const auto all = [&](RunState state) {
        return std::ranges::all_of(
            status.tasks, [&](const TaskStatus &t) { return t.state.run == state || isFailed(t); });
    };
    switch (kind) {
    case OperationKind::Pause:
        return status.connector.run == RunState::Paused && all(RunState::Paused);
    case OperationKind::Resume:
        return status.connector.run == RunState::Running && all(RunState::Running);
    case OperationKind::Stop:
        return status.connector.run == RunState::Stopped && status.tasks.empty();
    case OperationKind::RestartFailed:
        return status.connector.run != RunState::Failed && !std::ranges::any_of(status.tasks, isFailed);
    case OperationKind::RestartConnector:
    case OperationKind::RestartAllTasks:
    case OperationKind::RestartTask:
    case OperationKind::Replay:
    case OperationKind::Redrive:
        return false;
    }
    return false;
}

//! The act that leads back to the target state seen before. A restart has no way back.
std::optional<OperationKind> wayBack(OperationKind kind, RunState before)
{
    if (isRestart(kind)) {
        return std::nullopt;
    }
    switch (before) {
    case RunState::Paused:
        return kind == OperationKind::Pause ? std::nullopt : std::optional(OperationKind::Pause);
    case RunState::Stopped:
        return kind == OperationKind::Stop ? std::nullopt : std::optional(OperationKind::Stop);
    case RunState::Running:
    case RunState::Failed:
    case RunState::Unassigned:
    case RunState::Restarting:
    case RunState::Unknown:
        return kind == OperationKind::Resume ? std::nullopt : std::optional(OperationKind::Resume);
    }
    return std::nullopt;
}

//! Below 3.0 a restart has no flags (KIP-745): the tasks are asked for one by one.
std::vector<RestRequest> restartOneByOne(const ConnectorStatus &status, bool onlyFailed)
{
    std::vector<RestRequest> requests;
    if (!onlyFailed || status.connector.run == RunState::Failed) {
        requests.push_back(restartRequest(status.name, false, false));
    }
    for (const auto &task : status.tasks) {
        if (!onlyFailed || isFailed(task)) {
            requests.push_back(restartTaskRequest(status.name, task.id));
        }
    }
    return requests;
}

std::vector<RestRequest> requestsFor(const OperationRequest &request, const OperationFacts &facts)
{
    const auto &name = facts.status.name;
    const bool flags = isAtLeast(facts.serverVersion, 3, 0);
    switch (request.kind) {
    case OperationKind::Pause:
        return {pauseRequest(name)};
    case OperationKind::Resume:
        return {resumeRequest(name)};
    case OperationKind::Stop:
        return {stopRequest(name)};
    case OperationKind::RestartConnector:
        return {restartRequest(name, false, false)};
    case OperationKind::RestartAllTasks:
        return flags ? std::vector {restartRequest(name, true, false)} : restartOneByOne(facts.status, false);
    case OperationKind::RestartFailed:
        return flags ? std::vector {restartRequest(name, true, true)} : restartOneByOne(facts.status, true);
    case OperationKind::RestartTask:
        return {restartTaskRequest(name, request.task)};
    case OperationKind::Replay:
    case OperationKind::Redrive:
        return {};
    }
    return {};
}

//! Pause and resume hurt nobody and are taken back at once: they are never typed.
bool needsTypedName(OperationKind kind, int touched)
{
    return touched > typedAbove && kind != OperationKind::Pause && kind != OperationKind::Resume;
}

//! An armed context runs pause, resume and restart on one key; stop is always confirmed.
bool needsReason(OperationKind kind, const OperationFacts &facts)
{
    const bool oneKey = facts.mode == Mode::Armed && kind != OperationKind::Stop;
    return facts.context && facts.context->environment == Environment::Production && !oneKey;
}

} // namespace

bool standsStill(OperationKind kind)
{
    return kind == OperationKind::Pause || kind == OperationKind::Stop;
}

bool isSaga(OperationKind kind)
{
    return kind == OperationKind::Replay || kind == OperationKind::Redrive;
}

bool runsUnasked(OperationKind kind)
{
    switch (kind) {
    case OperationKind::Pause:
    case OperationKind::Resume:
    case OperationKind::RestartConnector:
    case OperationKind::RestartAllTasks:
    case OperationKind::RestartFailed:
    case OperationKind::RestartTask:
        return true;
    case OperationKind::Stop: // ends its tasks, and what it held in flight
    case OperationKind::Replay:
    case OperationKind::Redrive:
        break;
    }
    return false;
}

ObservedConnector observedConnector(const ConnectorStatus &status, const std::optional<ConnectorInfo> &info)
{
    ObservedConnector seen {.state = status.connector};
    for (const auto &task : status.tasks) {
        seen.tasks.emplace_back(task.id, task.state);
    }
    if (info) {
        seen.configHash = configHash(info->config);
    }
    return seen;
}

Result<OperationPreview> previewOperation(const OperationRequest &request, const OperationFacts &facts)
{
    if (auto why = objection(request, facts)) {
        return failure(*std::move(why));
    }
    OperationPreview preview {.request = request,
        .workerUrl = facts.workerUrl,
        .auth = facts.auth,
        .tls = facts.tls,
        .before = observedConnector(facts.status, facts.info),
        .requests = requestsFor(request, facts),
        .tasksTouched = touchedTasks(request.kind, facts.status),
        .lagBefore = facts.lag,
        .nothingToDo = isReached(request.kind, facts.status),
        .reasonNeeded = needsReason(request.kind, facts),
        .compensation = wayBack(request.kind, facts.status.connector.run),
        .knownToFail = isRestart(request.kind) ? facts.knownToFail : QString(),
        .blast = facts.blast,
        .stopFacts = standsStill(request.kind) ? facts.stopFacts : std::nullopt,
        .madeAt = facts.now};
    if (preview.nothingToDo) { // nothing is sent, so nothing is touched
        preview.requests.clear();
        preview.tasksTouched = 0;
    }
    preview.typedNameNeeded = needsTypedName(request.kind, preview.tasksTouched);
    if (facts.context) {
        preview.environment = facts.context->environment;
        preview.contextName = facts.context->name;
    }
    return preview;
}

} // namespace headgate
