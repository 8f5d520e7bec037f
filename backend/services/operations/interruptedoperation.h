// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "common/clock.h"
#include "services/operations/operationrecords.h"

#include <memory>

namespace headgate {

/*! What the platform says now about an operation whose process ended before it knew. Only a state that speaks for
 * itself gives the outcome, within three times `settle`; without one a person has to close it. `client` is NotFound
 * when its context is gone. Reads only. */
QCoro::Task<Operation> readInterrupted(LoggedOperation found, Result<std::shared_ptr<ConnectClient>> client,
    std::shared_ptr<Clock> clock, Milliseconds settle, std::stop_token stop);

} // namespace headgate
