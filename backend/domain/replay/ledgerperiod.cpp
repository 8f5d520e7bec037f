// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/ledgerperiod.h"

#include <QHash>

#include <algorithm>
#include <functional>
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

//! Where the range of a partition begins that the first mark does not name.
using BeginOfNew = std::function<std::optional<std::int64_t>(const TopicPartition &)>;

std::vector<OffsetRange> rangesBetween(
    const std::vector<MarkedPosition> &before, const std::vector<MarkedPosition> &after, const BeginOfNew &beginOfNew)
{
    const auto was = byPartition(before), is = byPartition(after);
    std::vector<OffsetRange> ranges;
    for (const auto &each : after) {
        const auto known = was.constFind(each.tp);
        const auto from = known != was.cend() ? beginOf(*known) : beginOfNew(each.tp);
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

//! What a source writes to: a topic of which nothing was known may have held records long before.
std::optional<std::int64_t> beginOfWritten(const PeriodMark &first, const TopicPartition &tp)
{
    const auto isItsTopic = [&tp](const MarkedPosition &each) {
        return each.tp.topic == tp.topic;
    };
    const bool came = first.absentTopics.contains(tp.topic) || std::ranges::any_of(first.positions, isItsTopic);
    return first.type == ConnectorType::Source && came ? std::optional<std::int64_t>(0) : std::nullopt;
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
    period.ranges = rangesBetween(
        first.positions, last.positions, [&first](const TopicPartition &tp) { return beginOfWritten(first, tp); });
    period.deadLettersKnown = first.deadLetters && last.deadLetters;
    if (period.deadLettersKnown) {
        period.deadLetters = rangesBetween(*first.deadLetters, *last.deadLetters,
            [](const TopicPartition &) { return std::optional<std::int64_t>(0); }); // it was not there before
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
