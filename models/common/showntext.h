// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace headgate {

/*! Text from outside, made safe to stand in one line of ours: control characters become visible escapes ("\x1b", "\n"),
 * zero-width and direction-changing characters too, and right-to-left text is isolated so that it cannot reorder what
 * stands beside it. Never longer than `limit` characters: the rest becomes an ellipsis. */
QString shownText(const QString &outside, int limit = 4096);

//! The same for one line of a trace: tabs become spaces, lone surrogates U+FFFD. No limit: the viewer cuts what it
//! paints.
QString shownLine(QStringView line);

//! The same text in a form that Qt never takes for rich text (tool tips have no plain-text switch).
QString neverMarkup(const QString &text);

} // namespace headgate
