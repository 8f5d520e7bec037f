// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/apppaths.h"
#include "app/common/realedges.h"
#include "launchoptions.h"
#include "services/deadletters/deadletterservice.h"
#include "services/ledger/ledgerservice.h"
#include "services/operations/operationsservice.h"
#include "services/proof/fixproofservice.h"
#include "services/replay/replayservice.h"
#include "views/common/prompts.h"
#include "views/shell/windowmemory.h"

#include <memory>

namespace headgate {

class MainWindow;

/*! The composition of the desktop program: real edges, services, window, and the order in which they begin and end. GUI
 * thread; made by main, lives until the event loop has ended. */
class Application final : public QObject
{
    Q_OBJECT
public:
    explicit Application(LaunchOptions options);
    ~Application() override;

    //! Shows the window, then reads contexts and starts what was asked for. Ends the program itself after a tour.
    QCoro::Task<> begin();

private:
    std::unique_ptr<MainWindow> makeWindow();
    QCoro::Task<> startSandbox(PlaygroundOptions options);
    void openFirst();
    void sayUnopened(const QString &sentence);
    QCoro::Task<> end(int exitCode);

    LaunchOptions m_options;
    AppPaths m_paths;
    RealEdges m_real;
    ContextsService m_contexts;
    OperationsService m_operations;
    LedgerService m_ledger; // after what it reads and watches
    ReplayService m_replay; // after what it runs in
    FixProofService m_proofs;
    DeadLetterService m_deadLetters;
    std::unique_ptr<PlaygroundLauncher> m_launcher;
    SheetPrompts m_prompts;
    std::unique_ptr<MainWindow> m_window;
    std::optional<WindowMemory> m_memory; //!< none on a tour: its pictures have one size
    std::optional<Playground> m_playground;
    bool m_ending = false;
};

} // namespace headgate
