// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/problem.h"

namespace headgate {

//! When and by which thresholds a board is made. The parts of findProblems() share it; lives for one call.
struct Moment
{
    const TriagePolicy &policy;
    Instant now;
    Monotonic monotonic;
};

std::vector<int> tasksIn(const ConnectorStatus &status, RunState state);

//! Not a single missed poll, or never heard of at all.
bool isStillUnreachable(const ConnectClusterFacts &cluster, const TriagePolicy &policy);

//! What a card shows of its connector whatever the matter is.
void describe(Problem &problem, const ConnectorFacts &facts, const TriagePolicy &policy);

//! @{ What is wrong now, in no order.
void addConnectorProblems(std::vector<Problem> &problems, const ConnectorFacts &facts,
    const ConnectClusterFacts &cluster, const Moment &moment);
void addClusterProblems(std::vector<Problem> &problems, const ConnectClusterFacts &cluster,
    const PlatformSnapshot &snapshot, const Moment &moment);
//! @}

} // namespace headgate
