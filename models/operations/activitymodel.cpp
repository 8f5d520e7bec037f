// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operations/activitymodel.h"

#include "models/common/agetext.h"
#include "models/common/cellroles.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"

namespace headgate {

namespace {

bool isRunning(const Operation &operation)
{
    return operation.phase != OperationPhase::Finished && !operation.interrupted;
}

QString endedText(const Operation &operation)
{
    if (operation.outcome) {
        return outcomeWord(*operation.outcome);
    }
    return operation.interrupted ? ActivityModel::tr("interrupted") : phaseText(operation.phase);
}

QString textOf(const ActivityRow &row, int column, Instant now)
{
    const auto &operation = row.operation;
    switch (ActivityModel::Column(column)) {
    case ActivityModel::Ended:
        return endedText(operation);
    case ActivityModel::What:
        return operationTitle(operation.request);
    case ActivityModel::Where:
        return shownText(row.contextName + QLatin1String(" / ") + operation.request.connector.cluster.text, 120);
    case ActivityModel::Reason:
        return shownText(operation.request.reason, 200);
    case ActivityModel::Person:
        return personName(operation.person);
    case ActivityModel::Started:
        return momentText(operation.startedAt, now);
    case ActivityModel::Took:
        return operation.endedAt == Instant {} ? QString() : durationText(operation.endedAt - operation.startedAt);
    case ActivityModel::ColumnCount:
        break;
    }
    return {};
}

QString toolTipOf(const Operation &operation)
{
    QStringList lines;
    for (const auto &request : operation.requests) {
        lines << QString::fromUtf8(request.method + ' ' + request.path);
    }
    if (!operation.observed.isEmpty()) {
        lines << shownText(operation.observed, 400);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

void ActivityModel::setOperations(
    const std::vector<Operation> &operations, QHash<ContextId, QString> contextNames, Instant now)
{
    m_now = now;
    std::vector<ActivityRow> next;
    next.reserve(operations.size());
    for (const auto &operation : operations) {
        const auto &context = operation.request.connector.context;
        next.push_back({operation, contextNames.value(context, context.text)});
    }
    setRows(std::move(next));
}

const Operation *ActivityModel::operationAt(const QModelIndex &index) const
{
    return index.isValid() && index.model() == this ? &row(index.row()).operation : nullptr;
}

QVariant ActivityModel::cell(const ActivityRow &row, int column, int role) const
{
    const auto &operation = row.operation;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, column, m_now);
    case Qt::AccessibleTextRole:
        return textOf(row, column, m_now);
    case Qt::ToolTipRole:
        return toolTipOf(operation);
    case OutcomeRole:
        return column == Ended && !isRunning(operation) && operation.outcome ? QVariant(int(*operation.outcome))
                                                                             : QVariant();
    case SymbolRole:
        return column == Ended && !operation.outcome
            ? QVariant(operation.interrupted ? QStringLiteral("state-unknown") : QStringLiteral("state-restarting"))
            : QVariant();
    case MutedRole:
        return column != What && column != Ended;
    case SortRole:
        return column == Started ? QVariant(qint64(operation.startedAt.time_since_epoch().count()))
                                 : QVariant(textOf(row, column, m_now));
    case Qt::TextAlignmentRole:
        return column == Took ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    default: // roles of Qt that this model leaves to the delegate
        return {};
    }
}

QVariant ActivityModel::header(int column, int role) const
{
    if (role == Qt::TextAlignmentRole) {
        return column == Took ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (Column(column)) {
    case Ended:
        return tr("Outcome");
    case What:
        return tr("Operation");
    case Where:
        return tr("Where");
    case Reason:
        return tr("Reason");
    case Person:
        return tr("Person");
    case Started:
        return tr("Started");
    case Took:
        return tr("Took");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace headgate
