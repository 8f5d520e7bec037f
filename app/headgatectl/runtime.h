// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/apppaths.h"
#include "app/common/realedges.h"
#include "clients/playground/playgroundlauncher.h"
#include "commandline.h"
#include "services/deadletters/deadletterservice.h"
#include "services/ledger/ledgerservice.h"
#include "services/operations/operationsservice.h"
#include "services/proof/fixproofservice.h"
#include "services/replay/replayservice.h"

namespace headgate {

/*! The services of one run. Main thread; made and closed by main. */
class Runtime
{
public:
    //! `observe`: how long an operation's effect is waited for.
    explicit Runtime(Milliseconds observe);

    /*! The context that the line names, opened: a file's, the sandbox's, or one made of --connect. NotFound,
     * InvalidInput, or what kept its file from being read. */
    Task<ContextId> open(CommandLine line);
    /*! Waits until each Connect cluster has answered or failed, and lag is known where brokers are given; at most
     * `timeout`. What was not heard by then is missing in the picture, not invented. */
    QCoro::Task<> untilKnown(ContextId id, Milliseconds timeout);
    QCoro::Task<> untilLagKnown(ContextId id, Milliseconds timeout);     //!< the same without its trends
    QCoro::Task<> untilConnectKnown(ContextId id, Milliseconds timeout); //!< the same without lag

    //! Whether any Connect cluster was heard of: why not, where nothing is known. Nothing known is not nothing wrong.
    Result<void> heard(const ContextId &id) const;

    //! A connector by name, in the only cluster or in the one that is named. NotFound, InvalidInput where it is in
    //! several.
    Result<ConnectorRef> find(const ContextId &id, const QString &cluster, const QString &name) const;

    const AppPaths &paths() const { return m_paths; }
    ContextsService &contexts() { return m_contexts; }
    OperationsService &operations() { return m_operations; }
    ReplayService &replay() { return m_replay; }
    LedgerService &ledger() { return m_ledger; } //!< read only: a short run has nothing to watch
    FixProofService &proofs() { return m_proofs; }
    DeadLetterService &letters() { return m_letters; }
    PlaygroundLauncher &launcher() { return *m_launcher; }
    Instant now() const { return m_real.edges.clock->now(); }
    Monotonic monotonic() const { return m_real.edges.clock->monotonic(); }
    QCoro::Task<bool> keepsSecrets();         //!< asks the keyring: false where none answers
    void adopt(const Playground &playground); //!< its context, its login for this run
    //! Its worker's own answer, within three seconds: a process that is there may be frozen.
    Task<ServerInfo> ask(Playground playground);
    QCoro::Task<> close();

private:
    Result<ContextConfig> contextOfLine(const CommandLine &line);
    Task<ContextId> openNamed(QString name);

    AppPaths m_paths;
    RealEdges m_real;
    ContextsService m_contexts; // before m_operations, which uses it
    OperationsService m_operations;
    LedgerService m_ledger;
    ReplayService m_replay; // after what it runs in
    FixProofService m_proofs;
    DeadLetterService m_letters;
    std::unique_ptr<PlaygroundLauncher> m_launcher;
};

} // namespace headgate
