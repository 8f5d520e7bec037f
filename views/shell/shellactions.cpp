// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/shellactions.h"

#include "views/common/actions.h"
#include "views/common/theme.h"

#include <QActionGroup>
#include <QWidget>

namespace headgate {

namespace {

QString everywhereGroup()
{
    return ShellActions::tr("Everywhere");
}

} // namespace

ShellActions::ShellActions(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    const auto plain = [this](const char *id, const QString &text, const QString &icon, const QKeySequence &key) {
        return add(QString::fromLatin1(id), text, icon, key, everywhereGroup());
    };
    palette = plain("shell.palette", tr("Search or run a command"), QStringLiteral("search"), tr("Ctrl+K"));
    keys = plain("shell.keys", tr("Keys of this page"), QStringLiteral("info"), QKeySequence(QStringLiteral("?")));
    filter = plain("shell.filter", tr("Filter this page"), QStringLiteral("filter"), QKeySequence(QStringLiteral("/")));
    back = plain("shell.back", tr("Back"), QStringLiteral("way-back"), QKeySequence(Qt::Key_Escape));
    activity = plain("shell.activity", tr("Show or hide activity"), QStringLiteral("audit"), tr("Alt+0"));
    refresh = plain("shell.refresh", tr("Ask again now"), QStringLiteral("restart"), QKeySequence(Qt::Key_F5));
    contexts = plain("shell.contexts", tr("Switch context"), QStringLiteral("chevron-down"), tr("Ctrl+L"));
    addContext = plain("shell.addContext", tr("Add a context..."), QStringLiteral("add"), {});
    quit = plain("shell.quit", tr("Quit"), QStringLiteral("close"), tr("Ctrl+Q"));

    readOnly = plain("shell.readOnly", tr("Read-only: nothing is sent"), QStringLiteral("mode-read-only"), {});
    guarded = plain("shell.guarded", tr("Guarded: preview, then confirm"), QStringLiteral("mode-guarded"), {});
    armed = plain("shell.armed", tr("Armed for 15 minutes: single acts run on one key"), QStringLiteral("mode-armed"),
        tr("Ctrl+Shift+A"));
    systemTheme = plain("shell.systemTheme", tr("Colours: as the desktop"), QStringLiteral("system"), {});
    lightTheme = plain("shell.lightTheme", tr("Colours: light"), QStringLiteral("system"), {});
    darkTheme = plain("shell.darkTheme", tr("Colours: dark"), QStringLiteral("system"), {});
    for (const auto &[action, choice] : {std::pair(systemTheme, Theme::Choice::System),
             std::pair(lightTheme, Theme::Choice::Light), std::pair(darkTheme, Theme::Choice::Dark)}) {
        connect(action, &QAction::triggered, this, [c = choice] { Theme::instance().choose(c); });
    }
    auto *modes = new QActionGroup(this);
    for (auto *mode : {readOnly, guarded, armed}) {
        mode->setCheckable(true);
        modes->addAction(mode);
    }
    setMode({});
}

QAction *ShellActions::add(
    const QString &id, const QString &text, const QString &icon, const QKeySequence &key, const QString &group)
{
    auto *action = makeAction(m_window, id, text, icon, key);
    setPaletteGroup(action, group);
    m_window->addAction(action);
    return action;
}

QAction *ShellActions::addPage(const QString &title, const QString &icon, int index)
{
    return add(QStringLiteral("shell.page%1").arg(index), title, icon,
        QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + index)), tr("Go to"));
}

void ShellActions::setMode(std::optional<Mode> mode)
{
    const auto reason = mode ? QString() : tr("there is no context yet");
    for (auto *action : {readOnly, guarded, armed, refresh}) {
        setAvailable(action, reason);
    }
    readOnly->setChecked(mode == Mode::ReadOnly);
    guarded->setChecked(mode == Mode::Guarded);
    armed->setChecked(mode == Mode::Armed);
    if (mode == Mode::ReadOnly) {
        setAvailable(armed, tr("the context is read-only: choose guarded first"));
    }
}

std::vector<KeyHint> ShellActions::everywhere() const
{
    std::vector<KeyHint> hints;
    for (const auto *action : {palette, filter, back, contexts, activity, refresh, armed, quit}) {
        hints.push_back({action->shortcut().toString(QKeySequence::NativeText), action->text()});
    }
    return hints;
}

} // namespace headgate
