// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report.h"
#include "runtime.h"

namespace headgate {

// What the verbs of sagas share: opening, confirming, following to the end.

//! Opens the line's context and waits for its workers; else the fault is reported.
QCoro::Task<Exit> openedBy(Runtime *runtime, CommandLine line, Report report, ContextId *id);
QCoro::Task<Exit> failedBy(Report report, Error error);
//! Why nothing was sent, one sentence; empty: everything is confirmed.
QString missing(const CommandLine &line, const ConnectorRef &ref, bool nameNeeded, bool reasonNeeded);
/*! Its steps as they are recorded, then how it ended. `goesOn`: the verb that goes on where this program is ended. The
 * first Ctrl+C lets it go at its next safe place: it is interrupted then, and `left` is it, whose choices are said by
 * the caller; without `left` what was done is said here. */
QCoro::Task<Exit> follow(
    Runtime *runtime, CommandLine line, Report report, OperationId id, QString goesOn, Operation *left = nullptr);

} // namespace headgate
