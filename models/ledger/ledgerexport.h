// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/offsetledger.h"

#include <memory>

class QJsonArray;

namespace headgate {

using LedgerEntryPtr = std::shared_ptr<const LedgerEntry>;

/*! UTF-8 with a header line; one line a partition, so that a replay of three is three lines. Numbers in full, times as
 * ISO 8601, words of the search; what is not known is an empty cell, "none" is no position. No text becomes a formula
 * (csvCell()). */
QByteArray ledgerCsv(const std::vector<LedgerEntryPtr> &entries);

//! {"offsetLedger":1,"entries":[…]}: the same with partitions below their entry; what is not known is absent, no
//! position is null. Documents of sources are texts, byte for byte.
QByteArray ledgerJson(const std::vector<LedgerEntryPtr> &entries);
QJsonArray ledgerArray(const std::vector<LedgerEntryPtr> &entries);

} // namespace headgate
