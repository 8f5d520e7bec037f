// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/flowtracker.h"

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kSampleEvery = 5s; // 60 samples reach over the commit interval of Connect, 60 s, several times
constexpr Milliseconds kSecondSample = 500ms; // a rate and a trend need two, and nobody should wait for them
constexpr size_t kSamples = 60;
constexpr Milliseconds kRateWindow = 60s;

template <class T> std::optional<T> valueOf(const QHash<TopicPartition, T> &known, const TopicPartition &tp)
{
    const auto found = known.constFind(tp);
    return found == known.cend() ? std::nullopt : std::optional(*found);
}

template <class T> void pushBounded(std::vector<T> &list, T value)
{
    list.push_back(std::move(value));
    if (list.size() > kSamples) {
        list.erase(list.begin());
    }
}

bool isSampleDue(size_t samples, Monotonic last, Monotonic now)
{
    return now - last >= (samples == 1 ? kSecondSample : kSampleEvery);
}

//! How old the position is: by our own samples, else by the time of the record that was found there.
std::optional<double> secondsBehind(const PartitionLag &partition, const OffsetBook &book, FlowTracker::Moment moment)
{
    const auto history = book.histories.constFind(partition.tp);
    const auto byHistory
        = history == book.histories.cend() ? std::nullopt : history->secondsBehind(*partition.committed, moment.at);
    if (byHistory) {
        return byHistory;
    }
    const auto record = valueOf(book.recordTimes, partition.tp);
    if (!record || record->second == Instant {}) {
        return std::nullopt;
    }
    return std::max(0.0, std::chrono::duration<double>(moment.now - record->second).count());
}

} // namespace

void OffsetBook::addEnds(const std::vector<PartitionOffset> &offsets, Monotonic at)
{
    for (const auto &each : offsets) {
        if (each.offset) {
            ends.insert(each.tp, *each.offset);
            errors.remove(each.tp);
            histories[each.tp].add(*each.offset, at);
        } else if (!each.error.isEmpty()) {
            errors.insert(each.tp, each.error);
        }
    }
}

void OffsetBook::addStarts(const std::vector<PartitionOffset> &offsets)
{
    for (const auto &each : offsets) {
        if (each.offset) {
            starts.insert(each.tp, *each.offset);
        }
    }
}

void FlowTracker::setCommitted(const std::vector<PartitionOffset> &committed,
    const std::vector<TopicPartition> &partitions, const OffsetBook &book, const QString &source, Moment moment)
{
    std::vector<PartitionLag> lags;
    QString error;
    const auto add = [&](const TopicPartition &tp, std::optional<std::int64_t> offset, bool unread = false) {
        const auto start = valueOf(book.starts, tp);
        const auto end = valueOf(book.ends, tp);
        error = book.errors.value(tp, error);
        if (offset || !end || start.value_or(0) != *end) { // nothing to read in an empty one, so nobody commits there
            lags.push_back(partitionLag(tp, offset, start, end));
            lags.back().unread = unread;
        }
    };
    for (const auto &each : committed) {
        add(each.tp, each.offset, !each.offset && !each.error.isEmpty());
        if (each.offset) {
            const auto before = valueOf(m_positions, each.tp);
            m_moved += before ? std::max<std::int64_t>(0, *each.offset - *before) : 0;
            m_positions.insert(each.tp, *each.offset);
        }
    }
    for (const auto &tp : partitions) {
        if (std::ranges::find(committed, tp, &PartitionOffset::tp) == committed.end()) {
            add(tp, std::nullopt);
        }
    }
    m_flow.groupLag = groupLag(std::move(lags));
    m_flow.positionsAt = moment.now;
    const bool anyLag
        = std::ranges::any_of(m_flow.groupLag.partitions, [](const auto &each) { return each.lag.has_value(); });
    if (!m_flow.groupLag.anyCommit) {
        m_flow.lagRecords = Observed<std::int64_t>::none(Absence::NoData, QStringLiteral("nothing committed yet"));
    } else if (!anyLag) {
        const bool denied = error.contains(QLatin1String("AUTHORIZATION"));
        m_flow.lagRecords = Observed<std::int64_t>::none(denied ? Absence::NotPermitted : Absence::NoData,
            error.isEmpty() ? QStringLiteral("end offsets not known yet") : error);
    } else {
        m_flow.lagRecords = Observed<std::int64_t>::of(m_flow.groupLag.records, moment.now, source);
    }
    setSeconds(book, moment);
    sample(moment, source);
}

void FlowTracker::setSeconds(const OffsetBook &book, Moment moment)
{
    if (!m_flow.lagRecords.value) {
        m_flow.lagSeconds = Observed<double>::none(m_flow.lagRecords.absence, m_flow.lagRecords.reason);
        return;
    }
    double worst = 0;
    std::int64_t most = 0; // records waiting in one partition: its age speaks for those not known yet
    bool isMostKnown = true;
    for (const auto &partition : m_flow.groupLag.partitions) {
        const auto lag = partition.lag.value_or(0);
        if (lag == 0 || !partition.committed) {
            continue;
        }
        const auto behind = secondsBehind(partition, book, moment);
        worst = std::max(worst, behind.value_or(0));
        if (lag > most || (lag == most && behind)) {
            most = lag;
            isMostKnown = behind.has_value();
        }
    }
    m_flow.lagSeconds = isMostKnown ? Observed<double>::of(worst, moment.now, QStringLiteral("end offsets"))
                                    : Observed<double>::none(Absence::NoData, QStringLiteral("older than our samples"));
}

