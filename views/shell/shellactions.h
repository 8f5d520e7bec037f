// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"
#include "views/common/page.h"

#include <QObject>

class QAction;

namespace headgate {

/*! The actions that work everywhere: pages, palette, keys, contexts, mode, theme. Each has its key and is found by the
 * palette. Owned by the window; the shell connects them. */
class ShellActions final : public QObject
{
    Q_OBJECT
public:
    explicit ShellActions(QWidget *window);

    QAction *palette, *keys, *filter, *back, *activity, *refresh, *contexts, *addContext, *quit;
    QAction *readOnly, *guarded, *armed;
    QAction *systemTheme, *lightTheme, *darkTheme;

    //! "Go to" for a page; `index` from 0 becomes its key.
    QAction *addPage(const QString &title, const QString &icon, int index);
    //! Which mode holds and why another cannot be chosen.
    void setMode(std::optional<Mode> mode);
    std::vector<KeyHint> everywhere() const;

private:
    QAction *add(
        const QString &id, const QString &text, const QString &icon, const QKeySequence &key, const QString &group);

    QWidget *m_window;
};

} // namespace headgate
