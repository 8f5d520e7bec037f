// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayplan.h"
#include "models/operations/operationtext.h"

namespace headgate {

//! The effect of a sink's plan in four figures: records again (or skipped), bytes, time, duplicates behind. What is not
//! known stands there as no data, with the reason in its tool tip.
std::vector<EffectFigure> replayFigures(const ReplayPlan &plan);
//! What stands behind the figures, caption and sentence: the system behind, how sure the counts are.
std::vector<std::pair<QString, QString>> replayFacts(const ReplayPlan &plan);

} // namespace headgate
