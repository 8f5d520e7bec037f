// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/storage/operationslog.h"
#include "domain/operations/operation.h"
#include "services/contexts/contextsservice.h"
#include "services/operations/saga.h"

#include <QObject>

namespace headgate {

//! How a preview was confirmed. `typedName` where the preview asks for it.
struct Confirmation
{
    QString person; //!< "name <mail>", self-declared
    QString reason;
    QString typedName;
    //! Of an act after which the connector stands still: its positions go into the log first, for a replay's "before
    //! this operation". Where they cannot be read nothing is sent.
    bool savePositions = false;

    bool operator==(const Confirmation &) const = default;
};

/*! Writes to Connect: precondition -> preview -> intent (fsync) -> send once -> observe until confirmed or deadline ->
 * outcome -> compensating action offered. One pipeline for all, with a lock per connector. The operations log (JSON
 * lines, hash-chained, one per context) is journal and audit log. GUI thread; owned by the application, outlives every
 * dialog. */
class OperationsService : public QObject
{
    Q_OBJECT
public:
    struct Settings
    {
        QString directory; //!< of the logs, <context>.jsonl
        Milliseconds observeDeadline {120'000};
        Milliseconds settle {1500}; //!< how long a good state must hold
        Milliseconds sendDeadline {95'000};
    };
    OperationsService(ContextsService &contexts, Settings settings, QObject *parent = nullptr);
    ~OperationsService() override;

    //! Reads status (and config) anew, then previewOperation(). ModeForbids in read-only.
    Task<OperationPreview> preview(OperationRequest request, CallOptions options);
    /*! Checks mode, confirmation, lock and the precondition again, writes the intent, then runs. The id is there when
     * the intent is on disk. Nothing was sent when it fails: ModeForbids, InvalidInput (reason or typed name missing),
     * Locked (another operation on this connector), Conflict (the preview is stale; the message says what drifted),
     * NotFound (gone), StorageFailed (the log). */
    Task<OperationId> run(OperationPreview preview, Confirmation confirmation);
    //! The same for a saga, whose preview comes from its own service and holds its plan.
    Task<OperationId> run(OperationPreview preview, Confirmation confirmation, Saga saga);
    /*! Goes on with an interrupted saga under its old id: takes the lock, writes the new lease, then drives. NotFound:
     * it is not interrupted (any more); Locked, also by another program that has taken it up; Conflict: it went on
     * there meanwhile, and is to be looked at again; ModeForbids; StorageFailed. */
    Task<OperationId> takeUp(OperationId interrupted, Confirmation confirmation, Saga saga);
    /*! A running saga stops at its next safe place, never within a step that was sent: what it sent is still answered
     * and written down. It is interrupted then, in this process as in any other, with the choices of its service; where
     * it ends before, it has its outcome. NotFound: no saga of that id runs here. */
    Result<void> stopWaiting(const OperationId &id, const QString &person);
    //! With its steps and plan, also when it is too old for operations(). NotFound.
    Task<Operation> fetch(ContextId context, OperationId id, CallOptions options);
    //! The end of a running operation, or that it was let go: interrupted then, without an outcome.
    Task<Operation> finished(OperationId id, CallOptions options);

    const std::vector<Operation> &operations() const; //!< newest first, bounded (1,000)
    Task<std::vector<Operation>> search(
        ContextId context, QString text, CallOptions options); //!< over the whole log, in the pool
    Task<LogVerdict> verify(ContextId context, CallOptions options);
    //! Operations with an intent and no outcome whose process is gone. Looks at the platform; resolves what can be
    //! known.
    Task<std::vector<Operation>> findInterrupted(ContextId context, CallOptions options);
    //! As takeUp(), where another program was faster.
    Task<void> closeInterrupted(OperationId id, Outcome outcome, QString note);
    QString logFile(const ContextId &context) const; //!< there once anything was begun
    bool anyRunning() const;
    QCoro::Task<> close();

Q_SIGNALS:
    void operationsChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate
