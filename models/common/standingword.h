// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/snapshot.h"

namespace headgate {

//! "Failed", "Lagging": the one word of a standing, for cells, exports and the terminal.
QString standingWord(Standing standing);

} // namespace headgate
