// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectors/connectorcopy.h"

#include <QObject>

#include <memory>
#include <vector>

class QAction;
class QMenu;

namespace headgate {

//! Copies the configuration of the connector in view, in one form each; all are in the palette. GUI thread.
class ConnectorCopies final : public QObject
{
    Q_OBJECT
public:
    explicit ConnectorCopies(QObject *page);
    ~ConnectorCopies() override;
    //! nullptr: nothing is selected. The picture is only read now.
    void show(const ConnectorFacts *connector, const ContextPicture &picture);
    QAction *menuAction() const; //!< opens the forms; for another menu

Q_SIGNALS:
    void said(const QString &sentence);

private:
    void copy(CopyForm form);

    std::unique_ptr<QMenu> m_menu;
    std::vector<QAction *> m_actions;
    ContextPicture m_picture;
    std::optional<ConnectorRef> m_connector;
};

} // namespace headgate
