// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deadletters/deadlettergroupsmodel.h"

#include "models/common/agetext.h"
#include "models/common/cellroles.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/deadletters/deadlettertext.h"

namespace headgate {

namespace {

QString secondLine(const DeadLetterGroup &group)
{
    const auto queue = shownText(group.topic, 120);
    if (!group.hasReason) {
        return queue;
    }
    const auto who = shownText(group.connector, 120);
    return group.stage.isEmpty()
        ? DeadLetterGroupsModel::tr("%1, in %2").arg(who, queue)
        : DeadLetterGroupsModel::tr("%1, %2, in %3").arg(who, shownText(group.stage, 60), queue);
}

//! By the records' own times, which Connect copies: all that can be said is how new they are.
QString stateText(const DeadLetterGroup &group)
{
    if (!group.hasReason) {
        return DeadLetterGroupsModel::tr("headers are off");
    }
    const auto lately = group.perHour.back();
    return lately > 0 ? DeadLetterGroupsModel::tr("%1 in the last hour").arg(fullNumber(lately))
                      : DeadLetterGroupsModel::tr("none in the last hour");
}

QVariant sortValue(const DeadLetterGroup &group, int column)
{
    switch (DeadLetterGroupsModel::Column(column)) {
    case DeadLetterGroupsModel::Records:
        return group.records;
    case DeadLetterGroupsModel::Cause:
        return causeText(group);
    case DeadLetterGroupsModel::Day:
    case DeadLetterGroupsModel::State:
        return group.perHour.back();
    case DeadLetterGroupsModel::First:
        return qint64(group.first.time_since_epoch().count());
    case DeadLetterGroupsModel::Last:
        return qint64(group.last.time_since_epoch().count());
    case DeadLetterGroupsModel::ColumnCount:
        break;
    }
    return {};
}

QVariant shown(const DeadLetterGroupRow &row, int column)
{
    const auto &group = row.group;
    switch (DeadLetterGroupsModel::Column(column)) {
    case DeadLetterGroupsModel::Records:
        return fullNumber(group.records);
    case DeadLetterGroupsModel::Cause:
        return causeText(group);
    case DeadLetterGroupsModel::First:
        return dayText(group.first, row.now);
    case DeadLetterGroupsModel::Last:
        return dayText(group.last, row.now);
    case DeadLetterGroupsModel::State:
        return stateText(group);
    case DeadLetterGroupsModel::Day:
    case DeadLetterGroupsModel::ColumnCount:
        break;
    }
    return {};
}

} // namespace

QVariant DeadLetterGroupsModel::cell(const DeadLetterGroupRow &row, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return shown(row, column);
    case Qt::AccessibleTextRole:
        return column == Day ? stateText(row.group) : shown(row, column);
    case Qt::ToolTipRole:
        return column == Cause ? QVariant(neverMarkup(shownText(row.group.message, 1000))) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Records ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    case SecondLineRole:
        return column == Cause ? QVariant(secondLine(row.group)) : QVariant();
    case SparkRole: {
        if (column != Day) {
            return {};
        }
        return QVariant::fromValue(QList<float>(row.group.perHour.begin(), row.group.perHour.end()));
    }
    case SortRole:
        return sortValue(row.group, column);
    case MutedRole:
        return column == First || column == Last || (column == State && !row.group.hasReason);
    case KeyRole:
        return row.key;
    default:
        return {};
    }
}

QVariant DeadLetterGroupsModel::header(int column, int role) const
{
    if (role == Qt::TextAlignmentRole) {
        return column == Records ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (Column(column)) {
    case Records:
        return tr("Records");
    case Cause:
        return tr("Cause");
    case Day:
        return tr("24 h");
    case First:
        return tr("First");
    case Last:
        return tr("Last");
    case State:
        return tr("State of the cause");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace headgate
