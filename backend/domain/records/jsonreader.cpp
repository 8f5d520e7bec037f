// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/records/jsonreader.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace headgate {

namespace {

constexpr int mostLevels = 1000;
constexpr size_t mostDigits = 1000, longestName = 50'000, longestString = 20'000'000;
constexpr std::string_view blanks = " \t\r\n";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string limitText(const char *what, size_t found, size_t most)
{
    return std::string(what) + " (" + std::to_string(found) + ") exceeds the maximum allowed (" + std::to_string(most)
        + ')';
}

//! Walks the text until the first thing that cannot stand there.
class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {
    }
    tl::expected<JsonValue, JsonFault> read()
    {
        JsonValue root;
        skipBlanks();
        if (m_at < m_text.size()) {
            value(root, 1);
        }
        if (m_fault) {
            return tl::unexpected(*std::move(m_fault));
        }
        return root;
    }

private:
    bool ends() const { return m_at >= m_text.size(); }
    char here() const { return m_text[m_at]; }
    void skipBlanks()
    {
        while (!ends() && blanks.contains(here())) {
            ++m_at;
        }
    }
    void fail(std::string message, JsonFault::Kind kind = JsonFault::Kind::Syntax)
    {
        m_fault = JsonFault {kind, std::move(message), m_at};
    }
    void unexpected(const char *wanted)
    {
        const auto byte = static_cast<unsigned char>(here());
        if (byte < 0x20) {
            fail("Illegal character ((CTRL-CHAR, code " + std::to_string(int(byte))
                + ")): only regular white space (\\r, \\n, \\t) is allowed between tokens");
        } else {
            fail(std::string("Unexpected character ('") + here() + "' (code " + std::to_string(int(byte))
                + ")): " + wanted);
        }
    }
    void tooLong(const char *what, size_t found, size_t most)
    {
        fail(limitText(what, found, most), JsonFault::Kind::Limit);
    }
    bool endsInside(const char *kind, size_t start, bool afterEntry);
    void value(JsonValue &into, int level);
    void object(JsonValue &into, int level);
    void array(JsonValue &into, int level);
    std::string string(size_t longest, const char *what);
    void escape(std::string &into);
    unsigned hex();
    void character(std::string &into);
    void number(JsonValue &into, int level);
    bool digits(const char *wanted);
    void word(JsonValue &into);

    std::string_view m_text;
    size_t m_at = 0;
    std::optional<JsonFault> m_fault;
};

//! Inside a container the reader names the marker which opened it.
bool Reader::endsInside(const char *kind, size_t start, bool afterEntry)
{
    skipBlanks();
    if (!ends()) {
        return false;
    }
    fail(afterEntry ? "Unexpected end-of-input within/between " + std::string(kind) + " entries"
                    : "Unexpected end-of-input: expected close marker for " + std::string(kind) + " (start marker at "
                + jsonPlace(m_text, start) + ')',
        JsonFault::Kind::EndOfInput);
    return true;
}

