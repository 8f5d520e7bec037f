// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QTableView;

namespace headgate {

/*! The base of every cell we draw: selection tint with the bar at the left edge, hover, hairline below, plain tool
 * tips, and the kinds of cell that roles ask for (models/common/cellroles.h): state, number with its face, spark line
 * left of its number, symbol before a name, second line. Knows no model. */
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit RowDelegate(QObject *parent = nullptr);
    void setRowHeight(int pixels) { m_rowHeight = pixels; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

protected:
    //! Inside of the cell, between its paddings.
    virtual void paintCell(
        QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintBackground(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

private:
    int m_rowHeight = 28;
};

//! A table as the look asks: no grid, no zebra, rows selected whole, header of 28 px on `sunken`, RowDelegate.
RowDelegate *setUpTable(QTableView *table, const QString &accessibleName);

} // namespace headgate
