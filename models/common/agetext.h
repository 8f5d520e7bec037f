// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QString>

namespace headgate {

//! "2 s old", "6 min old": how old knowledge is. One unit only, because it changes while one reads it. Never negative
//! (clocks differ).
QString ageText(Milliseconds age);
//! "2 s ago", the same for a moment.
QString agoText(Milliseconds age);
//! "11 min", "2 h", "3 d": one unit.
QString roundDuration(Milliseconds duration);

/*! A moment as evidence, local time, 24 h, with seconds: today "09:31:07", else "27 Feb 14:12:00", other years "27 Feb
 * 2025 14:12:00". Empty for the epoch's start, which stands for "not known". */
QString momentText(Instant instant, Instant now);
//! A moment for a narrow column: today "09:31", within six days "Fri", within eleven months "27 Feb", else "Feb 2024".
QString dayText(Instant instant, Instant now);

} // namespace headgate
