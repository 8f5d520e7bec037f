// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Of this folder's own files: the only header of it that knows nlohmann.

#include "domain/deadletters/deadletter.h"

#include <nlohmann/json.hpp>

namespace headgate {

//! ["orders", 3, 905]
inline nlohmann::json placeJson(const RecordAt &at)
{
    return nlohmann::json::array({at.tp.topic.toStdString(), at.tp.partition, at.offset});
}

//! Throws nlohmann::json::exception where it is none.
inline RecordAt placeFrom(const nlohmann::json &json)
{
    return {{QString::fromStdString(json.at(0).get<std::string>()), json.at(1).get<std::int32_t>()},
        json.at(2).get<std::int64_t>()};
}

} // namespace headgate
