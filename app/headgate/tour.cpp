// SPDX-License-Identifier: GPL-3.0-or-later
#include "tour.h"

#include "models/triage/triagecard.h"
#include "models/triage/triageviewmodel.h"
#include "views/common/theme.h"
#include "views/deadletters/deadletterspage.h"
#include "views/replay/replaypage.h"
#include "views/shell/commandpalette.h"
#include "views/shell/mainwindow.h"

#include <QAction>
#include <QCoroTimer>
#include <QDir>
#include <QTextStream>

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr int knownTries = 150;
constexpr auto knownEvery = 200ms;
constexpr int rateTries = 30;  // 6 s: a rate and a trend take two samples
constexpr auto settle = 120ms; // two turns of the picture's timer and of the layouts

bool isKnown(const ContextSession &session)
{
    const auto snapshot = session.snapshot();
    const bool answered = snapshot->generation > 0 && !snapshot->fromDisk && !snapshot->connectors.empty();
    return answered && !session.problems().empty();
}

bool hasRates(const ContextSession &session)
{
    const auto snapshot = session.snapshot();
    return std::ranges::all_of(snapshot->connectors, [](const ConnectorFacts &facts) {
        return facts.standing != Standing::Running || facts.recordsPerSecond.value;
    });
}

QCoro::Task<bool> untilKnown(ContextsService &contexts)
{
    for (int i = 0; i < knownTries; ++i) {
        const auto *session = contexts.session(contexts.current());
        if (session && isKnown(*session)) {
            co_return true;
        }
        co_await QCoro::sleepFor(knownEvery);
    }
    co_return contexts.session(contexts.current()) != nullptr;
}

QCoro::Task<> untilRates(ContextsService &contexts)
{
    for (int i = 0; i < rateTries; ++i) {
        const auto *session = contexts.session(contexts.current());
        if (!session || hasRates(*session)) {
            break;
        }
        co_await QCoro::sleepFor(knownEvery);
    }
}

void printTriage(const ContextPicture &picture)
{
    QTextStream out(stdout);
    const auto board = boardOf(picture, 6);
    out << board.summary << "\n\n";
    for (const auto &card : board.cards) {
        out << "  " << card.title << "  [" << card.chip << "]  " << card.since << ", " << card.duration << "\n"
            << "    " << plainText(card.cause) << "\n";
        for (const auto &fact : card.facts) {
            out << "    " << fact.caption << ": " << plainText(fact.value) << "\n";
        }
        out << "    Touches: " << plainText(card.touches) << "\n\n";
    }
    out << "  " << board.rest.title << ": " << board.rest.summary << "\n";
}

const char *nameOf(PageId page)
{
    switch (page) {
    case PageId::Triage:
        return "triage";
    case PageId::Connectors:
        return "connectors";
    case PageId::Replay:
        return "replay";
    case PageId::DeadLetters:
        return "dead-letters";
    case PageId::Activity:
        return "activity";
    case PageId::Contexts:
        return "contexts";
    }
    Q_UNREACHABLE();
}

//! One directory, one theme; counts what could not be written.
class Camera
{
public:
    Camera(MainWindow &window, QString directory)
        : m_window(window)
        , m_directory(std::move(directory))
    {
    }
    void setSuffix(QString suffix) { m_suffix = std::move(suffix); }
    void shoot(const QString &name)
    {
        constexpr int levels = 6; // what was shown or filled is laid out one level a turn
        for (int level = 0; level < levels; ++level) {
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        }
        const QString path = m_directory + QLatin1Char('/') + name + m_suffix + QLatin1String(".png");
        if (!m_window.grab().save(path)) {
            QTextStream(stderr) << "headgate: cannot write " << path << Qt::endl;
            ++m_failed;
        }
    }
    int failed() const { return m_failed; }

private:
    MainWindow &m_window;
    QString m_directory, m_suffix;
    int m_failed = 0;
};

