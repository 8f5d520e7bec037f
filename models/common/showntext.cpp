// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/showntext.h"

#include <array>

namespace headgate {

namespace {

constexpr QChar firstStrongIsolate {0x2068};
constexpr QChar popIsolate {0x2069};
constexpr QChar wordJoiner {0x2060};

//! Characters that are invisible or turn the writing direction: an attacker's tools in a name.
bool isDeceiving(char16_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0x061C
        || c == 0xFEFF || c == 0x00AD;
}

bool isRightToLeft(QChar c)
{
    const auto direction = c.direction();
    return direction == QChar::DirR || direction == QChar::DirAL;
}

void appendEscaped(QString &out, char16_t c)
{
    switch (c) {
    case u'\n':
        out += QLatin1String("\\n");
        return;
    case u'\r':
        out += QLatin1String("\\r");
        return;
    case u'\t':
        out += QLatin1String("\\t");
        return;
    }
    const auto hex = QString::number(c, 16);
    if (c < 0x100) {
        out += QLatin1String("\\x") + hex.rightJustified(2, QLatin1Char('0'));
    } else {
        out += QLatin1String("\\u{") + hex.rightJustified(4, QLatin1Char('0')) + QLatin1Char('}');
    }
}

bool isControl(char16_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

//! Appends one code unit of `text` in visible form; surrogate pairs are taken whole, lone halves replaced.
void appendVisible(QString &out, QStringView text, qsizetype &i)
{
    const QChar c = text[i];
    if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
        out += c;
        out += text[++i];
    } else if (c.isSurrogate()) {
        out += QChar(QChar::ReplacementCharacter);
    } else if (isControl(c.unicode()) || isDeceiving(c.unicode())) {
        appendEscaped(out, c.unicode());
    } else {
        out += c;
    }
}

QString isolated(QString text)
{
    for (const QChar c : std::as_const(text)) {
        if (isRightToLeft(c)) {
            return firstStrongIsolate + text + popIsolate;
        }
    }
    return text;
}

} // namespace

QString shownText(const QString &outside, int limit)
{
    QString out;
    out.reserve(std::min<qsizetype>(outside.size(), limit));
    qsizetype i = 0;
    for (; i < outside.size() && out.size() < limit; ++i) {
        appendVisible(out, outside, i);
    }
    if (i < outside.size()) {
        out += QChar(0x2026);
    }
    return isolated(std::move(out));
}

QString shownLine(QStringView line)
{
    QString out;
    out.reserve(line.size());
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i] == QLatin1Char('\t')) {
            out += QLatin1String("    ");
        } else {
            appendVisible(out, line, i);
        }
    }
    return isolated(std::move(out));
}

QString neverMarkup(const QString &text)
{
    // Qt looks at the first '<' only and gives up when the next character cannot begin a tag; "&lt;" alone also makes
    // it believe in markup.
    QString out = text;
    if (const auto open = out.indexOf(QLatin1Char('<')); open >= 0) {
        out.insert(open + 1, wordJoiner);
    }
    return out.replace(QLatin1String("&lt;"), QLatin1String("&") + wordJoiner + QLatin1String("lt;"));
}

} // namespace headgate
