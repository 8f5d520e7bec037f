// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayfindings.h"

#include "domain/replay/replayprogress.h"

#include <nlohmann/json.hpp>

namespace headgate {

namespace {

std::optional<std::int64_t> numberIn(const nlohmann::json &json, const char *key)
{
    const auto found = json.is_object() ? json.find(key) : json.end();
    return json.is_object() && found != json.end() && found->is_number_integer()
        ? std::optional(found->get<std::int64_t>())
        : std::nullopt;
}

} // namespace

ReplayFindings findingsOf(const Operation &operation)
{
    ReplayFindings found;
    for (const auto &record : operation.steps) {
        if (record.data.isEmpty() || record.state != stepStateWord(StepState::Done)) {
            continue;
        }
        if (record.what == stepWord(ReplayStep::Snapshot)) {
            found.saved = snapshotFromText(record.data);
        } else if (record.what.endsWith(stepWord(ReplayStep::ReadBack))) { // also on the way back under the same id
            found.readBack = snapshotFromText(record.data);
        } else if (record.what == stepWord(ReplayStep::CheckBounds)) {
            const auto counts = nlohmann::json::parse(record.data.begin(), record.data.end(), nullptr, false);
            found.again = numberIn(counts, "again");
            found.skipped = numberIn(counts, "skipped");
        }
    }
    return found;
}

} // namespace headgate
