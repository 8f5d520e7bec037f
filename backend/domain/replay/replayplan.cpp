// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayplan.h"

#include "domain/connectors/connectrequests.h"
#include "domain/connectors/connectversion.h"
#include "domain/connectors/secrets.h"
#include "domain/replay/planrules.h"

#include <algorithm>

namespace headgate {

namespace {

tl::unexpected<Error> refusal(ErrorKind kind, const QString &why, const ReplayFacts &facts)
{
    return failure({.kind = kind, .message = why, .target = facts.operation.workerUrl});
}

//! The one sentence why no plan can be said, if there is one.
std::optional<Error> objection(const ReplayRequest &request, const ReplayFacts &facts)
{
    const auto &status = facts.operation.status;
    const auto &version = facts.operation.serverVersion;
    const auto no = [&](ErrorKind kind, const QString &why) {
        return std::optional(refusal(kind, why, facts).value());
    };
    if (status.name.isEmpty()) {
        return no(
            ErrorKind::NotFound, QStringLiteral("Connector %1 does not exist any more").arg(request.connector.name));
    }
    if (isUnaddressable(status.name, version)) {
        return no(ErrorKind::InvalidInput, unaddressableText());
    }
    if (!isAtLeast(version, 3, 6)) {
        return no(ErrorKind::NotSupported,
            QStringLiteral("Connect %1 cannot set positions: that needs 3.6 (KIP-875). %2")
                .arg(version,
                    status.type == ConnectorType::Source
                        ? QStringLiteral("A source's positions can only be written into its offsets topic by hand")
                        : QStringLiteral(
                              "A sink's can be set with kafka-consumer-groups while the connector is deleted, or "
                              "stopped (3.5)")));
    }
    if (status.type == ConnectorType::Unknown) {
        return no(
            ErrorKind::NotSupported, QStringLiteral("The worker does not say whether this is a source or a sink"));
    }
    return std::nullopt;
}

QByteArray backToFormer(const State &former)
{
    switch (former.run) {
    case RunState::Stopped:
        return {};
    case RunState::Paused:
        return "pause";
    case RunState::Running:
    case RunState::Failed:
    case RunState::Unassigned:
    case RunState::Restarting:
    case RunState::Unknown:
        return "resume"; // the target state of all of them is STARTED
    }
    return "resume";
}

std::vector<RestRequest> requestsFor(const ReplayPlan &plan)
{
    if (nothingMoves(plan)) {
        return {};
    }
    const auto &name = plan.request.connector.name;
    std::vector<RestRequest> requests;
    if (plan.formerState.run != RunState::Stopped) {
        requests.push_back(stopRequest(name));
    }
    requests.push_back(alterOffsetsRequest(name, entriesToSend(plan)));
    const auto back = backToFormer(plan.formerState);
    if (back == "resume") {
        requests.push_back(resumeRequest(name));
    } else if (back == "pause") {
        requests.push_back(pauseRequest(name));
    }
    return requests;
}

ReplayPlan beginPlan(const ReplayRequest &request, const ReplayFacts &facts)
{
    const auto &operation = facts.operation;
    ReplayPlan plan {.request = request,
        .kafkaClusterId = facts.kafkaClusterId,
        .type = operation.status.type,
        .formerState = operation.status.connector,
        .tasks = int(operation.status.tasks.size()),
        .groupName = facts.groupName,
        .topics = facts.topics,
        .sizes = facts.sizes,
        .recordsPerSecond = facts.recordsPerSecond,
        .madeAt = operation.now};
    plan.request.reason = redacted(request.reason); // people paste commands, and a plan is logged and passed around
    if (operation.info) {
        plan.configHash = configHash(operation.info->config);
        plan.downstream = downstreamOf(operation.info->config);
    }
    if (operation.context) {
        plan.environment = operation.context->environment;
        plan.contextName = operation.context->name;
    }
    plan.reasonNeeded = plan.environment == Environment::Production;
    return plan;
}

} // namespace

bool forbids(PlanWarningKind kind)
{
    switch (kind) {
    case PlanWarningKind::LogTruncated:
    case PlanWarningKind::UnknownPartition:
    case PlanWarningKind::BeyondEnd:
    case PlanWarningKind::ForeignMembers:
    case PlanWarningKind::PartitionError:
    case PlanWarningKind::BoundsNotReadable:
        return true;
    case PlanWarningKind::ClampedToStart:
    case PlanWarningKind::NothingCommitted:
    case PlanWarningKind::NothingMoves:
    case PlanWarningKind::Transactional:
    case PlanWarningKind::Compacted:
    case PlanWarningKind::GroupNotReadable:
    case PlanWarningKind::BoundsUnchecked:
    case PlanWarningKind::NoTimeLookup:
    case PlanWarningKind::NoneThatLate:
    case PlanWarningKind::PositionElsewhere:
    case PlanWarningKind::OnlyWhatIsKept:
    case PlanWarningKind::SnapshotAgain:
    case PlanWarningKind::JumpsToNow:
    case PlanWarningKind::ResetMeansPolicy:
    case PlanWarningKind::RunsAgainstDuplicates:
    case PlanWarningKind::OrderGoesBack:
        return false;
    }
    return true;
}

void putForbiddingFirst(ReplayPlan &plan)
{
    std::vector<PlanWarning> first, later;
    for (auto &warning : plan.warnings) {
        (forbids(warning.kind) ? first : later).push_back(std::move(warning));
    }
    std::ranges::move(later, std::back_inserter(first));
    plan.warnings = std::move(first);
}

std::optional<BytesEstimate> bytesAgain(const ReplayPlan &plan)
{
    if (!plan.sizes || plan.sizes->records < 2) {
        return std::nullopt;
    }
    const auto count = double(plan.again);
    return BytesEstimate {count * plan.sizes->meanBytes, 2 * count * plan.sizes->standardError};
}

std::optional<double> secondsAgain(const ReplayPlan &plan)
{
    return plan.recordsPerSecond && *plan.recordsPerSecond > 0
        ? std::optional(double(plan.again) / *plan.recordsPerSecond)
        : std::nullopt;
}

bool forbidden(const ReplayPlan &plan)
{
    return std::ranges::any_of(plan.warnings, [](const PlanWarning &each) { return forbids(each.kind); });
}

bool nothingMoves(const ReplayPlan &plan)
{
    return plan.sourceMoves.empty() && std::ranges::none_of(plan.moves, &PartitionMove::moves);
}

Result<ReplayPlan> planReplay(const ReplayRequest &request, const ReplayFacts &facts)
{
    if (auto why = objection(request, facts)) {
        return failure(*std::move(why));
    }
    auto plan = beginPlan(request, facts);
    const auto planned = plan.type == ConnectorType::Sink ? planSink(plan, facts) : planSource(plan, facts);
    if (!planned) {
        return failure(planned.error());
    }
    if (nothingMoves(plan) && !forbidden(plan)) { // what must not move is not "there already"
        plan.warnings.push_back({.kind = PlanWarningKind::NothingMoves});
    }
    putForbiddingFirst(plan);
    plan.requests = requestsFor(plan);
    return plan;
}

std::vector<ConnectorOffset> entriesToSend(const ReplayPlan &plan)
{
    std::vector<ConnectorOffset> entries;
    for (const auto &move : plan.moves) {
        if (move.moves) {
            entries.push_back(sinkOffset({move.tp, move.after}));
        }
    }
    for (const auto &move : plan.sourceMoves) {
        entries.push_back({move.partitionJson, move.after});
    }
    return entries;
}

RestRequest alterOffsetsRequest(const QString &name, const std::vector<ConnectorOffset> &entries)
{
    QByteArrayList list;
    for (const auto &entry : entries) { // put together as text: a source's numbers keep their digits
        list << "{\"partition\":" + entry.partitionJson + ",\"offset\":" + entry.offsetJson + '}';
    }
    return {"PATCH", "/connectors/" + encodeSegment(name) + "/offsets", "{\"offsets\":[" + list.join(',') + "]}"};
}

} // namespace headgate
