// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledger/ledgermodel.h"

#include "domain/triage/snapshot.h"
#include "models/common/agetext.h"
#include "models/common/cellroles.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/ledger/ledgertext.h"

namespace headgate {

namespace {

//! Of what is no ended operation; its word is the cell's text.
std::optional<Standing> standingOf(const LedgerEntry &entry)
{
    switch (entry.kind) {
    case LedgerKind::Jump:
        return Standing::Degraded;
    case LedgerKind::Period:
        return !entry.endedBy                   ? Standing::Running
            : entry.endedBy == MarkKind::Paused ? Standing::Paused
                                                : Standing::Stopped;
    case LedgerKind::Replay:
    case LedgerKind::WayBack:
        break;
    }
    return entry.outcome ? std::nullopt : std::optional(Standing::Restarting);
}

QString tailOf(const LedgerCount &count)
{
    return count.number ? QLatin1Char(' ') + count.unit : QString();
}

QString recordsText(const LedgerEntry &entry)
{
    const auto count = ledgerCount(entry);
    return count.number ? fullNumber(*count.number) + tailOf(count) : QStringLiteral("–");
}

QString textOf(const LedgerEntry &entry, int column, Instant now)
{
    switch (LedgerModel::Column(column)) {
    case LedgerModel::How:
        return ledgerOutcome(entry);
    case LedgerModel::What:
        return ledgerWhat(entry);
    case LedgerModel::Connector:
        return shownText(entry.connector.name, 120);
    case LedgerModel::Moved:
        return ledgerMoved(entry);
    case LedgerModel::Records:
        return recordsText(entry);
    case LedgerModel::Who:
        return ledgerWho(entry);
    case LedgerModel::When:
        return momentText(ledgerTime(entry), now);
    case LedgerModel::ColumnCount:
        break;
    }
    return {};
}

QString secondLine(const LedgerEntry &entry, int column)
{
    switch (LedgerModel::Column(column)) {
    case LedgerModel::Connector:
        return ledgerWhy(entry);
    case LedgerModel::Moved:
        return ledgerWhere(entry);
    case LedgerModel::How:
    case LedgerModel::What:
    case LedgerModel::Records:
    case LedgerModel::Who:
    case LedgerModel::When:
    case LedgerModel::ColumnCount:
        break;
    }
    return {};
}

QVariant sortKey(const LedgerEntry &entry, int column)
{
    if (column == LedgerModel::When) {
        return qint64(ledgerTime(entry).time_since_epoch().count());
    }
    return column == LedgerModel::Records ? QVariant(qint64(ledgerCount(entry).number.value_or(-1)))
                                          : QVariant(textOf(entry, column, {}));
}

QVariant alignmentOf(int column)
{
    return column == LedgerModel::Records ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
}

} // namespace

void LedgerModel::setEntries(const std::vector<LedgerEntryPtr> &entries, Instant now)
{
    m_now = now;
    std::vector<LedgerRow> next;
    next.reserve(entries.size());
    for (const auto &entry : entries) {
        next.push_back({entry});
    }
    setRows(std::move(next));
}

LedgerEntryPtr LedgerModel::entryAt(const QModelIndex &index) const
{
    return index.isValid() && index.model() == this ? row(index.row()).entry : nullptr;
}

QVariant LedgerModel::cell(const LedgerRow &row, int column, int role) const
{
    const auto &entry = *row.entry;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(entry, column, m_now);
    case Qt::AccessibleTextRole:
        return column == Records ? ledgerCountText(entry)
            : column == Moved    ? tr("%1, %2").arg(ledgerWhere(entry), textOf(entry, column, m_now))
                                 : textOf(entry, column, m_now);
    case Qt::ToolTipRole:
        return column == Records ? ledgerCountText(entry) : ledgerSentence(entry);
    case SecondLineRole: {
        const auto second = secondLine(entry, column);
        return second.isEmpty() ? QVariant() : QVariant(second);
    }
    case TailRole:
        return column == Records ? QVariant(tailOf(ledgerCount(entry))) : QVariant();
    case OutcomeRole:
        return column == How && entry.outcome ? QVariant(int(*entry.outcome)) : QVariant();
    case StandingRole: {
        const auto standing = standingOf(entry);
        return column == How && standing ? QVariant(int(*standing)) : QVariant();
    }
    case MutedRole:
        return column == Who || column == When;
    case SortRole:
        return sortKey(entry, column);
    case Qt::TextAlignmentRole:
        return alignmentOf(column);
    default: // roles of Qt that this model leaves to the delegate
        return {};
    }
}

QVariant LedgerModel::header(int column, int role) const
{
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(column);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (Column(column)) {
    case How:
        return tr("Outcome");
    case What:
        return tr("What");
    case Connector:
        return tr("Connector, reason");
    case Moved:
        return tr("Before → after");
    case Records:
        return tr("Records");
    case Who:
        return tr("Who");
    case When:
        return tr("When");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace headgate
