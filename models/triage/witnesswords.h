// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/triage/snapshot.h"

namespace headgate {

//! Who says what about a connector since when; empty when nobody contradicts REST. Plain text.
QString witnessSentence(const WitnessReport &report, Instant now);

} // namespace headgate
