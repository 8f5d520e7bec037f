// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/secrets/secretstore.h"

#include <QHash>

namespace headgate {

//! Secrets of this session only, where no secret service answers. GUI thread. Wiped when overwritten, removed and at
//! the end.
class MemorySecretStore final : public SecretStore
{
public:
    ~MemorySecretStore() override;
    Task<QByteArray> lookup(SecretRef ref, CallOptions options) override;
    Task<void> store(SecretRef ref, QString label, QByteArray secret, CallOptions options) override;
    Task<void> remove(SecretRef ref, CallOptions options) override;
    bool isPersistent() const override { return false; }

private:
    QHash<SecretRef, QByteArray> m_secrets;
};

} // namespace headgate
