// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/runtime/connectorentry.h"
#include "localworker/runtime/resterror.h"
#include "localworker/runtime/sinkoffsets.h"

namespace headgate::localworker {

//! @{ Request bodies. A body that cannot be read is answered 500, not 400: so does real Connect, whose words these are.
struct CreateRequest
{
    std::string name;
    ConnectorConfig config;
    TargetState initial = TargetState::Started;
};
RestResult<CreateRequest> readCreateRequest(const std::string &body);
//! An object of scalars. `whenNull` is what Connect says to a body of `null` or none.
RestResult<Json> readSettings(const std::string &body, const std::string &whenNull);
RestResult<std::vector<PositionChange>> readPositions(const std::string &body);
//! @}

} // namespace headgate::localworker
