// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledger/ledgermovesmodel.h"

#include "models/common/cellroles.h"
#include "models/common/numberformat.h"
#include "models/ledger/ledgertext.h"

namespace headgate {

namespace {

QString lastText(const LedgerMove &move, bool isPeriod)
{
    if (!isPeriod) {
        return move.readBack.isEmpty() ? LedgerMovesModel::tr("not read") : positionText(move.readBack);
    }
    return move.records ? fullNumber(*move.records) : QStringLiteral("–");
}

} // namespace

void LedgerMovesModel::setEntry(const LedgerEntryPtr &entry)
{
    const bool isPeriod = entry && entry->kind == LedgerKind::Period;
    m_isOpen = isPeriod && !entry->endedBy;
    const bool other = isPeriod != m_isPeriod;
    m_isPeriod = isPeriod;
    std::vector<LedgerMoveRow> rows;
    for (const auto &move : entry ? entry->moves : std::vector<LedgerMove>()) {
        rows.push_back({int(rows.size()), move, false});
    }
    for (const auto &move : entry ? entry->deadLetters : std::vector<LedgerMove>()) {
        rows.push_back({int(rows.size()), move, true});
    }
    if (other) {
        setRows({});
        Q_EMIT headerDataChanged(Qt::Horizontal, Last, Last);
    }
    setRows(std::move(rows));
}

QVariant LedgerMovesModel::cell(const LedgerMoveRow &row, int column, int role) const
{
    if (role == Qt::TextAlignmentRole) {
        const bool number = column != Partition && !row.move.tp.topic.isEmpty();
        return number ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    }
    if (role == MutedRole) {
        return column == Before || row.deadLetter;
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (Column(column)) {
    case Partition:
        return row.deadLetter && role != Qt::DisplayRole ? tr("%1, dead letters").arg(partitionText(row.move))
                                                         : partitionText(row.move);
    case Before:
        return positionText(row.move.before);
    case After:
        return m_isOpen ? QStringLiteral("–") : positionText(row.move.after);
    case Last:
        return lastText(row.move, m_isPeriod);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant LedgerMovesModel::header(int column, int role) const
{
    if (role == Qt::TextAlignmentRole) {
        return column == Partition ? QVariant() : QVariant(int(Qt::AlignRight | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (Column(column)) {
    case Partition:
        return tr("Partition");
    case Before:
        return tr("Before");
    case After:
        return tr("After");
    case Last:
        return m_isPeriod ? tr("Records") : tr("Read back");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace headgate
