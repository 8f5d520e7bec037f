// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/replay/replayservice.h"

namespace headgate {

//! How one step ended.
struct StepEnd
{
    StepState state = StepState::Done; //!< Begun: stopped from outside, nothing is known
    QString detail;
    QByteArray data {};
    std::optional<Error> error {};
    Outcome outcome = Outcome::Failed; //!< of the whole, where this step did not succeed

    static StepEnd done(QString detail, QByteArray data = {}) { return {StepState::Done, std::move(detail), data}; }
    static StepEnd skipped(QString why) { return {StepState::Skipped, std::move(why)}; }
    static StepEnd failed(QString why, std::optional<Error> error = {}, Outcome outcome = Outcome::Failed)
    {
        return {StepState::Failed, std::move(why), {}, std::move(error), outcome};
    }
    static StepEnd unknown(QString why, std::optional<Error> error = {})
    {
        return {StepState::Unknown, std::move(why), {}, std::move(error), Outcome::Unknown};
    }
    static StepEnd stopped() { return {StepState::Begun, {}}; }
    bool good() const { return state == StepState::Done || state == StepState::Skipped; }
};

/*! Carries a replay out, step by step: each is on disk as begun before it has an effect, and with its end after it. One
 * use; lives as long as its coroutine, inside the operations pipeline.
 *
 * Positions are sent once. What may have happened is read back before anything is sent again. Before positions change,
 * whatever goes wrong leads back to the former state; after that the connector is left stopped, and what is known is
 * said. */
class ReplayRun
{
public:
    struct Parts
    {
        ReplayPlan plan;
        SagaSeat seat;
        std::shared_ptr<Clock> clock;
        ReplayService::Settings settings;
        std::shared_ptr<ConnectClient> reads;
        std::function<Task<ReplayFacts>(CallOptions)> readFacts;                 //!< of the plan's connector, no sample
        std::function<Task<GroupDescription>(QString, CallOptions)> lookAtGroup; //!< NotSupported where it cannot be
    };
    //! What is put back after an interruption: what the replay had saved of what it was to move.
    struct Restoring
    {
        std::vector<ConnectorOffset> entries; //!< none: nothing was written, only the former state is gone back to
    };

    explicit ReplayRun(Parts parts);
    //! Takes the plan's replay back under its own id: the steps are recorded under names of their own.
    ReplayRun(Parts parts, Restoring restoring);

    QCoro::Task<OperationEnd> drive(); //!< from its beginning
    //! Goes on at `next`; `snapshot` as it is on disk, `written` where positions may have been sent already.
    QCoro::Task<OperationEnd> goOn(ReplayStep next, std::optional<std::vector<ConnectorOffset>> snapshot, bool written);

private:
    using Act = QCoro::Task<StepEnd> (ReplayRun::*)();
    enum class Where { Before, After, Mixed, Elsewhere, NotRead };
    struct Positions
    {
        Where where = Where::NotRead;
        std::vector<ConnectorOffset> now;
        std::optional<Error> error;
    };

    QCoro::Task<OperationEnd> carryOut(std::vector<ReplayStep> steps);
    static Act actOf(ReplayStep step);
    // stopsteps.cpp, positionsteps.cpp, runningsteps.cpp: one function a step
    QCoro::Task<StepEnd> freeze();
    QCoro::Task<StepEnd> intent();
    QCoro::Task<StepEnd> stop();
    QCoro::Task<StepEnd> seeStopped();
    QCoro::Task<StepEnd> takeSnapshot();
    QCoro::Task<StepEnd> checkBounds();
    QCoro::Task<StepEnd> setPositions();
    QCoro::Task<StepEnd> readBack();
    QCoro::Task<StepEnd> resume();
    QCoro::Task<StepEnd> seeRunning();
    QCoro::Task<StepEnd> close();

    QCoro::Task<StepEnd> sendState(RestRequest request, Milliseconds patience);
    QCoro::Task<StepEnd> judgeLostPositions(Error why);
    QCoro::Task<StepEnd> refusedPositions(Error why);
    QCoro::Task<StepEnd> resumedByOther();
    QCoro::Task<std::optional<StepEnd>> positionsOfOthers();
    QCoro::Task<QString> membersLeft(int *unread);
    QCoro::Task<Positions> positions();
    std::vector<PositionDifference> unmet(const std::vector<ConnectorOffset> &now) const;
    Where whereAre(const std::vector<ConnectorOffset> &now) const;
    QCoro::Task<std::optional<StepEnd>> lookWhileRunning(bool *holds);
    QCoro::Task<bool> moved();

    QCoro::Task<Result<void>> note(QString what, StepState state, QString detail, QByteArray data = {});
    QCoro::Task<OperationEnd> unrecorded(ReplayStep step, Error why);
    QCoro::Task<OperationEnd> giveUp(ReplayStep step, StepEnd end);
    QCoro::Task<QString> goBack();
    QString nameOf(ReplayStep step) const;
    QString success() const;
    QString wantedPositions() const;
    //! @{ False: stopped from outside.
    QCoro::Task<bool> untilNextLook(int looks);
    QCoro::Task<bool> untilNextTry(int tries);
    //! @}
    CallOptions reading() const;
    CallOptions counting() const; //!< all facts of a plan
    CallOptions sending() const;
    bool stopping() const { return m_parts.seat.stop.stop_requested(); }
    const State &formerState() const { return m_parts.plan.formerState; }
    const QString &name() const { return m_parts.plan.request.connector.name; }
    bool isSink() const { return m_parts.plan.type == ConnectorType::Sink; }

    Parts m_parts;
    bool m_restoring = false;
    std::optional<RestRequest> m_stop, m_set, m_resume;
    std::vector<ConnectorOffset> m_entries; //!< that are sent
    std::optional<std::vector<ConnectorOffset>> m_snapshot;
    std::optional<ReplayPlan> m_counted; //!< the plan, counted again after the stop
    bool m_stopSent = false;             //!< by us: the way back is to the former state
    bool m_written = false;              //!< positions were sent, and are not proven to be as before
    bool m_mayHaveMoved = false;         //!< an earlier process may have resumed it from where it was set
    bool m_othersActed = false;          //!< somebody resumed it: nobody is gone back to
    QString m_movement;
};

} // namespace headgate
