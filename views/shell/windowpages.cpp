// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/windowpages.h"

#include "views/connectors/connectorspage.h"
#include "views/contexts/contextspage.h"
#include "views/deadletters/deadletterspage.h"
#include "views/operations/activitypage.h"
#include "views/proof/fixproofdialog.h"
#include "views/replay/replaypage.h"
#include "views/shell/mainwindow.h"
#include "views/triage/triagepage.h"

namespace headgate {

namespace {

using namespace std::chrono_literals;

template <class T> Task<T> noSession(ConnectorRef ref)
{
    co_return failure({.kind = ErrorKind::NotFound, .target = ref.context.text});
}

//! Plain functions that start a session's coroutine; none of them is a coroutine itself. A preview's context stays its
//! own.
DetailSources sourcesOf(ContextsService &contexts)
{
    const CallOptions onDemand {10s};
    DetailSources sources;
    sources.topics = [&contexts, onDemand](ConnectorRef ref) {
        auto *session = contexts.session(ref.context);
        return session != nullptr ? session->fetchTopics(std::move(ref), onDemand)
                                  : noSession<QStringList>(std::move(ref));
    };
    sources.offsets = [&contexts, onDemand](ConnectorRef ref) {
        auto *session = contexts.session(ref.context);
        return session != nullptr ? session->fetchOffsets(std::move(ref), onDemand)
                                  : noSession<std::vector<ConnectorOffset>>(std::move(ref));
    };
    return sources;
}

void addProof(MainWindow &window, Page *page, FixProofService &proofs)
{
    const auto open = [&window, &proofs](const ProofWanted &wanted) {
        const auto &picture = window.picture();
        const auto *facts = picture ? findConnector(*picture, wanted.connector) : nullptr;
        if (facts == nullptr) {
            return;
        }
        auto *dialog = new FixProofDialog(proofs, *facts, *picture, wanted.around, &window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    };
    QObject::connect(page, &Page::proofRequested, &window, open);
}

} // namespace

void addPages(MainWindow &window, const PageServices &services)
{
    auto &contexts = services.contexts;
    auto &operations = services.operations;
    window.addGroup(MainWindow::tr("Operate"));
    auto *triage = new TriagePage(&window);
    auto *connectors = new ConnectorsPage(sourcesOf(contexts), &window);
    window.addPage(triage, QStringLiteral("triage"));
    window.addPage(connectors, QStringLiteral("connector"));
    addProof(window, triage, services.proofs);
    addProof(window, connectors, services.proofs);
    window.addInnerPage(new ReplayPage(contexts, operations, services.replay, &window), PageId::Connectors);
    window.addPage(
        new DeadLettersPage(contexts, operations, services.deadLetters, &window), QStringLiteral("dead-letter"));
    window.addGroup(MainWindow::tr("Prove"));
    window.addPage(new ActivityPage(contexts, operations, services.ledger, &window), QStringLiteral("audit"));
    window.addGroup(MainWindow::tr("Set up"));
    auto *contextsPage = new ContextsPage(contexts, &window);
    window.addPage(contextsPage, QStringLiteral("system"));
    QObject::connect(&window, &MainWindow::addContextWanted, contextsPage, &ContextsPage::addContext);
}

} // namespace headgate
