// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace headgate {

/*! When the process began, in clock ticks since boot (field 22 of /proc/<pid>/stat); -1 when there is none. Together
 * with the pid it names a process: a pid alone is taken again. */
qint64 processStart(qint64 pid);

} // namespace headgate
