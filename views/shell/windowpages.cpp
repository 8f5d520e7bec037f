// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/windowpages.h"

#include "views/connectors/connectorspage.h"
#include "views/contexts/contextspage.h"
#include "views/operations/activitypage.h"
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

} // namespace

void addPages(MainWindow &window, ContextsService &contexts, OperationsService &operations, ReplayService &replay,
    LedgerService &ledger)
{
    window.addGroup(MainWindow::tr("Operate"));
    window.addPage(new TriagePage(&window), QStringLiteral("triage"));
    window.addPage(new ConnectorsPage(sourcesOf(contexts), &window), QStringLiteral("connector"));
    window.addInnerPage(new ReplayPage(contexts, operations, replay, &window), PageId::Connectors);
    window.addGroup(MainWindow::tr("Prove"));
    window.addPage(new ActivityPage(contexts, operations, ledger, &window), QStringLiteral("audit"));
    window.addGroup(MainWindow::tr("Set up"));
    auto *contextsPage = new ContextsPage(contexts, &window);
    window.addPage(contextsPage, QStringLiteral("system"));
    QObject::connect(&window, &MainWindow::addContextWanted, contextsPage, &ContextsPage::addContext);
}

} // namespace headgate
