// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/buttons.h"

#include "themetokens.h"
#include "views/common/actions.h"
#include "views/common/symbolicon.h"

#include <QAction>
#include <QStyle>

namespace headgate {

namespace {

QString nameOf(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::Normal:
        return {};
    case ButtonKind::Primary:
        return QStringLiteral("primary");
    case ButtonKind::Danger:
        return QStringLiteral("danger");
    case ButtonKind::Safe:
        return QStringLiteral("safe");
    case ButtonKind::Link:
        return QStringLiteral("link");
    }
    Q_UNREACHABLE();
}

constexpr auto symbolProperty = "symbol";

void showSymbol(QPushButton *button)
{
    const auto name = button->property(symbolProperty).toString();
    const bool primary = button->property("kind") == nameOf(ButtonKind::Primary);
    button->setIcon(name.isEmpty() ? QIcon() : symbol(name, primary ? TextRole::OnAccent : TextRole::Text));
}

void takeFrom(QPushButton *button, const QAction *action)
{
    const auto reason = reasonOf(action);
    button->setText(action->text());
    setButtonSymbol(button, symbolOf(action));
    button->setEnabled(action->isEnabled());
    button->setVisible(action->isVisible());
    button->setToolTip(reason);
    button->setAccessibleDescription(reason);
}

} // namespace

QSize buttonIconSize()
{
    return {tokens::size::icon + 5, tokens::size::icon};
}

QPushButton *makeButton(const QString &text, ButtonKind kind, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    button->setIconSize(buttonIconSize());
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setButtonKind(button, kind);
    return button;
}

QPushButton *makeSmallButton(const QString &text, ButtonKind kind, QWidget *parent)
{
    auto *button = makeButton(text, kind, parent);
    button->setProperty("small", true);
    return button;
}

void setButtonKind(QPushButton *button, ButtonKind kind)
{
    button->setProperty("kind", nameOf(kind));
    button->style()->unpolish(button);
    button->style()->polish(button);
    showSymbol(button);
    if (kind == ButtonKind::Link) {
        button->setCursor(Qt::PointingHandCursor);
    }
}

void setButtonSymbol(QPushButton *button, const QString &name)
{
    button->setProperty(symbolProperty, name);
    showSymbol(button);
}

QPushButton *makeActionButton(QAction *action, ButtonKind kind, QWidget *parent)
{
    auto *button = makeSmallButton(action->text(), kind, parent);
    takeFrom(button, action);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, button, [button, action] { takeFrom(button, action); });
    return button;
}

} // namespace headgate
