// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

class QPainter;
class QRectF;
class QWidget;

namespace headgate {

//! The ladder of sizes; weights are 400, 500 (buttons, chips) and 600, nothing else.
enum class TextStyle { Caption, Small, Body, BodyStrong, Chip, Section, Title, Figure, Code, CodeStrong };

//! Derived from QApplication::font(), so that everything grows with it.
QFont fontOf(TextStyle style);
//! `base` with the weight 600 or the fixed family, for pieces of a sentence.
QFont strong(const QFont &base);
QFont fixed(const QFont &base);
//! How much larger than designed the body text is, at least 1: widths that hold text grow by it.
double fontScale();

//! Takes Inter where it is installed and the desktop has not chosen a size of its own kind; once, in main.
void chooseApplicationFont();

/*! Tabular digits: each digit of `text` in a cell as wide as the widest one, when the font's digits differ (Inter's do,
 * and Qt 6.4 cannot switch the feature on). Aligned as the painter reads: AlignRight is the trailing side. Returns
 * the width used. */
qreal drawDigits(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);
qreal digitsWidth(const QFont &font, const QString &text);

} // namespace headgate
