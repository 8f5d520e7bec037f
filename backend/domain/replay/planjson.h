// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Of the plan file's own files: the only header of this folder that knows nlohmann.

#include "domain/replay/replayplan.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace headgate {

nlohmann::json planJson(const ReplayPlan &plan);
//! Nothing where a field is missing or of another type.
std::optional<ReplayPlan> planFromJson(const nlohmann::json &json);

} // namespace headgate
