// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace headgate {

//! A JSON value with its numbers as they were written. Of a member given twice, the last one counts.
struct JsonValue
{
    enum class Kind { Missing, Null, Boolean, Number, String, Array, Object };

    Kind kind = Kind::Missing; //!< Missing: the text was blank
    std::string text;          //!< string without escapes, number, "true" or "false"
    std::vector<std::string> names;
    std::vector<JsonValue> items; //!< of an array, or the values of `names`

    const JsonValue *find(std::string_view name) const; //!< nullptr: no such member, or no object
    size_t size() const;                                //!< items, or different names
};

//! Where and why reading ended. `message` in the words of the JSON reader which Kafka Connect uses.
struct JsonFault
{
    enum class Kind { Syntax, EndOfInput, Limit };

    Kind kind = Kind::Syntax;
    std::string message;
    size_t at = 0; //!< byte
};

/*! Reads the first value of `bytes` as Connect's JsonConverter does (measured on 3.9.1 and 4.1.0): what follows the
 * value is not looked at, leading zeros pass, UTF-16 and UTF-32 are recognised, blank text is Missing. Refused for
 * their size: more than 1000 levels, numbers over 1000 digits, names over 50,000 bytes, strings over 20 million bytes.
 */
tl::expected<JsonValue, JsonFault> readJson(std::string_view bytes);

//! "[Source: REDACTED (..); line: 1, column: N]", as that reader names a place.
std::string jsonPlace(std::string_view text, size_t at);

} // namespace headgate
