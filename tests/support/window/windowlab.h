// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/deadletters/deadletterservice.h"
#include "services/ledger/ledgerservice.h"
#include "services/proof/fixproofservice.h"
#include "services/replay/replayservice.h"
#include "support/fakes/fakeedges.h"
#include "views/common/prompts.h"
#include "views/shell/mainwindow.h"

#include <QTemporaryDir>

#include <functional>

namespace headgate {

//! Answers questions as the test says, and remembers them.
class FakePrompts final : public Prompts
{
public:
    void ask(QWidget *, Question question, std::function<void(bool)> answered) override
    {
        asked.push_back(std::move(question));
        answered(answer);
    }
    std::vector<Question> asked;
    bool answer = false;
};

/*! The whole window over a fake world: real services, real pages, virtual time. One cluster "main" with a failed sink,
 * a healthy source and a paused sink, unless the test fills it. */
class WindowLab
{
public:
    explicit WindowLab(Environment environment = Environment::Development, Mode mode = Mode::Guarded);
    ~WindowLab();

    void playCast(); //!< the 22 connectors of tests/support/cast instead; before open()
    //! Opens the context and waits until its first picture is on the pages.
    void open();
    void close();
    //! Lets virtual time pass and the window follow.
    void pass(Milliseconds time);
    void follow(); //!< lets timers of the window run

    FakeConnectCluster &cluster() { return world.cluster(); }
    QStringList sent(); //!< "PUT /connectors/x/pause"
    template <class W> W *find(const char *name) const { return window->findChild<W *>(QString::fromLatin1(name)); }

    bool withKafka = false;              //!< the context has brokers; before open()
    SchemaRegistryConfig schemaRegistry; //!< of the context; before open()
    QTemporaryDir dir;
    FakeEdges world;
    FakePrompts prompts;
    std::unique_ptr<ContextsService> contexts;
    std::unique_ptr<OperationsService> operations;
    std::unique_ptr<ReplayService> replay;
    std::unique_ptr<LedgerService> ledger;
    std::unique_ptr<FixProofService> proofs;
    std::unique_ptr<DeadLetterService> letters;
    std::unique_ptr<MainWindow> window;

private:
    Environment m_environment;
    Mode m_mode;
};

//! Every page and overlay, one after the other; `check` looks at the window each time.
void visitEverything(WindowLab &lab, const std::function<void()> &check);

} // namespace headgate
