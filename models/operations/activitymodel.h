// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"
#include "models/common/rowtablemodel.h"

#include <QHash>

namespace headgate {

//! One row of Activity: the operation and the words that depend on its context.
struct ActivityRow
{
    Operation operation;
    QString contextName;

    bool operator==(const ActivityRow &) const = default;
};

/*! Operations, running and finished, as rows: what, where, who, when and how it ended. Newest first by its proxy
 * (SortRole of Started). GUI thread; owned by the page. */
class ActivityModel final : public RowTableModel<ActivityRow, QString>
{
    Q_OBJECT
public:
    enum Column { Ended, What, Where, Reason, Person, Started, Took, ColumnCount };

    using RowTableModel::RowTableModel;

    void setOperations(const std::vector<Operation> &operations, QHash<ContextId, QString> contextNames, Instant now);
    const Operation *operationAt(const QModelIndex &index) const;

protected:
    const QString &keyOf(const ActivityRow &row) const override { return row.operation.id.text; }
    int columns() const override { return ColumnCount; }
    QVariant cell(const ActivityRow &row, int column, int role) const override;
    QVariant header(int column, int role) const override;

private:
    Instant m_now {};
};

} // namespace headgate
