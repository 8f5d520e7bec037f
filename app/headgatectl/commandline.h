// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/playground/playgroundlauncher.h"
#include "domain/operations/operation.h"
#include "domain/replay/replayprogress.h"

namespace headgate {

//! What the shell is told. Documented in README.
enum class Exit { Done = 0, Failed = 1, Usage = 2, Unknown = 3 };

enum class Verb {
    Status,
    Explain,
    Operate,
    VerifyAudit,
    Info,
    SandboxUp,
    SandboxDown,
    SandboxInfo,
    ReplayPlan,
    ReplayRun,
    ReplayRestore,
    ReplayResume,
    Offsets,
    OffsetsLedger,
    Prove,
    DeadLetters,
    Redrive
};

//! A command as typed, checked for form only.
struct CommandLine
{
    Verb verb = Verb::Status;
    QString context;
    QStringList workers; //!< of --connect: an unnamed context of this run
    QString bootstrap;
    QString configFile;
    QString connector; //!< may be empty for explain: everything that failed
    QString cluster;   //!< where a context has several
    OperationKind operation = OperationKind::Pause;
    int task = -1;
    bool yes = false;
    bool savesPositions = true; //!< before a connector stands still
    QString reason, typedName, person;
    bool json = false;
    Milliseconds timeout {10'000};
    Milliseconds wait {120'000}; //!< for the effect of an operation
    PlaygroundOptions playground;
    QString to;       //!< of replay: "offset:500"
    QStringList at;   //!< "orders-0=past:906"
    QStringList past; //!< "orders-0@905"
    QString planFile, sourceFile, outFile;
    QString since, find; //!< of the ledger: "24h"; words
    bool csv = false;
    OperationId replay; //!< that is taken back or gone on with
    std::optional<ReplayChoice> choice;
    QStringList set, unset; //!< of prove: "errors.tolerance=all"
    int records = 500;
    QString queue;      //!< of dlq: the topic
    int cause = 0;      //!< of dlq redrive: its number in dlq list, from 1; 0: not given
    QStringList places; //!< of dlq redrive: "0:4412"
    bool all = false;
    double rate = 20; //!< records a second
    int limit = 1000; //!< newest records that are looked at
};

//! Nothing is to be run: help, version, or a fault of the typed line.
struct ParseEnd
{
    Exit exit = Exit::Usage;
    QString text;
    bool json = false; //!< the fault is to be told as a document
};
tl::expected<CommandLine, ParseEnd> parseCommandLine(int argc, char **argv);

} // namespace headgate
