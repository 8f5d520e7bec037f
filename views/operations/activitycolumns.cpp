// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/activitycolumns.h"

#include "models/operations/activitymodel.h"

#include <QHeaderView>
#include <QTableView>

namespace headgate {

void setUpActivityColumns(QTableView *table)
{
    auto *header = table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(ActivityModel::What, QHeaderView::Stretch);
    const std::pair<int, int> widths[] {{ActivityModel::Ended, 120}, {ActivityModel::Where, 120},
        {ActivityModel::Reason, 130}, {ActivityModel::Person, 96}, {ActivityModel::Started, 92},
        {ActivityModel::Took, 64}};
    for (const auto &[column, width] : widths) {
        table->setColumnWidth(column, width);
    }
    table->sortByColumn(ActivityModel::Started, Qt::DescendingOrder);
}

} // namespace headgate
