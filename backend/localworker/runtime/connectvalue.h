// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/json.h"
#include "localworker/kafka/records.h"

#include <string>
#include <variant>

namespace headgate::localworker {

//! What flows between a task and its converters: nothing, text, bytes, or structured data.
using ConnectValue = std::variant<std::monostate, std::string, QByteArray, Json>;

//! From a source: what to write, and where the source stands once it is written.
struct SourceRecord
{
    std::string topic;
    std::int32_t partition = -1; //!< -1: by key
    std::int64_t timestamp = 0;  //!< ms since 1970; 0: now
    ConnectValue key, value;
    Json sourcePartition, sourceOffset;
};

struct SinkRecord
{
    InRecord raw;
    ConnectValue key, value;
};

//! Text as a sink without structure of its own prints it.
std::string toText(const ConnectValue &value);

} // namespace headgate::localworker
