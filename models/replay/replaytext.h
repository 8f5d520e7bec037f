// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayprogress.h"

namespace headgate {

//! @{ Sentences about replays, for the window and the terminal. Plain texts, translated.
QString warningText(const PlanWarning &warning);
QString driftText(const PlanDrift &drift);
QString differenceText(const PositionDifference &difference);
QString replayStepText(ReplayStep step); //!< "Set the positions"
QString stepStateText(StepState state);  //!< "done"
QString positionsText(PositionsAre positions);
QString choiceText(ReplayChoice choice);
QString downstreamText(const Downstream &downstream);
QString againText(
    const ReplayPlan &plan); //!< "1,500 records are delivered again", "at most ..." where counts are bounds
QString bytesText(const ReplayPlan &plan);   //!< "about 2.2 MB, within 8 %"; "not known: ..."
QString secondsText(const ReplayPlan &plan); //!< "about 2 min at 11 records/s"; "not known: ..."
//! @}

} // namespace headgate
