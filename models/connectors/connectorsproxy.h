// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/filterexpression.h"
#include "models/connectors/connectorsmodel.h"

#include <QSet>
#include <QSortFilterProxyModel>

namespace headgate {

/*! Order and filter of the connectors table. Column State sorts failed first, then by name; every other column falls
 * back to the name. Numbers that are not there come last in both directions. GUI thread; owned by the page. */
class ConnectorsProxy final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit ConnectorsProxy(ConnectorsModel *model, QObject *parent = nullptr);

    void setFilter(FilterExpression filter);
    void setFaultsOnly(bool faultsOnly);
    bool faultsOnly() const { return m_faultsOnly; }

    //! A mark is a person's: it survives refresh and filter, and tells what an export holds.
    void toggleMark(const ConnectorRef &ref);
    int marks() const { return int(m_marked.size()); }
    //! Marked rows in the order shown; all shown rows where none is marked.
    std::vector<const ConnectorFacts *> chosen() const;

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    const ConnectorFacts *factsAt(const QModelIndex &index) const; //!< nullptr: invalid
    QModelIndex indexOf(const ConnectorRef &ref) const;            //!< invalid: not there or filtered out

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    ConnectorsModel *m_model;
    FilterExpression m_filter;
    QSet<ConnectorRef> m_marked;
    bool m_faultsOnly = false;
};

//! Whether somebody should look: everything that is neither running nor halted on purpose.
bool isFault(Standing standing);

} // namespace headgate
