// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/standingword.h"

#include <QCoreApplication>

namespace headgate {

QString standingWord(Standing standing)
{
    struct Words
    {
        Q_DECLARE_TR_FUNCTIONS(Standing)
    };
    switch (standing) {
    case Standing::Failed:
        return Words::tr("Failed");
    case Standing::Unreachable:
        return Words::tr("Unreachable");
    case Standing::Degraded:
        return Words::tr("Degraded");
    case Standing::Unassigned:
        return Words::tr("Unassigned");
    case Standing::Lagging:
        return Words::tr("Lagging");
    case Standing::Restarting:
        return Words::tr("Restarting");
    case Standing::Unknown:
        return Words::tr("Unknown");
    case Standing::Paused:
        return Words::tr("Paused");
    case Standing::Stopped:
        return Words::tr("Stopped");
    case Standing::Running:
        return Words::tr("Running");
    }
    return {};
}

} // namespace headgate
