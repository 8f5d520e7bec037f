// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

namespace headgate {

/*! A TCP port on 127.0.0.1 that nobody listens on now. Somebody may take it before the child does: a child that cannot
 * bind says so in its log and is started anew by its owner. */
Result<quint16> freeLoopbackPort();

} // namespace headgate
