// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/rowtablemodel.h"
#include "models/replay/placeinlog.h"

namespace headgate {

//! One line of a plan's partitions. Above `mostPartitions` a topic stands with three: its least, middle and most moved.
struct PartitionRow
{
    TopicPartition tp; //!< its partition is below zero for one that stands for many
    QString label;
    PartitionMove move;
    PlaceInLog place;
    bool own = false; //!< has a position of its own, not that of all

    bool operator==(const PartitionRow &) const = default;
};
constexpr int mostPartitions = 40;
//! Pure. `byTopic` stands topics with many partitions for them.
std::vector<PartitionRow> partitionRows(const ReplayPlan &plan, bool byTopic);

/*! Where each partition stands, where it shall stand, and what that delivers again. GUI thread; owned by its block. */
class PartitionsModel final : public RowTableModel<PartitionRow, TopicPartition>
{
    Q_OBJECT
public:
    enum Column { Partition, Before, New, Place, End, Again, ColumnCount };

    using RowTableModel::RowTableModel;

protected:
    const TopicPartition &keyOf(const PartitionRow &row) const override { return row.tp; }
    int columns() const override { return ColumnCount; }
    QVariant cell(const PartitionRow &row, int column, int role) const override;
    QVariant header(int column, int role) const override;
};

} // namespace headgate
