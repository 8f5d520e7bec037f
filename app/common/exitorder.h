// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace headgate {

/*! First thing in main, before anything uses OpenSSL. exit() would take OpenSSL down while a thread of a pool may still
 * be ending, and both would free what OpenSSL keeps for that thread. It is left to the system, which takes all of it.
 */
void leaveOpenSslToTheSystem();

} // namespace headgate
