// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/secrets/sessionsecrets.h"

namespace headgate {

SessionSecrets::SessionSecrets(std::shared_ptr<SecretStore> behind)
    : m_behind(std::move(behind))
{
}

SessionSecrets::~SessionSecrets()
{
    for (auto &secret : m_kept) {
        secret.fill('\0');
    }
}

void SessionSecrets::keep(const SecretRef &ref, QByteArray secret)
{
    m_kept.insert(ref, std::move(secret));
}

Task<QByteArray> SessionSecrets::lookup(SecretRef ref, CallOptions options)
{
    if (const auto kept = m_kept.constFind(ref); kept != m_kept.cend()) {
        co_return *kept;
    }
    if (m_behind) {
        co_return co_await m_behind->lookup(std::move(ref), std::move(options));
    }
    co_return failure({.kind = ErrorKind::NotFound,
        .message = QStringLiteral("No secret is known for this login"),
        .target = ref.text});
}

Task<void> SessionSecrets::store(SecretRef ref, QString label, QByteArray secret, CallOptions options)
{
    if (m_behind) {
        co_return co_await m_behind->store(std::move(ref), std::move(label), std::move(secret), std::move(options));
    }
    keep(ref, std::move(secret));
    co_return {};
}

Task<void> SessionSecrets::remove(SecretRef ref, CallOptions options)
{
    m_kept.remove(ref);
    if (m_behind) {
        co_return co_await m_behind->remove(std::move(ref), std::move(options));
    }
    co_return {};
}

bool SessionSecrets::isPersistent() const
{
    return m_behind && m_behind->isPersistent();
}

} // namespace headgate
