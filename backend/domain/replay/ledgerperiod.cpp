// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/ledgerperiod.h"

#include <QHash>

#include <algorithm>
#include <tuple>

namespace headgate {

namespace {

using Positions = QHash<TopicPartition, MarkedPosition>;

Positions byPartition(const std::vector<MarkedPosition> &positions)
{
    Positions found;
    for (const auto &each : positions) {
        found.insert(each.tp, each);
    }
    return found;
}

//! Where reading begins without a commit: at the log's start, if the policy is to read from there.
std::optional<std::int64_t> beginOf(const MarkedPosition &position)
{
    return position.offset ? position.offset : position.start;
}

std::vector<OffsetRange> rangesBetween(
    const std::vector<MarkedPosition> &before, const std::vector<MarkedPosition> &after, bool isLog)
{
    const auto was = byPartition(before), is = byPartition(after);
    std::vector<OffsetRange> ranges;
    for (const auto &each : after) {
        const auto known = was.constFind(each.tp);
        // A partition of a log that was not there before began at 0.
        const auto from = known != was.cend() ? beginOf(*known) : isLog ? std::optional<std::int64_t>(0) : std::nullopt;
        ranges.push_back({each.tp, from, each.offset ? each.offset : known != was.cend() ? from : std::nullopt});
    }
    for (const auto &each : before) {
        if (!is.contains(each.tp)) {
            ranges.push_back({each.tp, beginOf(each), std::nullopt});
        }
    }
    std::ranges::sort(ranges, {}, &OffsetRange::tp);
    return ranges;
}

LedgerPeriod begun(const PeriodMark &mark)
{
    LedgerPeriod period {.connector = mark.connector,
        .type = mark.type,
        .begunBy = mark.kind,
        .from = mark.at,
        .exact = mark.settled,
        .documentBefore = mark.document};
    for (const auto &each : mark.positions) {
        period.ranges.push_back({each.tp, beginOf(each), std::nullopt});
    }
    return period;
}

void end(LedgerPeriod &period, const PeriodMark &first, const PeriodMark &last)
{
    period.endedBy = last.kind;
    period.to = last.at;
    period.operation = last.operation;
    period.exact = period.exact && last.settled && period.jumps == 0;
    period.ranges = rangesBetween(first.positions, last.positions, last.type == ConnectorType::Source);
    period.deadLettersKnown = first.deadLetters && last.deadLetters;
    if (period.deadLettersKnown) {
        period.deadLetters = rangesBetween(*first.deadLetters, *last.deadLetters, true);
    }
    period.taskFailures = last.taskFailures;
    period.documentAfter = last.document;
}

//! The platform was made anew, as a sandbox is: positions have nothing to do with each other.
bool isElsewhere(const PeriodMark &before, const PeriodMark &after)
{
    return !before.platform.isEmpty() && !after.platform.isEmpty() && before.platform != after.platform;
}

} // namespace

bool beginsPeriod(MarkKind kind)
{
    switch (kind) {
    case MarkKind::FirstSeen:
    case MarkKind::Started:
        return true;
    case MarkKind::Paused:
    case MarkKind::Stopped:
    case MarkKind::Gone:
        break;
    }
    return false;
}

std::optional<std::int64_t> countOf(const OffsetRange &range)
{
    return range.from && range.to && *range.to >= *range.from ? std::optional(*range.to - *range.from) : std::nullopt;
}

std::optional<std::int64_t> countOf(const std::vector<OffsetRange> &ranges)
{
    std::int64_t sum = 0;
    for (const auto &range : ranges) {
        const auto count = countOf(range);
        if (!count) {
            return std::nullopt;
        }
        sum += *count;
    }
    return sum;
}

std::vector<LedgerPeriod> periodsOf(std::vector<PeriodMark> marks, const std::vector<PositionJump> &jumps)
{
    // Of one moment the end comes before the beginning: a replay ends a period and begins the next.
    std::ranges::sort(marks, {},
        [](const PeriodMark &mark) { return std::tuple(mark.connector, mark.at, beginsPeriod(mark.kind), mark.kind); });
    std::vector<LedgerPeriod> periods;
    const PeriodMark *first = nullptr; // of the open period
    for (const auto &mark : marks) {
        bool open = first && first->connector == mark.connector;
        if (open && isElsewhere(*first, mark)) {
            periods.back().endedBy = MarkKind::Gone;
            periods.back().to = mark.at;
            periods.back().exact = open = false;
        }
        if (beginsPeriod(mark.kind)) {
            if (!open) {
                periods.push_back(begun(mark));
                first = &mark;
            }
            continue;
        }
        if (open) {
            auto &period = periods.back();
            period.jumps = int(std::ranges::count_if(jumps, [&](const PositionJump &jump) {
                return jump.connector == mark.connector && jump.seenAt > first->at && jump.seenAt <= mark.at;
            }));
            end(period, *first, mark);
        }
        first = nullptr;
    }
    return periods;
}

} // namespace headgate
