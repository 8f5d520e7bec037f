// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/historyreader.h"

#include "clients/kafka/kafkaconnection.h"

#include <algorithm>

namespace headgate {

namespace {

constexpr int mostCandidates = 40; // topics looked into while searching
constexpr int sampleSize = 200;

//! Most likely first: Connect's own examples are called connect-status and connect-configs.
int unlikeliness(const QString &name)
{
    const bool status = name.contains(QLatin1String("status"), Qt::CaseInsensitive);
    const bool config = name.contains(QLatin1String("config"), Qt::CaseInsensitive);
    const bool connect = name.contains(QLatin1String("connect"), Qt::CaseInsensitive);
    return (status || config ? 0 : 2) + (connect ? 0 : 1);
}

std::vector<TopicFact> candidates(const ClusterFact &cluster, const QSet<QString> &excluded)
{
    std::vector<TopicFact> topics;
    std::ranges::copy_if(cluster.topics, std::back_inserter(topics), [&excluded](const TopicFact &topic) {
        return !topic.internal && !excluded.contains(topic.name) && topic.partitions.size() <= 100;
    });
    std::ranges::sort(
        topics, {}, [](const TopicFact &topic) { return std::pair(unlikeliness(topic.name), topic.name); });
    topics.resize(std::min<std::size_t>(topics.size(), mostCandidates));
    return topics;
}

//! Connectors of the cluster that a sample names. Another cluster's topic names others.
int overlap(const std::vector<Record> &sample, const QStringList &connectors)
{
    return static_cast<int>(std::ranges::count_if(sample, [&connectors](const Record &record) {
        const auto status = decodeStatus(record);
        const auto config = status ? std::nullopt : decodeConfig(record);
        return (status && connectors.contains(status->connector)) || (config && connectors.contains(config->connector));
    }));
}

} // namespace

Task<bool> HistoryReader::follow(QStringList connectors, CallOptions options)
{
    const Countdown countdown(options);
    if (m_topics.status.isEmpty() || m_topics.config.isEmpty()) {
        if (const auto found = co_await find(connectors, countdown.part(2)); !found) {
            co_return failure(found.error());
        }
    }
    const auto status = co_await followTopic(m_topics.status, InternalTopic::Status, countdown.part(2));
    const auto config = co_await followTopic(m_topics.config, InternalTopic::Config, countdown.options());
    if (!status || !config) {
        co_return failure(!status ? status.error() : config.error());
    }
    co_return *status || *config;
}

Task<bool> HistoryReader::followTopic(QString topic, InternalTopic kind, CallOptions options)
{
    const Countdown countdown(options);
    if (!m_partitions.contains(topic)) {
        const auto cluster = co_await m_admin.fetchCluster(countdown.part(2));
        if (!cluster) {
            co_return failure(cluster.error());
        }
        const auto found = std::ranges::find(cluster->topics, topic, &TopicFact::name);
        if (found == cluster->topics.end()) {
            co_return failure({.kind = ErrorKind::NotFound,
                .message = QStringLiteral("The topic does not exist or is not visible to this user"),
                .target = topic});
        }
        m_partitions.insert(topic, static_cast<int>(found->partitions.size()));
    }
    std::vector<TopicPartition> partitions;
    for (int i = 0; i < m_partitions.value(topic); ++i) {
        partitions.push_back({topic, i});
    }
    const auto ends = co_await m_admin.fetchEndOffsets(partitions, countdown.part(2));
    if (!ends) {
        co_return failure(ends.error());
    }
    bool changed = false;
    for (const auto &end : *ends) {
        if (!end.offset || m_next.value(end.tp, 0) >= *end.offset) {
            continue; // unknown or nothing new
        }
        const auto read = co_await readOn(end.tp, *end.offset, kind, countdown.options());
        if (!read) {
            co_return failure(read.error());
        }
        changed = changed || *read;
    }
    co_return changed;
}

Task<bool> HistoryReader::readOn(TopicPartition tp, std::int64_t end, InternalTopic kind, CallOptions options)
{
    const Countdown countdown(options);
    bool changed = false;
    while (m_next.value(tp, 0) < end) {
        ReadRequest request {.tp = tp, .from = m_next.value(tp, 0), .until = end, .maxRecords = 2000};
        const auto piece = co_await m_reader.read(request, countdown.options());
        if (!piece) {
            co_return failure(piece.error());
        }
        for (const auto &record : piece->records) {
            changed = apply(record, kind) || changed;
        }
        // The end of a compacted log may hold no records: it was read to its end all the same.
        const auto next = piece->reachedEnd ? std::max(end, piece->next) : piece->next;
        if (next <= m_next.value(tp, 0)) {
            break; // no progress within the deadline: the next call goes on here
        }
        m_next.insert(tp, next);
    }
    co_return changed;
}

bool HistoryReader::apply(const Record &record, InternalTopic kind)
{
    if (kind == InternalTopic::Status) {
        const auto status = decodeStatus(record);
        return status && m_history.apply(*status);
    }
    const auto config = decodeConfig(record);
    return config && m_history.apply(*config);
}

Task<bool> HistoryReader::find(QStringList connectors, CallOptions options)
{
    const Countdown countdown(options);
    const auto cluster = co_await m_admin.fetchCluster(countdown.part(2));
    if (!cluster) {
        co_return failure(cluster.error());
    }
    int bestStatus = -1;
    int bestConfig = -1;
    Topics found = m_topics;
    for (const auto &topic : candidates(*cluster, m_otherTopics)) {
        const auto records
            = co_await sample(topic.name, static_cast<int>(topic.partitions.size()), countdown.options());
        if (!records || records->empty()) {
            continue; // not permitted or empty: looked at again the next time
        }
        const auto kind = recogniseTopic(*records);
        const int score = overlap(*records, connectors);
        if (kind == InternalTopic::Status && m_topics.status.isEmpty() && score > bestStatus) {
            found.status = topic.name;
            bestStatus = score;
        } else if (kind == InternalTopic::Config && m_topics.config.isEmpty() && score > bestConfig) {
            found.config = topic.name;
            bestConfig = score;
        } else if (kind == InternalTopic::None || kind == InternalTopic::Offsets) {
            m_otherTopics.insert(topic.name);
        }
    }
    if (found.status.isEmpty() || found.config.isEmpty()) {
        co_return failure({.kind = ErrorKind::NotFound,
            .message
            = QStringLiteral("No topic has the keys of Connect's status and config topics, or none is readable")});
    }
    m_topics = found;
    co_return true;
}

//! The newest records of one partition: enough to see the shape of the keys.
Task<std::vector<Record>> HistoryReader::sample(QString topic, int partitions, CallOptions options)
{
    const Countdown countdown(options);
    std::vector<TopicPartition> asked;
    for (int i = 0; i < partitions; ++i) {
        asked.push_back({topic, i});
    }
    const auto ends = co_await m_admin.fetchEndOffsets(asked, countdown.part(2));
    if (!ends) {
        co_return failure(ends.error());
    }
    std::vector<Record> records;
    for (const auto &end : *ends) {
        if (!end.offset || *end.offset == 0 || records.size() >= sampleSize) {
            continue;
        }
        const ReadRequest request {.tp = end.tp,
            .from = std::max<std::int64_t>(0, *end.offset - sampleSize),
            .until = *end.offset,
            .maxRecords = sampleSize,
            .maxBytes = 1024 * 1024};
        auto read = co_await m_reader.read(request, countdown.part(2));
        if (read) {
            std::ranges::move(read->records, std::back_inserter(records));
        }
    }
    co_return records;
}

} // namespace headgate
