// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/position.h"

namespace headgate {

/*! A position from what was chosen and typed. Times are local unless they carry an offset: "2026-03-10 09:05",
 * "2026-03-10T09:05:00Z". InvalidInput: the message is a sentence for the person who typed. */
Result<Position> positionFromInput(PositionKind kind, const QString &typed);
//! What would be typed for it; empty for positions without a value.
QString inputText(const Position &position);
//! What the value means, in a few words: "first record at or after it, Europe/Berlin (UTC+01:00)".
QString inputHint(PositionKind kind);

} // namespace headgate
