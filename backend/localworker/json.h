// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QString>

namespace headgate::localworker {

//! JSON in the order it was written, as Connect's answers keep a body's order. Private to this room.
using Json = nlohmann::ordered_json;

//! Bytes of a value; text that is not UTF-8 is replaced, never thrown over.
inline std::string dump(const Json &value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}
inline QByteArray toBytes(const Json &value)
{
    return QByteArray::fromStdString(dump(value));
}
//! Discarded (`is_discarded()`) when it is no JSON; never throws.
inline Json parseJson(std::string_view text)
{
    return Json::parse(text, nullptr, false);
}

} // namespace headgate::localworker