void Reader::value(JsonValue &into, int level)
{
    skipBlanks();
    if (ends()) {
        fail("Unexpected end-of-input", JsonFault::Kind::EndOfInput);
        return;
    }
    const char first = here();
    if (first == '{') {
        object(into, level);
    } else if (first == '[') {
        array(into, level);
    } else if (first == '"') {
        into.kind = JsonValue::Kind::String;
        into.text = string(longestString, "String value length");
    } else if (isDigit(first) || first == '-') {
        number(into, level);
    } else if (static_cast<unsigned char>(first) < 0x20 || std::string_view("}]:,.+/#'").contains(first)) {
        unexpected("expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
    } else {
        word(into);
    }
}

void Reader::object(JsonValue &into, int level)
{
    into.kind = JsonValue::Kind::Object;
    const auto start = m_at++;
    if (level > mostLevels) {
        tooLong("Document nesting depth", size_t(level), mostLevels);
        return;
    }
    for (bool first = true; !m_fault; first = false) {
        if (endsInside("Object", start, !first)) {
            return;
        }
        if (first && here() == '}') {
            ++m_at;
            return;
        }
        if (here() != '"') {
            unexpected("was expecting double-quote to start field name");
            return;
        }
        into.names.push_back(string(longestName, "Name length"));
        if (m_fault || endsInside("Object", start, true)) {
            return;
        }
        if (here() != ':') {
            unexpected("was expecting a colon to separate field name and value");
            return;
        }
        ++m_at;
        value(into.items.emplace_back(), level + 1);
        if (m_fault || endsInside("Object", start, false)) {
            return;
        }
        if (here() == '}') {
            ++m_at;
            return;
        }
        if (here() != ',') {
            unexpected("was expecting comma to separate Object entries");
            return;
        }
        ++m_at;
    }
}

void Reader::array(JsonValue &into, int level)
{
    into.kind = JsonValue::Kind::Array;
    const auto start = m_at++;
    if (level > mostLevels) {
        tooLong("Document nesting depth", size_t(level), mostLevels);
        return;
    }
    for (bool first = true; !m_fault; first = false) {
        if (endsInside("Array", start, !first)) {
            return;
        }
        if (first && here() == ']') {
            ++m_at;
            return;
        }
        if (std::string_view("],").contains(here())) {
            unexpected("expected a value");
            return;
        }
        value(into.items.emplace_back(), level + 1);
        if (m_fault || endsInside("Array", start, false)) {
            return;
        }
        if (here() == ']') {
            ++m_at;
            return;
        }
        if (here() != ',') {
            unexpected("was expecting comma to separate Array entries");
            return;
        }
        ++m_at;
    }
}

std::string Reader::string(size_t longest, const char *what)
{
    std::string text;
    for (++m_at; !ends() && !m_fault;) {
        const char c = here();
        if (c == '"') {
            ++m_at;
            if (text.size() > longest) {
                tooLong(what, text.size(), longest);
            }
            return text;
        }
        if (static_cast<unsigned char>(c) < 0x20) {
            const auto code = std::to_string(int(c));
            ++m_at; // the reader counts it in
            fail("Illegal unquoted character ((CTRL-CHAR, code " + code
                + ")): has to be escaped using backslash to be included in string value");
        } else if (c == '\\') {
            escape(text);
        } else {
            character(text);
        }
    }
    if (!m_fault) {
        m_at = m_text.size();
        fail("Unexpected end-of-input: was expecting closing quote for a string value", JsonFault::Kind::EndOfInput);
    }
    return text;
}

unsigned Reader::hex()
{
    unsigned code = 0;
    for (int i = 0; i < 4; ++i, ++m_at) {
        const auto digit = ends() ? std::string_view::npos : std::string_view("0123456789abcdefABCDEF").find(here());
        if (digit == std::string_view::npos) {
            if (ends()) {
                fail("Unexpected end-of-input in character escape sequence", JsonFault::Kind::EndOfInput);
            } else {
                unexpected("expected a hex-digit for character escape sequence");
            }
            return 0;
        }
        code = code * 16 + unsigned(digit > 15 ? digit - 6 : digit);
    }
    return code;
}

void Reader::escape(std::string &into)
{
    ++m_at;
    if (ends()) {
        fail("Unexpected end-of-input in character escape sequence", JsonFault::Kind::EndOfInput);
        return;
    }
    const char c = here();
    const auto plain = std::string_view("\"\\/bfnrt").find(c);
    if (plain != std::string_view::npos) {
        into += std::string_view("\"\\/\b\f\n\r\t")[plain];
        ++m_at;
        return;
    }
    if (c != 'u') {
        fail(std::string("Unrecognized character escape '") + c + "' (code "
            + std::to_string(int(static_cast<unsigned char>(c))) + ')');
        return;
    }
    ++m_at;
    QString text {QChar(ushort(hex()))};
    if (!m_fault && text[0].isHighSurrogate() && m_text.substr(m_at).starts_with("\\u")) {
        m_at += 2;
        text += QChar(ushort(hex()));
    }
    into += text.toStdString(); // half a pair becomes a replacement character
}

//! UTF-8 as that reader takes it: only what cannot begin or continue a character is refused.
void Reader::character(std::string &into)
{
    const auto byte = static_cast<unsigned char>(here());
    const int more = byte < 0x80 ? 0 : byte < 0xC0 ? -1 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : byte < 0xF8 ? 3 : -1;
    const auto named = [](unsigned char wrong) {
        return "0x" + QByteArray::number(int(wrong), 16).toStdString();
    };
    if (more < 0) {
        fail("Invalid UTF-8 start byte " + named(byte));
        return;
    }
    for (int i = 1; i <= more; ++i) {
        if (m_at + size_t(i) >= m_text.size()) {
            m_at = m_text.size();
            fail("Unexpected end-of-input in VALUE_STRING", JsonFault::Kind::EndOfInput);
            return;
        }
        const auto next = static_cast<unsigned char>(m_text[m_at + size_t(i)]);
        if ((next & 0xC0) != 0x80) {
            m_at += size_t(i);
            fail("Invalid UTF-8 middle byte " + named(next));
            return;
        }
    }
    into.append(m_text.substr(m_at, size_t(more) + 1));
    m_at += size_t(more) + 1;
}

bool Reader::digits(const char *wanted)
{
    const auto from = m_at;
    while (!ends() && isDigit(here())) {
        ++m_at;
    }
    if (m_at > from) {
        return true;
    }
    if (ends()) {
        fail("Unexpected end-of-input", JsonFault::Kind::EndOfInput);
    } else {
        fail(std::string("Unexpected character ('") + here() + "' (code "
            + std::to_string(int(static_cast<unsigned char>(here()))) + ")) in numeric value: " + wanted);
    }
    return false;
}

void Reader::number(JsonValue &into, int level)
{
    const auto start = m_at;
    m_at += here() == '-' ? 1 : 0;
    bool good = digits("expected digit (0-9) to follow minus sign, for valid numeric value");
    if (good && !ends() && here() == '.') {
        ++m_at;
        good = digits("Decimal point not followed by a digit");
    }
    if (good && !ends() && (here() == 'e' || here() == 'E')) {
        ++m_at;
        m_at += !ends() && (here() == '+' || here() == '-') ? 1 : 0;
        good = digits("Exponent indicator not followed by a digit");
    }
    into.kind = JsonValue::Kind::Number;
    into.text = m_text.substr(start, m_at - start);
    if (good && into.text.size() > mostDigits) {
        tooLong("Number value length", into.text.size(), mostDigits);
    } else if (good && level == 1 && !ends() && !blanks.contains(here())) {
        unexpected("Expected space separating root-level values");
    }
}

void Reader::word(JsonValue &into)
{
    const auto start = m_at;
    while (!ends() && !std::string_view(" \t\r\n{}[]:,\"").contains(here())) {
        ++m_at;
    }
    into.text = m_text.substr(start, m_at - start);
    into.kind = into.text == "null" ? JsonValue::Kind::Null : JsonValue::Kind::Boolean;
    if (into.text == "NaN" || into.text == "Infinity") {
        fail("Non-standard token '" + into.text + "': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow");
    } else if (into.text != "null" && into.text != "true" && into.text != "false") {
        fail("Unrecognized token '" + into.text
            + "': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
    }
}

} // namespace

tl::expected<JsonValue, JsonFault> readUtf8Json(std::string_view text)
{
    return Reader(text).read();
}

} // namespace headgate
