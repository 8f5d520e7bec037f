// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/windowpages.h"

#include "views/contexts/contextspage.h"
#include "views/operations/activitypage.h"
#include "views/shell/mainwindow.h"
#include "views/shell/shellactions.h"
#include "views/triage/triagepage.h"

#include <QAction>

namespace headgate {

void addPages(MainWindow &window, ContextsService &contexts, OperationsService &operations)
{
    window.addGroup(MainWindow::tr("Operate"));
    auto *triage = new TriagePage(&window);
    window.addPage(triage, QStringLiteral("triage"));
    QObject::connect(triage, &TriagePage::askedAgain, window.actions()->refresh, &QAction::trigger);
    window.addGroup(MainWindow::tr("Prove"));
    window.addPage(new ActivityPage(contexts, operations, &window), QStringLiteral("audit"));
    window.addGroup(MainWindow::tr("Set up"));
    auto *contextsPage = new ContextsPage(contexts, &window);
    window.addPage(contextsPage, QStringLiteral("system"));
    QObject::connect(&window, &MainWindow::addContextWanted, contextsPage, &ContextsPage::addContext);
}

} // namespace headgate
