// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/secrets/secretstore.h"
#include "common/task.h"
#include "domain/contexts/context.h"

#include <QSslConfiguration>

#include <memory>

namespace headgate {

//! What opens a Connect cluster's door: the login as it goes over the wire, and TLS. In memory only.
struct ConnectAccess
{
    QByteArray authorization; //!< "Basic ...", "Bearer ..." or empty
    QSslConfiguration tls;
};

/*! Reads secrets and PEM files (in the pool). Errors: InvalidInput for a file that holds no certificate or key,
 * SecretsUnavailable where the store lacks a secret or cannot be asked. */
Task<ConnectAccess> loadAccess(ConnectClusterConfig config, std::shared_ptr<SecretStore> secrets, CallOptions options);

} // namespace headgate
