// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/secrets/secretstore.h"

#include <QHash>

#include <memory>

namespace headgate {

/*! Secrets of this run in front of a lasting store: logins of playgrounds, what the command line brought, and
 * everything where no secret service answers. Kept ones are found first and never written to `behind`. Main thread;
 * shared by the edges. */
class SessionSecrets final : public SecretStore
{
public:
    explicit SessionSecrets(std::shared_ptr<SecretStore> behind = nullptr);
    ~SessionSecrets() override;
    SessionSecrets(const SessionSecrets &) = delete;
    SessionSecrets &operator=(const SessionSecrets &) = delete;

    void keep(const SecretRef &ref, QByteArray secret); //!< in memory until this run ends

    Task<QByteArray> lookup(SecretRef ref, CallOptions options) override;
    Task<void> store(SecretRef ref, QString label, QByteArray secret, CallOptions options) override;
    Task<void> remove(SecretRef ref, CallOptions options) override;
    bool isPersistent() const override;

private:
    std::shared_ptr<SecretStore> m_behind;
    QHash<SecretRef, QByteArray> m_kept;
};

} // namespace headgate
