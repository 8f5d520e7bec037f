// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/offsetledger.h"

namespace headgate {

/*! Bodies of records of the operations log, one JSON object each, of the type "ledger". Several where much came at
 * once: none holds more than `most` positions. Nothing where there is nothing to write. */
std::vector<QByteArray> ledgerRecords(
    const std::vector<PositionJump> &jumps, const std::vector<PeriodMark> &marks, std::size_t most = 5000);
//! Adds what a body holds; one of another type, or that cannot be read, adds nothing.
void addLedgerRecord(const QByteArray &body, LedgerRecords &records);

} // namespace headgate
