// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

#include <QIcon>

class QPainter;
class QRect;

namespace headgate {

/*! A symbol of resources/icons in the colour of a text role: follows the theme, grey when disabled. 16 px grid; sizes
 * 12 14 16 20 24. The colour is put into the file's text (QtSvg renders currentColor as black). */
QIcon symbol(const QString &name, TextRole role = TextRole::Text);

//! Paints a symbol of that colour into `rect` (square). Pixmaps are kept per name, colour, size and ratio. Missing:
//! nothing is painted.
void paintSymbol(QPainter *painter, const QRect &rect, const QString &name, const QColor &colour);

//! The program's own mark, in its own colours.
void paintMark(QPainter *painter, const QRect &rect);

} // namespace headgate
