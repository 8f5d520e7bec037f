// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMargins>
#include <QRect>
#include <QRectF>
#include <Qt>

class QPainter;

namespace headgate {

/*! @{ Everything that we paint stands as the window reads: in a mirrored one glyph, word and number change their sides,
 * alignments lead from the right. Identifiers, digits and time axes keep their own direction. A painter reads as its
 * widget or its cell does only after readAs(). */
void readAs(QPainter *painter, Qt::LayoutDirection direction);
bool isMirrored(const QPainter *painter);
//! Where `rect`, laid out from the left of `bounds`, stands for this painter.
QRect mirrored(const QPainter *painter, const QRect &bounds, const QRect &rect);
QRectF mirrored(const QPainter *painter, const QRectF &bounds, const QRectF &rect);
//! Margins given as leading, top, trailing, bottom: layouts mirror their items, but not their own margins.
QMargins asRead(int leading, int top, int trailing, int bottom);
//! @}

//! A strip of room that is given away piece by piece from its leading and its trailing end.
class Lane
{
public:
    Lane(const QPainter *painter, const QRect &rect);
    QRect takeLeading(int width, int gap = 0);
    QRect takeTrailing(int width, int gap = 0);
    const QRect &rest() const { return m_rest; }

private:
    QRect take(int width, int gap, bool left);

    QRect m_rest;
    bool m_mirrored;
};

} // namespace headgate
