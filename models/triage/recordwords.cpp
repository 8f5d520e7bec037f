// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/recordwords.h"

#include "models/common/agetext.h"
#include "models/common/errortext.h"
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

//! A JSON object becomes a line a field; anything else, also what merely looks like one, stays one text.
void addValue(QStringList &lines, const QString &value)
{
    const auto text = value.trimmed();
    QStringList fields;
    bool isObject = text.startsWith(u'{') && text.endsWith(u'}');
    for (const auto &field : isObject ? splitOutside(QStringView(text).sliced(1).chopped(1), u',') : QStringList()) {
        const auto pair = splitOutside(field, u':');
        isObject = isObject && pair.size() > 1 && pair.front().trimmed().startsWith(u'"');
        if (isObject && lines.size() + fields.size() < mostLines) {
            addLine(fields, unquoted(pair.front().trimmed()), unquoted(pair.mid(1).join(u':').trimmed()));
        }
    }
    if (isObject) {
        lines << fields;
    } else {
        addLine(lines, Words::tr("value"), value);
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

QString recordHow(const FailingRecord &record)
{
    switch (record.evidence) {
    case RecordEvidence::NamedByTrace:
        return Words::tr("named by the trace");
    case RecordEvidence::FoundByReading:
        return Words::tr("found by reading %n record(s) from the committed position", nullptr, record.recordsRead);
    case RecordEvidence::RangeOnly:
        return Words::tr("between the committed position and the end: the target refused it, not the converter");
    }
    Q_UNREACHABLE();
}

QString recordSearchText(const Problem &problem)
{
    if (problem.record || (!problem.recordError && !problem.recordSought)) {
        return {};
    }
    if (problem.recordSought) {
        return Words::tr("reading for it from the committed position");
    }
    const auto &error = *problem.recordError;
    if (error.kind == ErrorKind::NotFound) {
        const int read = error.detail.toInt();
        return read == 0 ? Words::tr("not found: no position is known from which to read")
                         : Words::tr("not found: this converter refuses none of %n record(s) read from the committed "
                                     "position",
                               nullptr, read);
    }
    if (error.kind == ErrorKind::NotSupported) {
        return Words::tr("not looked for: what this converter refuses is not known here");
    }
    const auto text = errorText(error);
    return Words::tr("not found: %1").arg(QString(text.what + u' ' + text.next));
}

} // namespace headgate
