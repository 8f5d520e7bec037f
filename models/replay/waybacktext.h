// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/replay/replayviewmodel.h"

namespace headgate {

//! @{ Sentences for what the view model shows. Plain texts, translated.
QString wayBackText(const ReplayViewModel::State &state);
//! What is known of an interrupted replay: how it came, the last step that is done, state, tasks, positions. `letGoBy`:
//! who stopped waiting; empty: its program ended.
QString interruptedText(const InterruptedReplay &replay, const QString &letGoBy = {});
//! "Stop and replay 3 partitions": what the button says.
QString runButtonText(const ReplayPlan &plan);
//! "Running, step 7 of 11"; empty: it does not run.
QString stepCountText(const ReplayProgress &progress);
//! @}

} // namespace headgate
