// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/kafkalane.h"

#include "common/log.h"

#include <QSet>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <tuple>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr size_t kRestSinks = 20;
constexpr size_t kSecondSinks = 20; // whose second sample does not wait for the slow turn
constexpr size_t kRecordTimes = 20;
constexpr size_t kSideBySide = 50; // group calls outstanding at once

bool isSameFlow(const FlowTarget &a, const FlowTarget &b)
{
    return a.type == b.type && a.group == b.group && a.topics == b.topics && a.deadLetterTopic == b.deadLetterTopic;
}

//! A sink's entry of GET /connectors/{n}/offsets; absent for a source's, whose shape is its connector's own.
std::optional<PartitionOffset> committedOf(const ConnectorOffset &offset)
{
    const auto where = nlohmann::json::parse(offset.partitionJson.toStdString(), nullptr, false);
    const auto at = nlohmann::json::parse(offset.offsetJson.toStdString(), nullptr, false);
    if (!where.is_object() || !where.contains("kafka_topic") || !where["kafka_topic"].is_string()
        || !where.contains("kafka_partition") || !where["kafka_partition"].is_number_integer()) {
        return std::nullopt;
    }
    PartitionOffset position {.tp = {QString::fromStdString(where["kafka_topic"].get<std::string>()),
                                  where["kafka_partition"].get<std::int32_t>()}};
    if (at.is_object() && at.contains("kafka_offset") && at["kafka_offset"].is_number_integer()) {
        position.offset = at["kafka_offset"].get<std::int64_t>();
    }
    return position;
}

} // namespace

KafkaLane::KafkaLane(std::unique_ptr<KafkaAdmin> admin, std::unique_ptr<RecordReader> reader, ReadOffsets readOffsets,
    std::shared_ptr<Clock> clock, Pace pace)
    : m_admin(std::move(admin))
    , m_reader(std::move(reader))
    , m_readOffsets(std::move(readOffsets))
    , m_clock(std::move(clock))
    , m_pace(pace)
{
}

KafkaLane::~KafkaLane()
{
    Q_ASSERT((!m_loop || m_loop->isReady()) && (!m_ages || m_ages->isReady()));
}

void KafkaLane::start()
{
    m_loop.emplace(run());
}

void KafkaLane::setVisible(bool visible)
{
    if (visible && !m_visible) {
        m_pause.cut();
    }
    m_visible = visible;
}

void KafkaLane::setTargets(std::vector<FlowTarget> targets)
{
    if (targets == m_targets) {
        return;
    }
    QHash<ConnectorRef, Asked> kept;
    for (const auto &target : targets) {
        const auto before = std::ranges::lower_bound(m_targets, target.ref, {}, &FlowTarget::ref);
        const bool known = before != m_targets.end() && before->ref == target.ref;
        if (known ? before->atRest != target.atRest : !m_targets.empty()) {
            m_metadataAt.reset(); // topics come with a start: what is read after it, or after a stop, is of all of them
        }
        const auto asked = m_asked.constFind(target.ref);
        if (asked != m_asked.cend() && before != m_targets.end() && isSameFlow(*before, target)) {
            kept.insert(target.ref, *asked);
        }
    }
    if (kept.size() < qsizetype(targets.size())) {
        m_pause.cut(); // what is new does not wait for the next tick
    }
    m_asked = std::move(kept);
    m_targets = std::move(targets);
}

std::vector<TopicPartition> KafkaLane::partitionsOf(const QStringList &topics) const
{
    std::vector<TopicPartition> found;
    for (const auto &topic : topics) {
        const auto partitions = m_topics.value(topic);
        found.insert(found.end(), partitions.begin(), partitions.end());
    }
    return found;
}

bool KafkaLane::isDue(const std::optional<Monotonic> &last, Milliseconds every) const
{
    return !last || m_clock->monotonic() - *last >= every;
}

QCoro::Task<> KafkaLane::run()
{
    while (!m_stop.stop_requested()) {
        const auto begin = m_clock->monotonic();
        if (m_visible) {
            co_await round();
        }
        if (m_stop.stop_requested()) {
            break;
        }
        co_await m_pause.wait(m_clock, untilNextRound(begin));
    }
}

