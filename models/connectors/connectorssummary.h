// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"

namespace headgate {

//! "22 on connect-eu · 60 tasks: 47 running, 3 paused, 1 failed". Empty while nothing is known or nothing is there.
QString connectorsSummary(const ContextPicture &picture);

} // namespace headgate
