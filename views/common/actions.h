// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>

namespace headgate {

/*! Actions of the window. Each is in the command palette, disabled ones with their reason; a mutating one is disabled
 * in read-only mode. `mutating`: it ends (after its preview) in a write to the platform. */
QAction *makeAction(
    QObject *owner, const QString &id, const QString &text, const QString &icon = {}, const QKeySequence &key = {});
void markMutating(QAction *action);
bool isMutating(const QAction *action);

//! Enabled when `reason` is empty; otherwise disabled, and the reason is its tool tip and is shown beside it.
void setAvailable(QAction *action, const QString &reason);
QString reasonOf(const QAction *action);

QString symbolOf(const QAction *action); //!< name of its icon, for painters

//! @{ A checkable choice that is kept from start to start.
void markRemembered(QAction *action);
bool isRemembered(const QAction *action);
//! @}
//! Heading under which the palette lists it ("On invoices-jdbc-sink", "Go to", "Everywhere").
void setPaletteGroup(QAction *action, const QString &group);
QString paletteGroupOf(const QAction *action);

} // namespace headgate