Milliseconds KafkaLane::untilNextRound(Monotonic begin) const
{
    const auto backOff = std::min<Milliseconds>(m_pace.tick * (1 << std::min(m_failures, 5)), m_pace.longestBackOff);
    auto next = begin + (m_failures > 0 ? backOff : m_pace.tick);
    for (const auto &asked : m_asked) {
        if (asked.times == 1 && m_failures == 0 && m_visible) {
            next = std::min(next, asked.at + m_pace.second);
        }
    }
    return std::max(Milliseconds(0), std::chrono::duration_cast<Milliseconds>(next - m_clock->monotonic()));
}

QCoro::Task<> KafkaLane::round()
{
    if (isDue(m_metadataAt, m_pace.metadata) && !co_await refreshMetadata()) {
        co_return;
    }
    const auto due = dueTargets();
    if (due.empty() || m_stop.stop_requested()) {
        co_return;
    }
    Positions positions;
    if (m_hasGroups.value_or(false)) {
        co_await readPositions(&due, &positions);
    } else {
        co_await readPositionsFromConnect(&due, &positions);
    }
    if (!m_stop.stop_requested()) {
        co_await readEnds(&due, &positions);
    }
    if (m_stop.stop_requested()) {
        co_return;
    }
    update(due, positions);
    if (m_hasGroups.value_or(false) && isDue(m_membersAt, m_pace.slow)) {
        co_await readMembers();
    }
    publish();
    tellAges(due);
}

//! False when the brokers cannot be asked now.
QCoro::Task<bool> KafkaLane::refreshMetadata()
{
    auto cluster = co_await m_admin->fetchCluster(options());
    if (m_stop.stop_requested()) {
        co_return false;
    }
    if (!cluster) {
        ++m_failures;
        m_picture.error = cluster.error();
        Q_EMIT changed();
        co_return false;
    }
    if (!m_hasGroups || m_failures > 0) { // nothing else is asked of them here, and the whole probe takes its time
        const auto groups = co_await m_admin->fetchGroups(options());
        if (groups || groups.error().kind == ErrorKind::NotPermitted) {
            m_hasGroups = true;
        } else if (groups.error().kind == ErrorKind::NotSupported) {
            m_hasGroups = false;
        } else {
            m_hasGroups.reset();
        }
    }
    m_failures = 0;
    m_metadataAt = m_clock->monotonic();
    m_topics.clear();
    for (const auto &topic : cluster->topics) {
        auto &partitions = m_topics[topic.name];
        for (const auto &partition : topic.partitions) {
            partitions.push_back({topic.name, partition.id});
        }
    }
    const auto source = cluster->brokers.empty() ? QString() : cluster->brokers.front().host;
    m_picture.error.reset();
    m_picture.cluster = Observed<ClusterFact>::of(*std::move(cluster), m_clock->now(), source);
    Q_EMIT changed();
    co_return true;
}

/*! What is on screen or in trouble, and what had its slow turn. What is new has a second turn soon: the end offsets of
 * all sources, which cost no request of their own, and the positions of the worst sinks. */
std::vector<FlowTarget> KafkaLane::dueTargets()
{
    const auto now = m_clock->monotonic();
    std::vector<FlowTarget> due, again;
    for (const auto &target : m_targets) {
        auto &asked = m_asked[target.ref];
        const bool isSecond = asked.times == 1 && now - asked.at >= m_pace.second;
        const bool isTurn = asked.times == 0 || now - asked.at >= m_pace.slow;
        asked.isNew = asked.times == 0 || isSecond;
        asked.times += asked.isNew ? 1 : 0;
        asked.at = isTurn ? now : asked.at;
        if (isTurn || target.urgent) {
            due.push_back(target);
        } else if (isSecond) {
            (target.type == ConnectorType::Source ? due : again).push_back(target);
        }
    }
    std::ranges::copy(worst(std::move(again), kSecondSinks), std::back_inserter(due));
    return due;
}

