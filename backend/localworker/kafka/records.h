// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace headgate::localworker {

using RecordHeaders = std::vector<std::pair<std::string, std::optional<QByteArray>>>;

//! A record as it lies in a topic. `timestamp` in ms since 1970, -1 when the broker gave none.
struct InRecord
{
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t offset = 0, timestamp = -1;
    std::optional<QByteArray> key, value;
    RecordHeaders headers;
};

//! A record to be written. partition -1: by key; timestamp 0: now.
struct OutRecord
{
    std::string topic;
    std::int32_t partition = -1;
    std::int64_t timestamp = 0;
    std::optional<QByteArray> key, value;
    RecordHeaders headers;
};

} // namespace headgate::localworker
