// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"
#include "models/common/rowtablemodel.h"

namespace headgate {

//! Columns in their order; the ones after Changed are for wide windows and the chooser.
enum class ConnectorColumn { State, Name, Tasks, Records, Lag, Owner, Changed, Topics, Plugin, Cluster };
constexpr int connectorColumns = int(ConnectorColumn::Cluster) + 1;

/*! One row: the facts, shared with the snapshot they came in, and what decides how old they look. Cheap to copy. */
struct ConnectorRow
{
    std::shared_ptr<const ConnectorFacts> facts;
    Freshness freshness;
};

/*! The connectors of one context. Roles are those of cellroles.h; KeyRole gives the ConnectorRef. GUI thread; owned by
 * the page. */
class ConnectorsModel final : public RowTableModel<ConnectorRow, ConnectorRef>
{
    Q_OBJECT
public:
    using RowTableModel::RowTableModel;

    //! The one entrance. A picture without a snapshot empties the table.
    void show(const ContextPicture &picture);
    const ConnectorFacts &facts(int sourceRow) const { return *row(sourceRow).facts; }

protected:
    const ConnectorRef &keyOf(const ConnectorRow &row) const override { return row.facts->ref; }
    int columns() const override { return connectorColumns; }
    QVariant cell(const ConnectorRow &row, int column, int role) const override;
    QVariant header(int column, int role) const override;
    std::uint32_t changedColumns(const ConnectorRow &before, const ConnectorRow &after) const override;
};

//! Name of the icon.
QString typeSymbol(ConnectorType type);
//! "2/3"; "none" for a connector without tasks.
QString tasksText(const ConnectorFacts &facts);
//! "JdbcSinkConnector" of connector.class; empty where the configuration is not known.
QString pluginText(const ConnectorFacts &facts);
//! Lag as its cell shows it: a source's has its own word.
NumberText lagText(const ConnectorFacts &facts, const Freshness &freshness);

} // namespace headgate

Q_DECLARE_METATYPE(headgate::ConnectorRef)
