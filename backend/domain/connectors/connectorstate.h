// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace headgate {

//! AbstractStatus.State of Connect; Unknown keeps what was said in State::raw, so that a state of tomorrow survives.
enum class RunState { Running, Paused, Stopped, Failed, Unassigned, Restarting, Unknown };

struct State
{
    RunState run = RunState::Unknown;
    QString raw; //!< as the worker wrote it, e.g. "RUNNING", "BANANA"

    bool operator==(const State &) const = default;
};

enum class ConnectorType { Source, Sink, Unknown };

//! "RUNNING" -> Running (exact, case-sensitive as Connect writes it); anything else -> Unknown with its text.
State parseState(const QString &text);
ConnectorType parseConnectorType(const QString &text);

} // namespace headgate
