// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/problem.h"
#include "models/common/spans.h"

namespace headgate {

/*! What a trace means, as a sentence: the first clause strong, text from outside plain and cut. Pure; one sentence a
 * CauseKind. `system` is the owner's word for the target ("billing-db") and stands in where the trace names nobody. */
Spans causeSentence(const TraceExplanation &trace, const QString &system);

//! What to do about a kind of failure: the next step and the setting that decides. Empty for Unknown.
QString causeAdvice(const TraceExplanation &trace);

//! The message of the first cause, its first line, without the class and "ERROR:"; the class where there is no message.
QString firstCauseText(const TraceExplanation &trace);
//! "PSQLException" of "org.postgresql.util.PSQLException".
QString shortClass(const QString &exceptionClass);

} // namespace headgate
