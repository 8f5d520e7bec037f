// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakekafka.h"

#include <algorithm>

namespace headgate {

void FakeKafka::addTopic(const QString &topic, std::vector<std::int64_t> ends)
{
    for (size_t i = 0; i < ends.size(); ++i) {
        partitions[{topic, std::int32_t(i)}] = {.end = ends[i]};
    }
}

void FakeKafka::append(const QString &topic, std::int32_t partition, QByteArray key, QByteArray value)
{
    auto &log = partitions[{topic, partition}];
    log.records.push_back({.tp = {topic, partition},
        .offset = log.end,
        .timestamp = clock->now(),
        .key = std::move(key),
        .value = std::move(value)});
    ++log.end;
}

void FakeKafka::commit(const QString &group, const QString &topic, std::int32_t partition, std::int64_t offset)
{
    committed[group][{topic, partition}] = offset;
}

int FakeKafka::count(const QString &namePrefix) const
{
    return int(std::ranges::count_if(calls, [&](const Call &call) { return call.name.startsWith(namePrefix); }));
}

Task<void> FakeKafka::call(QString name, int items, CallOptions options)
{
    calls.push_back({name, items, clock->monotonic()});
    const bool tooLate = hangs || latency > options.deadline;
    if (tooLate || latency > Milliseconds(0)) {
        const auto slept = co_await clock->sleepFor(tooLate ? options.deadline : latency, options.stop);
        if (!slept) {
            co_return failure(slept.error());
        }
    }
    if (tooLate) {
        co_return failure({.kind = ErrorKind::DeadlineExceeded,
            .message = QStringLiteral("No answer in time"),
            .target = QStringLiteral("broker-1:9092"),
            .request = name});
    }
    const auto fault = std::ranges::find_if(failing, [&](const auto &entry) { return name.startsWith(entry.first); });
    if (fault != failing.end()) {
        co_return failure(fault->second);
    }
    co_return {};
}

Task<ClusterFact> FakeKafkaAdmin::fetchCluster(CallOptions options)
{
    const auto kafka = m_kafka;
    if (const auto done = co_await kafka->call(QStringLiteral("cluster"), 1, options); !done) {
        co_return failure(done.error());
    }
    ClusterFact fact {.clusterId = kafka->clusterId, .controllerId = 1, .brokers = kafka->brokers};
    for (const auto &[tp, partition] : kafka->partitions) {
        if (fact.topics.empty() || fact.topics.back().name != tp.topic) {
            fact.topics.push_back({.name = tp.topic, .internal = tp.topic.startsWith(QLatin1String("__"))});
        }
        fact.topics.back().partitions.push_back({.id = tp.partition, .leader = 1, .replicas = {1}, .isr = {1}});
    }
    co_return fact;
}

Task<KafkaCapabilities> FakeKafkaAdmin::probeCapabilities(CallOptions options)
{
    const auto kafka = m_kafka;
    if (const auto done = co_await kafka->call(QStringLiteral("probe"), 1, options); !done) {
        co_return failure(done.error());
    }
    co_return std::as_const(kafka->capabilities);
}

Task<std::vector<PartitionOffset>> FakeKafkaAdmin::fetchEndOffsets(
    std::vector<TopicPartition> partitions, CallOptions options)
{
    const auto kafka = m_kafka;
    if (const auto done = co_await kafka->call(QStringLiteral("endOffsets"), int(partitions.size()), options); !done) {
        co_return failure(done.error());
    }
    std::vector<PartitionOffset> found;
    for (const auto &tp : partitions) {
        const auto at = kafka->partitions.find(tp);
        if (at == kafka->partitions.end()) {
            found.push_back({tp, std::nullopt, QStringLiteral("UNKNOWN_TOPIC_OR_PART")});
        } else if (!at->second.error.empty()) {
            found.push_back({tp, std::nullopt, QString::fromStdString(at->second.error)});
        } else {
            found.push_back({tp, at->second.end, {}});
        }
    }
    co_return found;
}

Task<std::vector<PartitionOffset>> FakeKafkaAdmin::fetchStartOffsets(
    std::vector<TopicPartition> partitions, CallOptions options)
{
    const auto kafka = m_kafka;
    if (const auto done = co_await kafka->call(QStringLiteral("startOffsets"), int(partitions.size()), options);
        !done) {
        co_return failure(done.error());
    }
    std::vector<PartitionOffset> found;
    for (const auto &tp : partitions) {
        const auto at = kafka->partitions.find(tp);
        found.push_back(at == kafka->partitions.end()
                ? PartitionOffset {tp, std::nullopt, QStringLiteral("UNKNOWN_TOPIC_OR_PART")}
                : PartitionOffset {tp, at->second.start, {}});
    }
    co_return found;
}

Task<std::vector<PartitionOffset>> FakeKafkaAdmin::fetchOffsetsForTimes(
    std::vector<TimeQuery> queries, CallOptions options)
{
    const auto kafka = m_kafka;
    if (const auto done = co_await kafka->call(QStringLiteral("offsetsForTimes"), int(queries.size()), options);
        !done) {
        co_return failure(done.error());
    }
    std::vector<PartitionOffset> found;
    for (const auto &query : queries) {
        const auto &records = kafka->partitions[query.tp].records;
        const auto first
            = std::ranges::find_if(records, [&](const Record &record) { return record.timestamp >= query.at; });
        found.push_back({query.tp, first == records.end() ? std::nullopt : std::optional(first->offset), {}});
    }
    co_return found;
}

Task<std::vector<PartitionOffset>> FakeKafkaAdmin::fetchCommitted(QString group, CallOptions options)
{
    const auto kafka = m_kafka;
    const QString name = QStringLiteral("committed ") + group;
    if (const auto done = co_await kafka->call(name, 1, options); !done) {
        co_return failure(done.error());
    }
    std::vector<PartitionOffset> found;
    for (const auto &[tp, offset] : kafka->committed[group]) {
        found.push_back({tp, offset, {}});
    }
    co_return found;
}

Task<QStringList> FakeKafkaAdmin::fetchGroups(CallOptions options)
{
    const auto kafka = m_kafka;
    if (const auto done = co_await kafka->call(QStringLiteral("groups"), 1, options); !done) {
        co_return failure(done.error());
    }
    if (!kafka->capabilities.groups) {
        co_return failure({.kind = ErrorKind::NotSupported, .message = QStringLiteral("No groups here")});
    }
    QStringList names;
    for (const auto &[name, description] : kafka->groups) {
        names << name;
    }
    co_return names;
}

Task<std::vector<GroupDescription>> FakeKafkaAdmin::describeGroups(QStringList groups, CallOptions options)
{
    const auto kafka = m_kafka;
    if (const auto done = co_await kafka->call(QStringLiteral("describe"), int(groups.size()), options); !done) {
        co_return failure(done.error());
    }
    std::vector<GroupDescription> found;
    for (const auto &group : groups) {
        const auto at = kafka->groups.find(group);
        found.push_back(at == kafka->groups.end() ? GroupDescription {.group = group, .state = QStringLiteral("Dead")}
                                                  : at->second);
    }
    co_return found;
}

Task<QHash<QString, QString>> FakeKafkaAdmin::fetchTopicIds(QStringList topics, CallOptions options)
{
    const auto kafka = m_kafka;
    if (const auto done = co_await kafka->call(QStringLiteral("topicIds"), int(topics.size()), options); !done) {
        co_return failure(done.error());
    }
    QHash<QString, QString> ids;
    for (const auto &topic : topics) {
        if (const auto found = kafka->topicIds.find(topic); found != kafka->topicIds.end()) {
            ids.insert(topic, found->second);
        }
    }
    co_return ids;
}

Task<std::vector<ConfigEntry>> FakeKafkaAdmin::fetchTopicConfig(QString topic, CallOptions options)
{
    const auto kafka = m_kafka;
    const QString name = QStringLiteral("topicConfig ") + topic;
    if (const auto done = co_await kafka->call(name, 1, options); !done) {
        co_return failure(done.error());
    }
    co_return std::as_const(kafka->topicConfigs[topic]);
}

Task<std::vector<ConfigEntry>> FakeKafkaAdmin::fetchBrokerConfig(std::int32_t broker, CallOptions options)
{
    const auto kafka = m_kafka;
    const QString name = QStringLiteral("brokerConfig %1").arg(broker);
    if (const auto done = co_await kafka->call(name, 1, options); !done) {
        co_return failure(done.error());
    }
    co_return std::vector<ConfigEntry> {};
}

Task<ReadAnswer> FakeRecordReader::read(ReadRequest request, CallOptions options)
{
    const auto kafka = m_kafka;
    const QString name = QStringLiteral("read %1-%2").arg(request.tp.topic).arg(request.tp.partition);
    if (const auto done = co_await kafka->call(name, request.maxRecords, options); !done) {
        co_return failure(done.error());
    }
    const auto found = kafka->partitions.find(request.tp);
    if (found == kafka->partitions.end()) {
        co_return failure(
            {.kind = ErrorKind::NotFound, .message = QStringLiteral("No such partition"), .request = name});
    }
    const auto &log = found->second;
    auto until = request.until < 0 ? log.end : std::min(request.until, log.end);
    until = log.hiddenFrom < 0 ? until : std::min(until, log.hiddenFrom);
    ReadAnswer answer {.next = std::max(request.from, log.start)};
    qint64 bytes = 0;
    for (const auto &record : log.records) {
        if (record.offset < answer.next || record.offset >= until) {
            continue;
        }
        const auto most = kafka->readLimit > 0 ? std::min(kafka->readLimit, request.maxRecords) : request.maxRecords;
        if (int(answer.records.size()) == most || bytes >= request.maxBytes) {
            answer.limited = true;
            co_return answer;
        }
        bytes += (record.key ? record.key->size() : 0) + (record.value ? record.value->size() : 0);
        answer.records.push_back(record);
        answer.next = record.offset + 1;
    }
    answer.next = until;
    answer.reachedEnd = true;
    co_return answer;
}

Task<std::vector<WrittenRecord>> FakeRecordWriter::write(std::vector<RecordToWrite> records, CallOptions options)
{
    const auto called = co_await m_kafka->call(QStringLiteral("write %1").arg(m_id), int(records.size()), options);
    if (!called) {
        co_return failure(called.error());
    }
    std::vector<WrittenRecord> written;
    for (auto &record : records) {
        const TopicPartition tp {record.topic, std::max(0, record.partition)};
        m_kafka->append(tp.topic, tp.partition, {}, {});
        auto &log = m_kafka->partitions[tp];
        auto &appended = log.records.back();
        appended.key = std::move(record.key);
        appended.value = std::move(record.value);
        appended.headers = std::move(record.headers);
        appended.timestamp = record.timestamp;
        written.push_back({tp, appended.offset, {}});
    }
    co_return std::move(written);
}

} // namespace headgate
