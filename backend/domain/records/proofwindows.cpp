// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/records/fixproof.h"

#include <algorithm>
#include <tuple>

namespace headgate {

namespace {

constexpr size_t mostPartitions = 50;

std::int64_t position(const ProofPartition &partition)
{
    return std::clamp(partition.committed.value_or(partition.start), partition.start, partition.end);
}

std::int64_t waiting(const ProofPartition &partition)
{
    return partition.end - position(partition);
}

ProofWindow windowOf(const ProofPartition &partition, const std::optional<RecordPlace> &failing, std::int64_t share)
{
    auto from = position(partition);
    if (failing && failing->tp == partition.tp && (failing->offset < from || failing->offset >= from + share)) {
        from = std::clamp(failing->offset - share / 2, partition.start, partition.end);
    }
    const auto until = std::min(partition.end, from + share);
    return {.tp = partition.tp, .from = std::max(partition.start, until - share), .until = until};
}

} // namespace

std::vector<ProofWindow> proofWindows(
    std::vector<ProofPartition> partitions, const std::optional<RecordPlace> &failing, int records)
{
    const auto isFailing = [&failing](const ProofPartition &each) {
        return failing && failing->tp == each.tp;
    };
    std::erase_if(partitions, [](const ProofPartition &each) { return each.end <= each.start; });
    // Where something waits the task meets what is next; what it read before is behind it.
    const bool anyWaits = std::ranges::any_of(partitions, [](const auto &each) { return waiting(each) > 0; });
    std::erase_if(partitions, [&](const auto &each) { return anyWaits && waiting(each) == 0 && !isFailing(each); });
    std::ranges::sort(partitions, {},
        [&](const ProofPartition &each) { return std::tuple(!isFailing(each), -waiting(each), each.tp); });
    const auto most = std::min(mostPartitions, size_t(std::max(records, 1)));
    partitions.erase(partitions.begin() + std::ptrdiff_t(std::min(most, partitions.size())), partitions.end());
    // The small ones first: what they have not goes to the others.
    std::ranges::sort(
        partitions, {}, [](const ProofPartition &each) { return std::tuple(each.end - each.start, each.tp); });
    std::vector<ProofWindow> windows;
    std::int64_t left = records;
    for (size_t i = 0; i < partitions.size(); ++i) {
        const auto share = std::max<std::int64_t>(1, left / std::int64_t(partitions.size() - i));
        windows.push_back(windowOf(partitions[i], failing, share));
        left -= windows.back().until - windows.back().from;
    }
    // The one that failed first: it is to be read even where time ends.
    std::ranges::sort(windows, {},
        [&failing](const ProofWindow &each) { return std::pair(!failing || failing->tp != each.tp, each.tp); });
    return windows;
}

} // namespace headgate