QCoro::Task<> KafkaLane::readPositions(const std::vector<FlowTarget> *due, Positions *positions)
{
    std::vector<std::pair<ConnectorRef, Task<std::vector<PartitionOffset>>>> calls;
    for (size_t next = 0; next < due->size();) {
        calls.clear();
        for (; next < due->size() && calls.size() < kSideBySide; ++next) {
            const auto &target = (*due)[next];
            if (target.type == ConnectorType::Sink && !target.group.isEmpty()) {
                calls.emplace_back(target.ref, m_admin->fetchCommitted(target.group, options()));
            }
        }
        for (auto &[ref, call] : calls) {
            auto committed = co_await call;
            if (committed) {
                positions->insert(ref, *std::move(committed));
            } else {
                m_trackers[ref].setUnreadable(committed.error());
            }
        }
        if (m_stop.stop_requested()) {
            co_return;
        }
    }
}

//! Visible and troubled ones first, then by lag, then by name.
std::vector<FlowTarget> KafkaLane::worst(std::vector<FlowTarget> targets, size_t count) const
{
    using Rank = std::tuple<int, std::int64_t, const ConnectorRef &>;
    const auto rank = [this](const FlowTarget &target) -> Rank {
        const auto tracker = m_trackers.constFind(target.ref);
        const auto lag = tracker == m_trackers.cend() ? 0 : tracker->flow().lagRecords.value.value_or(0);
        return {target.urgent ? 0 : 1, -lag, target.ref};
    };
    std::ranges::sort(targets, {}, rank);
    targets.resize(std::min(targets.size(), count));
    return targets;
}

QCoro::Task<> KafkaLane::readPositionsFromConnect(const std::vector<FlowTarget> *due, Positions *positions)
{
    const bool isTurn = isDue(m_restOffsetsAt, m_pace.slow);
    std::vector<FlowTarget> sinks;
    std::ranges::copy_if(*due, std::back_inserter(sinks), [&](const auto &target) {
        return target.type == ConnectorType::Sink && (isTurn || m_asked.value(target.ref).isNew);
    });
    if (sinks.empty()) {
        co_return;
    }
    if (isTurn) {
        m_restOffsetsAt = m_clock->monotonic();
    }
    for (const auto &target :
        worst(std::move(sinks), kRestSinks)) { // one at a time: each waits for the herder's one thread
        const auto offsets = co_await m_readOffsets(target.ref, options());
        if (m_stop.stop_requested()) {
            co_return;
        }
        if (!offsets) {
            m_trackers[target.ref].setUnreadable(offsets.error());
            continue;
        }
        auto &list = (*positions)[target.ref];
        for (const auto &offset : *offsets) {
            if (auto position = committedOf(offset)) {
                list.push_back(*std::move(position));
            }
        }
    }
}

QCoro::Task<> KafkaLane::readEnds(const std::vector<FlowTarget> *due, const Positions *positions)
{
    QSet<TopicPartition> wanted;
    for (const auto &target : *due) {
        for (const auto &tp : partitionsOf(target.topics + QStringList {target.deadLetterTopic})) {
            wanted.insert(tp);
        }
        for (const auto &position : positions->value(target.ref)) {
            wanted.insert(position.tp);
        }
    }
    const std::vector<TopicPartition> list(wanted.cbegin(), wanted.cend());
    if (list.empty()) {
        co_return;
    }
    const auto ends = co_await m_admin->fetchEndOffsets(list, options());
    if (ends) {
        m_book.addEnds(*ends, m_clock->monotonic());
    } else if (!m_stop.stop_requested()) {
        ++m_failures;
        m_picture.error = ends.error();
        m_metadataAt.reset(); // who is there is asked first
    }
    if (ends && isDue(m_startsAt, m_pace.metadata) && !m_stop.stop_requested()) {
        if (const auto starts = co_await m_admin->fetchStartOffsets(list, options())) {
            m_book.addStarts(*starts);
            m_startsAt = m_clock->monotonic();
        }
    }
}

