// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/rest/jsonfault.h"

#include "domain/records/jsonvalue.h"

namespace headgate::localworker {

std::string jsonFault(std::string_view text)
{
    const auto read = readJson(text);
    if (!read) {
        return read.error().message + jsonPlace(text, read.error().at);
    }
    // A body has to be one value and nothing else, where a record's first value is taken.
    return (read->kind == JsonValue::Kind::Missing ? "No content to map due to end-of-input"
                                                   : "Trailing token: expected end of input")
        + jsonPlace(text, text.size());
}

std::string jsonPlace(std::string_view text, std::size_t at)
{
    return "\n at " + headgate::jsonPlace(text, at);
}

} // namespace headgate::localworker
