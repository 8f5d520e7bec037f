// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectors/connectoractions.h"

#include "views/common/actions.h"

#include <algorithm>

namespace headgate {

ConnectorActions::ConnectorActions(QObject *page)
    : QObject(page)
{
    add(page, OperationKind::Pause, QStringLiteral("connectors.pause"), QStringLiteral("pause"));
    add(page, OperationKind::Resume, QStringLiteral("connectors.resume"), QStringLiteral("resume"));
    add(page, OperationKind::Stop, QStringLiteral("connectors.stop"), QStringLiteral("stop"));
    add(page, OperationKind::RestartFailed, QStringLiteral("connectors.restartFailed"), QStringLiteral("restart"));
    add(page, OperationKind::RestartAllTasks, QStringLiteral("connectors.restartAll"));
    add(page, OperationKind::RestartConnector, QStringLiteral("connectors.restartConnector"));
    add(page, OperationKind::Replay, QStringLiteral("connectors.replay"), QStringLiteral("replay"));
}

void ConnectorActions::add(QObject *page, OperationKind kind, const QString &id, const QString &icon)
{
    auto *action = makeAction(page, id, {}, icon);
    if (kind != OperationKind::Replay) { // a plan may be made and exported in any mode
        markMutating(action);
    }
    connect(action, &QAction::triggered, this, [this, kind] {
        if (m_connector) {
            OperationRequest request;
            request.kind = kind;
            request.connector = *m_connector;
            Q_EMIT wanted(request);
        }
    });
    m_actions.emplace_back(kind, action);
}

QAction *ConnectorActions::of(OperationKind kind) const
{
    return std::ranges::find(m_actions, kind, &std::pair<OperationKind, QAction *>::first)->second;
}

void ConnectorActions::show(const std::optional<ConnectorDetail> &detail, const ContextPicture &picture)
{
    m_connector = detail ? std::optional(detail->ref) : std::nullopt;
    const auto facts = detail ? findConnector(picture, detail->ref) : nullptr;
    for (const auto &[kind, action] : m_actions) {
        if (facts == nullptr) {
            action->setText(action->text().isEmpty() ? tr("Act on a connector...") : action->text());
            setAvailable(action, detail ? tr("it was deleted") : tr("no connector is selected"));
            continue;
        }
        const auto offer = offerOf(kind, *facts, picture);
        action->setText(offer.label);
        setAvailable(action, offer.reason);
        setPaletteGroup(action, tr("On %1").arg(detail->title));
        const auto run = facts->status.connector.run;
        const bool halted = run == RunState::Paused || run == RunState::Stopped;
        action->setVisible((kind != OperationKind::Pause || !halted) && (kind != OperationKind::Resume || halted));
    }
}

} // namespace headgate
