// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/waybacktext.h"

#include "models/common/showntext.h"
#include "models/operations/operationtext.h"
#include "models/replay/replaytext.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(WayBackText)
};

QString lastDoneText(const ReplayProgress &progress)
{
    const auto &steps = progress.wayBack.empty() ? progress.steps : progress.wayBack;
    const auto done = std::ranges::find_if(steps.rbegin(), steps.rend(),
        [](const StepProgress &step) { return step.state == StepState::Done || step.state == StepState::Skipped; });
    return done == steps.rend() ? Words::tr("No step of it was done.")
                                : Words::tr("Done up to step %1 of %2: %3.")
                                      .arg(steps.rend() - done)
                                      .arg(steps.size())
                                      .arg(replayStepText(done->step));
}

} // namespace

QString wayBackText(const ReplayViewModel::State &state)
{
    const auto &progress = state.progress;
    if (!progress) {
        return state.plan && state.plan->formerState.run == RunState::Stopped
            ? Words::tr("The positions before are saved in the operations log first; the way back sets them again.")
            : Words::tr("The positions before are saved in the operations log once the connector is stopped; the way "
                        "back sets them again, any time later, as a plan of its own.");
    }
    if (!progress->snapshot) {
        return Words::tr("Nothing was saved yet: positions have not been touched.");
    }
    const int saved = int(progress->snapshot->size());
    return state.operation && state.operation->outcome
        ? Words::tr(
              "Sets the %n saved position(s) again, with a preview of its own. What was delivered meanwhile stays "
              "delivered.",
              nullptr, saved)
        : Words::tr("%n position(s) saved in the operations log.", nullptr, saved);
}

QString interruptedText(const InterruptedReplay &replay, const QString &letGoBy)
{
    QStringList sentences {letGoBy.isEmpty()
            ? Words::tr("Headgate ended in the middle of this replay. Nothing was sent again.")
            : Words::tr("%1 stopped waiting for this replay. Nothing was sent since.").arg(personName(letGoBy)),
        lastDoneText(replay.progress),
        Words::tr("The connector is %1 with %n task(s).", nullptr, replay.tasks).arg(shownText(replay.state.raw, 40)),
        positionsText(replay.positions)};
    if (replay.nextStep) {
        sentences << Words::tr("Going on would begin with: %1.").arg(replayStepText(*replay.nextStep));
    }
    constexpr size_t most = 5;
    for (size_t i = 0; i < std::min(most, replay.fromAfter.size()); ++i) {
        sentences << differenceText(replay.fromAfter[i]);
    }
    return sentences.join(u'\n');
}

QString runButtonText(const ReplayPlan &plan)
{
    if (plan.type != ConnectorType::Sink) {
        return Words::tr("Stop and set %n position(s)", nullptr, int(plan.sourceMoves.size()));
    }
    const int moving = int(std::ranges::count(plan.moves, true, &PartitionMove::moves));
    return plan.request.restores.isEmpty() ? Words::tr("Stop and replay %n partition(s)", nullptr, moving)
                                           : Words::tr("Stop and restore %n partition(s)", nullptr, moving);
}

QString stepCountText(const ReplayProgress &progress)
{
    const auto &steps = progress.wayBack.empty() ? progress.steps : progress.wayBack;
    const auto begun = std::ranges::find_if(
        steps.rbegin(), steps.rend(), [](const StepProgress &step) { return step.state != StepState::Waiting; });
    return begun == steps.rend() ? QString() : Words::tr("step %1 of %2").arg(steps.rend() - begun).arg(steps.size());
}

} // namespace headgate
