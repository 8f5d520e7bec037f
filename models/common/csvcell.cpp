// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/csvcell.h"

#include <algorithm>

namespace headgate {

namespace {

bool looksLikeFormula(const QString &text)
{
    static const QString starts = QStringLiteral("=+-@\t\r\n");
    const auto first = std::ranges::find_if(text, [](QChar c) { return c != u' ' && c != u'"' && c != u'\''; });
    return first != text.end() && starts.contains(*first);
}

} // namespace

QString csvCell(const QString &text)
{
    QString cell = text;
    if (looksLikeFormula(text) || text.startsWith(u'\'')) {
        cell.prepend(u'\'');
    }
    if (cell.contains(u'"') || cell.contains(u',') || cell.contains(u'\n') || cell.contains(u'\r')) {
        cell.replace(u'"', QStringLiteral("\"\""));
        cell = QString(u'"' + cell + u'"');
    }
    return cell;
}

} // namespace headgate
