// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/operations/activitymodel.h"
#include "services/operations/operationsservice.h"

namespace headgate {

/*! View model of the Activity page: what runs and ran in this session, or what a search over the whole operations log
 * of the current context found; and whether that log is intact. GUI thread; owned by the page. */
class ActivityViewModel final : public QObject
{
    Q_OBJECT
public:
    struct State
    {
        QString text;           //!< searched for; empty = this session's operations
        bool searching = false; //!< an answer is on its way
        bool verifying = false;
        bool looking = false; //!< at the platform, for what was interrupted
        std::optional<LogVerdict> verdict;
        std::optional<Error> error;
    };
    static constexpr Milliseconds searchDeadline {20'000};

    ActivityViewModel(ContextsService &contexts, OperationsService &operations, QObject *parent = nullptr);
    ~ActivityViewModel() override;

    const State &state() const { return m_state; }
    ActivityModel &model() { return m_model; }
    const ActivityModel &model() const { return m_model; }
    void search(const QString &text);
    void verify();
    //! Reads the platform again for what was interrupted in the operation's context; what speaks for itself is closed.
    void lookAgain(const Operation &operation);
    //! Closes an interrupted operation with what a person knows; goes to the log with their name.
    void closeInterrupted(const Operation &operation, Outcome outcome);
    //! Why the operation cannot be let go, one clause; empty: it can.
    QString keptFromStopping(const Operation &operation) const;
    void stopWaiting(const Operation &operation);
    void refresh(); //!< ages; the shell calls it with each picture
    Instant now() const { return m_contexts.edges().clock->now(); }

Q_SIGNALS:
    void changed();

private:
    void show(const std::vector<Operation> &operations);
    void showAnew();
    QCoro::Task<> runSearch(quint64 number, ContextId context, QString text);
    QCoro::Task<> runVerify(ContextId context);
    QCoro::Task<> runLook(ContextId context);
    QCoro::Task<> runClose(OperationId id, Outcome outcome, QString note);

    ContextsService &m_contexts;
    OperationsService &m_operations;
    ActivityModel m_model;
    State m_state;
    std::vector<Operation> m_found;
    quint64 m_number = 0;
    std::stop_source m_stop;
};

} // namespace headgate
