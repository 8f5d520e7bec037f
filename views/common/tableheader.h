// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace headgate {

//! Room beside a cell's content: columns stand 12 px apart, the outermost ones 12 px from the table's edges.
struct CellPaddings
{
    int leading = 6;
    int trailing = 6;
};
//! `table` as a delegate's option names it; no table: as if it had one column more.
CellPaddings cellPaddings(const QWidget *table, int column);

//! The header of our tables: 28 px on `sunken`, small words aligned like their column, a small arrow where it sorts.
class TableHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit TableHeader(Qt::Orientation orientation, QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace headgate
