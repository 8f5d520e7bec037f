// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deadletters/redriverun.h"

#include <algorithm>
#include <cmath>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds readDeadline = 20s;
constexpr Milliseconds writeDeadline = 60s;
constexpr Milliseconds scanDeadline = 120s;
constexpr int mostAtOnce = 100;
constexpr qint64 bytesAtOnce = 32LL * 1024 * 1024; // large records go out few at a time
constexpr int scanAtOnce = 1000;

OperationEnd over(std::optional<Outcome> outcome, QString observed, std::optional<Error> error = {})
{
    return {.outcome = outcome, .observed = std::move(observed), .error = std::move(error)};
}

} // namespace

RedriveRun::RedriveRun(Parts parts)
    : m_parts(std::move(parts))
    , m_writer(m_parts.makeWriter(QStringLiteral("headgate-redrive-%1").arg(m_parts.seat.id.text)))
{
}

CallOptions RedriveRun::reading() const
{
    return {.deadline = readDeadline, .stop = m_parts.seat.stop};
}

std::set<RecordAt> RedriveRun::sentPlaces() const
{
    std::set<RecordAt> places;
    for (const auto &each : m_sent) {
        places.insert(each.from);
    }
    return places;
}

RedriveRun::Marks RedriveRun::marks() const
{
    Marks known;
    known.reserve(qsizetype(m_parts.plan.items.size()));
    for (const auto &item : m_parts.plan.items) {
        known.insert(redriveMark(m_parts.seat.id, item.from), item.from);
    }
    return known;
}

size_t RedriveRun::atOnce() const
{
    const auto &plan = m_parts.plan;
    const auto mean = std::max<qint64>(1, plan.bytes / qint64(std::max<size_t>(1, plan.items.size())));
    const auto byRate = std::clamp(std::ceil(plan.request.perSecond / 4), 1.0, double(mostAtOnce));
    return std::max<size_t>(1, std::min(size_t(byRate), size_t(bytesAtOnce / mean)));
}

QString RedriveRun::summary() const
{
    auto text = QStringLiteral("%1 of %2 records sent").arg(m_sent.size()).arg(m_parts.plan.items.size());
    if (!m_gone.empty()) {
        text += QStringLiteral(", %1 not there any more").arg(m_gone.size());
    }
    if (!m_unknown.empty()) {
        text += QStringLiteral(", %1 may be in the target and are not sent again").arg(m_unknown.size());
    }
    return text;
}

QCoro::Task<Result<void>> RedriveRun::note(const char *what, const char *state, QString detail, QByteArray data)
{
    const OperationStep step {.at = m_parts.clock->now(),
        .what = QString::fromLatin1(what),
        .state = QString::fromLatin1(state),
        .detail = std::move(detail),
        .data = std::move(data)};
    auto noted = co_await m_parts.seat.record(step);
    if (noted && m_parts.recorded) {
        m_parts.recorded(step);
    }
    co_return noted;
}

QCoro::Task<Result<void>> RedriveRun::noteEnds()
{
    QStringList topics;
    for (const auto &[topic, count] : targetsOf(m_parts.plan)) {
        topics << topic;
    }
    const auto ends = co_await m_parts.reader->ends(context(), topics, reading());
    if (!ends) {
        co_return failure(ends.error());
    }
    for (const auto &each : *ends) {
        if (!each.offset) {
            co_return failure({.kind = ErrorKind::ServerFailed, .message = each.error, .target = each.tp.topic});
        }
        m_ends.push_back({each.tp, *each.offset});
    }
    co_return co_await note(redriveEnds, "done", QStringLiteral("ends of the targets noted"), placesText(m_ends));
}

//! Nothing went out because of `why`; what went out before is said.
OperationEnd RedriveRun::stopped(Error why) const
{
    const bool refused = m_sent.empty()
        && (why.kind == ErrorKind::NotPermitted || why.kind == ErrorKind::Refused || why.kind == ErrorKind::TooLarge);
    const auto outcome = why.kind == ErrorKind::OutcomeUnknown ? Outcome::Unknown
        : refused                                              ? Outcome::Refused
                                                               : Outcome::Failed;
    return over(outcome, summary(), std::move(why));
}

QCoro::Task<OperationEnd> RedriveRun::drive()
{
    auto end = over(Outcome::Failed, {});
    if (const auto noted = co_await noteEnds(); noted) {
        end = co_await sendRest();
    } else {
        end = m_parts.seat.stop.stop_requested() ? over({}, {}) : stopped(noted.error());
    }
    co_await m_writer->close();
    co_return std::move(end);
}

