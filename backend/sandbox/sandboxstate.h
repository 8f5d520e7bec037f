// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

namespace headgate {

//! What a running worker says about itself, on its standard output or in the state file of `sandbox up`.
struct SandboxState
{
    QStringList connectUrls;
    QString user;
    QByteArray password;
    QString bootstrap, logDirectory, ownershipFile;
    qint64 pid = 0;
};

//! One line of JSON, as headgate-worker writes it. InvalidAnswer otherwise.
Result<SandboxState> parseSandboxState(const QByteArray &line);

/*! The file a kept sandbox is found by: $XDG_RUNTIME_DIR/headgate/sandbox.json, else the same below the user's state
 * directory. The worker writes it (0600, it holds the random password) and removes it when it ends. */
QString sandboxStateFile();
//! NotFound when there is none, or when its process has gone: a process with that pid which started at another time is
//! somebody else.
Result<SandboxState> readSandboxState(const QString &file);

} // namespace headgate