std::optional<std::pair<TopicPartition, std::int64_t>> FlowTracker::ageUnknown(
    const OffsetBook &book, Monotonic now) const
{
    const PartitionLag *worst = nullptr;
    for (const auto &partition : m_flow.groupLag.partitions) {
        if (partition.lag.value_or(0) == 0 || !partition.committed || (worst && *worst->lag >= *partition.lag)) {
            continue;
        }
        const auto history = book.histories.constFind(partition.tp);
        const auto known = valueOf(book.recordTimes, partition.tp);
        const bool sampled = history != book.histories.cend() && history->secondsBehind(*partition.committed, now);
        if (!sampled && (!known || known->first != *partition.committed)) {
            worst = &partition;
        }
    }
    return worst ? std::optional(std::pair(worst->tp, *worst->committed)) : std::nullopt;
}

void FlowTracker::setWritten(const std::vector<TopicPartition> &partitions, const OffsetBook &book, Moment moment)
{
    bool any = false;
    std::vector<PartitionOffset> written;
    for (const auto &tp : partitions) {
        if (const auto end = valueOf(book.ends, tp)) {
            written.push_back({tp, end, book.errors.value(tp)});
            const auto before = valueOf(m_positions, tp);
            m_moved += before ? std::max<std::int64_t>(0, *end - *before) : 0;
            m_positions.insert(tp, *end);
            any = true;
        }
    }
    if (written.size() == partitions.size()) {
        m_flow.written = std::move(written);
        m_flow.positionsAt = moment.now;
    }
    if (any) {
        addRate(moment, QStringLiteral("end offsets"));
    }
}

void FlowTracker::setMembers(const GroupDescription &group, Instant at)
{
    if (group.error.isEmpty()) {
        m_flow.members = group.members;
        m_flow.membersAt = at;
    }
}

void FlowTracker::setDeadLetters(const std::vector<TopicPartition> &partitions, const OffsetBook &book, Moment moment)
{
    std::int64_t count = 0;
    std::vector<PartitionOffset> ends;
    for (const auto &tp : partitions) {
        const auto end = valueOf(book.ends, tp);
        if (!end) {
            return;
        }
        ends.push_back({tp, end, {}});
        count += std::max<std::int64_t>(0, *end - valueOf(book.starts, tp).value_or(0));
    }
    m_flow.deadLetterEnds = std::move(ends);
    if (partitions.empty()) {
        m_flow.deadLetters
            = Observed<std::int64_t>::none(Absence::NoData, QStringLiteral("the topic does not exist yet"));
        return;
    }
    m_flow.deadLetters = Observed<std::int64_t>::of(count, moment.now, QStringLiteral("end offsets"));
    auto &history = m_flow.deadLetterHistory;
    if (history.empty() || moment.at - history.back().at >= kSampleEvery) {
        pushBounded(history, LagSample {moment.at, count});
    }
}

void FlowTracker::setUnreadable(const Error &error)
{
    const bool denied = error.kind == ErrorKind::NotPermitted || error.kind == ErrorKind::AuthenticationFailed;
    if (denied) { // what may not be read any more is not shown as if it were merely old
        m_flow.lagRecords = Observed<std::int64_t>::none(Absence::NotPermitted, error.message);
        m_flow.lagSeconds = Observed<double>::none(Absence::NotPermitted, error.message);
    } else if (!m_flow.lagRecords.value) {
        m_flow.lagRecords = Observed<std::int64_t>::none(Absence::NoData, error.message);
        m_flow.lagSeconds = Observed<double>::none(Absence::NoData, error.message);
    }
}

//! Lag and rate are sampled together: one index is one moment in both histories.
void FlowTracker::sample(Moment moment, const QString &source)
{
    const auto &history = m_flow.lagHistory;
    const bool due = history.empty() || isSampleDue(history.size(), history.back().at, moment.at);
    if (!m_flow.lagRecords.value || !due) {
        return;
    }
    addRate(moment, source);
    pushBounded(m_flow.lagHistory, LagSample {moment.at, *m_flow.lagRecords.value});
}

/*! A sink that commits once a minute moves by nothing for most of that minute: as long as something waits, nothing seen
 * to be committed is no rate of zero until we have watched for that long. */
void FlowTracker::addRate(Moment moment, const QString &source)
{
    if (!m_movements.empty() && !isSampleDue(m_movements.size(), m_movements.back().first, moment.at)) {
        return;
    }
    pushBounded(m_movements, {moment.at, m_moved});
    const auto oldest
        = std::ranges::find_if(m_movements, [&](const auto &each) { return moment.at - each.first <= kRateWindow; });
    const auto time = moment.at - oldest->first;
    const auto moved = m_moved - oldest->second;
    const bool soon = m_moved == 0 && moment.at - m_movements.front().first < kRateWindow
        && m_flow.lagRecords.value.value_or(0) > 0;
    if (time <= 0ms || soon) {
        m_flow.recordsPerSecond = Observed<double>::none(
            Absence::NoData, soon ? QStringLiteral("no commit seen yet") : QStringLiteral("one sample so far"));
        return;
    }
    const double rate = double(moved) / std::chrono::duration<double>(time).count();
    pushBounded(m_flow.rateHistory, float(rate));
    m_flow.recordsPerSecond = Observed<double>::of(rate, moment.now, source);
}

} // namespace headgate
