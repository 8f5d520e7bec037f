// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/rowtablemodel.h"
#include "models/ledger/ledgerexport.h"

namespace headgate {

//! One partition of an entry, under a key that keeps its place.
struct LedgerMoveRow
{
    int place = 0;
    LedgerMove move;
    bool deadLetter = false; //!< of the dead letter topic

    bool operator==(const LedgerMoveRow &) const = default;
};

//! Every partition of one entry: before, after, and what was read back. GUI thread; owned by the pane.
class LedgerMovesModel final : public RowTableModel<LedgerMoveRow, int>
{
    Q_OBJECT
public:
    enum Column { Partition, Before, After, Last, ColumnCount };

    using RowTableModel::RowTableModel;

    void setEntry(const LedgerEntryPtr &entry); //!< null: none

protected:
    const int &keyOf(const LedgerMoveRow &row) const override { return row.place; }
    int columns() const override { return ColumnCount; }
    QVariant cell(const LedgerMoveRow &row, int column, int role) const override;
    QVariant header(int column, int role) const override;

private:
    bool m_isOpen = false;   //!< a period that goes on: there is nothing after it yet
    bool m_isPeriod = false; //!< then the last column counts records, else it says what was read back
};

} // namespace headgate
