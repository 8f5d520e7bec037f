// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"

namespace headgate {

//! "Pause", "Restart failed tasks", "Restart task 1": the name of an operation without its connector.
QString operationName(const OperationRequest &request);
//! "M. Keller restarted task 1": one line of a story. `who` empty: "Somebody".
QString operationStory(const Operation &operation, const QString &who);
//! "confirmed", "refused", "failed", "outcome unknown", or the phase while it runs.
QString outcomeWord(const Operation &operation);

} // namespace headgate
