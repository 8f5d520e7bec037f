// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/secrets/secretstore.h"

namespace headgate {

/*! The secret of a login that is set up. Missing ones are SecretsUnavailable: the store's NotFound would read as if the
 * other side lacked something. No target: who asks is told by the caller. */
inline Task<QByteArray> lookUpRequired(std::shared_ptr<SecretStore> store, SecretRef ref, CallOptions options)
{
    auto secret = co_await store->lookup(ref, options);
    if (!secret && secret.error().kind == ErrorKind::NotFound) {
        co_return failure({.kind = ErrorKind::SecretsUnavailable,
            .message = ref.isEmpty() ? QStringLiteral("No password or token is set for this login")
                                     : QStringLiteral("No secret is kept under \"%1\"").arg(ref.text)});
    }
    co_return secret;
}

} // namespace headgate
