// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/contexts/contextsservice.h"

namespace headgate {

class MainWindow;

/*! Pictures of every page, light and dark, in `directory`, and the triage as text on stdout: for machines without a
 * display, and for documentation. Waits until the current context is known, at most 30 s. False, with a line on stderr,
 * when there is nothing to show or nothing could be written. */
QCoro::Task<bool> takeTour(MainWindow &window, ContextsService &contexts, QString directory);

} // namespace headgate
