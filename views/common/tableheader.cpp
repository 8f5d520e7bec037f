// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/tableheader.h"

#include "themetokens.h"
#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QTableView>

namespace headgate {

namespace {

QFont headerFont()
{
    auto font = fontOf(TextStyle::Chip);
    font.setPointSizeF(fontOf(TextStyle::Body).pointSizeF() * 0.885);
    return font;
}

void paintSortArrow(QPainter *painter, QPointF at, Qt::SortOrder order)
{
    const qreal up = order == Qt::AscendingOrder ? -1 : 1;
    QPainterPath path(at + QPointF(-3, -1.5 * up));
    path.lineTo(at + QPointF(0, 1.5 * up));
    path.lineTo(at + QPointF(3, -1.5 * up));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colours().textMuted, 1.25));
    painter->drawPath(path);
}

} // namespace

CellPaddings cellPaddings(const QWidget *table, int column)
{
    constexpr int toEdge = 12;
    CellPaddings paddings;
    const auto *view = qobject_cast<const QTableView *>(table);
    if (column == 0) {
        paddings.leading = toEdge;
    }
    if (view != nullptr && view->horizontalHeader() != nullptr) {
        int last = view->horizontalHeader()->count() - 1;
        while (last > 0 && view->isColumnHidden(last)) {
            --last;
        }
        paddings.trailing = column == last ? toEdge : paddings.trailing;
    }
    return paddings;
}

TableHeader::TableHeader(Qt::Orientation orientation, QWidget *parent)
    : QHeaderView(orientation, parent)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(36);
}

QSize TableHeader::sizeHint() const
{
    return {
        QHeaderView::sizeHint().width(), std::max(tokens::size::tableHeader, QFontMetrics(headerFont()).height() + 10)};
}

void TableHeader::paintEvent(QPaintEvent *event)
{
    {
        QPainter p(viewport());
        p.fillRect(viewport()->rect(), colours().sunken);
        p.fillRect(QRect(0, viewport()->height() - 1, viewport()->width(), 1), colours().border);
    }
    QHeaderView::paintEvent(event);
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    painter->save();
    readAs(painter, layoutDirection());
    painter->fillRect(rect, colours().sunken);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours().border);
    painter->setFont(headerFont());
    painter->setPen(colours().textMuted);
    const auto given = model()->headerData(logicalIndex, orientation(), Qt::TextAlignmentRole);
    const bool right = given.isValid() && (Qt::Alignment(given.toInt()) & Qt::AlignRight);
    const auto text = model()->headerData(logicalIndex, orientation(), Qt::DisplayRole).toString();
    Lane lane(painter, rect);
    const auto [leading, trailing] = cellPaddings(parentWidget(), logicalIndex);
    lane.takeLeading(leading);
    lane.takeTrailing(trailing);
    const auto inner = lane.rest();
    const auto shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, inner.width());
    painter->drawText(inner, int(Qt::AlignVCenter) | int(right ? Qt::AlignRight : Qt::AlignLeft), shown);
    if (isSortIndicatorShown() && sortIndicatorSection() == logicalIndex && !text.isEmpty()) {
        const int width = painter->fontMetrics().horizontalAdvance(shown);
        const bool fromRight = right != isMirrored(painter);
        const qreal x = fromRight ? inner.right() - width - 8 : inner.left() + width + 8;
        if (x > rect.left() + 4 && x < rect.right() - 2) {
            paintSortArrow(painter, {x, inner.center().y() + 1.0}, sortIndicatorOrder());
        }
    }
    painter->restore();
}

} // namespace headgate
