// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"
#include "domain/connectors/offsets.h"
#include "domain/kafka/kafkafacts.h"

#include <QHash>

namespace headgate {

struct TimeQuery
{
    TopicPartition tp;
    Instant at;
};

//! What a probe of this cluster found; a missing call is never made.
struct KafkaCapabilities
{
    bool groups = false, offsetsByTime = false, deleteRecords = false, topicAdmin = false;

    bool operator==(const KafkaCapabilities &) const = default;
};

/*! One Kafka cluster, read side. GUI thread; librdkafka's threads only wake it (EventPump). Browsing joins no group.
 * Group calls get the longest request time-out and our own deadline (a short one can abort the process: librdkafka
 * issues 3663, 4605); a handle whose calls hang is destroyed and made anew. Per-item errors stay with their item. */
class KafkaAdmin
{
public:
    virtual ~KafkaAdmin() = default;

    virtual Task<ClusterFact> fetchCluster(CallOptions options) = 0; //!< brokers, topics with partitions
    virtual Task<KafkaCapabilities> probeCapabilities(CallOptions options) = 0;
    virtual Task<std::vector<PartitionOffset>> fetchEndOffsets(
        std::vector<TopicPartition> partitions, CallOptions options)
        = 0; //!< chunks of 400
    virtual Task<std::vector<PartitionOffset>> fetchStartOffsets(
        std::vector<TopicPartition> partitions, CallOptions options)
        = 0;
    //! First offset at or after the time, clamped to the low watermark (AutoMQ answers below it); absent = none that
    //! late.
    virtual Task<std::vector<PartitionOffset>> fetchOffsetsForTimes(std::vector<TimeQuery> queries, CallOptions options)
        = 0;
    virtual Task<std::vector<PartitionOffset>> fetchCommitted(QString group, CallOptions options)
        = 0; //!< unknown group: empty, no error
    virtual Task<QStringList> fetchGroups(CallOptions options) = 0;
    virtual Task<std::vector<GroupDescription>> describeGroups(QStringList groups, CallOptions options)
        = 0; //!< slices of 50
    //! By topic name (KIP-516): another id means that the topic was made anew. A topic without one is left out (brokers
    //! before 2.8, not permitted, unknown).
    virtual Task<QHash<QString, QString>> fetchTopicIds(QStringList topics, CallOptions options) = 0;
    virtual Task<std::vector<ConfigEntry>> fetchTopicConfig(QString topic, CallOptions options) = 0;
    virtual Task<std::vector<ConfigEntry>> fetchBrokerConfig(std::int32_t broker, CallOptions options)
        = 0;                                        //!< URI credentials masked
    virtual QString lastTransportError() const = 0; //!< the reason behind time-outs, as the error callback gave it last
    virtual QCoro::Task<> close() = 0;
};

//! A bounded read by assign(): no group, no commits.
struct ReadRequest
{
    TopicPartition tp;
    std::int64_t from = 0;   //!< absolute offset; below log start it begins at the start
    std::int64_t until = -1; //!< exclusive; -1: the end offset at the time of the call
    int maxRecords = 1000;
    qint64 maxBytes = 8 * 1024 * 1024;
};
struct ReadAnswer
{
    std::vector<Record> records;
    std::int64_t next = 0; //!< offset after the last one looked at
    bool reachedEnd = false;
    bool limited = false; //!< stopped at maxRecords, maxBytes or the deadline: more is there
};
class RecordReader
{
public:
    virtual ~RecordReader() = default;
    virtual Task<ReadAnswer> read(ReadRequest request, CallOptions options) = 0;
    virtual QCoro::Task<> close() = 0;
};

struct RecordToWrite
{
    QString topic;
    std::int32_t partition = -1; //!< -1: by key
    std::optional<QByteArray> key, value;
    std::vector<RecordHeader> headers;
    Instant timestamp {}; //!< epoch: the broker's or library's now
};
struct WrittenRecord
{
    TopicPartition tp;
    std::int64_t offset = -1;
    std::optional<Error> error; //!< OutcomeUnknown when it may be in the log
};
class RecordWriter
{
public:
    virtual ~RecordWriter() = default;
    //! Each record with its place or its error, in their order. A writer with a transactional id writes all or none:
    //! where it fails, nothing can be read by whoever reads committed records. No records: only settles what an
    //! earlier writer of this id had left open.
    virtual Task<std::vector<WrittenRecord>> write(std::vector<RecordToWrite> records, CallOptions options) = 0;
    virtual QCoro::Task<> close() = 0;
};

} // namespace headgate
