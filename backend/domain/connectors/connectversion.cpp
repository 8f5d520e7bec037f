// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/connectversion.h"

#include <utility>

namespace headgate {

bool isAtLeast(const QString &serverVersion, int major, int minor)
{
    bool readable = false;
    std::pair version {serverVersion.section(u'.', 0, 0).toInt(&readable), serverVersion.section(u'.', 1, 1).toInt()};
    if (!readable) {
        return true;
    }
    if (serverVersion.contains(QLatin1String("-ccs")) || serverVersion.contains(QLatin1String("-ce"))) {
        version = version.first >= 7 ? std::pair {version.first - 4, version.second}
                                     : std::pair {2, version.first == 6 ? version.second + 6 : version.second};
    }
    return version >= std::pair {major, minor};
}

} // namespace headgate
