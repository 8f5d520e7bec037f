// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/kafkalane.h"

#include "common/log.h"

#include <QSet>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr size_t kRestSinks = 20;
constexpr size_t kRecordTimes = 20;
constexpr size_t kSideBySide = 50; // group calls outstanding at once

} // namespace

std::optional<PartitionOffset> sinkPosition(const ConnectorOffset &offset)
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
    Q_ASSERT(!m_loop || m_loop->isReady());
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
    const bool first = m_targets.empty() && !targets.empty();
    m_targets = std::move(targets);
    if (first) {
        m_pause.cut(); // the first lag does not wait for the next tick
    }
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
        const auto backOff
            = std::min<Milliseconds>(m_pace.tick * (1 << std::min(m_failures, 5)), m_pace.longestBackOff);
        const auto spent = m_clock->monotonic() - begin;
        co_await m_pause.wait(m_clock, std::max(Milliseconds(0), (m_failures > 0 ? backOff : m_pace.tick) - spent));
    }
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
    if (m_capabilities && m_capabilities->groups) {
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
    if (m_capabilities && m_capabilities->groups && isDue(m_membersAt, m_pace.slow)) {
        co_await readMembers();
    }
    publish();
    co_await readRecordTimes(&due);
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
    if (!m_capabilities || m_failures > 0) {
        const auto probed = co_await m_admin->probeCapabilities(options());
        m_capabilities = probed ? std::optional(*probed) : std::nullopt;
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

std::vector<FlowTarget> KafkaLane::dueTargets()
{
    std::vector<FlowTarget> due;
    for (const auto &target : m_targets) {
        const auto asked = m_askedAt.constFind(target.ref);
        const auto last = asked == m_askedAt.cend() ? std::nullopt : std::optional(*asked);
        if (target.urgent || isDue(last, m_pace.slow)) {
            due.push_back(target);
            m_askedAt.insert(target.ref, m_clock->monotonic());
        }
    }
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

//! Visible and troubled ones first, then by lag.
std::vector<FlowTarget> KafkaLane::worst(std::vector<FlowTarget> targets, size_t count) const
{
    const auto rank = [this](const FlowTarget &target) {
        const auto tracker = m_trackers.constFind(target.ref);
        const auto lag = tracker == m_trackers.cend() ? 0 : tracker->flow().lagRecords.value.value_or(0);
        return std::pair(target.urgent ? 0 : 1, -lag);
    };
    std::ranges::sort(targets, {}, rank);
    targets.resize(std::min(targets.size(), count));
    return targets;
}

QCoro::Task<> KafkaLane::readPositionsFromConnect(const std::vector<FlowTarget> *due, Positions *positions)
{
    if (!isDue(m_restOffsetsAt, m_pace.slow)) {
        co_return;
    }
    std::vector<FlowTarget> sinks;
    std::ranges::copy_if(
        *due, std::back_inserter(sinks), [](const auto &target) { return target.type == ConnectorType::Sink; });
    if (sinks.empty()) {
        co_return;
    }
    m_restOffsetsAt = m_clock->monotonic();
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
            if (auto position = sinkPosition(offset)) {
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
            const bool byGroup = m_capabilities && m_capabilities->groups;
            const QString source
                = byGroup ? QStringLiteral("group %1").arg(target.group) : QStringLiteral("Connect's offsets");
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
QCoro::Task<> KafkaLane::readRecordTimes(const std::vector<FlowTarget> *due)
{
    if (!m_reader || !isDue(m_recordTimesAt, m_pace.slow)) {
        co_return;
    }
    m_recordTimesAt = m_clock->monotonic();
    bool any = false;
    for (const auto &target : worst(*due, kRecordTimes)) {
        const auto unknown = m_trackers.value(target.ref).ageUnknown(m_book, m_clock->monotonic());
        if (!unknown || m_stop.stop_requested()) {
            continue;
        }
        const auto answer = co_await m_reader->read({.tp = unknown->first, .from = unknown->second, .maxRecords = 1},
            {.deadline = 3s, .stop = m_stop.get_token()});
        const auto at = answer && !answer->records.empty() ? answer->records.front().timestamp : Instant {};
        m_book.recordTimes.insert(unknown->first, {unknown->second, at});
        m_trackers[target.ref].setSeconds(m_book, {m_clock->monotonic(), m_clock->now()});
        any = true;
    }
    if (any) {
        publish();
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
    if (m_loop) {
        co_await *m_loop;
    }
    if (m_reader) {
        co_await m_reader->close();
    }
    co_await m_admin->close();
}

} // namespace headgate
