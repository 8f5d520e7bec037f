// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/sizesample.h"

#include <algorithm>
#include <cmath>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kPlaces = 8; // at least, where there are records
constexpr size_t kMostPartitions = 24;
constexpr Milliseconds kLongestRead = 1s;

struct Place
{
    TopicPartition tp;
    std::int64_t from = 0, until = 0;
};

double bytesOf(const Record &record)
{
    qsizetype bytes = (record.key ? record.key->size() : 0) + (record.value ? record.value->size() : 0);
    for (const auto &header : record.headers) {
        bytes += header.key.size() + header.value.size();
    }
    return double(bytes);
}

std::vector<ReplayPartition> spread(std::vector<ReplayPartition> partitions)
{
    std::erase_if(
        partitions, [](const ReplayPartition &each) { return !each.start || !each.end || *each.start >= *each.end; });
    if (partitions.size() <= kMostPartitions) {
        return partitions;
    }
    std::vector<ReplayPartition> some;
    for (size_t i = 0; i < kMostPartitions; ++i) {
        some.push_back(partitions[i * partitions.size() / kMostPartitions]);
    }
    return some;
}

std::vector<Place> placesIn(const std::vector<ReplayPartition> &partitions, int records)
{
    std::vector<Place> places;
    const auto count = std::int64_t(partitions.size());
    const auto perPartition = std::max<std::int64_t>(1, (kPlaces + count - 1) / std::max<std::int64_t>(1, count));
    const auto size = std::max<std::int64_t>(1, records / std::max<std::int64_t>(1, count * perPartition));
    for (const auto &each : partitions) {
        const auto length = *each.end - *each.start;
        const auto stride = length / perPartition;
        if (stride < size) { // short enough to be read as a whole
            places.push_back({each.tp, *each.start, *each.start + std::min(length, size * perPartition)});
            continue;
        }
        for (std::int64_t i = 0; i < perPartition; ++i) {
            const auto from = *each.start + i * stride + (stride - size) / 2;
            places.push_back({each.tp, from, from + size});
        }
    }
    return places;
}

struct Moments
{
    double sum = 0, squares = 0;
    int count = 0;

    void add(double value)
    {
        sum += value;
        squares += value * value;
        ++count;
    }
    double mean() const { return count > 0 ? sum / count : 0; }
    double standardError() const
    {
        if (count < 2) {
            return 0;
        }
        const auto variance = std::max(0.0, (squares - sum * sum / count) / (count - 1));
        return std::sqrt(variance / count);
    }
};

} // namespace

QCoro::Task<SizeSamples> sampleSizes(
    std::shared_ptr<RecordReader> reader, std::vector<ReplayPartition> partitions, int records, Remaining remaining)
{
    SizeSamples found;
    Moments each, ofPlaces;
    for (const auto &place : placesIn(spread(std::move(partitions)), records)) {
        if (remaining.over()) {
            break;
        }
        const auto wanted = int(place.until - place.from);
        const auto answer
            = co_await reader->read({.tp = place.tp, .from = place.from, .until = place.until, .maxRecords = wanted},
                remaining.atMost(kLongestRead));
        if (!answer) {
            continue;
        }
        Moments here;
        for (const auto &record : answer->records) {
            here.add(bytesOf(record));
            each.add(bytesOf(record));
        }
        if (here.count > 0) {
            ofPlaces.add(here.mean());
        }
        auto &gap = found.gaps[place.tp.topic];
        gap = gap || (!answer->limited && here.count < wanted);
    }
    if (each.count > 0) {
        found.sizes = SizeSample {.records = each.count,
            .meanBytes = each.mean(),
            .standardError = std::max(each.standardError(), ofPlaces.standardError())};
    }
    co_return found;
}

} // namespace headgate
