// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayplan.h"
#include "domain/replay/replayprogress.h"
#include "services/operations/operationsservice.h"

#include <QObject>

#include <functional>

namespace headgate {

/*! Changes of position, guarded: plan -> preview -> run as a saga of the operations pipeline -> way back. GUI thread;
 * owned by the application, outlives every page. Reads through clients of its own; writes go through the pipeline. */
class ReplayService : public QObject
{
    Q_OBJECT
public:
    struct Settings
    {
        Milliseconds poll {500}; //!< between two looks at a state
        Milliseconds stopDeadline {
            120'000}; //!< until STOPPED, no task, empty group; a killed worker's members stay 45 s
        Milliseconds runDeadline {120'000}; //!< until the former state is back
        Milliseconds moveDeadline {90'000}; //!< until a position moves, where there is something to read; Connect
                                            //!< commits every 60 s where nobody configured it
        Milliseconds settle {1500};
        int sampleRecords = 300; //!< for bytes, spread over the partitions
        //! Told after each record of a step is on disk: where tests let the program die.
        std::function<void(ReplayStep, StepState)> recorded;
        //! Awaited before each step: where tests let another program go first.
        std::function<QCoro::Task<>(ReplayStep)> before;
    };
    ReplayService(
        ContextsService &contexts, OperationsService &operations, Settings settings, QObject *parent = nullptr);
    ~ReplayService() override;

    //! Everything a plan for `request` needs, read now: status, config, offsets, bounds, times, topics, group, sample.
    //! What cannot be read is said in the facts; fails only where no plan can be said at all.
    Task<ReplayFacts> readFacts(ReplayRequest request, CallOptions options);
    //! readFacts, then planReplay().
    Task<ReplayPlan> plan(ReplayRequest request, CallOptions options);
    //! What differs now from what the plan was made on: empty = it may run. Also for a plan from a file.
    Task<std::vector<PlanDrift>> checkDrift(ReplayPlan plan, CallOptions options);

    /*! Freezes the plan and begins. Nothing was sent when it fails: Conflict (drift, in `detail` one line each),
     * InvalidInput (reason or typed name missing, the plan is forbidden), ModeForbids, Locked, StorageFailed. */
    Task<OperationId> run(ReplayPlan plan, Confirmation confirmation);

    //! The request that puts back what a replay found before it: to be planned, shown and run as any other. NotFound:
    //! it has saved nothing.
    Task<ReplayRequest> wayBack(ContextId context, OperationId replay, CallOptions options);

    //! What can be said of an interrupted replay, and what can be done. Reads only.
    Task<InterruptedReplay> look(OperationId interrupted, CallOptions options);
    //! Goes on behind the last step whose effect is proven. Positions are read before anything is sent. Nothing was
    //! sent when it fails: NotFound (not interrupted any more), InvalidInput (typed name), Conflict (not offered),
    //! ModeForbids.
    Task<OperationId> continueInterrupted(OperationId interrupted, Confirmation confirmation);
    //! Puts the snapshot back and returns to the former state, under the same id. As above; Conflict also where what
    //! was saved does not fit the log any more, in `detail` one line each.
    Task<OperationId> restoreInterrupted(OperationId interrupted, Confirmation confirmation);
    //! Closes it as it is, with what is known.
    Task<void> leave(OperationId interrupted, QString note);

    QCoro::Task<> close();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate
