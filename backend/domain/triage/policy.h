// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

namespace headgate {

//! Thresholds, read from resources/policy/triage.yaml and shown in tooltips.
struct TriagePolicy
{
    Milliseconds lagBehind {60'000};      //!< lagging: more than this behind ...
    Milliseconds lagNotFalling {60'000};  //!< ... and not falling for this long
    Milliseconds recoveredAfter {60'000}; //!< recovered: good for this long
    int missedPollsUntilStale = 3;
    Milliseconds healthDeadline {12'000};

    bool operator==(const TriagePolicy &) const = default;
};

} // namespace headgate
