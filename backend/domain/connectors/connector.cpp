// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/connector.h"

#include <algorithm>

namespace headgate {

const QString *findConfig(const ConfigMap &config, const QString &key)
{
    const auto found = std::ranges::find(config, key, &ConfigMap::value_type::first);
    return found == config.end() ? nullptr : &found->second;
}

} // namespace headgate
