// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAbstractButton;
class QMenu;
class QWidget;

namespace headgate {

class ContextsService;
class HeaderStrip;
class PictureSource;
class ShellActions;

/*! What opens below the header strip: the contexts to choose from, with what failed in each, and the modes. GUI thread;
 * owned by the window. */
class HeaderMenus final : public QObject
{
    Q_OBJECT
public:
    HeaderMenus(ContextsService &contexts, const PictureSource &pictures, const HeaderStrip &header,
        ShellActions *actions, QWidget *window);

Q_SIGNALS:
    void modeChanged();
    void said(const QString &sentence); //!< why a mode could not be had

private:
    void fillContexts();
    void wireModes(QWidget *window);

    ContextsService &m_contexts;
    const PictureSource &m_pictures;
    const HeaderStrip &m_header;
    ShellActions *m_actions;
    QMenu *m_menu;
};

} // namespace headgate
