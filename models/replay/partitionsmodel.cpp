// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/partitionsmodel.h"

#include "models/common/cellroles.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"

#include <algorithm>

namespace headgate {

namespace {

QString offsetText(std::optional<std::int64_t> offset)
{
    return offset ? fullNumber(*offset) : PartitionsModel::tr("none");
}

//! The topic is said where there are several.
QString labelOf(const TopicPartition &tp, bool several)
{
    return several ? QStringLiteral("%1-%2").arg(shownText(tp.topic, 120)).arg(tp.partition)
                   : QString::number(tp.partition);
}

using Moves = std::vector<PartitionMove>;

void addTopic(std::vector<PartitionRow> &rows, Moves moves, std::int64_t span)
{
    std::ranges::sort(moves, {}, &PartitionMove::again);
    const auto topic = moves.front().tp.topic;
    const auto stand = [&](int key, const QString &label, const PartitionMove &move) {
        rows.push_back({{topic, key}, label.arg(shownText(topic, 120)).arg(move.tp.partition), move,
            placeInLog(move, span), false});
    };
    stand(-3, PartitionsModel::tr("%1, least: %2"), moves.front());
    stand(-2, PartitionsModel::tr("%1, middle: %2"), moves[moves.size() / 2]);
    stand(-1, PartitionsModel::tr("%1, most: %2"), moves.back());
}

QString newText(const PartitionMove &move)
{
    return move.moves ? offsetText(move.after) : PartitionsModel::tr("stays");
}

QString spokenPlace(const PartitionRow &row)
{
    if (!row.place.known) {
        return PartitionsModel::tr("The brokers do not tell where this log begins and ends.");
    }
    const auto &move = row.move;
    auto text = PartitionsModel::tr("Log %1 to %2; position before %3, new %4")
                    .arg(fullNumber(*move.start), fullNumber(*move.end), offsetText(move.before), newText(move));
    if (row.place.outside) {
        text += PartitionsModel::tr("; outside the log");
    }
    return text;
}

QString againOf(const PartitionMove &move)
{
    return !move.moves     ? QStringLiteral("0")
        : move.skipped > 0 ? PartitionsModel::tr("%1 skipped").arg(fullNumber(move.skipped))
                           : fullNumber(move.again);
}

} // namespace

std::vector<PartitionRow> partitionRows(const ReplayPlan &plan, bool byTopic)
{
    std::vector<PartitionRow> rows;
    const auto span = shownSpan(plan.moves);
    const bool several = !plan.moves.empty() && plan.moves.front().tp.topic != plan.moves.back().tp.topic;
    auto first = plan.moves.begin();
    while (first != plan.moves.end()) {
        const auto end
            = std::find_if(first, plan.moves.end(), [&](const auto &move) { return move.tp.topic != first->tp.topic; });
        if (byTopic && end - first > 3) {
            addTopic(rows, {first, end}, span);
        } else {
            for (auto move = first; move != end; ++move) {
                const bool own = std::ranges::find(plan.request.partitions, move->tp, &PartitionPosition::tp)
                    != plan.request.partitions.end();
                rows.push_back({move->tp, labelOf(move->tp, several), *move, placeInLog(*move, span), own});
            }
        }
        first = end;
    }
    return rows;
}

QVariant PartitionsModel::cell(const PartitionRow &row, int column, int role) const
{
    const bool number = column == Before || column == New || column == End || column == Again;
    switch (role) {
    case Qt::TextAlignmentRole:
        return number ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    case MutedRole:
        return column == Before || column == End || (column == New && !row.move.moves);
    case PlaceRole:
        return column == Place ? QVariant::fromValue(row.place) : QVariant();
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return column == Place        ? QVariant(spokenPlace(row))
            : role == Qt::ToolTipRole ? QVariant()
                                      : cell(row, column, Qt::DisplayRole);
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (column) {
    case Partition:
        return row.own ? tr("%1, own").arg(row.label) : row.label;
    case Before:
        return offsetText(row.move.before);
    case New:
        return newText(row.move);
    case End:
        return offsetText(row.move.end);
    case Again:
        return againOf(row.move);
    default:
        return {};
    }
}

QVariant PartitionsModel::header(int column, int role) const
{
    if (role == Qt::TextAlignmentRole) {
        return column == Partition || column == Place ? int(Qt::AlignLeft | Qt::AlignVCenter)
                                                      : int(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (Column(column)) {
    case Partition:
        return tr("Partition");
    case Before:
        return tr("Before");
    case New:
        return tr("New");
    case Place:
        return tr("Place in the log");
    case End:
        return tr("Log end");
    case Again:
        return tr("Records again");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace headgate
