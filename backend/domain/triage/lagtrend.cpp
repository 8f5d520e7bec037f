// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/lagtrend.h"

#include <algorithm>

namespace headgate {

Milliseconds notFallingFor(const std::vector<LagSample> &history)
{
    if (history.empty()) {
        return Milliseconds {0};
    }
    const auto &newest = history.back();
    // The oldest sample that the newest one has not fallen below: commits come in steps, so that single steps down say
    // nothing.
    const auto oldest
        = std::ranges::find_if(history, [&](const LagSample &sample) { return sample.records <= newest.records; });
    return newest.at - oldest->at;
}

double lagSlope(const std::vector<LagSample> &history, Milliseconds window)
{
    if (history.size() < 2) {
        return 0;
    }
    const auto &newest = history.back();
    const auto &oldest = *std::ranges::find_if(history, [&](const LagSample &s) { return newest.at - s.at <= window; });
    const std::chrono::duration<double> passed = newest.at - oldest.at;
    const auto grown = static_cast<double>(newest.records) - static_cast<double>(oldest.records);
    return passed.count() > 0 ? grown / passed.count() : 0;
}

bool isLagging(const ConnectorFacts &facts, const TriagePolicy &policy)
{
    const auto &history = facts.lagHistory;
    if (!facts.lagSeconds.value || history.size() < 2 || history.back().records == 0) {
        return false;
    }
    const auto behind = std::chrono::duration<double>(*facts.lagSeconds.value);
    const auto notFalling = notFallingFor(history);
    const bool allWatched = notFalling > Milliseconds {0} && notFalling == history.back().at - history.front().at;
    return (behind > policy.lagBehind && notFalling >= policy.lagNotFalling)
        || (behind > policy.lagBehind + policy.lagNotFalling && allWatched);
}

} // namespace headgate
