// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"

#include "common/log.h"
#include "models/common/errortext.h"
#include "models/common/showntext.h"
#include "sandbox/processplaygroundlauncher.h"
#include "tour.h"
#include "views/common/theme.h"
#include "views/shell/firstrunpage.h"
#include "views/shell/mainwindow.h"
#include "views/shell/windowpages.h"

#include <QCoreApplication>
#include <QCoroTimer>
#include <QDebug>
#include <QTextStream>

#include <algorithm>

namespace headgate {

namespace {

constexpr auto sandboxDeadline = std::chrono::seconds(60);
constexpr auto closeDeadline = std::chrono::seconds(3);

} // namespace

Application::Application(LaunchOptions options)
    : m_options(std::move(options))
    , m_paths(appPaths())
    , m_real(makeRealEdges())
    , m_contexts(m_real.edges, m_paths.contexts)
    , m_operations(m_contexts, {.directory = m_paths.operations})
    , m_ledger(m_contexts, m_operations)
    , m_replay(m_contexts, m_operations, {})
    , m_proofs(m_contexts, m_operations)
    , m_deadLetters(m_contexts, m_operations, {})
    , m_launcher(std::make_unique<ProcessPlaygroundLauncher>())
    , m_window(makeWindow())
{
    if (m_options.tour.isEmpty()) {
        m_memory.emplace(*m_window);
    }
    connect(m_window->firstRun(), &FirstRunPage::sandboxWanted, this, [this] { startSandbox({}); });
    connect(m_window.get(), &MainWindow::closeAgreed, this, [this] { end(0); });
}

Application::~Application() = default;

std::unique_ptr<MainWindow> Application::makeWindow()
{
    const Theme::Unstyled unstyled;
    auto window = std::make_unique<MainWindow>(m_contexts, m_operations, m_prompts);
    addPages(*window, {m_contexts, m_operations, m_replay, m_ledger, m_proofs, m_deadLetters});
    return window;
}

QCoro::Task<> Application::begin()
{
    m_window->show();
    m_ledger.watch();
    if (const auto loaded = co_await m_contexts.load(); !loaded) {
        m_window->say(errorText(loaded.error()).sentence());
    } else if (const auto unread = m_contexts.warnings(); !unread.isEmpty()) {
        m_window->say(unread.size() == 1
                ? shownText(unread.first(), 200)
                : tr("Several files have faults, the log names them all. %1").arg(shownText(unread.first(), 160)));
    }
    if (m_options.sandbox) {
        co_await startSandbox(m_options.playground);
    } else {
        openFirst();
    }
    if (!m_options.tour.isEmpty()) {
        const bool open = !m_contexts.current().isEmpty();
        const bool done = open && co_await takeTour(*m_window, m_contexts, m_options.tour);
        co_await end(done ? 0 : 1);
    }
}

void Application::openFirst()
{
    const auto &contexts = m_contexts.contexts();
    const auto wanted = m_options.context;
    const auto fits = [&wanted](const ContextConfig &context) {
        return context.id.text == wanted || context.name == wanted;
    };
    if (!wanted.isEmpty()) {
        const auto found = std::ranges::find_if(contexts, fits);
        if (found == contexts.end()) {
            const auto fault = m_contexts.faultOf(wanted);
            sayUnopened(
                fault.isEmpty() ? tr("There is no context \"%1\"").arg(shownText(wanted, 120)) : shownText(fault, 200));
            return;
        }
        m_contexts.setCurrent(found->id);
    } else if (!contexts.empty()) {
        m_contexts.setCurrent(contexts.front().id);
    } else if (!m_options.tour.isEmpty()) {
        sayUnopened(tr("There is no context to show; --sandbox opens one"));
    }
}

//! On a tour nobody sees the window.
void Application::sayUnopened(const QString &sentence)
{
    m_window->say(sentence);
    if (!m_options.tour.isEmpty()) {
        QTextStream(stderr) << "headgate: " << sentence << Qt::endl;
    }
}

QCoro::Task<> Application::startSandbox(PlaygroundOptions options)
{
    m_window->firstRun()->setError({});
    m_window->firstRun()->setStarting(true);
    auto playground = co_await m_launcher->launch(options, {.deadline = sandboxDeadline});
    m_window->firstRun()->setStarting(false);
    if (!playground) {
        const auto sentence = errorText(playground.error()).sentence();
        m_window->firstRun()->setError(tr("The sandbox did not start. %1").arg(sentence));
        QTextStream(stderr) << "headgate: " << sentence << Qt::endl;
        co_return;
    }
    m_playground = *std::move(playground);
    for (const auto &cluster : m_playground->context.connectClusters) {
        m_real.secrets->keep(cluster.secret, m_playground->connectPassword);
    }
    m_contexts.addTransient(m_playground->context, m_playground->ownershipFile);
    m_contexts.setCurrent(m_playground->context.id);
    m_window->say(tr("Logs of the sandbox: %1").arg(m_playground->logDirectory));
}

QCoro::Task<> Application::end(int exitCode)
{
    if (m_ending) {
        co_return;
    }
    m_ending = true;
    // Whoever hangs does not keep the window's owner waiting: the loop ends after the deadline in any case.
    QTimer::singleShot(closeDeadline, qApp, [exitCode] { QCoreApplication::exit(exitCode); });
    co_await m_operations.close();
    co_await m_ledger.close();
    co_await m_replay.close();
    co_await m_proofs.close();
    co_await m_deadLetters.close();
    co_await m_contexts.close();
    if (m_playground) {
        co_await m_launcher->end(*m_playground);
    }
    QCoreApplication::exit(exitCode);
}

} // namespace headgate
