// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contexts/contextsmodel.h"

#include "models/common/cellroles.h"
#include "models/common/showntext.h"

namespace headgate {

namespace {

QString environmentSymbol(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return QStringLiteral("env-development");
    case Environment::Staging:
        return QStringLiteral("env-staging");
    case Environment::Production:
        return QStringLiteral("env-production");
    }
    return {};
}

} // namespace

QVariant ContextsModel::cell(const ContextRow &row, int column, int role) const
{
    if (role == KeyRole) {
        return QVariant::fromValue(row.id.text);
    }
    if (column == WhereColumn) {
        return role == Qt::DisplayRole ? QVariant(row.where) : role == MutedRole ? QVariant(true) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return row.unsaved ? tr("%1, not saved").arg(row.name) : row.name;
    case Qt::AccessibleTextRole: {
        const QString current = row.current ? tr("%1, in view").arg(row.name) : row.name;
        return row.unsaved ? tr("%1, not saved").arg(current) : current;
    }
    case SymbolRole:
        return environmentSymbol(row.environment);
    case ProblemRole:
        return row.current; // the one in view stands out by weight
    default:
        return {};
    }
}

QVariant ContextsModel::header(int column, int role) const
{
    if (role != Qt::DisplayRole) {
        return {};
    }
    return column == NameColumn ? tr("Context") : tr("Where");
}

ContextRow contextRow(const ContextConfig &context, const ContextsService &contexts)
{
    int workers = 0;
    for (const auto &cluster : context.connectClusters) {
        workers += int(cluster.workers.size());
    }
    const QString where = context.connectClusters.size() == 1
        ? shownText(context.connectClusters.front().name.text)
        : ContextsModel::tr("%n cluster(s)", nullptr, int(context.connectClusters.size()));
    return {context.id, shownText(context.name), context.environment, contexts.mode(context.id),
        QString(where + QStringLiteral(", ") + ContextsModel::tr("%n worker(s)", nullptr, workers)),
        contexts.current() == context.id, context.sandbox, false};
}

} // namespace headgate
