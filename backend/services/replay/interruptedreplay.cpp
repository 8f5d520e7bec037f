// SPDX-License-Identifier: GPL-3.0-or-later
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

//! Whether the log still has where the replay came from: beyond its end a sink would read everything again.
Result<void> mayPutBack(
    const ReplayPlan &plan, const std::vector<ConnectorOffset> &entries, const Result<ReplayFacts> &facts)
{
    if (!facts) {
        return failure(facts.error());
    }
    auto drift = driftOf(plan, *facts);
    std::erase_if(drift, [](const PlanDrift &each) {
        return each.kind != PlanDriftKind::OtherPlatform && each.kind != PlanDriftKind::TopicMadeAnew
            && each.kind != PlanDriftKind::TopicGone;
    });
    auto against = linesOf(drift);
    for (const auto &entry : entries) {
        const auto position = sinkPosition(entry);
        const auto known = position ? std::ranges::find(facts->partitions, position->tp, &ReplayPartition::tp)
                                    : facts->partitions.end();
        if (known != facts->partitions.end() && known->end && position->offset.value_or(0) > *known->end) {
            against += QStringLiteral("\n%1-%2: saved %3, the log ends at %4")
                           .arg(position->tp.topic)
                           .arg(position->tp.partition)
                           .arg(*position->offset)
                           .arg(*known->end);
        }
    }
    return against.isEmpty()
        ? Result<void>()
        : refusal(ErrorKind::Conflict, QStringLiteral("The saved positions do not fit any more: it needs an operator"),
              against.trimmed());
}

//! Positions may have been sent: then they are read back before anything else is done.
bool mayBeWritten(const ReplayProgress &progress)
{
    const auto set = std::ranges::find(progress.steps, ReplayStep::SetPositions, &StepProgress::step);
    return set != progress.steps.end() && set->state != StepState::Waiting;
}

QCoro::Task<OperationEnd> goOnWithReplay(std::shared_ptr<ReplayRun> run, InterruptedReplay seen)
{
    co_return co_await run->goOn(seen.nextStep.value_or(ReplayStep::Close), seen.progress.snapshot,
        mayBeWritten(seen.progress) && seen.positions != PositionsAre::Before);
}

} // namespace

Result<Operation> ReplayService::Private::interrupted(const OperationId &id) const
{
    const auto &known = operations.operations();
    const auto found = std::ranges::find(known, id, &Operation::id);
    if (found == known.end() || !found->interrupted || found->outcome) {
        return refusal(ErrorKind::NotFound, QStringLiteral("Not interrupted: %1").arg(id.text));
    }
    return *found;
}

Task<InterruptedReplay> ReplayService::look(OperationId interrupted, CallOptions options)
{
    const auto operation = d->interrupted(interrupted);
    auto progress = operation ? replayProgress(*operation) : Result<ReplayProgress>(failure(operation.error()));
    if (!progress) {
        co_return failure(progress.error());
    }
    const auto sources = d->reader.sourcesFor(operation->request.connector);
    if (!sources) {
        co_return failure(sources.error());
    }
    const auto name = operation->request.connector.name;
    auto offsetsTask = sources->connect->fetchOffsets(name, options);
    const auto status = co_await sources->connect->fetchStatus(name, options);
    const auto offsets = co_await offsetsTask;
    if (!status) {
        co_return failure(status.error());
    }
    co_return judgeInterrupted(*std::move(progress), *status, offsets);
}

Task<OperationId> ReplayService::continueInterrupted(OperationId interrupted, Confirmation confirmation)
{
    auto seen = co_await look(interrupted, d->reading(kReadDeadline));
    if (!seen) {
        co_return failure(seen.error());
    }
    if (const auto may = d->confirmed(seen->progress.plan, confirmation); !may) {
        co_return failure(may.error());
    }
    if (std::ranges::find(seen->choices, ReplayChoice::Continue) == seen->choices.end()) {
        co_return refusal(ErrorKind::Conflict, QStringLiteral("It cannot be continued from where it is"));
    }
    auto parts = d->partsOf(seen->progress.plan);
    if (!parts) {
        co_return failure(parts.error());
    }
    const auto saga = [parts = *parts, seen = *seen](SagaSeat seat) {
        auto own = parts;
        own.seat = std::move(seat);
        return goOnWithReplay(std::make_shared<ReplayRun>(std::move(own)), seen);
    };
    co_return co_await d->operations.takeUp(interrupted, std::move(confirmation), saga);
}

Task<OperationId> ReplayService::restoreInterrupted(OperationId interrupted, Confirmation confirmation)
{
    auto seen = co_await look(interrupted, d->reading(kReadDeadline));
    if (!seen) {
        co_return failure(seen.error());
    }
    if (const auto may = d->confirmed(seen->progress.plan, confirmation); !may) {
        co_return failure(may.error());
    }
    if (std::ranges::find(seen->choices, ReplayChoice::Restore) == seen->choices.end()) {
        co_return refusal(ErrorKind::Conflict, QStringLiteral("There is nothing to put back"));
    }
    auto parts = d->partsOf(seen->progress.plan);
    if (!parts) {
        co_return failure(parts.error());
    }
    ReplayRun::Restoring restoring;
    const bool written = mayBeWritten(seen->progress) && seen->positions != PositionsAre::Before;
    if (written && seen->progress.snapshot) {
        const auto &plan = seen->progress.plan;
        restoring.entries = savedEntries(plan, *seen->progress.snapshot);
        const auto facts = co_await d->reader.readFacts(plan.request, 0, d->reading(kFactsDeadline));
        if (const auto may = mayPutBack(plan, restoring.entries, facts); !may) {
            co_return failure(may.error());
        }
    }
    const auto saga = [parts = *parts, restoring](SagaSeat seat) {
        auto own = parts;
        own.seat = std::move(seat);
        return driveReplay(std::make_shared<ReplayRun>(std::move(own), restoring));
    };
    co_return co_await d->operations.takeUp(interrupted, std::move(confirmation), saga);
}

Task<void> ReplayService::leave(OperationId interrupted, QString note)
{
    const auto seen = co_await look(interrupted, d->reading(kReadDeadline));
    const auto known = d->interrupted(interrupted);
    if (!known) {
        co_return failure(known.error());
    }
    auto outcome = Outcome::Unknown;
    QString where = QStringLiteral("where its positions are could not be read");
    if (seen) {
        const auto state = seen->state.raw;
        switch (seen->positions) {
        case PositionsAre::Before:
            outcome = Outcome::Failed;
            where = QStringLiteral("the positions are as before, it is %1").arg(state);
            break;
        case PositionsAre::After:
            outcome = seen->state.run == seen->progress.plan.formerState.run ? Outcome::Confirmed : Outcome::Failed;
            where = QStringLiteral("the positions are as planned, it is %1").arg(state);
            break;
        case PositionsAre::Mixed:
            outcome = Outcome::Failed;
            where = QStringLiteral("some positions are as planned and some as before, it is %1").arg(state);
            break;
        case PositionsAre::Elsewhere:
            where = QStringLiteral("the positions are neither as planned nor as before, it is %1").arg(state);
            break;
        case PositionsAre::NotRead:
            break;
        }
    }
    const auto told = QStringLiteral("Left as it is: %1").arg(where);
    co_return co_await d->operations.closeInterrupted(
        interrupted, outcome, note.trimmed().isEmpty() ? told : QStringLiteral("%1. %2").arg(told, note.trimmed()));
}

} // namespace headgate
