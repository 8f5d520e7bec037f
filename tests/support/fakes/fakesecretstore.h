// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/secrets/secretstore.h"

#include <QHash>

namespace headgate {

//! Secrets in memory, with a switch for a store that is locked. Main thread.
class FakeSecretStore final : public SecretStore
{
public:
    Task<QByteArray> lookup(SecretRef ref, CallOptions options) override;
    Task<void> store(SecretRef ref, QString label, QByteArray secret, CallOptions options) override;
    Task<void> remove(SecretRef ref, CallOptions options) override;
    bool isPersistent() const override { return persistent; }

    QHash<SecretRef, QByteArray> secrets;
    std::optional<Error> broken; //!< every call fails so
    bool persistent = true;
};

} // namespace headgate
