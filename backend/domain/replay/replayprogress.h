// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"
#include "domain/replay/replayplan.h"

namespace headgate {

//! The steps of a replay, in their order. Each is on disk as begun before it has an effect, and as done after it.
enum class ReplayStep {
    Freeze,       //!< read again, compare with the plan and its hash
    Intent,       //!< the plan in the operations log
    Stop,         //!< PUT stop, accepted
    SeeStopped,   //!< STOPPED, no task, nobody in the group
    Snapshot,     //!< positions before, in the log
    CheckBounds,  //!< log start and end again
    SetPositions, //!< PATCH offsets, answered
    ReadBack,     //!< GET offsets equals what was asked
    Resume,       //!< back to the former state, accepted
    SeeRunning,   //!< the former state holds; positions move where there is something to read
    Close,        //!< outcome in the log
};
QString stepWord(ReplayStep step); //!< "set-positions", as in the log; on the way back behind "restore-"
std::optional<ReplayStep> replayStep(const QString &word);

enum class StepState { Waiting, Begun, Done, Failed, Unknown, Skipped };
QString stepStateWord(StepState state); //!< "begun", as in the log

struct StepProgress
{
    ReplayStep step {};
    StepState state = StepState::Waiting;
    Instant at {};  //!< of the last change
    QString detail; //!< "accepted 204", in the worker's words; plain text

    bool operator==(const StepProgress &) const = default;
};

//! @{ What the step Snapshot keeps in the log: the entries as the worker gave them, byte for byte.
QByteArray snapshotText(const std::vector<ConnectorOffset> &offsets);
std::optional<std::vector<ConnectorOffset>> snapshotFromText(const QByteArray &text); //!< nothing: cannot be read
//! @}

//! What any operation saved before it had an effect: a replay, or a stop that was asked to. Nothing: none, or it cannot
//! be read.
std::optional<std::vector<ConnectorOffset>> savedPositions(const Operation &operation);

//! A replay as its records tell it.
struct ReplayProgress
{
    ReplayPlan plan;
    std::vector<StepProgress> steps;                      //!< all eleven
    std::optional<std::vector<ConnectorOffset>> snapshot; //!< once it is on disk
    std::optional<ReplayStep> at;                         //!< the last step that was begun; absent: none
    std::vector<StepProgress> wayBack; //!< all eleven, once the snapshot is being put back under this id

    bool operator==(const ReplayProgress &) const = default;
};
//! InvalidInput: not a replay, or its plan cannot be read.
Result<ReplayProgress> replayProgress(const Operation &operation);

//! Where the positions are, seen from outside.
enum class PositionsAre { Before, After, Mixed, Elsewhere, NotRead };
enum class ReplayChoice { Continue, Restore, Leave };

/*! What can be said of a replay whose program ended in the middle, and what can be done. Continue goes on behind the
 * last step whose effect is proven; it is not offered while positions are somewhere that neither the plan nor the
 * snapshot knows. Restore puts the snapshot back, or where nothing was written only the former state. Leave closes it
 * as it is. While positions cannot be read only Leave is offered. */
struct InterruptedReplay
{
    ReplayProgress progress;
    PositionsAre positions = PositionsAre::NotRead;
    State state; //!< of the connector now
    int tasks = 0;
    std::optional<ReplayStep> nextStep; //!< of Continue
    std::vector<ReplayChoice> choices;
    std::vector<PositionDifference> fromAfter; //!< what is not where the plan wants it

    bool operator==(const InterruptedReplay &) const = default;
};
InterruptedReplay judgeInterrupted(
    ReplayProgress progress, const ConnectorStatus &status, const Result<std::vector<ConnectorOffset>> &offsets);

} // namespace headgate
