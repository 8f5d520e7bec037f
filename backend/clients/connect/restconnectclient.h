// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "clients/secrets/secretstore.h"

#include <memory>

namespace headgate {

//! The real client of one Connect cluster, over HTTP. A faulty configuration is told by the first call, not here.
std::unique_ptr<ConnectClient> makeRestConnectClient(
    const ConnectClusterConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock);

} // namespace headgate
