// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/offsets.h"

#include <algorithm>
#include <limits>

namespace headgate {

namespace {

constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

//! max(0, a - b) without wrapping: answers of a broken broker span the whole of int64.
std::int64_t distance(std::int64_t a, std::int64_t b)
{
    if (a <= b) {
        return 0;
    }
    std::int64_t difference = 0;
    return __builtin_sub_overflow(a, b, &difference) ? greatest : difference;
}

std::int64_t sum(std::int64_t a, std::int64_t b)
{
    return a > greatest - b ? greatest : a + b; // both are >= 0
}

} // namespace

PartitionLag partitionLag(TopicPartition tp, std::optional<std::int64_t> committed, std::optional<std::int64_t> start,
    std::optional<std::int64_t> end)
{
    PartitionLag answer {.tp = std::move(tp), .committed = committed, .start = start, .end = end};
    if (committed && end) {
        answer.lag = distance(*end, *committed);
    }
    answer.belowStart = committed && start && *committed < *start;
    answer.beyondEnd = committed && end && *committed > *end;
    return answer;
}

GroupLag groupLag(std::vector<PartitionLag> partitions)
{
    GroupLag answer {.partitions = std::move(partitions)};
    for (const auto &partition : answer.partitions) {
        answer.records = sum(answer.records, partition.lag.value_or(0));
        answer.partial = answer.partial || !partition.lag;
        answer.anyCommit = answer.anyCommit || partition.committed;
    }
    return answer;
}

void EndOffsetHistory::add(std::int64_t end, Monotonic at)
{
    constexpr std::size_t bound = 256;
    if (!m_samples.empty() && end < m_samples.back().end) {
        m_samples.clear(); // the topic was made anew: its old times say nothing about the new offsets
    }
    const auto size = m_samples.size();
    if (size >= 2 && m_samples[size - 1].end == end && m_samples[size - 2].end == end) {
        m_samples.back().at = at; // a plateau needs its two ends only
        return;
    }
    m_samples.push_back({end, at});
    if (m_samples.size() <= bound) {
        return;
    }
    std::size_t kept = 0; // from the back, so that the newest one stays
    for (std::size_t i = m_samples.size() % 2 == 0 ? 1 : 0; i < m_samples.size(); i += 2) {
        m_samples[kept++] = m_samples[i];
    }
    m_samples.resize(kept);
}

std::optional<double> EndOffsetHistory::secondsBehind(std::int64_t committed, Monotonic now) const
{
    if (m_samples.empty()) {
        return std::nullopt;
    }
    // The record at `committed` is the first unread one: it was written when the end offset went past it.
    const auto after = std::ranges::upper_bound(m_samples, committed, {}, &Sample::end);
    if (after == m_samples.end()) {
        return 0.0;
    }
    if (after == m_samples.begin()) {
        return std::nullopt; // older than what we have seen
    }
    const auto before = std::prev(after);
    const auto written = static_cast<double>(distance(after->end, before->end));
    const auto share = static_cast<double>(distance(committed, before->end)) / written;
    using Seconds = std::chrono::duration<double>;
    const auto passed = Seconds(after->at - before->at) * share;
    return std::max(0.0, (Seconds(now - before->at) - passed).count());
}

} // namespace headgate
