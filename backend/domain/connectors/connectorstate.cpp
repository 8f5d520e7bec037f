// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/connectorstate.h"

#include <array>

namespace headgate {

State parseState(const QString &text)
{
    // Literals are given back in place of the text: copies of a listing then count no references.
    static const std::array<State, 6> known {{
        {RunState::Running, QStringLiteral("RUNNING")},
        {RunState::Paused, QStringLiteral("PAUSED")},
        {RunState::Stopped, QStringLiteral("STOPPED")},
        {RunState::Failed, QStringLiteral("FAILED")},
        {RunState::Unassigned, QStringLiteral("UNASSIGNED")},
        {RunState::Restarting, QStringLiteral("RESTARTING")},
    }};
    for (const auto &state : known) {
        if (text == state.raw) {
            return state;
        }
    }
    return {RunState::Unknown, text};
}

ConnectorType parseConnectorType(const QString &text)
{
    if (text == QLatin1String("source")) {
        return ConnectorType::Source;
    }
    return text == QLatin1String("sink") ? ConnectorType::Sink : ConnectorType::Unknown;
}

} // namespace headgate
