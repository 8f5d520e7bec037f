// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/tracereader.h"

namespace headgate {

//! What a known pattern says about a trace.
struct TraceFinding
{
    CauseKind kind = CauseKind::Unknown;
    int frame = -1; //!< index in the chain where the pattern was seen
    QString setting;
    bool recurs = false;

    bool operator==(const TraceFinding &) const = default;
};

/*! The first known pattern that fits, most specific first; within a pattern the innermost frame. Patterns are parts of
 * class names and of messages as Connect, its clients and its common plugins print them. */
TraceFinding findPattern(const TraceText &trace);

} // namespace headgate
