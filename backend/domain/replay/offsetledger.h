// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/ledgerperiod.h"

namespace headgate {

//! What the operations log holds of positions: what was done through Headgate, and what was seen from outside.
struct LedgerRecords
{
    std::vector<Operation> operations;
    std::vector<PositionJump> jumps;
    std::vector<PeriodMark> marks;

    bool operator==(const LedgerRecords &) const = default;
};

enum class LedgerKind {
    Replay,  //!< positions set through Headgate
    WayBack, //!< the same, to what an earlier replay had saved
    Jump,    //!< positions moved by somebody else
    Period,  //!< positions moved by the connector's own work, from a start to a stop
};

//! One partition of an entry.
struct LedgerMove
{
    TopicPartition tp;        //!< topic empty: an entry of a source's document
    QByteArray partitionJson; //!< of that document
    QByteArray before, after; //!< JSON: an offset's digits, a document, "null" for no position; empty: not known
    QByteArray readBack;      //!< what a worker said afterwards; empty: it was not read
    std::optional<std::int64_t> again, skipped, records;

    bool operator==(const LedgerMove &) const = default;
};

//! What was read back, against what was asked for.
enum class LedgerProof { None, Equal, Differs };

//! A line of the offset ledger: positions of one connector, before and after.
struct LedgerEntry
{
    QString id;
    LedgerKind kind {};
    std::optional<JumpKind> jump;
    std::optional<MarkKind> begunBy, endedBy; //!< of a period; without an end it goes on
    ConnectorRef connector;
    ConnectorType type = ConnectorType::Unknown;
    Instant from {};        //!< an operation's start, a period's, or the look at which a jump had not happened yet
    Instant at {};          //!< an operation's end, a period's, or the look that saw the jump; epoch: it goes on
    QString person, reason; //!< of an operation; a jump's are not known
    std::optional<Outcome> outcome; //!< of an operation that has ended
    QString observed;               //!< the operation's own words on its end
    OperationId operation;          //!< that moved the positions, or ended the period
    QByteArray planHash;
    OperationId restores, restoredBy;
    std::vector<LedgerMove> moves; //!< by partition
    std::optional<std::int64_t> again,
        skipped;                         //!< of sinks; absent where it is not known, or was refused
    std::optional<std::int64_t> records; //!< of a period: written or consumed
    bool exact = true;                   //!< false: counts are upper bounds, or positions had not settled
    std::vector<LedgerMove> deadLetters;
    std::optional<std::int64_t> deadLetterCount; //!< absent: no dead letter topic, or its ends are not known
    std::optional<std::int64_t> taskFailures;

    bool operator==(const LedgerEntry &) const = default;
};

//! The ledger, newest first; pure. Operations that set no positions are no part of it.
std::vector<LedgerEntry> ledgerOf(const LedgerRecords &records);

//! When it belongs into the ledger: a thing that goes on counts from its beginning.
Instant ledgerTime(const LedgerEntry &entry);
LedgerProof proofOf(const LedgerEntry &entry);

QString ledgerKindWord(LedgerKind kind); //!< "way-back": for files and for the search
QString jumpKindWord(JumpKind kind);     //!< "went-back"
QString markKindWord(MarkKind kind);     //!< "first-seen"

//! All words of `text` (blank separated; `!word` must not) are somewhere in the entry, whatever their case.
bool mentions(const LedgerEntry &entry, const QString &text);

} // namespace headgate
