// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace headgate {

/*! One text as a cell of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula (it begins with
 * = + - @, a tab or a line end, be it behind blanks or quotes) gets an apostrophe in front, as OWASP asks: names come
 * from anybody. So does one that begins with an apostrophe, so that taking one off gives the text back. Numbers of our
 * own need none of this. */
QString csvCell(const QString &text);

} // namespace headgate