//! A plan for the first sink that runs: the page of an action that nobody takes on a tour.
QCoro::Task<> shootReplay(MainWindow &window, Camera &camera)
{
    const auto &connectors = window.picture()->snapshot->connectors;
    const auto sink = std::ranges::find_if(connectors, [](const ConnectorFacts &facts) {
        return facts.status.type == ConnectorType::Sink && facts.status.connector.run == RunState::Running
            && std::ranges::all_of(
                facts.status.tasks, [](const TaskStatus &task) { return task.state.run == RunState::Running; });
    });
    auto *page = window.findChild<ReplayPage *>();
    if (sink == connectors.end() || page == nullptr) {
        co_return;
    }
    window.goTo({.page = PageId::Replay, .connector = sink->ref});
    auto &model = page->viewModel();
    model.setEverywhere({.kind = PositionKind::BackBy, .number = 200});
    constexpr int looks = 50;
    for (int look = 0; look < looks && (model.state().reading || !model.state().plan); ++look) {
        co_await QCoro::sleepFor(knownEvery);
    }
    co_await QCoro::sleepFor(settle);
    camera.shoot(QString::fromLatin1(nameOf(PageId::Replay)));
    model.close();
}

//! When its records are read, with the first of them.
QCoro::Task<> shootDeadLetters(MainWindow &window, Camera &camera)
{
    window.goTo({.page = PageId::DeadLetters});
    const auto *page = window.findChild<DeadLettersPage *>();
    const auto reads = [page] {
        const auto &state = page->viewModel().state();
        return state.reading || (!state.letters.empty() && !state.shown && !state.shownError);
    };
    constexpr int looks = 50;
    for (int look = 0; look < looks && page != nullptr && reads(); ++look) {
        co_await QCoro::sleepFor(knownEvery);
    }
    co_await QCoro::sleepFor(settle);
    camera.shoot(QString::fromLatin1(nameOf(PageId::DeadLetters)));
}

//! The other half of Activity, which is left as it was found.
QCoro::Task<> shootLedger(MainWindow &window, Camera &camera)
{
    auto *ledger = window.findChild<QAction *>(QStringLiteral("activity.ledger"));
    auto *operations = window.findChild<QAction *>(QStringLiteral("activity.operations"));
    if (ledger == nullptr || operations == nullptr) {
        co_return;
    }
    ledger->trigger();
    co_await QCoro::sleepFor(settle);
    camera.shoot(QStringLiteral("ledger"));
    operations->trigger();
}

QCoro::Task<> shootPages(MainWindow &window, Camera &camera)
{
    for (const auto page : {PageId::Triage, PageId::Connectors, PageId::Activity, PageId::Contexts}) {
        window.goTo({.page = page});
        co_await QCoro::sleepFor(settle);
        camera.shoot(QString::fromLatin1(nameOf(page)));
    }
    co_await shootDeadLetters(window, camera);
    co_await shootLedger(window, camera);
    co_await shootReplay(window, camera);
    window.goTo({.page = PageId::Triage});
    window.openPalette();
    co_await QCoro::sleepFor(settle);
    camera.shoot(QStringLiteral("palette"));
    window.palette()->hide();
}

} // namespace

QCoro::Task<bool> takeTour(MainWindow &window, ContextsService &contexts, QString directory)
{
    if (!co_await untilKnown(contexts)) {
        QTextStream(stderr) << "headgate: there is no context to show" << Qt::endl;
        co_return false;
    }
    QDir().mkpath(directory);
    co_await untilRates(contexts);
    co_await QCoro::sleepFor(settle);
    if (const auto &picture = window.picture()) {
        printTriage(*picture);
    }
    Camera camera(window, directory);
    auto &theme = Theme::instance();
    const auto before = theme.choice();
    for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
        theme.choose(choice);
        camera.setSuffix(choice == Theme::Choice::Dark ? QStringLiteral("-dark") : QStringLiteral("-light"));
        co_await shootPages(window, camera);
    }
    theme.choose(before);
    co_return camera.failed() == 0;
}

} // namespace headgate
