// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/triage/evidence.h"

namespace headgate {

class FlowStrip;

//! Shows the way records take; hides the strip where nothing is known of it.
void showFlow(FlowStrip *strip, const std::vector<FlowHop> &hops);

} // namespace headgate
