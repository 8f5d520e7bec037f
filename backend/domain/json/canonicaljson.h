// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <QByteArray>

namespace headgate {

/*! One text for all JSON texts that say the same: members sorted by their names' UTF-16 units, no blanks, strings with
 * the shortest escapes (RFC 8785), numbers as they were written: neither an int64 nor a decimal goes through a double,
 * which is where this differs from the RFC. InvalidInput: not JSON, deeper than 200 levels, a name twice. */
Result<QByteArray> canonicalJson(const QByteArray &text);

} // namespace headgate