void KafkaLane::update(const std::vector<FlowTarget> &due, const Positions &positions)
{
    const FlowTracker::Moment moment {m_clock->monotonic(), m_clock->now()};
    for (const auto &target : due) {
        auto &tracker = m_trackers[target.ref];
        const auto partitions = partitionsOf(target.topics);
        if (target.type == ConnectorType::Source) {
            tracker.setWritten(partitions, m_book, moment);
        } else if (positions.contains(target.ref)) {
            const QString source = m_hasGroups.value_or(false) ? QStringLiteral("group %1").arg(target.group)
                                                               : QStringLiteral("Connect's offsets");
            tracker.setCommitted(positions.value(target.ref), partitions, m_book, source, moment);
        }
        if (!target.deadLetterTopic.isEmpty()) {
            tracker.setDeadLetters(partitionsOf({target.deadLetterTopic}), m_book, moment);
        }
    }
}

QCoro::Task<> KafkaLane::readMembers()
{
    QStringList groups;
    for (const auto &target : m_targets) {
        if (target.type == ConnectorType::Sink && !target.group.isEmpty()) {
            groups << target.group;
        }
    }
    m_membersAt = m_clock->monotonic();
    if (groups.isEmpty()) {
        co_return;
    }
    const auto described = co_await m_admin->describeGroups(groups, options());
    if (!described) {
        co_return;
    }
    QHash<QString, GroupDescription> byName;
    for (const auto &group : *described) {
        byName.insert(group.group, group);
    }
    for (const auto &target : m_targets) { // they may have changed meanwhile
        if (byName.contains(target.group)) {
            m_trackers[target.ref].setMembers(byName.value(target.group), m_clock->now());
        }
    }
}

//! Before our samples reach back far enough, the record at the committed offset tells how old the position is.
void KafkaLane::tellAges(const std::vector<FlowTarget> &due)
{
    if (!m_reader || (m_ages && !m_ages->isReady()) || !isDue(m_recordTimesAt, m_pace.slow)) {
        return;
    }
    std::vector<FlowTarget> unknown;
    std::ranges::copy_if(due, std::back_inserter(unknown), [this](const FlowTarget &target) {
        const auto tracker = m_trackers.constFind(target.ref);
        return tracker != m_trackers.cend() && tracker->ageUnknown(m_book, m_clock->monotonic());
    });
    if (!unknown.empty()) {
        m_recordTimesAt = m_clock->monotonic();
        m_ages.emplace(readRecordTimes(worst(std::move(unknown), kRecordTimes)));
    }
}

//! Beside the rounds: reading takes its time, one partition after the other.
QCoro::Task<> KafkaLane::readRecordTimes(std::vector<FlowTarget> of)
{
    for (const auto &target : of) {
        const auto asked = m_trackers.constFind(target.ref);
        const auto unknown
            = asked != m_trackers.cend() ? asked->ageUnknown(m_book, m_clock->monotonic()) : std::nullopt;
        if (!unknown) {
            continue;
        }
        const auto answer = co_await m_reader->read({.tp = unknown->first, .from = unknown->second, .maxRecords = 1},
            {.deadline = 3s, .stop = m_stop.get_token()});
        if (m_stop.stop_requested()) {
            co_return;
        }
        const auto at = answer && !answer->records.empty() ? answer->records.front().timestamp : Instant {};
        m_book.recordTimes.insert(unknown->first, {unknown->second, at});
        if (const auto tracker = m_trackers.find(target.ref); tracker != m_trackers.end()) {
            tracker->setSeconds(m_book, {m_clock->monotonic(), m_clock->now()});
            publish();
        }
    }
}

void KafkaLane::publish()
{
    QHash<ConnectorRef, FlowTracker> kept;
    auto flows = std::make_shared<QHash<ConnectorRef, ConnectorFlow>>();
    for (const auto &target : m_targets) {
        const auto tracker = m_trackers.constFind(target.ref);
        if (tracker != m_trackers.cend()) {
            flows->insert(target.ref, tracker->flow());
            kept.insert(target.ref, *tracker);
        }
    }
    m_trackers = std::move(kept); // who is gone is forgotten
    m_picture.flows = std::move(flows);
    Q_EMIT changed();
}

QCoro::Task<> KafkaLane::close()
{
    m_stop.request_stop();
    m_pause.end();
    for (auto *task : {&m_loop, &m_ages}) {
        if (*task) {
            co_await **task;
        }
    }
    if (m_reader) {
        co_await m_reader->close();
    }
    co_await m_admin->close();
}

} // namespace headgate
