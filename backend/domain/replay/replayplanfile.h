// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayplan.h"

namespace headgate {

/*! A plan as text, one JSON object: {"headgateReplay":1, "hash":…, "plan":{…}}. Stable: the same plan gives the same
 * bytes. Offsets of sources stay byte for byte (SG-17). Holds no secrets. */
QByteArray planText(const ReplayPlan &plan);
//! InvalidInput: not a plan, of a newer form, or its hash does not fit its content.
Result<ReplayPlan> planFromText(const QByteArray &text);
//! SHA-256 in hex over the plan's canonical JSON (RFC 8785).
QByteArray planHash(const ReplayPlan &plan);

} // namespace headgate
