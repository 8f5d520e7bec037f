// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "models/common/spans.h"

namespace headgate {

//! A failure as a person reads it. Plain texts, translated.
struct ErrorText
{
    QString what;  //!< what did not happen and who said so: "connect-eu-1:8083 refused the login."
    QString state; //!< how things are now: "Nothing was sent."
    QString next;  //!< what to do: "Check user and password of this context."

    QString sentence() const; //!< all three in order
    bool operator==(const ErrorText &) const = default;
};

//! Who reads it. The window keeps its last picture and asks again by itself; a command in a terminal has ended by then.
enum class Reader { Window, Terminal };

/*! The only place where a failure becomes sentences; the window and headgatectl share it. `error.message` and
 * `error.target` come from outside: they enter as plain text, cut to a line. */
ErrorText errorText(const Error &error, Reader reader = Reader::Window);
//! The same as spans, what did not happen strong; `more` at their end.
Spans errorSpans(const Error &error, const QString &more = {});

} // namespace headgate
