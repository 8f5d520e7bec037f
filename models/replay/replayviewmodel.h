// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/replay/replayservice.h"

#include <QTimer>

namespace headgate {

/*! View model of one change of position, from the choice to its end and its way back. The operation lives in the
 * services and goes on when the page is left. GUI thread; owned by the page.
 *
 * One state, one signal. Each change of the request is planned anew: at once from the facts that are there, where they
 * tell enough, else by asking. An answer to an older question is dropped by its number. */
class ReplayViewModel final : public QObject
{
    Q_OBJECT
public:
    enum class Phase {
        Idle,       //!< no connector
        Reading,    //!< nothing is known yet
        Ready,      //!< `plan` says what would happen
        NotPlanned, //!< `error` says why no plan can be said
        Starting,   //!< checked again, the plan goes to disk
        Running,
        Ended,
        Interrupted, //!< its program ended in the middle; `interrupted` once it was looked at
    };
    //! An earlier replay of this connector, which saved the positions it found.
    struct Earlier
    {
        OperationId id;
        Instant at {};
        QString person;

        bool operator==(const Earlier &) const = default;
    };
    struct State
    {
        Phase phase = Phase::Idle;
        ReplayRequest request;
        bool reading = false; //!< an answer is on its way; what is shown is older
        std::optional<ReplayFacts> facts;
        Instant readAt {};
        std::optional<ReplayPlan> plan;
        bool fromFile = false;        //!< the plan was made elsewhere and cannot be changed here
        std::vector<PlanDrift> drift; //!< of a plan from a file
        std::vector<Earlier> earlier;
        std::optional<Error> error; //!< nothing was sent because of it
        std::optional<Operation> operation;
        std::optional<ReplayProgress> progress;
        std::optional<InterruptedReplay> interrupted;
    };
    static constexpr Milliseconds readDeadline {20'000};
    static constexpr Milliseconds pause {250}; //!< after the last letter, before anybody is asked

    ReplayViewModel(
        ContextsService &contexts, OperationsService &operations, ReplayService &replay, QObject *parent = nullptr);
    ~ReplayViewModel() override;

    const State &state() const { return m_state; }
    const ConnectorRef &connector() const { return m_state.request.connector; }
    Mode mode() const;
    Instant now() const;

    void begin(const ConnectorRef &connector, const std::vector<PartitionPosition> &partitions = {});
    void open(const ContextId &context, const OperationId &replay); //!< one that runs, ended or was interrupted
    void close();                                                   //!< stops asking; what was started goes on

    void setEverywhere(const Position &position);
    void setPartition(const TopicPartition &tp, const std::optional<Position> &position); //!< nothing: as all others
    void setSource(std::vector<ConnectorOffset> entries);
    bool choosesNothing() const; //!< no position was chosen yet
    void readAgain();

    //! What is missing before it can be run, one clause; empty: nothing.
    QString missing(const Confirmation &confirmation) const;
    int lettersToGo(const QString &typed) const; //!< 0: it fits; below: another name
    void run(const Confirmation &confirmation);

    //! The plan's requests with the address and login they go to, for their curl text.
    OperationPreview requests() const;

    bool canStopWaiting() const; //!< it runs, and nobody has asked for it yet
    //! It stops at its next safe place, and is interrupted then: `person` goes into the operations log.
    void stopWaiting(const QString &person);

    bool hasWayBack() const; //!< of the replay that is shown
    void planWayBack();
    void beginWayBack(const ConnectorRef &connector, const OperationId &replay);

    //! @{ An interrupted one.
    void look();
    void goOn(const Confirmation &confirmation);
    void putBack(const Confirmation &confirmation);
    void leave(const QString &person);
    //! @}

    //! @{ The plan as a file. Reading fails with InvalidInput, NotFound (it is of another context).
    QByteArray planFile() const;
    void openFile(const QByteArray &text);
    //! @}

Q_SIGNALS:
    void changed();
    void started(const headgate::OperationId &id);

private:
    void ask();
    void change(bool needsBrokers);
    void planFromFacts();
    void follow(Operation operation);
    void followLatest();
    void fail(Error error);
    quint64 newQuestion();
    QCoro::Task<> fetchFacts(quint64 number, ReplayRequest request);
    QCoro::Task<> fetchEarlier(quint64 number, ConnectorRef connector);
    QCoro::Task<> fetchOperation(quint64 number, ContextId context, OperationId id);
    QCoro::Task<> fetchWayBack(quint64 number, ContextId context, OperationId id);
    QCoro::Task<> readPlan(quint64 number, QByteArray text);
    QCoro::Task<> fetchDrift(quint64 number, ReplayPlan plan);
    QCoro::Task<> start(quint64 number, ReplayPlan plan, Confirmation confirmation);
    QCoro::Task<> lookAt(quint64 number, OperationId id);
    QCoro::Task<> takeUp(quint64 number, QCoro::Task<Result<OperationId>> taking);
    QCoro::Task<> closeIt(quint64 number, OperationId id, QString person);

    ContextsService &m_contexts;
    OperationsService &m_operations;
    ReplayService &m_replay;
    State m_state;
    QTimer m_pause;
    quint64 m_session = 0; //!< grows with each connector or operation that is opened
    quint64 m_number = 0;
    std::stop_source m_stop;
};

} // namespace headgate
