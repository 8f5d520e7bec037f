// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/trace.h"

namespace headgate {

//! A trace taken apart, before anything is concluded from it.
struct TraceText
{
    std::vector<TraceFrame> chain; //!< outermost first, at most 64
    QString stage;                 //!< by the methods on the stack, or by name
    QString transform;             //!< class of the transformation that ran, e.g. "Cast"
    QString family; //!< whose code is on the stack: "debezium", "jdbc", "s3", ...; empty: Connect's or unknown

    bool operator==(const TraceText &) const = default;
};

/*! Reads Java's printStackTrace format: messages over several lines, "Caused by:", "... 14 more"; what is below
 * "Suppressed:" is skipped. Reads 256,000 characters, messages of 4,000; one pass, no recursion. */
TraceText readTrace(QStringView trace);

} // namespace headgate
