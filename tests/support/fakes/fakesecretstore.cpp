// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakesecretstore.h"

namespace headgate {

Task<QByteArray> FakeSecretStore::lookup(SecretRef ref, CallOptions)
{
    if (broken) {
        co_return failure(*broken);
    }
    if (!secrets.contains(ref)) {
        co_return failure({.kind = ErrorKind::NotFound, .message = QStringLiteral("No such secret: %1").arg(ref.text)});
    }
    co_return secrets.value(ref);
}

Task<void> FakeSecretStore::store(SecretRef ref, QString, QByteArray secret, CallOptions)
{
    if (broken) {
        co_return failure(*broken);
    }
    secrets.insert(ref, secret);
    co_return {};
}

Task<void> FakeSecretStore::remove(SecretRef ref, CallOptions)
{
    if (broken) {
        co_return failure(*broken);
    }
    secrets.remove(ref);
    co_return {};
}

} // namespace headgate
