// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/rowtablemodel.h"
#include "services/contexts/contextsservice.h"

namespace headgate {

//! One context as the list shows it.
struct ContextRow
{
    ContextId id;
    QString name;
    Environment environment = Environment::Development;
    Mode mode = Mode::ReadOnly;
    QString where; //!< "2 clusters, 6 workers", "brokers-1:9092"
    bool current = false;
    bool sandbox = false;
    bool unsaved = false; //!< its form holds changes

    bool operator==(const ContextRow &) const = default;
};

//! The contexts of this person. GUI thread.
class ContextsModel final : public RowTableModel<ContextRow, ContextId>
{
    Q_OBJECT
public:
    enum Column { NameColumn, WhereColumn, ColumnCount };
    using RowTableModel::RowTableModel;

protected:
    const ContextId &keyOf(const ContextRow &row) const override { return row.id; }
    int columns() const override { return ColumnCount; }
    QVariant cell(const ContextRow &row, int column, int role) const override;
    QVariant header(int column, int role) const override;
};

ContextRow contextRow(const ContextConfig &context, const ContextsService &contexts);

} // namespace headgate
