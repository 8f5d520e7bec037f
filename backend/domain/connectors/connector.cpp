// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/connector.h"

#include <QCryptographicHash>

#include <algorithm>

namespace headgate {

const QString *findConfig(const ConfigMap &config, const QString &key)
{
    const auto found = std::ranges::find(config, key, &ConfigMap::value_type::first);
    return found == config.end() ? nullptr : &found->second;
}

QByteArray configHash(const ConfigMap &config)
{
    auto pairs = config;
    std::ranges::sort(pairs);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &[key, value] : pairs) {
        for (const auto &text : {key.toUtf8(), value.toUtf8()}) {
            hash.addData(QByteArray(
                QByteArray::number(text.size()) + ':' + text)); // lengths, so that pairs cannot run into each other
        }
    }
    return hash.result();
}

} // namespace headgate
