// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deadletters/redriveplan.h"
#include "services/brokers.h"
#include "services/operations/operationsservice.h"
#include "services/operations/writeclients.h"
#include "services/remaining.h"

#include <functional>

namespace headgate {

//! One dead letter topic, by the connectors that write it (errors.deadletterqueue.topic.name).
struct DeadLetterQueue
{
    QString topic;
    std::vector<ConnectorRef> connectors; //!< sorted
    bool headersOn = true;                //!< errors.deadletterqueue.context.headers.enable of all of them
    std::int64_t records = 0;             //!< offsets between start and end: at most so many
    bool exists = true;
    std::optional<Error> error;

    bool operator==(const DeadLetterQueue &) const = default;
};
struct DeadLetterOverview
{
    std::vector<DeadLetterQueue> queues; //!< by topic
    int sinksWithout = 0;                //!< sinks that have none set up
    std::vector<Error> errors;           //!< clusters that did not tell

    bool operator==(const DeadLetterOverview &) const = default;
};
struct DeadLetterPage
{
    std::vector<DeadLetter> letters; //!< newest last, by partition and offset
    std::int64_t before = 0;         //!< older ones that were not read

    bool operator==(const DeadLetterPage &) const = default;
};

/*! The reading side of dead letters: by assign(), bounded, nothing is joined or committed. GUI thread; owned by the
 * service, which awaits close(). */
class DeadLetterReader
{
public:
    explicit DeadLetterReader(ContextsService &contexts);

    Task<DeadLetterOverview> queues(ContextId context, CallOptions options);
    //! The newest `most` records of a topic; bodies are dropped as they are read.
    Task<DeadLetterPage> browse(ContextId context, QString topic, int most, CallOptions options);
    //! NotFound: it is not in the log any more.
    Task<Record> fetch(ContextId context, RecordAt at, CallOptions options);
    //! Those that are still there.
    Task<std::vector<Record>> fetchAll(ContextId context, std::vector<RecordAt> places, CallOptions options);
    //! The same without their bodies: thousands of large ones take no more memory than small ones.
    Task<std::vector<DeadLetter>> letters(ContextId context, std::vector<RecordAt> places, CallOptions options);
    Task<ClusterFact> cluster(ContextId context, CallOptions options);
    Task<std::vector<PartitionOffset>> ends(ContextId context, QStringList topics, CallOptions options);
    //! By topic: the sinks that read it by their configuration, sorted.
    Task<QHash<QString, QStringList>> readersOf(ContextId context, QStringList topics, CallOptions options);
    //! NotSupported: no brokers are configured.
    Result<std::shared_ptr<Brokers>> brokersOf(const ContextId &context);
    QCoro::Task<> close();

private:
    struct Configured
    {
        std::vector<std::pair<ConnectorRef, ConnectorInfo>> connectors;
        std::vector<Error> errors;
    };
    Task<Configured> configured(ContextId context, CallOptions options);
    Task<void> readPlaces(
        ContextId context, std::vector<RecordAt> places, std::function<void(Record)> take, CallOptions options);
    Task<std::vector<TopicPartition>> partitionsOf(ContextId context, QStringList topics, CallOptions options);

    ContextsService &m_contexts;
    WriteClients m_clients;
    KeptClients<ContextId, KafkaConfig, Brokers> m_brokers;
};

} // namespace headgate
