// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/rowtablemodel.h"
#include "models/ledger/ledgerexport.h"

namespace headgate {

//! One row of the ledger; shares its entry with the ledger that was read.
struct LedgerRow
{
    LedgerEntryPtr entry;

    bool operator==(const LedgerRow &other) const { return entry == other.entry || *entry == *other.entry; }
};

/*! Entries of the offset ledger in rows of two lines. Newest first by its proxy (SortRole of When). GUI thread; owned
 * by the view model. */
class LedgerModel final : public RowTableModel<LedgerRow, QString>
{
    Q_OBJECT
public:
    enum Column { How, What, Connector, Moved, Records, Who, When, ColumnCount };

    using RowTableModel::RowTableModel;

    void setEntries(const std::vector<LedgerEntryPtr> &entries, Instant now);
    LedgerEntryPtr entryAt(const QModelIndex &index) const; //!< null: no row

protected:
    const QString &keyOf(const LedgerRow &row) const override { return row.entry->id; }
    int columns() const override { return ColumnCount; }
    QVariant cell(const LedgerRow &row, int column, int role) const override;
    QVariant header(int column, int role) const override;

private:
    Instant m_now {};
};

} // namespace headgate
