// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/actions.h"

#include "views/common/symbolicon.h"

namespace headgate {

namespace {

constexpr auto mutatingProperty = "mutating";
constexpr auto rememberedProperty = "remembered";
constexpr auto reasonProperty = "reason";
constexpr auto groupProperty = "paletteGroup";
constexpr auto symbolProperty = "symbol";

} // namespace

QAction *makeAction(
    QObject *owner, const QString &id, const QString &text, const QString &icon, const QKeySequence &key)
{
    auto *action = new QAction(text, owner);
    action->setObjectName(id);
    if (!icon.isEmpty()) {
        action->setIcon(symbol(icon));
        action->setProperty(symbolProperty, icon);
    }
    action->setShortcut(key);
    return action;
}

void markMutating(QAction *action)
{
    action->setProperty(mutatingProperty, true);
}

bool isMutating(const QAction *action)
{
    return action->property(mutatingProperty).toBool();
}

void setAvailable(QAction *action, const QString &reason)
{
    if (reason == reasonOf(action) && action->isEnabled() == reason.isEmpty()) {
        return;
    }
    action->setProperty(reasonProperty, reason);
    action->setToolTip(reason.isEmpty() ? action->text() : reason);
    action->setEnabled(reason.isEmpty());
    Q_EMIT action->changed(); // the reason alone may have changed
}

QString reasonOf(const QAction *action)
{
    return action->property(reasonProperty).toString();
}

void markRemembered(QAction *action)
{
    action->setProperty(rememberedProperty, true);
}

bool isRemembered(const QAction *action)
{
    return action->property(rememberedProperty).toBool();
}

void setPaletteGroup(QAction *action, const QString &group)
{
    action->setProperty(groupProperty, group);
}

QString symbolOf(const QAction *action)
{
    return action->property(symbolProperty).toString();
}

QString paletteGroupOf(const QAction *action)
{
    return action->property(groupProperty).toString();
}

} // namespace headgate
