// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/records/jsonvalue.h"

#include <optional>

namespace headgate {

/*! What JsonConverter says against a schema of its own form and a payload, or against the two together; the message of
 * a DataException. Nothing: it takes them. Types are not checked where it does not check them: a text in an int32 field
 * becomes 0 there. */
std::optional<std::string> envelopeObjection(const JsonValue &schema, const JsonValue &payload);

} // namespace headgate
