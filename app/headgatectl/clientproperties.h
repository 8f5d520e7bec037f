// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "domain/contexts/context.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace headgate {

//! A context of one run, and the secrets that its references stand for.
struct ClientProperties
{
    ContextConfig context;
    std::vector<std::pair<SecretRef, QByteArray>> secrets;
};

/*! Reads the file of --config, `key = value` lines with `#` comments, into `context`:
 *
 *     mode = guarded                      (read-only, guarded)
 *     environment = staging               (development, staging, production; production where nothing is said)
 *     connect.user, connect.password, connect.token
 *     connect.ca.location, connect.certificate.location, connect.key.location, connect.key.password
 *     security.protocol, sasl.mechanism, sasl.username, sasl.password
 *     ssl.ca.location, ssl.certificate.location, ssl.key.location, ssl.key.password, client.id
 *
 * InvalidInput with the line for an unknown key or word; values are never repeated. */
Result<ClientProperties> readClientProperties(const QByteArray &text, ContextConfig context);

} // namespace headgate
