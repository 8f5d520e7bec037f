// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/policy.h"
#include "domain/triage/snapshot.h"

namespace headgate {

/*! More than `lagBehind` behind and not falling for `lagNotFalling`. Watched for a shorter time, a position that is
 * older than both together was behind all the time: then two samples that don't fall are enough. */
bool isLagging(const ConnectorFacts &facts, const TriagePolicy &policy);

//! Records per second between the oldest and the newest sample of the last `window`; 0 below two samples. > 0 grows.
double lagSlope(const std::vector<LagSample> &history, Milliseconds window);

//! For how long the lag has not fallen below its value of then, as far back as the samples reach.
Milliseconds notFallingFor(const std::vector<LagSample> &history);

} // namespace headgate
