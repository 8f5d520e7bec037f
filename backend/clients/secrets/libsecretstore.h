// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/secrets/secretstore.h"

#include <chrono>
#include <memory>

namespace headgate {

/*! The desktop's secret service by libsecret (in Flatpak: the Secret portal). GUI thread; the synchronous API runs in
 * the pool, where it may wait for a person who unlocks the keyring, under the caller's deadline. Errors: NotFound,
 * SecretsUnavailable, DeadlineExceeded. */
std::shared_ptr<SecretStore> makeLibsecretStore();

/*! The secret service where it answers within `probe`, else a store in memory with isPersistent() false: never a file.
 * Always a store. */
Task<std::shared_ptr<SecretStore>> openSecretStore(std::chrono::milliseconds probe = std::chrono::milliseconds(300));

/*! The same, opened at the first call, for programs that compose their edges before a loop runs. Until then
 * isPersistent() says true. */
std::shared_ptr<SecretStore> makeDesktopSecrets();

} // namespace headgate
