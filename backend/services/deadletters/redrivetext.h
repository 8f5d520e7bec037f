// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deadletters/redrivedrift.h"

namespace headgate {

//! One line each, for an error's detail and the log.
QString linesOf(const std::vector<RedriveDrift> &drift);

} // namespace headgate
