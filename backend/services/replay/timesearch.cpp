// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/timesearch.h"

namespace headgate {

Task<std::optional<std::int64_t>> searchTime(std::shared_ptr<RecordReader> reader, TopicPartition tp,
    std::int64_t start, std::int64_t end, Instant at, Remaining remaining)
{
    auto from = start;
    auto until = end; // all before `from` are too early, none from `until` on is
    while (from < until) {
        const auto middle = from + (until - from) / 2;
        const auto answer
            = co_await reader->read({.tp = tp, .from = middle, .until = until, .maxRecords = 1}, remaining.options());
        if (!answer) {
            co_return failure(answer.error());
        }
        if (answer->records.empty()) {
            until = middle; // no record in the upper half: compacted, or markers
        } else if (answer->records.front().timestamp >= at) {
            until = middle;
        } else {
            from = answer->records.front().offset + 1;
        }
    }
    co_return from < end ? std::optional(from) : std::nullopt;
}

} // namespace headgate