QCoro::Task<OperationEnd> RedriveRun::goOn(RedriveProgress progress)
{
    m_ends = std::move(progress.ends);
    m_sent = std::move(progress.sent);
    m_begun = progress.begun;
    auto ready = progress.endsNoted ? co_await findSent() : co_await noteEnds();
    auto end = ready ? co_await sendRest() : stopped(ready.error());
    if (!ready && m_parts.seat.stop.stop_requested()) {
        end = over({}, {});
    } else if (!ready && !maybeSent({.plan = m_parts.plan, .sent = m_sent, .begun = m_begun}).empty()) {
        end.outcome = Outcome::Unknown; // what the earlier process sent could not be looked for
    }
    co_await m_writer->close();
    co_return std::move(end);
}

//! Whether a record that is missing was never there: nothing was deleted or compacted since the ends were noted.
QCoro::Task<bool> RedriveRun::isTold(Remaining remaining)
{
    const auto brokers = m_parts.reader->brokersOf(context());
    if (!brokers) {
        co_return false;
    }
    const auto kept = *brokers;
    std::vector<TopicPartition> partitions;
    std::ranges::transform(m_ends, std::back_inserter(partitions), &RecordAt::tp);
    const auto starts = co_await kept->admin->fetchStartOffsets(partitions, remaining.options());
    const auto capabilities = co_await kept->admin->probeCapabilities(remaining.options());
    if (!starts || !capabilities) {
        co_return false;
    }
    for (const auto &end : m_ends) {
        const auto start = std::ranges::find(*starts, end.tp, &PartitionOffset::tp);
        if (start == starts->end() || !start->offset || *start->offset > end.offset) {
            co_return false;
        }
    }
    if (!capabilities->topicAdmin && !capabilities->groups) {
        co_return true; // mock brokers: nobody to ask, and nothing is compacted
    }
    for (const auto &[topic, count] : targetsOf(m_parts.plan)) {
        const auto config = co_await kept->admin->fetchTopicConfig(topic, remaining.options());
        if (!config || std::ranges::any_of(*config, [](const ConfigEntry &each) {
                return each.name == QLatin1String("cleanup.policy") && each.value.contains(QLatin1String("compact"));
            })) {
            co_return false;
        }
    }
    co_return true;
}

//! One partition from its noted end up to `until`. False: an open transaction of somebody else hides the rest.
Task<bool> RedriveRun::findIn(
    RecordAt end, std::int64_t until, const Marks *marks, std::vector<SentRecord> *found, Remaining remaining)
{
    const auto brokers = m_parts.reader->brokersOf(context());
    if (!brokers) {
        co_return failure(brokers.error());
    }
    const auto kept = *brokers;
    for (auto from = end.offset; from < until;) {
        if (remaining.over()) {
            co_return failure({.kind = ErrorKind::DeadlineExceeded,
                .message = QStringLiteral("What was sent could not be looked for in time")});
        }
        const auto answer = co_await kept->reader->read(
            {.tp = end.tp, .from = from, .until = until, .maxRecords = scanAtOnce}, remaining.options());
        if (!answer) {
            co_return failure(answer.error());
        }
        for (const auto &record : answer->records) {
            for (const auto &header : record.headers) {
                const auto item = header.key == redriveHeader ? marks->constFind(header.value) : marks->cend();
                if (item != marks->cend()) {
                    found->push_back({*item, {record.tp, record.offset}});
                }
            }
        }
        if (answer->next <= from || (answer->reachedEnd && answer->next < until)) {
            co_return false;
        }
        from = answer->next;
    }
    co_return true;
}

//! After the writer has fenced its predecessor nothing of that one is open any more: what readers of committed records
//! find from the noted ends on is all that was sent, where all of it can be read.
QCoro::Task<Result<void>> RedriveRun::findSent()
{
    const auto settled = co_await m_writer->write({}, {.deadline = writeDeadline, .stop = m_parts.seat.stop});
    const Remaining remaining(m_parts.clock, {.deadline = scanDeadline, .stop = m_parts.seat.stop});
    QStringList topics;
    for (const auto &[topic, count] : targetsOf(m_parts.plan)) {
        topics << topic;
    }
    const auto now = settled ? co_await m_parts.reader->ends(context(), topics, remaining.options())
                             : Result<std::vector<PartitionOffset>>(failure(settled.error()));
    if (!now) {
        co_return failure(now.error());
    }
    bool told = co_await isTold(remaining);
    const auto known = marks();
    std::vector<SentRecord> found;
    for (const auto &end : m_ends) {
        const auto next = std::ranges::find(*now, end.tp, &PartitionOffset::tp);
        if (next == now->end() || !next->offset) {
            told = false;
            continue;
        }
        const auto read = co_await findIn(end, *next->offset, &known, &found, remaining);
        if (!read) {
            co_return failure(read.error());
        }
        told = told && *read;
    }
    std::ranges::copy(m_sent, std::back_inserter(found)); // acknowledged, even where it cannot be read any more
    m_sent.clear();
    std::set<RecordAt> seen;
    std::ranges::copy_if(
        found, std::back_inserter(m_sent), [&seen](const SentRecord &each) { return seen.insert(each.from).second; });
    auto said = QStringLiteral("%1 found in the targets").arg(m_sent.size());
    if (!told) {
        m_unknown = maybeSent({.plan = m_parts.plan, .sent = m_sent, .begun = m_begun});
        said += QStringLiteral(", %1 not to be told").arg(m_unknown.size());
    }
    co_return co_await note(redriveBatch, "done", said, sentText(m_begun, m_sent));
}

