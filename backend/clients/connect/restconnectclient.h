// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "clients/secrets/secretstore.h"

#include <memory>

namespace headgate {

struct RestLimits
{
    qint64 maxBody = 256LL * 1024 * 1024; //!< bytes of one answer; above it TooLarge
};

//! The real client of one Connect cluster, over HTTP. A faulty configuration is told by the first call, not here.
std::unique_ptr<ConnectClient> makeRestConnectClient(const ConnectClusterConfig &config,
    std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock, RestLimits limits = {});

} // namespace headgate
