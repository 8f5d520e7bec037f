// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"
#include "report.h"
#include "runtime.h"

namespace headgate {

/*! One verb each. `runtime` outlives the run. A fault is reported before they end; the exit says how it went. */
QCoro::Task<Exit> runStatus(Runtime *runtime, CommandLine line, Report report);
QCoro::Task<Exit> runExplain(Runtime *runtime, CommandLine line, Report report);
QCoro::Task<Exit> runOperation(Runtime *runtime, CommandLine line, Report report);
QCoro::Task<Exit> runVerifyAudit(Runtime *runtime, CommandLine line, Report report);
QCoro::Task<Exit> runInfo(Runtime *runtime, CommandLine line, Report report);
QCoro::Task<Exit> runSandbox(Runtime *runtime, CommandLine line, Report report);

QCoro::Task<Exit> runProve(Runtime *runtime, CommandLine line, Report report);
QCoro::Task<Exit> runReplay(Runtime *runtime, CommandLine line, Report report); //!< plan, run, restore
QCoro::Task<Exit> runReplayResume(Runtime *runtime, CommandLine line, Report report);
QCoro::Task<Exit> runDeadLetters(Runtime *runtime, CommandLine line, Report report); //!< list
QCoro::Task<Exit> runRedrive(Runtime *runtime, CommandLine line, Report report);
QCoro::Task<Exit> runOffsets(Runtime *runtime, CommandLine line, Report report);
QCoro::Task<Exit> runLedger(Runtime *runtime, CommandLine line, Report report);

//! Who says so: the line, else who introduced themselves to the window, else the login.
QString personOf(const CommandLine &line);
//! What the command line itself got wrong is a usage fault, everything else a failure.
Exit exitOf(const Error &error, const CommandLine &line);
//! The sentence of brokerSilence(); empty where there is none.
QString brokerSilenceLine(const ContextPicture &picture);
//! The picture of a context as view models get it, from its session as it is now.
ContextPicture pictureOf(Runtime &runtime, const ContextId &id);

} // namespace headgate
