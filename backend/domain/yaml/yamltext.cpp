// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/yaml/yamltext.h"

namespace headgate {

namespace {

//! Characters that no YAML reader may see raw in a double-quoted scalar, or that change the lines around them.
bool needsEscape(QChar c)
{
    return c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0) || c == QChar::LineSeparator
        || c == QChar::ParagraphSeparator || c == QChar::ByteOrderMark || c.category() == QChar::Other_Format;
}

QString keyText(const QString &key)
{
    for (const auto c : key) {
        if (!(c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'_' || c == u'-'))) {
            return YamlText::quoted(key);
        }
    }
    return key.isEmpty() || !key.front().isLetter() ? YamlText::quoted(key) : key;
}

} // namespace

QString YamlText::quoted(const QString &value)
{
    QString out(u'"');
    for (const auto c : value) {
        if (c == u'"' || c == u'\\') {
            out.append(u'\\');
            out.append(c);
        } else if (c == u'\n') {
            out.append(QLatin1String("\\n"));
        } else if (c == u'\t') {
            out.append(QLatin1String("\\t"));
        } else if (needsEscape(c)) {
            out.append(QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0')));
        } else {
            out.append(c);
        }
    }
    out.append(u'"');
    return out;
}

void YamlText::line(const QString &content)
{
    m_out.append(QByteArray((m_depth - m_dashes) * 2, ' '));
    for (; m_dashes > 0; --m_dashes) {
        m_out.append("- ");
    }
    m_out.append(content.toUtf8());
    m_out.append('\n');
}

void YamlText::text(const QString &key, const QString &value)
{
    if (!value.isEmpty()) {
        line(keyText(key) + QLatin1String(": ") + quoted(value));
    }
}

void YamlText::plain(const QString &key, const QString &value)
{
    line(keyText(key) + QLatin1String(": ") + value);
}

void YamlText::item(const QString &value)
{
    line(QLatin1String("- ") + quoted(value));
}

void YamlText::plainItem(const QString &value)
{
    line(QLatin1String("- ") + value);
}

void YamlText::openMap(const QString &key)
{
    line(keyText(key) + QLatin1Char(':'));
    ++m_depth;
}

void YamlText::openList(const QString &key)
{
    openMap(key);
}

void YamlText::openItem()
{
    ++m_depth;
    ++m_dashes;
}

void YamlText::close()
{
    --m_depth;
    m_dashes = 0;
}

} // namespace headgate
