// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"

namespace headgate {

//! What the steps of a replay found beyond its plan.
struct ReplayFindings
{
    std::optional<std::vector<ConnectorOffset>> saved;    //!< all positions, right before some were set
    std::optional<std::vector<ConnectorOffset>> readBack; //!< all, as last read back and found as they should be
    std::optional<std::int64_t> again, skipped;           //!< counted after the stop

    bool operator==(const ReplayFindings &) const = default;
};
ReplayFindings findingsOf(const Operation &operation);

} // namespace headgate
