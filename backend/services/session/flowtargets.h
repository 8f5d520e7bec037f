// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/session/contextsession.h"
#include "services/session/flowtracker.h"

namespace headgate {

//! Whose flow is asked for, and whose each tick: what is on screen or in trouble. Pure.
std::vector<FlowTarget> flowTargets(
    const PlatformSnapshot &snapshot, const std::vector<ClusterPicture> &clusters, const Interest &interest);

} // namespace headgate
