// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QAction;

namespace headgate {

//! Primary: one per window, the most useful safe step. Danger: outlined, never filled, never default. Safe: Cancel with
//! heavy border.
enum class ButtonKind { Normal, Primary, Danger, Safe, Link };

QSize buttonIconSize(); //!< wider than high: the rest is the gap before the text
QPushButton *makeButton(const QString &text, ButtonKind kind = ButtonKind::Normal, QWidget *parent = nullptr);
//! 26 px high, for cards and panes.
QPushButton *makeSmallButton(const QString &text, ButtonKind kind = ButtonKind::Normal, QWidget *parent = nullptr);
//! A symbol in the colour of the button's text, whatever its kind is or becomes.
void setButtonSymbol(QPushButton *button, const QString &name);
void setButtonKind(QPushButton *button, ButtonKind kind);

/*! A button that is the action: text, icon, enabled state; while disabled its tool tip and accessible description say
 * why (the action's reason, see actions.h). */
QPushButton *makeActionButton(QAction *action, ButtonKind kind = ButtonKind::Normal, QWidget *parent = nullptr);

} // namespace headgate
