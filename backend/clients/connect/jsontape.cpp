// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/jsontape.h"

#include <nlohmann/json.hpp>

namespace headgate {

namespace {

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

//! What stands around a byte, so that a person recognises the answer; control characters as blanks.
QString excerpt(const QByteArray &bytes, qint64 position)
{
    QString text = QString::fromUtf8(bytes.mid(qMax<qint64>(0, position - 40), 80));
    for (auto &c : text) {
        c = c.isPrint() ? c : QLatin1Char(' ');
    }
    return text;
}

Error notJson(const QByteArray &bytes, qint64 position, const QString &why)
{
    return {.kind = ErrorKind::InvalidAnswer,
        .message = QStringLiteral("The answer is not readable JSON: %1 at byte %2").arg(why).arg(position),
        .detail = excerpt(bytes, position),
        .code = int(qMin<qint64>(position, std::numeric_limits<int>::max()))};
}

} // namespace

//! Receives nlohmann's SAX events. The parser is not recursive; the depth is limited for those who walk the tape.
class JsonTapeBuilder
{
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    bool null() { return value({.kind = JsonTape::Kind::Null}); }
    bool boolean(bool is) { return value({.kind = is ? JsonTape::Kind::True : JsonTape::Kind::False}); }
    bool number_integer(number_integer_t number) { return integer(number, std::to_string(number)); }
    bool number_unsigned(number_unsigned_t number)
    {
        constexpr auto most = number_unsigned_t(std::numeric_limits<std::int64_t>::max());
        return number <= most ? integer(std::int64_t(number), std::to_string(number))
                              : text(JsonTape::Kind::Number, std::to_string(number));
    }
    bool number_float(number_float_t, const string_t &digits) { return text(JsonTape::Kind::Number, digits); }
    bool string(const string_t &content) { return text(JsonTape::Kind::String, content); }
    bool binary(const binary_t &) { return false; } // cannot come from JSON text
    bool start_object(std::size_t) { return open(JsonTape::Kind::Object); }
    bool start_array(std::size_t) { return open(JsonTape::Kind::Array); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(const string_t &name)
    {
        m_keyAt = append(name);
        m_keyLength = std::uint32_t(name.size());
        return true;
    }
    bool parse_error(std::size_t at, const std::string &, const nlohmann::json::exception &)
    {
        position = qint64(at);
        return false;
    }

    JsonTape tape;
    qint64 position = 0; //!< of the fault, 1-based
    bool tooDeep = false;

private:
    std::uint32_t append(std::string_view characters)
    {
        const auto at = std::uint32_t(tape.m_arena.size());
        tape.m_arena.append(characters);
        return at;
    }
    bool value(JsonTape::Node node)
    {
        node.keyAt = std::exchange(m_keyAt, 0);
        node.keyLength = std::exchange(m_keyLength, 0);
        tape.m_nodes.push_back(node);
        tape.m_nodes.back().end = std::uint32_t(tape.m_nodes.size());
        return true;
    }
    bool text(JsonTape::Kind kind, std::string_view characters)
    {
        return value({.kind = kind, .textAt = append(characters), .textLength = std::uint32_t(characters.size())});
    }
    bool integer(std::int64_t number, std::string_view digits)
    {
        text(JsonTape::Kind::Number, digits);
        tape.m_nodes.back().isInteger = true;
        tape.m_nodes.back().integer = number;
        return true;
    }
    bool open(JsonTape::Kind kind)
    {
        tooDeep = m_open.size() >= size_t(JsonTape::maxDepth);
        m_open.push_back(std::uint32_t(tape.m_nodes.size()));
        return !tooDeep && value({.kind = kind});
    }
    bool close()
    {
        tape.m_nodes[m_open.back()].end = std::uint32_t(tape.m_nodes.size());
        m_open.pop_back();
        return true;
    }

    std::vector<std::uint32_t> m_open;
    std::uint32_t m_keyAt = 0, m_keyLength = 0;
};

Result<JsonTape> JsonTape::parse(const QByteArray &bytes)
{
    if (bytes.startsWith("\xef\xbb\xbf")) { // nlohmann would skip it; Connect never writes one
        return failure(notJson(bytes, 1, QStringLiteral("a byte order mark")));
    }
    JsonTapeBuilder builder;
    builder.tape.m_nodes.reserve(size_t(bytes.size() / 24));
    builder.tape.m_arena.reserve(size_t(bytes.size()));
    if (nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &builder)) {
        return std::move(builder.tape);
    }
    if (builder.tooDeep) {
        return failure({.kind = ErrorKind::InvalidAnswer,
            .message = QStringLiteral("The answer is nested deeper than %1 levels").arg(maxDepth)});
    }
    const bool cut = builder.position > bytes.size();
    return failure(notJson(bytes, builder.position,
        bytes.isEmpty() ? QStringLiteral("it is empty")
                        : (cut ? QStringLiteral("it ends too early") : QStringLiteral("unexpected text"))));
}

JsonView JsonTape::root() const
{
    return m_nodes.empty() ? JsonView() : JsonView(this, 0);
}

QString JsonView::key() const
{
    return m_tape ? fromView(m_tape->slice(node().keyAt, node().keyLength)) : QString();
}

QString JsonView::text() const
{
    if (is(JsonTape::Kind::True) || is(JsonTape::Kind::False)) {
        return isTrue() ? QStringLiteral("true") : QStringLiteral("false");
    }
    return m_tape ? fromView(m_tape->slice(node().textAt, node().textLength)) : QString();
}

std::optional<std::int64_t> JsonView::integer() const
{
    return m_tape && node().isInteger ? std::optional(node().integer) : std::nullopt;
}

JsonView JsonView::operator[](std::string_view key) const
{
    JsonView found;
    if (isObject()) {
        for (const auto member : *this) {
            if (m_tape->slice(member.node().keyAt, member.node().keyLength) == key) {
                found = member;
            }
        }
    }
    return found;
}

QByteArray JsonView::json() const
{
    if (isString()) {
        // Through nlohmann for the escapes; the content is valid UTF-8, its lexer saw to that.
        return QByteArray::fromStdString(
            nlohmann::json(std::string(m_tape->slice(node().textAt, node().textLength))).dump());
    }
    if (!isObject() && !isArray()) {
        return m_tape && !isNull() ? text().toUtf8() : QByteArray("null");
    }
    QByteArray inner;
    for (const auto member : *this) {
        inner += inner.isEmpty() ? "" : ",";
        if (isObject()) {
            const auto name = m_tape->slice(member.node().keyAt, member.node().keyLength);
            inner += QByteArray::fromStdString(nlohmann::json(std::string(name)).dump()) + ':';
        }
        inner += member.json();
    }
    return isObject() ? QByteArray('{' + inner + '}') : QByteArray('[' + inner + ']');
}

JsonView::Iterator &JsonView::Iterator::operator++()
{
    m_index = m_tape->m_nodes[m_index].end;
    return *this;
}

JsonView::Iterator JsonView::begin() const
{
    return {m_tape, isObject() || isArray() ? m_index + 1 : m_index};
}

JsonView::Iterator JsonView::end() const
{
    return {m_tape, isObject() || isArray() ? node().end : m_index};
}

} // namespace headgate
