// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/connector.h"

namespace headgate {

//! What a sink's errors.* keys ask for (KIP-298). Order of loss: the further down, the more is lost.
struct ErrorRules
{
    QString tolerance;       //!< "none" (also where nothing is set) or "all"; Connect takes no other word
    QString deadLetterTopic; //!< empty: none
    int deadLetterReplication = 3;
    bool deadLetterHeaders = false, log = false, logMessages = false;

    bool toleratesAll() const { return tolerance == QLatin1String("all"); }
    bool operator==(const ErrorRules &) const = default;
};
ErrorRules errorRules(const ConfigMap &config);

//! What becomes of a record that a converter or transformation refuses.
enum class RecordFate {
    DeadLettered,        //!< written to the dead letter topic; the task goes on
    Logged,              //!< dropped with a line in the worker's log
    Dropped,             //!< gone without a trace
    StopsTask,           //!< the task fails, and a restart meets it again
    StopsAfterDeadLetter //!< the same, but it lies in the dead letter topic too, once for each try
};
RecordFate fateOfRefused(const ErrorRules &rules);
bool stopsTask(RecordFate fate);

} // namespace headgate
