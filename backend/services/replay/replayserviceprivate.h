// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/replay/replayreader.h"
#include "services/replay/replayrun.h"

namespace headgate {

// What the two halves of the replay service share: replayservice.cpp begins replays, interruptedreplay.cpp ends those
// that were left behind.

//! The saved positions of all that a plan moves.
std::vector<ConnectorOffset> savedEntries(const ReplayPlan &plan, const std::vector<ConnectorOffset> &snapshot);
QCoro::Task<OperationEnd> driveReplay(std::shared_ptr<ReplayRun> run);

struct ReplayService::Private
{
    Private(ContextsService &of, OperationsService &pipeline, Settings set)
        : contexts(of)
        , operations(pipeline)
        , settings(std::move(set))
        , clock(of.edges().clock)
        , reader(of, pipeline)
    {
    }

    Result<ReplayRun::Parts> partsOf(const ReplayPlan &plan);
    Saga sagaOf(ReplayRun::Parts parts) const;
    Task<bool> ranBefore(ReplayPlan plan);
    Task<OperationId> begin(ReplayPlan plan, ReplayFacts facts, bool nothingToDo, Confirmation confirmation);
    Result<Operation> interrupted(const OperationId &id) const;
    Result<void> confirmed(const ReplayPlan &plan, const Confirmation &confirmation) const;
    CallOptions reading(Milliseconds deadline) const { return {.deadline = deadline, .stop = stop.get_token()}; }

    ContextsService &contexts;
    OperationsService &operations;
    Settings settings;
    std::shared_ptr<Clock> clock;
    ReplayReader reader;
    std::stop_source stop;
};

} // namespace headgate
