// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate {

class JsonView;

/*! A parsed JSON text as one flat tape: nodes in document order, all characters in one arena.
 *
 * Made for big answers: no allocation per value, members keep their order, numbers keep their digits (int64 exactly,
 * others as written), the last of duplicate members wins. A value: made in the pool, read anywhere, thread-safe when
 * not changed. */
class JsonTape
{
public:
    static constexpr int maxDepth = 64;

    //! InvalidAnswer with the byte position in `code` (1-based) for anything that is not one JSON text: BOM, NaN, cut,
    //! too deep.
    static Result<JsonTape> parse(const QByteArray &bytes);

    JsonView root() const;

private:
    friend class JsonView;
    friend class JsonTapeBuilder;

    enum class Kind : std::uint8_t { Null, False, True, Number, String, Object, Array };
    struct Node
    {
        Kind kind = Kind::Null;
        bool isInteger = false;                   // the number fits int64
        std::uint32_t end = 0;                    // index behind the last node of this value
        std::uint32_t keyAt = 0, keyLength = 0;   // in the arena
        std::uint32_t textAt = 0, textLength = 0; // string content or the number's digits
        std::int64_t integer = 0;
    };

    std::string_view slice(std::uint32_t at, std::uint32_t length) const
    {
        return std::string_view(m_arena).substr(at, length);
    }

    std::vector<Node> m_nodes;
    std::string m_arena;
};

/*! One value on a tape, or none. Looking into a value of another type gives none, so a chain of lookups needs one
 * check. Valid as long as its tape. */
class JsonView
{
public:
    JsonView() = default;

    explicit operator bool() const { return m_tape != nullptr; }
    bool isObject() const { return is(JsonTape::Kind::Object); }
    bool isArray() const { return is(JsonTape::Kind::Array); }
    bool isString() const { return is(JsonTape::Kind::String); }
    bool isNull() const { return is(JsonTape::Kind::Null); }
    bool isTrue() const { return is(JsonTape::Kind::True); }

    QString key() const;  //!< of an object's member
    QString text() const; //!< string content; numbers and booleans as written; empty for the rest
    std::optional<std::int64_t> integer() const;
    JsonView operator[](std::string_view key) const; //!< last of duplicates
    QByteArray json() const;                         //!< the value as compact JSON text, numbers as they came

    class Iterator
    {
    public:
        Iterator(const JsonTape *tape, std::uint32_t index)
            : m_tape(tape)
            , m_index(index)
        {
        }
        JsonView operator*() const { return JsonView(m_tape, m_index); }
        Iterator &operator++();
        bool operator==(const Iterator &) const = default;

    private:
        const JsonTape *m_tape;
        std::uint32_t m_index;
    };
    Iterator begin() const; //!< members or elements; empty for other kinds
    Iterator end() const;

private:
    friend class JsonTape;
    JsonView(const JsonTape *tape, std::uint32_t index)
        : m_tape(tape)
        , m_index(index)
    {
    }
    const JsonTape::Node &node() const { return m_tape->m_nodes[m_index]; }
    bool is(JsonTape::Kind kind) const { return m_tape && node().kind == kind; }

    const JsonTape *m_tape = nullptr;
    std::uint32_t m_index = 0;
};

} // namespace headgate
