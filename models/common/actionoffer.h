// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"

namespace headgate {

/*! An operation a person could ask for, with its honest name: "Restart 1 failed task..." restarts that and nothing
 * else. A disabled one says why. The ellipsis promises a preview. */
struct ActionOffer
{
    OperationRequest request;
    QString label;
    QString reason; //!< why it cannot be done now; empty = it can
    QString note;   //!< stands beside it, e.g. "will stop at the same record again"

    bool isEnabled() const { return reason.isEmpty(); }
    bool operator==(const ActionOffer &) const = default;
};

//! The verb with its count, e.g. "Restart connector and 3 tasks...". `task` for RestartTask.
QString actionLabel(OperationKind kind, const ConnectorFacts &facts, int task = -1);

/*! Why `kind` cannot be asked for: mode, state of the connector, a version of Connect without the call, an operation
 * that runs on it, a page that is too old to be acted on. Empty = it can. Pure. */
QString actionReason(OperationKind kind, const ConnectorFacts &facts, const ContextPicture &picture, int task = -1);

ActionOffer offerOf(OperationKind kind, const ConnectorFacts &facts, const ContextPicture &picture, int task = -1);
//! All of a connector in the order of its pane: restart failed, pause or resume, stop, restart all, restart connector,
//! each failed task.
std::vector<ActionOffer> offersOf(const ConnectorFacts &facts, const ContextPicture &picture);

} // namespace headgate
