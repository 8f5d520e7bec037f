// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace headgate {

/*! Installs the person's language, and below it English, which carries the plural forms of the source texts ("1 task",
 * "2 tasks"). Once, in main, before the first window. */
void installLanguage(QCoreApplication &application);

} // namespace headgate
