// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/records/jsonvalue.h"

#include "domain/records/jsonreader.h"

#include <QStringDecoder>

#include <algorithm>
#include <optional>
#include <set>

namespace headgate {

namespace {

//! Two or four bytes a character are told by where the zeros are, or by a mark in front. Absent: UTF-8.
std::optional<QStringConverter::Encoding> wideEncoding(std::string_view bytes)
{
    if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE")) {
        return bytes[0] == '\xFE' ? QStringConverter::Utf16BE : QStringConverter::Utf16LE;
    }
    if (bytes.size() < 2 || (bytes[0] != '\0' && bytes[1] != '\0')) {
        return std::nullopt;
    }
    const auto zero = [bytes](size_t i) {
        return i < bytes.size() && bytes[i] == '\0';
    };
    if (bytes.size() >= 4 && zero(0) && zero(1) && zero(2) && !zero(3)) {
        return QStringConverter::Utf32BE;
    }
    if (bytes.size() >= 4 && !zero(0) && zero(1) && zero(2) && zero(3)) {
        return QStringConverter::Utf32LE;
    }
    if (zero(0) && zero(1)) {
        return std::nullopt; // a schema id's frame, not text
    }
    return zero(0) ? QStringConverter::Utf16BE : QStringConverter::Utf16LE;
}

} // namespace

const JsonValue *JsonValue::find(std::string_view name) const
{
    const auto found = std::find(names.rbegin(), names.rend(), name);
    return found == names.rend() ? nullptr : &items[size_t(names.rend() - found) - 1];
}

size_t JsonValue::size() const
{
    return kind == Kind::Object ? std::set<std::string_view>(names.begin(), names.end()).size() : items.size();
}

tl::expected<JsonValue, JsonFault> readJson(std::string_view bytes)
{
    if (const auto wide = wideEncoding(bytes)) {
        QStringDecoder decoder(*wide);
        const QString text = decoder(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
        const auto narrow = text.toStdString();
        return readUtf8Json(narrow);
    }
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    return readUtf8Json(bytes.starts_with(mark) ? bytes.substr(mark.size()) : bytes);
}

std::string jsonPlace(std::string_view text, size_t at)
{
    const auto before = text.substr(0, std::min(at, text.size()));
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto lastBreak = before.rfind('\n');
    const auto column = 1 + (lastBreak == std::string_view::npos ? before.size() : before.size() - lastBreak - 1);
    return "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: " + std::to_string(line)
        + ", column: " + std::to_string(column) + ']';
}

} // namespace headgate
