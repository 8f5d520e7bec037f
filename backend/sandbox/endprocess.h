// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/task.h"

namespace headgate {

/*! Ends a process that is nobody's child any more: SIGTERM, which a frozen one is thawed to hear, and SIGKILL after
 * `patience`. `started` is its processStart(), so that a pid which was given again is left alone. False: it is still
 * there after the same time once more. */
QCoro::Task<bool> endProcess(qint64 pid, qint64 started, Milliseconds patience);

} // namespace headgate
