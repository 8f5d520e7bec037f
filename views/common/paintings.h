// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/numbertext.h"

#include <QColor>
#include <QFont>
#include <QList>
#include <QRectF>

class QPainter;

namespace headgate {

/*! A spark line from zero, 1.25 px, the last point as a dot; NaN leaves a gap; nothing for a single value. At most one
 * point a pixel: denser data is reduced to the minimum and maximum of each pixel, so that a spike never disappears.
 * Time goes to the right everywhere. */
void paintSpark(QPainter *painter, const QRectF &rect, const QList<float> &values, const QColor &colour);

//! A bar against a limit: `used` and `added` (drawn in accent) of `limit`, tick at the limit; amber from the limit on.
//! All >= 0.
void paintLimitBar(QPainter *painter, const QRectF &rect, double used, double added, double limit);

//! One of the six faces, aligned as the painter reads (lane.h); the digits tabular, the unit muted. `digits` colours
//! them where the problem is (invalid = text).
void paintNumber(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const NumberText &number,
    const QFont &font, const QColor &digits = {});
qreal numberWidth(const NumberText &number, const QFont &font);

//! A key in a frame of 3 px radius: "Ctrl K". Returns its width.
int paintShortcut(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &keys);

//! Text with digits, elided in the middle when it is too long (names), never wrapped.
void paintName(QPainter *painter, const QRectF &rect, const QString &text);

} // namespace headgate
