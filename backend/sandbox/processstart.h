// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"

#include <QIODevice>

class QProcess;

namespace headgate {

/*! Starts `process`, which must live until this ends: true when its program was executed, at once false where there is
 * no such program, false at the deadline or when stopped. (QCoro's own start() hears only of success: a program that is
 * missing would be told at the deadline.) Main thread. */
QCoro::Task<bool> startProcess(QProcess *process, QIODevice::OpenMode mode, CallOptions options);

} // namespace headgate
