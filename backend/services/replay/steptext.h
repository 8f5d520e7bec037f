// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "domain/replay/replayplan.h"

namespace headgate {

// Small words of a replay's steps: what differs, what forbids, which refusal is which.

//! The worker said no in a way that passes: nothing was done, and asking again may help.
bool passes(ErrorKind kind);
//! It was sent and may have been done, or half of it. A 5xx without a known text belongs here.
bool isUnsure(ErrorKind kind);
QString stateText(const ConnectorStatus &status); //!< "STOPPED, no task"
QString partitionText(const TopicPartition &tp);  //!< "orders-3"
QString entryText(const ConnectorOffset &entry);  //!< "orders-3", or the partition's JSON
//! @{ One line each.
QString linesOf(const std::vector<PositionDifference> &differences);
QString linesOf(const std::vector<PlanDrift> &drift);
QString objectionsOf(const ReplayPlan &plan); //!< what forbids sending, with both bounds
//! @}
Error conflict(const QString &message, const QString &detail = {});

} // namespace headgate
