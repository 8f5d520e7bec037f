// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/secrets/memorysecretstore.h"

namespace headgate {

MemorySecretStore::~MemorySecretStore()
{
    for (auto &secret : m_secrets) {
        secret.fill('\0');
    }
}

Task<QByteArray> MemorySecretStore::lookup(SecretRef ref, CallOptions /*options*/)
{
    const auto found = m_secrets.constFind(ref);
    if (found == m_secrets.cend()) {
        co_return failure(
            {.kind = ErrorKind::NotFound, .message = QStringLiteral("No such secret"), .target = ref.text});
    }
    co_return *found;
}

Task<void> MemorySecretStore::store(SecretRef ref, QString /*label*/, QByteArray secret, CallOptions /*options*/)
{
    m_secrets[ref].fill('\0');
    m_secrets[ref] = secret;
    co_return {};
}

Task<void> MemorySecretStore::remove(SecretRef ref, CallOptions /*options*/)
{
    m_secrets[ref].fill('\0');
    m_secrets.remove(ref);
    co_return {};
}

} // namespace headgate
