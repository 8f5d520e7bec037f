// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

namespace headgate {

//! "90m", "24h", "7d" before `now`, "2026-03-10" (its first moment, UTC) or "2026-03-10T09:05:00Z". InvalidInput.
Result<Instant> sinceFromText(const QString &text, Instant now);

} // namespace headgate
