// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectors/connectordetail.h"

#include <QObject>

class QAction;

namespace headgate {

/*! The acts on the connector in view: their labels say what they would do to it now, their reasons why they cannot.
 * Triggering only asks; the shell shows the preview. GUI thread; the actions belong to the page, which names them in
 * the palette. */
class ConnectorActions final : public QObject
{
    Q_OBJECT
public:
    explicit ConnectorActions(QObject *page);
    QAction *of(OperationKind kind) const;
    //! No detail: nothing is selected.
    void show(const std::optional<ConnectorDetail> &detail, const ContextPicture &picture);

Q_SIGNALS:
    void wanted(const headgate::OperationRequest &request);

private:
    void add(QObject *page, OperationKind kind, const QString &id, const QString &icon = {});

    std::vector<std::pair<OperationKind, QAction *>> m_actions;
    std::optional<ConnectorRef> m_connector;
};

} // namespace headgate
