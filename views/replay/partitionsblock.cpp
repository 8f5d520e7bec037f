// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/replay/partitionsblock.h"

#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "views/common/buttons.h"
#include "views/common/plainlabel.h"
#include "views/replay/placedelegate.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace headgate {

namespace {

constexpr int mostRowsShown = 14;

QString titleOf(const ReplayPlan &plan)
{
    return plan.topics.size() == 1
        ? PartitionsBlock::tr("Partitions of %1").arg(shownText(plan.topics.front().name, 80))
        : PartitionsBlock::tr("Partitions of %n topic(s)", nullptr, int(plan.topics.size()));
}

QString noteOf(const ReplayPlan &plan)
{
    const auto moving = std::ranges::count(plan.moves, true, &PartitionMove::moves);
    const bool outside = std::ranges::any_of(plan.moves, [](const PartitionMove &move) {
        return move.moves && move.start && move.end && move.after
            && (*move.after < *move.start || *move.after > *move.end);
    });
    const bool known = std::ranges::all_of(plan.moves, [](const auto &move) { return move.start && move.end; });
    const auto moves = PartitionsBlock::tr("%1 of %2 move").arg(moving).arg(plan.moves.size());
    return outside              ? PartitionsBlock::tr("%1, some to outside the log").arg(moves)
        : moving == 0 || !known ? moves
                                : PartitionsBlock::tr("%1, all inside the log").arg(moves);
}

} // namespace

PartitionsBlock::PartitionsBlock(QWidget *parent)
    : Block(2, tr("Partitions"), parent)
    , m_table(new QTableView(this))
    , m_legend(new PlaceLegend(this))
    , m_all(makeSmallButton({}, ButtonKind::Link, this))
    , m_count(new PlainLabel({}, TextStyle::BodyStrong, this))
    , m_sum(new PlainLabel({}, TextStyle::BodyStrong, this))
{
    m_table->setObjectName(QStringLiteral("replayPartitions"));
    m_table->setModel(&m_rows);
    setUpTable(m_table, tr("Partitions"));
    m_table->setItemDelegate(new PlaceDelegate(m_table));
    m_table->setSortingEnabled(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto *header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(PartitionsModel::Place, QHeaderView::Stretch);
    header->setSectionsClickable(false);
    setNarrow(false);
    m_all->setObjectName(QStringLiteral("replayEveryPartition"));
    m_sum->setObjectName(QStringLiteral("replaySum"));
    head()->addWidget(m_all);
    head()->addWidget(m_legend);
    body()->addWidget(m_table);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(padding, 8, padding, 10);
    foot->addWidget(m_count);
    foot->addStretch(1);
    foot->addWidget(m_sum);
    body()->addLayout(foot);
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_everyOne = !m_everyOne;
        m_rows.setRows(partitionRows(*m_plan, !m_everyOne));
        fit();
    });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (m_rows.row(index.row()).tp.partition >= 0) {
            Q_EMIT edited(m_rows.row(index.row()).tp);
        }
    });
}

void PartitionsBlock::enter()
{
    m_table->setFocus(Qt::OtherFocusReason);
    if (!m_table->currentIndex().isValid() && m_rows.rowCount() > 0) {
        m_table->setCurrentIndex(m_rows.index(0, 0));
    }
}

void PartitionsBlock::setNarrow(bool narrow)
{
    m_legend->setVisible(!narrow);
    const int offsets = narrow ? 84 : 104;
    const std::pair<int, int> widths[] {{PartitionsModel::Partition, narrow ? 72 : 96},
        {PartitionsModel::Before, offsets}, {PartitionsModel::New, offsets}, {PartitionsModel::End, offsets},
        {PartitionsModel::Again, narrow ? 96 : 116}};
    for (const auto &[column, width] : widths) {
        m_table->setColumnWidth(column, width);
    }
}

void PartitionsBlock::show(const ReplayViewModel::State &state)
{
    if (state.plan && state.plan != m_plan) {
        m_plan = state.plan;
        m_rows.setRows(partitionRows(*m_plan, int(m_plan->moves.size()) > mostPartitions && !m_everyOne));
    }
    setVisible(state.plan && !state.plan->moves.empty());
    if (!state.plan) {
        return;
    }
    setTitle(titleOf(*state.plan));
    setNote(noteOf(*state.plan));
    m_count->setText(tr("%n partition(s)", nullptr, int(state.plan->moves.size())));
    m_sum->setText(state.plan->skipped > 0
            ? tr("%1 again, %2 skipped").arg(fullNumber(state.plan->again), fullNumber(state.plan->skipped))
            : fullNumber(state.plan->again));
    fit();
}

void PartitionsBlock::fit()
{
    const bool many = m_plan && int(m_plan->moves.size()) > mostPartitions;
    m_all->setVisible(many);
    m_all->setText(m_everyOne ? tr("Three a topic") : tr("Every partition"));
    const int rows = std::min(m_rows.rowCount(), mostRowsShown);
    m_table->setFixedHeight(
        m_table->horizontalHeader()->sizeHint().height() + rows * m_table->verticalHeader()->defaultSectionSize() + 2);
}

} // namespace headgate
