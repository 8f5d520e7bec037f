// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deadletters/deadletter.h"
#include "models/common/rowtablemodel.h"

namespace headgate {

//! One cause, as a line. `key` is groupKey().
struct DeadLetterGroupRow
{
    QString key;
    DeadLetterGroup group;
    Instant now {}; //!< when it was read: moments are shown by it

    bool operator==(const DeadLetterGroupRow &) const = default;
};

/*! Causes of dead letters over all queues; most records first is the page's sort (SortRole). GUI thread; owned by its
 * view model. */
class DeadLetterGroupsModel final : public RowTableModel<DeadLetterGroupRow, QString>
{
    Q_OBJECT
public:
    //! Cause has the connector and stage as SecondLineRole, Day the 24 hours as SparkRole.
    enum Column { Records, Cause, Day, First, Last, State, ColumnCount };

    using RowTableModel::RowTableModel;

protected:
    const QString &keyOf(const DeadLetterGroupRow &row) const override { return row.key; }
    int columns() const override { return ColumnCount; }
    QVariant cell(const DeadLetterGroupRow &row, int column, int role) const override;
    QVariant header(int column, int role) const override;
};

} // namespace headgate
