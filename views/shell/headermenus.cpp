// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/headermenus.h"

#include "models/common/errortext.h"
#include "models/shell/picturesource.h"
#include "views/common/statelook.h"
#include "views/common/symbolicon.h"
#include "views/shell/headerbuttons.h"
#include "views/shell/headerstrip.h"
#include "views/shell/shellactions.h"

#include <QAction>
#include <QMenu>

namespace headgate {

namespace {

void openBelow(QMenu *menu, const QWidget *button)
{
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

} // namespace

HeaderMenus::HeaderMenus(ContextsService &contexts, const PictureSource &pictures, const HeaderStrip &header,
    ShellActions *actions, QWidget *window)
    : QObject(window)
    , m_contexts(contexts)
    , m_pictures(pictures)
    , m_header(header)
    , m_actions(actions)
    , m_menu(new QMenu(window))
{
    m_menu->setObjectName(QStringLiteral("contextMenu"));
    connect(m_menu, &QMenu::aboutToShow, this, &HeaderMenus::fillContexts);
    const auto open = [this] {
        openBelow(m_menu, m_header.switcher());
    };
    connect(m_header.switcher(), &QAbstractButton::clicked, this, open);
    connect(m_actions->contexts, &QAction::triggered, this, open);
    wireModes(window);
}

void HeaderMenus::wireModes(QWidget *window)
{
    auto *modes = new QMenu(window);
    modes->setObjectName(QStringLiteral("modeMenu"));
    modes->addActions({m_actions->readOnly, m_actions->guarded, m_actions->armed});
    connect(m_header.mode(), &QAbstractButton::clicked, this, [this, modes] { openBelow(modes, m_header.mode()); });
    const auto choose = [this](QAction *action, Mode mode) {
        connect(action, &QAction::triggered, this, [this, mode] {
            const auto done = m_contexts.setMode(m_contexts.current(), mode);
            if (!done) {
                Q_EMIT said(errorText(done.error()).sentence());
            }
            Q_EMIT modeChanged();
        });
    };
    choose(m_actions->readOnly, Mode::ReadOnly);
    choose(m_actions->guarded, Mode::Guarded);
    choose(m_actions->armed, Mode::Armed);
}

void HeaderMenus::fillContexts()
{
    m_menu->clear();
    for (const auto &context : m_contexts.contexts()) {
        const int failed = m_pictures.failedIn(context.id);
        auto text = tr("%1   %2").arg(context.name, environmentWord(context.environment));
        if (failed > 0) {
            text += tr(", %n failed", nullptr, failed);
        }
        auto *action = m_menu->addAction(text.replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setIcon(symbol(lookOf(context.environment).icon));
        action->setCheckable(true);
        action->setChecked(context.id == m_contexts.current());
        connect(action, &QAction::triggered, this, [this, id = context.id] { m_contexts.setCurrent(id); });
    }
    m_menu->addSeparator();
    m_menu->addAction(m_actions->addContext);
}

} // namespace headgate
