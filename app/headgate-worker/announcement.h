// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/worker.h"

#include <QLockFile>

#include <memory>

namespace headgate {

//! Where the worker is, for programs: one line of JSON.
QByteArray whereItIs(const WorkerAddress &at);
//! The same for people, with a request to copy.
QString friendlyText(const WorkerAddress &at);

/*! Makes this process the only worker of the state file, until the lock goes; nothing where another is it, or no lock
 * can be made. */
std::unique_ptr<QLockFile> claimStateFile(const QString &file);

//! whereItIs() and when this process began, readable by its owner only.
bool writeStateFile(const QString &file, const WorkerAddress &at);
//! Only if it is still ours: a later sandbox may have taken the place.
void removeStateFile(const QString &file);

} // namespace headgate
