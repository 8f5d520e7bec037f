// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"
#include "domain/contexts/context.h"

namespace headgate {

/*! Where secrets live. The libsecret store is probed for 300 ms; where no service answers, an in-memory store takes its
 * place and says so: never a file. */
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    virtual Task<QByteArray> lookup(SecretRef ref, CallOptions options) = 0; //!< NotFound, SecretsUnavailable
    virtual Task<void> store(SecretRef ref, QString label, QByteArray secret, CallOptions options) = 0;
    virtual Task<void> remove(SecretRef ref, CallOptions options) = 0;
    virtual bool isPersistent() const = 0; //!< false: in memory for this session, and the window says it
};

} // namespace headgate
