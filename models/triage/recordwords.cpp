// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/recordwords.h"

#include "models/common/agetext.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RecordWords)
};

constexpr int longestValue = 120;
constexpr int mostLines = 12;

void addLine(QStringList &lines, const QString &name, const QString &value)
{
    lines << QString(shownText(name, 24).leftJustified(9) + shownText(value, longestValue));
}

QString unquoted(const QString &text)
{
    return text.size() > 1 && text.startsWith(u'"') && text.endsWith(u'"') ? text.mid(1, text.size() - 2) : text;
}

//! Splits `text` at `separator` outside of strings and brackets. No JSON library: numbers must stay as they were
//! written.
QStringList splitOutside(QStringView text, QChar separator)
{
    QStringList parts {QString()};
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        if (c == u'"' && (i == 0 || text[i - 1] != u'\\')) {
            inString = !inString;
        }
        depth += inString ? 0 : (c == u'{' || c == u'[') ? 1 : (c == u'}' || c == u']') ? -1 : 0;
        if (c == separator && !inString && depth == 0) {
            parts << QString();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

//! A JSON object becomes a line a field; anything else stays one text.
void addValue(QStringList &lines, const QString &value)
{
    const auto text = value.trimmed();
    if (!text.startsWith(u'{') || !text.endsWith(u'}')) {
        addLine(lines, Words::tr("value"), value);
        return;
    }
    for (const auto &field : splitOutside(QStringView(text).sliced(1).chopped(1), u',')) {
        const auto pair = splitOutside(field, u':');
        if (lines.size() < mostLines && pair.size() > 1) {
            addLine(lines, unquoted(pair.front().trimmed()), unquoted(pair.mid(1).join(u':').trimmed()));
        }
    }
}

} // namespace

QString recordPlace(const FailingRecord &record)
{
    const auto place = QString(shownText(record.tp.topic, 120) + u'-' + QString::number(record.tp.partition)
        + QStringLiteral(" @ ") + fullNumber(record.offset));
    return record.rangeEnd < 0 ? place : Words::tr("%1 to %2", "offset range").arg(place, fullNumber(record.rangeEnd));
}

QStringList recordLines(const FailingRecord &record, Instant now)
{
    QStringList lines;
    if (record.rangeEnd >= 0) {
        return {
            Words::tr("one of %1 records").arg(fullNumber(std::max<std::int64_t>(0, record.rangeEnd - record.offset)))};
    }
    addLine(lines, Words::tr("key"), record.keyText);
    if (record.timestamp != Instant {}) {
        addLine(lines, Words::tr("written"), momentText(record.timestamp, now));
    }
    addValue(lines, record.valueText);
    return lines;
}

} // namespace headgate
