// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/rest/jsonfault.h"

#include <QString>

#include <algorithm>
#include <vector>

namespace headgate::localworker {

namespace {

std::string placeIn(std::string_view text, std::size_t at)
{
    const auto before = text.substr(0, std::min(at, text.size()));
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto lastBreak = before.rfind('\n');
    const auto column = 1 + (lastBreak == std::string_view::npos ? before.size() : before.size() - lastBreak - 1);
    return "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: " + std::to_string(line)
        + ", column: " + std::to_string(column) + ']';
}

//! Walks the text until the first thing that cannot stand there. Knows only what it needs to name the fault.
class FaultFinder
{
public:
    explicit FaultFinder(std::string_view text)
        : m_text(text)
    {
    }
    std::string find()
    {
        skipBlanks();
        if (m_at == m_text.size()) {
            return "No content to map due to end-of-input" + place(m_at);
        }
        value();
        return m_fault.empty() ? unexpected("expected end of input") : m_fault;
    }

private:
    std::string place(std::size_t at) const { return "\n at " + placeIn(m_text, at); }
    void skipBlanks()
    {
        while (m_at < m_text.size() && std::string_view(" \t\r\n").contains(m_text[m_at])) {
            ++m_at;
        }
    }
    std::string unexpected(const char *wanted) const
    {
        const auto byte = static_cast<unsigned char>(m_text[m_at]);
        return std::string("Unexpected character ('") + m_text[m_at] + "' (code " + std::to_string(byte)
            + ")): " + wanted + place(m_at);
    }
    //! Inside a container the reader names the marker which opened it.
    bool endsInside(const char *kind, std::size_t start, bool afterEntry)
    {
        skipBlanks();
        if (m_at < m_text.size()) {
            return false;
        }
        m_fault = afterEntry ? "Unexpected end-of-input within/between " + std::string(kind) + " entries" + place(m_at)
                             : "Unexpected end-of-input: expected close marker for " + std::string(kind)
                + " (start marker at " + placeIn(m_text, start) + ')' + place(m_at);
        return true;
    }
    void value();
    void object();
    void array();
    void string();
    void word();

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_fault;
};

void FaultFinder::value()
{
    skipBlanks();
    if (m_at == m_text.size()) {
        m_fault = "Unexpected end-of-input" + place(m_at);
        return;
    }
    switch (m_text[m_at]) {
    case '{':
        object();
        return;
    case '[':
        array();
        return;
    case '"':
        string();
        return;
    case '}':
    case ']':
    case ':':
    case ',':
        m_fault = unexpected(
            "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
        return;
    }
    word();
}

void FaultFinder::object()
{
    const auto start = m_at++;
    for (bool first = true; m_fault.empty(); first = false) {
        if (endsInside("Object", start, !first)) {
            return;
        }
        if (first && m_text[m_at] == '}') {
            ++m_at;
            return;
        }
        if (m_text[m_at] != '"') {
            m_fault = unexpected("was expecting double-quote to start field name");
            return;
        }
        string();
        if (!m_fault.empty() || endsInside("Object", start, true)) {
            return;
        }
        if (m_text[m_at] != ':') {
            m_fault = unexpected("was expecting a colon to separate field name and value");
            return;
        }
        ++m_at;
        value();
        if (!m_fault.empty() || endsInside("Object", start, false)) {
            return;
        }
        if (m_text[m_at] == '}') {
            ++m_at;
            return;
        }
        if (m_text[m_at] != ',') {
            m_fault = unexpected("was expecting comma to separate Object entries");
            return;
        }
        ++m_at;
    }
}

void FaultFinder::array()
{
    const auto start = m_at++;
    for (bool first = true; m_fault.empty(); first = false) {
        if (endsInside("Array", start, !first)) {
            return;
        }
        if (first && m_text[m_at] == ']') {
            ++m_at;
            return;
        }
        value();
        if (!m_fault.empty() || endsInside("Array", start, false)) {
            return;
        }
        if (m_text[m_at] == ']') {
            ++m_at;
            return;
        }
        if (m_text[m_at] != ',') {
            m_fault = unexpected("was expecting comma to separate Array entries");
            return;
        }
        ++m_at;
    }
}

void FaultFinder::string()
{
    for (++m_at; m_at < m_text.size(); ++m_at) {
        const auto c = m_text[m_at];
        if (c == '"') {
            ++m_at;
            return;
        }
        if (static_cast<unsigned char>(c) < 0x20) {
            m_fault = "Illegal unquoted character ((CTRL-CHAR, code " + std::to_string(int(c))
                + ")): has to be escaped using backslash to be included in string value" + place(m_at + 1);
            return;
        }
        m_at += c == '\\' ? 1 : 0;
    }
    m_fault = "Unexpected end-of-input: was expecting closing quote for a string value" + place(m_text.size());
}

void FaultFinder::word()
{
    const auto start = m_at;
    while (m_at < m_text.size() && !std::string_view(" \t\r\n{}[]:,\"").contains(m_text[m_at])) {
        ++m_at;
    }
    const auto token = m_text.substr(start, m_at - start);
    bool number = false;
    QByteArray(token.data(), static_cast<qsizetype>(token.size())).toDouble(&number);
    if (number || token == "null" || token == "true" || token == "false") {
        return;
    }
    m_fault = "Unrecognized token '" + std::string(token)
        + "': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')" + place(m_at);
}

} // namespace

std::string jsonFault(std::string_view text)
{
    return FaultFinder(text).find();
}

std::string jsonPlace(std::string_view text, std::size_t at)
{
    return "\n at " + placeIn(text, at);
}

} // namespace headgate::localworker
