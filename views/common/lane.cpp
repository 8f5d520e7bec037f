// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/lane.h"

#include <QGuiApplication>
#include <QPainter>

namespace headgate {

void readAs(QPainter *painter, Qt::LayoutDirection direction)
{
    painter->setLayoutDirection(direction);
}

bool isMirrored(const QPainter *painter)
{
    return painter->layoutDirection() == Qt::RightToLeft;
}

QRect mirrored(const QPainter *painter, const QRect &bounds, const QRect &rect)
{
    return isMirrored(painter) ? rect.translated(bounds.left() + bounds.right() - rect.left() - rect.right(), 0) : rect;
}

QRectF mirrored(const QPainter *painter, const QRectF &bounds, const QRectF &rect)
{
    return isMirrored(painter) ? rect.translated(bounds.left() + bounds.right() - rect.left() - rect.right(), 0) : rect;
}

QMargins asRead(int leading, int top, int trailing, int bottom)
{
    const bool right = QGuiApplication::isRightToLeft();
    return {right ? trailing : leading, top, right ? leading : trailing, bottom};
}

Lane::Lane(const QPainter *painter, const QRect &rect)
    : m_rest(rect)
    , m_mirrored(isMirrored(painter))
{
}

QRect Lane::takeLeading(int width, int gap)
{
    return take(width, gap, !m_mirrored);
}

QRect Lane::takeTrailing(int width, int gap)
{
    return take(width, gap, m_mirrored);
}

QRect Lane::take(int width, int gap, bool left)
{
    auto piece = m_rest;
    if (left) {
        piece.setWidth(width);
        m_rest.setLeft(piece.right() + 1 + gap);
    } else {
        piece.setLeft(piece.right() - width + 1);
        m_rest.setRight(piece.left() - 1 - gap);
    }
    return piece;
}

} // namespace headgate
