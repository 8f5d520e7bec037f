// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"
#include "views/common/statelook.h"

namespace headgate {

//! How it ended; that it runs, or was interrupted.
StateLook lookOf(const Operation &operation);

} // namespace headgate
