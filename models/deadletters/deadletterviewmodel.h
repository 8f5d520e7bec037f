// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deadletters/payload.h"
#include "models/deadletters/deadlettergroupsmodel.h"
#include "models/deadletters/deadlettersmodel.h"
#include "services/deadletters/deadletterservice.h"

#include <set>

namespace headgate {

/*! View model of the dead letters of one context: causes, the records of one of them, one record, and sending chosen
 * ones again. A redrive lives in the services and goes on when the page is left. GUI thread; owned by the page.
 *
 * One state, one signal. An answer to an older question is dropped by its number. */
class DeadLetterViewModel final : public QObject
{
    Q_OBJECT
public:
    enum class Phase {
        Idle,    //!< no context
        Reading, //!< nothing is known yet
        Ready,
        NotRead, //!< `error`
    };
    enum class RedrivePhase {
        None,
        Planning,
        Planned,  //!< `plan` says what would be sent
        Starting, //!< the plan goes to disk
        Running,  //!< `operation`
        Ended,
        Failed,      //!< `redriveError`: nothing was sent because of it
        Interrupted, //!< `operation` and its `plan`: its program ended in the middle, with choices
    };
    //! One record, in pieces that can be shown.
    struct Shown
    {
        RecordAt at;
        Payload key, value;
        std::optional<QByteArray> fixable; //!< the whole value, to be edited; nothing above 1 MB and for a tombstone
        std::vector<std::pair<QString, QString>> headers; //!< names and texts, 4,000 letters of each
        std::optional<DeadLetterReason> reason;
        //! @{ Of what stands in a registry's frame: decoded into the payload's text, or why not.
        QString keyKind, valueKind; //!< "Avro", "Protobuf", "JSON Schema"; empty: not decoded
        std::optional<Error> keyError, valueError;
        //! @}

        bool operator==(const Shown &) const = default;
    };
    struct State
    {
        Phase phase = Phase::Idle;
        ContextId context;
        bool reading = false; //!< an answer is on its way; what is shown is older
        Instant readAt {};
        std::optional<DeadLetterOverview> overview;
        std::vector<DeadLetterGroup> groups;           //!< of all queues, most records first
        std::vector<DeadLetter> letters;               //!< of all queues, the newest of each
        std::int64_t older = 0;                        //!< records that were not read
        std::vector<std::pair<QString, Error>> unread; //!< queues that could not be read
        std::optional<Error> error;
        QString group; //!< key of the one whose records are listed
        std::set<RecordAt> chosen;
        std::optional<Shown> shown;
        std::optional<Error> shownError;
        RedriveRequest request; //!< target, rate and fixed value as they were set
        RedrivePhase redrive = RedrivePhase::None;
        std::optional<RedrivePlan> plan;
        std::optional<Error> redriveError;
        std::optional<Operation> operation;
    };
    static constexpr Milliseconds readDeadline {30'000};
    static constexpr int mostOfAQueue = 1000;

    DeadLetterViewModel(ContextsService &contexts, OperationsService &operations, DeadLetterService &letters,
        QObject *parent = nullptr);
    ~DeadLetterViewModel() override;

    const State &state() const { return m_state; }
    DeadLetterGroupsModel &groups() { return m_groups; }
    DeadLettersModel &letters() { return m_letters; } //!< of the selected group
    Mode mode() const;

    void open(const ContextId &context);
    void readAgain();
    void close();             //!< stops asking; what was started goes on
    QString headline() const; //!< "318 records in 5 queues, 5 causes"

    void select(const QString &group); //!< its records are all chosen at first
    void choose(const RecordAt &at, bool chosen);
    void chooseAll(bool chosen);
    void chooseOnly(std::set<RecordAt> chosen);
    void show(const RecordAt &at);

    //! @{ Of the redrive; each takes a plan back that was made before.
    void setTarget(const QString &topic); //!< empty: where each came from
    void setRate(double perSecond);
    void setFixedValue(const std::optional<QByteArray> &value); //!< for a single chosen record
    //! @}
    //! The connector that wrote the selected group's records; else the first that writes their queue.
    std::optional<ConnectorRef> owner() const;
    void plan();
    bool typedNameNeeded() const;                //!< more than ten records
    int lettersToGo(const QString &typed) const; //!< 0: it fits; below: another name
    //! What is missing before it can be run, one clause; empty: nothing.
    QString missing(const Confirmation &confirmation) const;
    void run(const Confirmation &confirmation);
    void forgetRedrive();                    //!< of an ended one, or a plan
    bool stopSending(const QString &person); //!< lets it go behind the batch it is in: Interrupted then, with choices
    bool isBusy() const;                     //!< one is starting or running

    //! @{ A redrive whose program ended before its outcome was seen. Nothing happens while it is not chosen.
    void openInterrupted(const OperationId &redrive);
    void goOn(const Confirmation &confirmation); //!< finds what was sent and sends the rest
    void leaveIt(const QString &person);         //!< closes it as unknown
    //! @}

Q_SIGNALS:
    void changed();
    void started(const headgate::OperationId &id);

private:
    QCoro::Task<> read(quint64 number, ContextId context);
    QCoro::Task<> fetch(quint64 number, RecordAt at);
    QCoro::Task<> decode(quint64 number, Record record);
    QCoro::Task<> makePlan(quint64 number, RedriveRequest request);
    QCoro::Task<> start(quint64 number, Task<OperationId> starting);
    QCoro::Task<> closeAsUnknown(quint64 number, OperationId id, QString note);
    std::vector<DeadLetter> ofGroup() const;
    void showRows();
    void requestChanged();
    void dropRedrive();
    void follow();

    ContextsService &m_contexts;
    OperationsService &m_operations;
    DeadLetterService &m_service;
    DeadLetterGroupsModel m_groups;
    DeadLettersModel m_letters;
    State m_state;
    quint64 m_reads = 0, m_records = 0, m_plans = 0;
    std::stop_source m_stop;
};

} // namespace headgate
