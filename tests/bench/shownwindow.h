// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/stepclock.h"
#include "services/contexts/contextsservice.h"
#include "services/deadletters/deadletterservice.h"
#include "services/ledger/ledgerservice.h"
#include "services/proof/fixproofservice.h"
#include "services/replay/replayservice.h"
#include "support/fakes/fakesecretstore.h"
#include "views/common/prompts.h"
#include "views/shell/mainwindow.h"

#include <QTableView>
#include <QTemporaryDir>

#include <functional>

namespace headgate::bench {

/*! The whole way of a fact in the program, from the wire to the painted row: real client, services, models and window,
 * on the connectors page; only the secrets are a fake. GUI thread. */
class ShownWindow : public QObject
{
    Q_OBJECT
public:
    enum class Polls { ByThemselves, WhenTold };
    //! One Connect cluster for each list of worker addresses.
    ShownWindow(const std::vector<QStringList> &clusters, Polls polls);
    ~ShownWindow() override;

    void open(); //!< the context: the first poll begins
    void tick(); //!< Polls::WhenTold: the next poll begins
    //! Milliseconds from now until a paint of the table with `reached` true has ended; negative when `limit` came
    //! first.
    double untilPainted(const std::function<bool()> &reached, Milliseconds limit = Milliseconds(30'000));

    MainWindow &window() { return *m_window; }
    OperationsService &operations() { return *m_operations; }
    ReplayService &replay() { return *m_replay; }
    ContextSession &session() const { return *m_contexts->session(m_context.id); }
    ConnectorRef ref(const QString &connector) const;
    int rowCount() const;                                       //!< rows of the table
    const ConnectorFacts *find(const QString &connector) const; //!< as the table shows it; nullptr: not there

Q_SIGNALS:
    void painted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QTemporaryDir m_folder;
    ContextConfig m_context;
    std::shared_ptr<StepClock> m_steps; // null: the polls come by themselves
    SheetPrompts m_prompts;
    std::unique_ptr<ContextsService> m_contexts;
    std::unique_ptr<OperationsService> m_operations;
    std::unique_ptr<ReplayService> m_replay;
    std::unique_ptr<LedgerService> m_ledger;
    std::unique_ptr<FixProofService> m_proofs;
    std::unique_ptr<DeadLetterService> m_letters;
    std::unique_ptr<MainWindow> m_window;
    QTableView *m_table = nullptr;
};

} // namespace headgate::bench
