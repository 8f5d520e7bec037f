// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/placeinlog.h"

#include <algorithm>

namespace headgate {

std::int64_t shownSpan(const std::vector<PartitionMove> &moves)
{
    double widest = 1, longest = 1;
    for (const auto &move : moves) {
        if (!move.start || !move.end) {
            continue;
        }
        auto lowest = *move.end;
        for (const auto &position : {move.before, move.after}) {
            if (position) {
                lowest = std::min(lowest, std::max(*position, *move.start)); // outside the log is at its edge
            }
        }
        widest = std::max(widest, double(*move.end) - double(lowest));
        longest = std::max(longest, double(*move.end) - double(*move.start));
    }
    constexpr double leftOfIt = 1.25, most = 9.2e18; // what an int64 holds for certain
    return std::max<std::int64_t>(1, std::int64_t(std::min({widest * leftOfIt, longest, most})));
}

PlaceInLog placeInLog(const PartitionMove &move, std::int64_t span)
{
    PlaceInLog place;
    if (!move.start || !move.end) {
        return place;
    }
    place.known = true;
    const auto at = [&](std::int64_t offset) {
        return 1 - (double(*move.end) - double(offset)) / double(span);
    };
    const auto inBar = [&](std::int64_t offset) {
        return std::clamp(at(offset), 0.0, 1.0);
    };
    if (at(*move.start) >= 0) {
        place.start = at(*move.start);
    }
    if (move.before) {
        place.before = inBar(*move.before);
    }
    if (move.moves && move.after) {
        place.after = inBar(std::clamp(*move.after, *move.start, *move.end));
        place.outside = *move.after < *move.start || *move.after > *move.end;
    }
    return place;
}

} // namespace headgate
