// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/records/jsonvalue.h"

namespace headgate {

//! readJson() of a text that is known to be UTF-8, without a mark in front.
tl::expected<JsonValue, JsonFault> readUtf8Json(std::string_view text);

} // namespace headgate
