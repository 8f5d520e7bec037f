// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/replayservice.h"

#include "domain/replay/offsettable.h"
#include "domain/replay/replayplanfile.h"
#include "services/replay/replayserviceprivate.h"
#include "services/replay/steptext.h"

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kFactsDeadline = 20s;
constexpr Milliseconds kReadDeadline = 10s;

tl::unexpected<Error> refusal(ErrorKind kind, const QString &why, const QString &detail = {})
{
    return failure({.kind = kind, .message = why, .detail = detail});
}

} // namespace

ReplayService::ReplayService(
    ContextsService &contexts, OperationsService &operations, Settings settings, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(contexts, operations, std::move(settings)))
{
}

ReplayService::~ReplayService() = default;

Task<ReplayFacts> ReplayService::readFacts(ReplayRequest request, CallOptions options)
{
    return d->reader.readFacts(std::move(request), d->settings.sampleRecords, std::move(options));
}

Task<ReplayPlan> ReplayService::plan(ReplayRequest request, CallOptions options)
{
    const auto facts = co_await readFacts(request, options);
    if (!facts) {
        co_return failure(facts.error());
    }
    co_return planReplay(request, *facts);
}

Task<std::vector<PlanDrift>> ReplayService::checkDrift(ReplayPlan plan, CallOptions options)
{
    const auto facts = co_await d->reader.readFacts(plan.request, 0, options);
    if (!facts) {
        co_return failure(facts.error());
    }
    co_return driftOf(plan, *facts);
}

Result<void> ReplayService::Private::confirmed(const ReplayPlan &plan, const Confirmation &confirmation) const
{
    const auto &ref = plan.request.connector;
    if (stop.stop_requested()) {
        return refusal(ErrorKind::Cancelled, QStringLiteral("Headgate is closing"));
    }
    if (contexts.mode(ref.context) == Mode::ReadOnly) {
        return refusal(ErrorKind::ModeForbids, QStringLiteral("The context is read-only"));
    }
    if (confirmation.typedName != ref.name) { // in any mode, armed too
        return refusal(ErrorKind::InvalidInput, QStringLiteral("The connector's name has to be typed"));
    }
    return {};
}

Task<bool> ReplayService::Private::ranBefore(ReplayPlan plan)
{
    const auto &ref = plan.request.connector;
    const auto found = co_await operations.search(ref.context, ref.name, reading(kReadDeadline));
    if (!found) {
        co_return failure(found.error());
    }
    const auto text = planText(plan);
    bool ran = false;
    for (const auto &each : *found) {
        if (each.request.kind != OperationKind::Replay || each.request.connector != ref) {
            continue;
        }
        if (!each.outcome) {
            co_return refusal(ErrorKind::Locked,
                QStringLiteral("Another replay of %1 has not ended: %2").arg(ref.name, each.id.text));
        }
        ran = ran || (each.outcome == Outcome::Confirmed && each.plan == text);
    }
    co_return ran;
}

Task<OperationId> ReplayService::run(ReplayPlan plan, Confirmation confirmation)
{
    if (const auto may = d->confirmed(plan, confirmation); !may) {
        co_return failure(may.error());
    }
    if (plan.reasonNeeded && confirmation.reason.trimmed().isEmpty()) {
        co_return refusal(ErrorKind::InvalidInput, QStringLiteral("A reason is needed on production"));
    }
    if (forbidden(plan)) {
        co_return refusal(ErrorKind::InvalidInput, QStringLiteral("This plan must not be run: see its warnings"));
    }
    const auto ran = co_await d->ranBefore(plan);
    const auto facts = ran ? co_await d->reader.readFacts(plan.request, 0, d->reading(kFactsDeadline))
                           : Result<ReplayFacts>(failure(ran.error()));
    if (!facts) {
        co_return failure(facts.error());
    }
    const auto drift = driftOf(plan, *facts);
    if (!drift.empty()) {
        co_return refusal(ErrorKind::Conflict, QStringLiteral("The plan does not fit any more"), linesOf(drift));
    }
    const auto counted = recounted(plan, *facts);
    if (forbidden(counted)) {
        co_return refusal(ErrorKind::Conflict, QStringLiteral("The plan's positions must not be set any more"),
            objectionsOf(counted));
    }
    const bool nothingToDo = *ran || differences(plan, facts->offsets, true).empty();
    co_return co_await d->begin(std::move(plan), *facts, nothingToDo, std::move(confirmation));
}