QCoro::Task<OperationEnd> RedriveRun::sendRest()
{
    const auto rate = m_parts.plan.request.perSecond;
    const auto size = atOnce();
    auto settled = sentPlaces();
    settled.insert(m_unknown.begin(), m_unknown.end());
    std::vector<RedriveItem> rest;
    std::ranges::copy_if(m_parts.plan.items, std::back_inserter(rest),
        [&settled](const RedriveItem &item) { return !settled.contains(item.from); });
    if (!rest.empty() && !m_parts.plan.fixedHash.isEmpty() && !m_parts.plan.request.value) {
        co_return over(Outcome::Failed, summary() + QStringLiteral("; the corrected value is not kept: give it again"));
    }
    for (size_t i = 0; i < rest.size(); i += size) {
        const auto began = m_parts.clock->monotonic();
        const auto last = std::min(rest.size(), i + size);
        auto end = co_await sendBatch({rest.begin() + std::ptrdiff_t(i), rest.begin() + std::ptrdiff_t(last)});
        if (end.outcome || m_parts.seat.stop.stop_requested()) {
            co_return std::move(end); // without an outcome the log stays open: the next start goes on
        }
        m_parts.seat.tell(OperationPhase::Sending, summary());
        const auto due = Milliseconds(qint64(1000 * double(last - i) / rate));
        const auto took = std::chrono::duration_cast<Milliseconds>(m_parts.clock->monotonic() - began);
        if (last < rest.size() && due > took && !co_await m_parts.clock->sleepFor(due - took, m_parts.seat.stop)) {
            co_return over({}, {});
        }
    }
    co_return over(!m_unknown.empty() ? Outcome::Unknown
            : m_gone.empty()          ? Outcome::Confirmed
                                      : Outcome::Failed,
        summary());
}

RecordToWrite RedriveRun::outgoing(const Record &record, const QString &target) const
{
    const auto &fixed = m_parts.plan.request.value;
    // Its own partition where it goes back: order and joins by key rest on it.
    const auto original = deadLetterOf(record).original;
    const bool back = original && original->tp.topic == target
        && std::ranges::find(m_ends, original->tp, &RecordAt::tp) != m_ends.end();
    return {.topic = target,
        .partition = back ? original->tp.partition : -1,
        .key = record.key,
        .value = fixed ? fixed : record.value,
        .headers = redriveHeaders(record.headers, m_parts.seat.id, {record.tp, record.offset}),
        .timestamp = record.timestamp};
}

//! Without an outcome: it was sent, or the program closes.
QCoro::Task<OperationEnd> RedriveRun::sendBatch(std::vector<RedriveItem> batch)
{
    std::vector<RecordAt> places;
    std::ranges::transform(batch, std::back_inserter(places), &RedriveItem::from);
    const auto records = co_await m_parts.reader->fetchAll(context(), places, reading());
    if (!records) {
        co_return m_parts.seat.stop.stop_requested() ? over({}, {}) : stopped(records.error());
    }
    std::vector<RecordToWrite> out;
    std::vector<RecordAt> sending;
    for (const auto &item : batch) {
        const auto record = std::ranges::find_if(
            *records, [&](const Record &each) { return RecordAt {each.tp, each.offset} == item.from; });
        if (record == records->end()) {
            m_gone.push_back(item.from);
            continue;
        }
        out.push_back(outgoing(*record, item.target));
        sending.push_back(item.from);
    }
    m_begun += batch.size();
    if (out.empty()) {
        co_return over({}, {});
    }
    if (const auto noted = co_await note(redriveBatch, "begun", summary(), sentText(m_begun, {})); !noted) {
        co_return stopped(noted.error());
    }
    // Not stopped from outside: a transaction that has begun is seen to its end.
    const auto written = co_await m_writer->write(std::move(out), {.deadline = writeDeadline});
    if (!written || written->front().error) {
        co_return stopped(written ? *written->front().error : written.error());
    }
    std::vector<SentRecord> sent;
    for (size_t i = 0; i < sending.size(); ++i) {
        sent.push_back({sending[i], {written->at(i).tp, written->at(i).offset}});
    }
    std::ranges::copy(sent, std::back_inserter(m_sent));
    const auto noted = co_await note(redriveBatch, "done", summary(), sentText(m_begun, sent));
    co_return noted ? over({}, {}) : stopped(noted.error());
}

} // namespace headgate
