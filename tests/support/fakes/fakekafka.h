// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "common/clock.h"

#include <map>
#include <memory>

namespace headgate {

/*! Brokers in memory, seen through KafkaAdmin and RecordReader. Shared by what is made of it and the test. Main thread.
 */
struct FakeKafka
{
    struct Partition
    {
        std::int64_t start = 0, end = 0;
        std::vector<Record> records;  //!< sorted by offset; offsets without a record stand for compacted ones
        std::int64_t hiddenFrom = -1; //!< readers of committed records see nothing from here on: an open transaction
        std::string error = {};       //!< this partition's own failure, e.g. TOPIC_AUTHORIZATION_FAILED
    };
    struct Call
    {
        QString name; //!< "endOffsets", "committed connect-orders", ...
        int items = 0;
        Monotonic at;
    };

    explicit FakeKafka(std::shared_ptr<Clock> with)
        : clock(std::move(with))
    {
    }
    void addTopic(const QString &topic, std::vector<std::int64_t> ends);
    //! Appends a record and moves the end.
    void append(const QString &topic, std::int32_t partition, QByteArray key, QByteArray value);
    void commit(const QString &group, const QString &topic, std::int32_t partition, std::int64_t offset);
    int count(const QString &namePrefix) const;
    Task<void> call(QString name, int items, CallOptions options);

    std::shared_ptr<Clock> clock;
    std::map<TopicPartition, Partition> partitions;
    std::map<QString, std::map<TopicPartition, std::int64_t>> committed;
    std::map<QString, GroupDescription> groups;
    std::map<QString, std::vector<ConfigEntry>> topicConfigs;
    std::map<QString, QString> topicIds; //!< a topic without one: the brokers do not tell
    QString clusterId = QStringLiteral("kafka-1");
    std::vector<BrokerFact> brokers {{1, QStringLiteral("broker-1"), 9092, {}}};
    KafkaCapabilities capabilities {true, true, true, true};
    std::map<QString, Error> failing; //!< by call name prefix
    Milliseconds latency {0};
    bool hangs = false;
    int readLimit = 0; //!< so many records of a read at most, as for its size; 0: as asked
    std::vector<Call> calls;
};

class FakeKafkaAdmin final : public KafkaAdmin
{
public:
    explicit FakeKafkaAdmin(std::shared_ptr<FakeKafka> kafka)
        : m_kafka(std::move(kafka))
    {
    }
    Task<ClusterFact> fetchCluster(CallOptions options) override;
    Task<KafkaCapabilities> probeCapabilities(CallOptions options) override;
    Task<std::vector<PartitionOffset>> fetchEndOffsets(
        std::vector<TopicPartition> partitions, CallOptions options) override;
    Task<std::vector<PartitionOffset>> fetchStartOffsets(
        std::vector<TopicPartition> partitions, CallOptions options) override;
    Task<std::vector<PartitionOffset>> fetchOffsetsForTimes(
        std::vector<TimeQuery> queries, CallOptions options) override;
    Task<std::vector<PartitionOffset>> fetchCommitted(QString group, CallOptions options) override;
    Task<QStringList> fetchGroups(CallOptions options) override;
    Task<std::vector<GroupDescription>> describeGroups(QStringList groups, CallOptions options) override;
    Task<QHash<QString, QString>> fetchTopicIds(QStringList topics, CallOptions options) override;
    Task<std::vector<ConfigEntry>> fetchTopicConfig(QString topic, CallOptions options) override;
    Task<std::vector<ConfigEntry>> fetchBrokerConfig(std::int32_t broker, CallOptions options) override;
    QString lastTransportError() const override { return {}; }
    QCoro::Task<> close() override { co_return; }

private:
    std::shared_ptr<FakeKafka> m_kafka;
};

class FakeRecordReader final : public RecordReader
{
public:
    explicit FakeRecordReader(std::shared_ptr<FakeKafka> kafka)
        : m_kafka(std::move(kafka))
    {
    }
    Task<ReadAnswer> read(ReadRequest request, CallOptions options) override;
    QCoro::Task<> close() override { co_return; }

private:
    std::shared_ptr<FakeKafka> m_kafka;
};

//! Appends to the record's partition, or to partition 0; all of a call or nothing: where the call "write" fails.
class FakeRecordWriter final : public RecordWriter
{
public:
    FakeRecordWriter(std::shared_ptr<FakeKafka> kafka, QString transactionalId)
        : m_kafka(std::move(kafka))
        , m_id(std::move(transactionalId))
    {
    }
    Task<std::vector<WrittenRecord>> write(std::vector<RecordToWrite> records, CallOptions options) override;
    QCoro::Task<> close() override { co_return; }

private:
    std::shared_ptr<FakeKafka> m_kafka;
    QString m_id;
};

} // namespace headgate