Task<OperationId> ReplayService::Private::begin(
    ReplayPlan plan, ReplayFacts facts, bool nothingToDo, Confirmation confirmation)
{
    auto parts = partsOf(plan);
    if (!parts) {
        co_return failure(parts.error());
    }
    OperationPreview preview {.request = {.kind = OperationKind::Replay,
                                  .connector = plan.request.connector,
                                  .reason = plan.request.reason,
                                  .compensates = plan.request.restores},
        .environment = plan.environment,
        .contextName = plan.contextName,
        .workerUrl = facts.operation.workerUrl,
        .auth = facts.operation.auth,
        .tls = facts.operation.tls};
    preview.before = observedConnector(facts.operation.status, facts.operation.info);
    preview.requests = plan.requests;
    preview.tasksTouched = plan.tasks;
    preview.lagBefore = facts.operation.lag;
    preview.nothingToDo = nothingToDo;
    preview.typedNameNeeded = true;
    preview.reasonNeeded = plan.reasonNeeded;
    preview.compensation = OperationKind::Replay;
    preview.plan = planText(plan);
    preview.madeAt = plan.madeAt;
    co_return co_await operations.run(std::move(preview), std::move(confirmation), sagaOf(*std::move(parts)));
}

QCoro::Task<OperationEnd> driveReplay(std::shared_ptr<ReplayRun> run)
{
    co_return co_await run->drive();
}

Saga ReplayService::Private::sagaOf(ReplayRun::Parts parts) const
{
    return [parts](SagaSeat seat) {
        auto own = parts;
        own.seat = std::move(seat);
        return driveReplay(std::make_shared<ReplayRun>(std::move(own)));
    };
}

Result<ReplayRun::Parts> ReplayService::Private::partsOf(const ReplayPlan &plan)
{
    const auto sources = reader.sourcesFor(plan.request.connector);
    if (!sources) {
        return failure(sources.error());
    }
    const auto request = plan.request;
    const auto kept = sources->brokers;
    ReplayRun::Parts parts {.plan = plan, .clock = clock, .settings = settings, .reads = sources->connect};
    parts.readFacts = [this, request](CallOptions options) {
        return reader.readFacts(request, 0, std::move(options));
    };
    parts.lookAtGroup = [kept](QString group, CallOptions options) {
        return describeGroup(kept, std::move(group), std::move(options));
    };
    return parts;
}

Task<ReplayRequest> ReplayService::wayBack(ContextId context, OperationId replay, CallOptions options)
{
    const auto operation = co_await d->operations.fetch(context, replay, options);
    if (operation && !isSaga(operation->request.kind)) {
        const auto positions = savedPositions(*operation);
        if (!positions || positions->empty()) {
            co_return refusal(ErrorKind::NotFound, QStringLiteral("That operation has saved no positions"));
        }
        ReplayRequest before {.connector = operation->request.connector};
        if (sinkPosition(positions->front())) {
            before.everywhere = {.kind = PositionKind::BeforeOperation, .operation = replay};
        } else {
            before.source = *positions;
        }
        co_return before;
    }
    const auto progress = operation ? replayProgress(*operation) : Result<ReplayProgress>(failure(operation.error()));
    if (!progress || !progress->snapshot) {
        co_return refusal(ErrorKind::NotFound, QStringLiteral("That operation has saved no positions"));
    }
    const auto &plan = progress->plan;
    ReplayRequest request {.connector = operation->request.connector, .restores = replay};
    if (plan.type == ConnectorType::Sink) {
        for (const auto &move : plan.moves) {
            if (move.moves) {
                request.partitions.push_back({move.tp, {.kind = PositionKind::BeforeOperation, .operation = replay}});
            }
        }
    } else {
        request.source = savedEntries(plan, *progress->snapshot);
    }
    co_return request;
}

std::vector<ConnectorOffset> savedEntries(const ReplayPlan &plan, const std::vector<ConnectorOffset> &snapshot)
{
    auto entries = entriesToSend(plan);
    const OffsetTable saved(snapshot);
    for (auto &entry : entries) {
        entry.offsetJson = saved.at(entry.partitionJson);
    }
    return entries;
}

QCoro::Task<> ReplayService::close()
{
    d->stop.request_stop();
    co_await d->reader.close();
}

} // namespace headgate
