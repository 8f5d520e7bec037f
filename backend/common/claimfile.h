// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace headgate {

/*! Beside the state file of a kept sandbox: locked by its worker from its first moment to its end, so that there is one
 * worker a state file, also where whoever started it was killed before the state was written. */
inline QString claimFile(const QString &stateFile)
{
    return stateFile + QLatin1String(".owner");
}

} // namespace headgate
