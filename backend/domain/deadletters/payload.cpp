// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deadletters/payload.h"

#include <QtEndian>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace headgate {

namespace {

constexpr qsizetype perLine = 16;
constexpr qsizetype frameSize = 5;

QString hexOf(const QByteArray &bytes)
{
    QString lines;
    lines.reserve(bytes.size() * 5);
    for (qsizetype at = 0; at < bytes.size(); at += perLine) {
        const auto line = bytes.mid(at, perLine);
        QString letters;
        for (const char each : line) {
            letters += each >= 0x20 && each < 0x7f ? QLatin1Char(each) : QLatin1Char('.');
        }
        const auto digits = QString::fromLatin1(line.toHex(' ')).leftJustified(int(perLine * 3 - 1));
        lines += QStringLiteral("%1  %2  %3\n").arg(at, 8, 16, QLatin1Char('0')).arg(digits, letters);
    }
    return lines;
}

//! The longest part that does not end inside a letter.
QByteArray wholeLetters(QByteArray bytes)
{
    int back = 0;
    while (back < 3 && back < bytes.size() && (bytes[bytes.size() - 1 - back] & 0xc0) == 0x80) {
        ++back;
    }
    const bool leads = back < bytes.size() && (bytes[bytes.size() - 1 - back] & 0xc0) == 0xc0;
    bytes.chop(leads ? back + 1 : 0);
    return bytes;
}

std::optional<QString> textOf(const QByteArray &bytes, bool cut)
{
    const auto whole = cut ? wholeLetters(bytes) : bytes;
    const auto text = QString::fromUtf8(whole);
    const bool plain = std::ranges::none_of(text, [](QChar each) {
        return each == QChar::ReplacementCharacter
            || (each.unicode() < 0x20 && each != u'\n' && each != u'\t' && each != u'\r');
    });
    return plain ? std::optional(text) : std::nullopt;
}

//! Numbers keep their digits and members their order: only blanks are added.
QString indented(const QByteArray &json)
{
    QString lines;
    int depth = 0;
    bool quoted = false;
    const auto newLine = [&] {
        lines += u'\n' + QString(depth * 2, u' ');
    };
    const auto text = QString::fromUtf8(json);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto letter = text[i];
        if (quoted) {
            lines += letter;
            if (letter == u'\\' && i + 1 < text.size()) {
                lines += text[++i];
            }
            quoted = letter != u'"';
            continue;
        }
        const auto next = std::find_if(text.begin() + i + 1, text.end(), [](QChar each) { return !each.isSpace(); });
        const bool closesAtOnce = next != text.end() && (*next == u'}' || *next == u']');
        if (letter.isSpace()) {
            continue;
        }
        if (letter == u'}' || letter == u']') {
            --depth;
            if (!lines.endsWith(u'{') && !lines.endsWith(u'[')) {
                newLine();
            }
        }
        lines += letter;
        quoted = letter == u'"';
        if (letter == u'{' || letter == u'[') {
            ++depth;
            if (!closesAtOnce) {
                newLine();
            }
        } else if (letter == u',') {
            newLine();
        } else if (letter == u':') {
            lines += u' ';
        }
    }
    return lines;
}

} // namespace

Payload payloadOf(const std::optional<QByteArray> &bytes)
{
    Payload payload;
    if (!bytes) {
        return payload;
    }
    payload.bytes = bytes->size();
    payload.cut = bytes->size() > Payload::maxShown;
    const auto shown = bytes->left(Payload::maxShown);
    payload.hex = hexOf(shown);
    if (bytes->isEmpty()) {
        payload.form = PayloadForm::Empty;
    } else if (bytes->size() > frameSize && bytes->front() == 0) {
        payload.form = PayloadForm::Registry;
        payload.schema = qFromBigEndian<qint32>(bytes->constData() + 1);
    } else if (!payload.cut && nlohmann::json::accept(shown.begin(), shown.end())) {
        payload.form = PayloadForm::Json;
        payload.text = indented(shown);
    } else if (auto text = textOf(shown, payload.cut)) {
        payload.form = PayloadForm::Text;
        payload.text = *std::move(text);
    } else {
        payload.form = PayloadForm::Bytes;
    }
    return payload;
}

} // namespace headgate
