// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayprogress.h"

namespace headgate {

/*! Writes into an operations log what a replay leaves behind whose program ended after `last` was begun: its plan, the
 * steps before as done, `saved` in its snapshot. Another boot's lease: its process is gone. False: not written. */
bool leaveReplay(const QString &logFile, const ReplayPlan &plan, const std::vector<ConnectorOffset> &saved,
    ReplayStep last, Instant now);

} // namespace headgate
