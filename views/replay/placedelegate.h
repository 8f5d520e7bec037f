// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/replay/placeinlog.h"
#include "views/common/rowdelegate.h"

namespace headgate {

//! The cells of a plan's partitions: bars of PlaceInLog beside the usual ones.
class PlaceDelegate final : public RowDelegate
{
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void paintCell(QPainter *painter, const QRect &inner, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
};

/*! A log from left (older) to right (its end): hatched what is delivered again, a thin mark where it stood before, a
 * flag where it shall stand; two strokes where the log's start is cut off. Time axes are not mirrored. */
void paintPlace(QPainter *painter, const QRectF &bar, const PlaceInLog &place);
//! "new position | before | delivered again | log", each with its mark.
class PlaceLegend final : public QWidget
{
    Q_OBJECT
public:
    explicit PlaceLegend(QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace headgate
