// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/connectorstate.h"

#include <array>
#include <utility>

namespace headgate {

State parseState(const QString &text)
{
    static const std::array<std::pair<QLatin1String, RunState>, 6> known {{
        {QLatin1String("RUNNING"), RunState::Running},
        {QLatin1String("PAUSED"), RunState::Paused},
        {QLatin1String("STOPPED"), RunState::Stopped},
        {QLatin1String("FAILED"), RunState::Failed},
        {QLatin1String("UNASSIGNED"), RunState::Unassigned},
        {QLatin1String("RESTARTING"), RunState::Restarting},
    }};
    for (const auto &[word, state] : known) {
        if (text == word) {
            return {state, text};
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
