// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectors/connectorsproxy.h"

#include "models/common/cellroles.h"

namespace headgate {

namespace {

//! By value where both have one; where not, `left` is less when it has one, in the order that is shown.
template <class T>
std::strong_ordering presentFirst(const std::optional<T> &left, const std::optional<T> &right, Qt::SortOrder order)
{
    if (left.has_value() != right.has_value()) {
        const bool leftFirst = left.has_value() == (order == Qt::AscendingOrder);
        return leftFirst ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    if (!left || *left == *right) {
        return std::strong_ordering::equal;
    }
    return *left < *right ? std::strong_ordering::less : std::strong_ordering::greater;
}

std::strong_ordering byText(const QString &left, const QString &right)
{
    return left.compare(right, Qt::CaseInsensitive) <=> 0;
}

const QString &ownerOf(const ConnectorFacts &facts)
{
    return facts.team.isEmpty() ? facts.owner : facts.team;
}

std::strong_ordering compare(
    const ConnectorFacts &a, const ConnectorFacts &b, ConnectorColumn column, Qt::SortOrder order)
{
    switch (column) {
    case ConnectorColumn::State:
        return int(a.standing) <=> int(b.standing);
    case ConnectorColumn::Name:
        return byText(a.ref.name, b.ref.name);
    case ConnectorColumn::Tasks:
        return a.status.tasks.size() <=> b.status.tasks.size();
    case ConnectorColumn::Records:
        return presentFirst(a.recordsPerSecond.value, b.recordsPerSecond.value, order);
    case ConnectorColumn::Lag:
        return presentFirst(a.lagRecords.value, b.lagRecords.value, order);
    case ConnectorColumn::Owner:
        return byText(ownerOf(a), ownerOf(b));
    case ConnectorColumn::Changed:
        return presentFirst(a.changed.value, b.changed.value, order);
    case ConnectorColumn::Topics:
        return byText(a.topics.value(0), b.topics.value(0));
    case ConnectorColumn::Plugin:
        return byText(pluginText(a), pluginText(b));
    case ConnectorColumn::Cluster:
        return byText(a.ref.cluster.text, b.ref.cluster.text);
    }
    return std::strong_ordering::equal;
}

} // namespace

bool isFault(Standing standing)
{
    switch (standing) {
    case Standing::Failed:
    case Standing::Unreachable:
    case Standing::Degraded:
    case Standing::Unassigned:
    case Standing::Lagging:
    case Standing::Unknown:
        return true;
    case Standing::Restarting:
    case Standing::Paused:
    case Standing::Stopped:
    case Standing::Running:
        break;
    }
    return false;
}

ConnectorsProxy::ConnectorsProxy(ConnectorsModel *model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(model);
    setDynamicSortFilter(true);
    sort(int(ConnectorColumn::State));
}

void ConnectorsProxy::setFilter(FilterExpression filter)
{
    if (filter == m_filter) {
        return;
    }
    m_filter = std::move(filter);
    invalidateRowsFilter();
}

void ConnectorsProxy::setFaultsOnly(bool faultsOnly)
{
    if (faultsOnly == m_faultsOnly) {
        return;
    }
    m_faultsOnly = faultsOnly;
    invalidateRowsFilter();
}

void ConnectorsProxy::toggleMark(const ConnectorRef &ref)
{
    if (!m_marked.remove(ref)) {
        m_marked.insert(ref);
    }
    const auto index = indexOf(ref);
    if (index.isValid()) {
        const auto name = index.siblingAtColumn(int(ConnectorColumn::Name));
        Q_EMIT dataChanged(name, name);
    }
}

std::vector<const ConnectorFacts *> ConnectorsProxy::chosen() const
{
    std::vector<const ConnectorFacts *> rows;
    for (int row = 0; row < rowCount(); ++row) {
        const auto *facts = factsAt(index(row, 0));
        if (m_marked.isEmpty() || m_marked.contains(facts->ref)) {
            rows.push_back(facts);
        }
    }
    return rows;
}

QVariant ConnectorsProxy::data(const QModelIndex &index, int role) const
{
    if (role == SymbolRole && index.column() == int(ConnectorColumn::Name) && !m_marked.isEmpty()) {
        const auto *facts = factsAt(index);
        if (facts != nullptr && m_marked.contains(facts->ref)) {
            return QStringLiteral("check");
        }
    }
    return QSortFilterProxyModel::data(index, role);
}

const ConnectorFacts *ConnectorsProxy::factsAt(const QModelIndex &index) const
{
    const auto source = mapToSource(index);
    return source.isValid() ? &m_model->facts(source.row()) : nullptr;
}

QModelIndex ConnectorsProxy::indexOf(const ConnectorRef &ref) const
{
    const int row = m_model->indexOf(ref);
    return row < 0 ? QModelIndex() : mapFromSource(m_model->index(row, 0));
}

bool ConnectorsProxy::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    const auto &facts = m_model->facts(sourceRow);
    return (!m_faultsOnly || isFault(facts.standing)) && (m_filter.terms.empty() || matches(m_filter, facts));
}

bool ConnectorsProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto &a = m_model->facts(left.row());
    const auto &b = m_model->facts(right.row());
    if (const auto order = compare(a, b, ConnectorColumn(left.column()), sortOrder()); order != 0) {
        return order < 0;
    }
    return a.ref.name == b.ref.name ? a.ref < b.ref : byText(a.ref.name, b.ref.name) < 0;
}

} // namespace headgate
