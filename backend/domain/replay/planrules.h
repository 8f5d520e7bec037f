// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Of the planning rule's own files.

#include "domain/replay/replayplan.h"

namespace headgate {

//! @{ Adds moves, counts and warnings to a plan that knows what it is about.
Result<void> planSink(ReplayPlan &plan, const ReplayFacts &facts);
Result<void> planSource(ReplayPlan &plan, const ReplayFacts &facts);
//! @}

//! Fills `before`, bounds and counts of a move whose `after` is known; adds what speaks against it.
void countMove(ReplayPlan &plan, PartitionMove &move, const ReplayPartition &facts, const ReplayFacts &all);
//! Sums, and the warnings of topics, group and downstream.
void finishSink(ReplayPlan &plan, const ReplayFacts &facts);
void putForbiddingFirst(ReplayPlan &plan);

} // namespace headgate
