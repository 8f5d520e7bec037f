// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/offsetledger.h"

#include <QStringList>

namespace headgate {

//! What happened, in a word or two: "Replay", "Went back", "Consumed".
QString ledgerWhat(const LedgerEntry &entry);
//! What happened, as one sentence with the connector's name.
QString ledgerSentence(const LedgerEntry &entry);
//! How it stands: "confirmed" (as all outcomes), else "Open", "From outside", "Goes on", "Stopped".
QString ledgerOutcome(const LedgerEntry &entry);
//! Who moved the positions, without the mail: a person, nobody here, or the connector by its work.
QString ledgerWho(const LedgerEntry &entry);
QString ledgerWhy(const LedgerEntry &entry); //!< the reason given; empty where there is none

//! A position for people: digits in groups, a document as it is, "none", "not known".
QString positionText(const QByteArray &position);
QString partitionText(const LedgerMove &move);
//! "orders-0", "3 partitions".
QString ledgerWhere(const LedgerEntry &entry);
//! "18,442,907 → 18,440,000"; of several partitions the first that moves.
QString ledgerMoved(const LedgerEntry &entry);

//! Records: a number, or nothing where there is none. `unit`: "again", "skipped", "consumed", "written".
struct LedgerCount
{
    std::optional<std::int64_t> number;
    QString unit;

    bool operator==(const LedgerCount &) const = default;
};
LedgerCount ledgerCount(const LedgerEntry &entry);
QString ledgerCountText(const LedgerEntry &entry); //!< "at most 1,200 again, 40 skipped"; says why there is no number

//! What was read back, against what was asked for; or why nothing was.
QString proofText(const LedgerEntry &entry);
//! Dead letters and failures of a period, each with its number or why there is none; empty for other entries.
std::vector<std::pair<QString, QString>> ledgerErrorFacts(const LedgerEntry &entry);

} // namespace headgate
