// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"
#include "domain/kafka/kafkafacts.h"
#include "domain/operations/operation.h"
#include "domain/replay/position.h"

#include <optional>
#include <vector>

namespace headgate {

//! What was read of one partition. Each absent value has its reason in `error` or in ReplayFacts.
struct ReplayPartition
{
    TopicPartition tp;
    std::optional<std::int64_t> committed;  //!< absent: nothing committed yet
    std::optional<std::int64_t> start, end; //!< log start; end = offset of the next record to be written
    std::optional<std::int64_t> atTime;     //!< answer to the time asked for, clamped to start; absent: none that late
    bool inSnapshot = false;                //!< the operation of BeforeOperation saved this partition ...
    std::optional<std::int64_t> saved;      //!< ... at this position; absent: without one
    QString error;                          //!< this partition's own failure, in Kafka's words

    bool operator==(const ReplayPartition &) const = default;
};

struct ReplayTopic
{
    QString name;
    QString id; //!< topic id (KIP-516), changes when a topic is made anew; empty: the cluster does not tell
    int partitions = 0;
    bool compacted = false;
    std::optional<bool> transactional; //!< control records were seen (offsets that no record has); absent: not looked

    bool operator==(const ReplayTopic &) const = default;
};

//! Record sizes by sample, as fetched (uncompressed: key, value and headers).
struct SizeSample
{
    int records = 0;
    double meanBytes = 0;
    double standardError = 0; //!< of the mean, in bytes

    bool operator==(const SizeSample &) const = default;
};

enum class Idempotence { Idempotent, NotIdempotent, Unknown };

//! Which system gets the records again, and what a second delivery does there (domain.md 8.7).
struct Downstream
{
    QString system; //!< as the configuration names it, without credentials, e.g. "s3 lake-eu/orders"; may be empty
    Idempotence idempotence = Idempotence::Unknown;
    QString because; //!< the configuration key or class that says so, e.g. "insert.mode=upsert"

    bool operator==(const Downstream &) const = default;
};
Downstream downstreamOf(const ConfigMap &config);

//! What the planning rule is given: everything that was read, at one time.
struct ReplayFacts
{
    OperationFacts operation;                //!< context, mode, status, info, worker and so on
    std::vector<ConnectorOffset> offsets;    //!< GET /connectors/{name}/offsets
    std::vector<ReplayPartition> partitions; //!< sink; sorted
    std::vector<ReplayTopic> topics;         //!< sink; sorted
    bool brokersKnown = false;               //!< false: bounds cannot be read (no brokers configured, or none answers)
    bool timesKnown = true;                  //!< false: this cluster has no lookup by time and none was made
    std::optional<GroupDescription> group;   //!< absent: cannot be looked at
    QString groupName;                       //!< connect-<name>, or consumer.override.group.id
    std::optional<SizeSample> sizes;
    std::optional<double> recordsPerSecond; //!< the sink's measured rate, all partitions
    QString kafkaClusterId;
};

enum class PlanWarningKind {
    LogTruncated,          //!< asked below the log start: `asked` < `bound`; these records are gone
    ClampedToStart,        //!< counted back, or restored, to below the log start: `bound` is taken instead of `asked`
    NothingCommitted,      //!< there is no position to count back from: the partition stays
    UnknownPartition,      //!< nobody has this partition
    BeyondEnd,             //!< asked above the log end: a sink would read everything again from the start
    NothingMoves,          //!< the position is there already
    Transactional,         //!< control records count as offsets: counts are at most
    Compacted,             //!< offsets are sparse: counts are at most
    ForeignMembers,        //!< somebody else is in the consumer group: `text` names members
    GroupNotReadable,      //!< the group cannot be looked at; the worker's word stands alone
    BoundsNotReadable,     //!< no brokers: log start and end are not known, nor a place that only they tell
    BoundsUnchecked,       //!< the same where former positions are put back, which may be done all the same
    NoTimeLookup,          //!< the cluster has no lookup by time: records were searched
    NoneThatLate,          //!< no record at or after the time: the end is taken
    PartitionError,        //!< `text` in Kafka's words
    PositionElsewhere,     //!< the plug-in keeps positions outside Connect as well: cannot prove
    OnlyWhatIsKept,        //!< the source's system replays only what it still has (Debezium): cannot prove
    SnapshotAgain,         //!< removing this position makes the plug-in take a whole snapshot
    JumpsToNow,            //!< removing this position makes the plug-in go on at now: what is between is lost
    ResetMeansPolicy,      //!< without a position the consumer's auto.offset.reset decides: `text`
    RunsAgainstDuplicates, //!< records are delivered again to a system that is not known to be idempotent
    OrderGoesBack,         //!< an upserting sink shows old values until it has caught up
};
struct PlanWarning
{
    PlanWarningKind kind {};
    TopicPartition tp; //!< topic empty: of the whole plan
    std::int64_t asked = 0, bound = 0;
    QString text;

    bool operator==(const PlanWarning &) const = default;
};
//! True for what must not run, whoever confirms it.
bool forbids(PlanWarningKind kind);

struct PartitionMove
{
    TopicPartition tp;
    std::optional<std::int64_t> before; //!< absent: nothing committed
    std::optional<std::int64_t> after;  //!< absent: the position is removed
    std::optional<std::int64_t> start, end;
    std::int64_t again = 0;   //!< offsets delivered again: [after, before), as far as the log holds them
    std::int64_t skipped = 0; //!< offsets never delivered: [before, after); without `before` from where it would begin
    bool moves = false;       //!< false: stays, and is not sent

    bool operator==(const PartitionMove &) const = default;
};
struct SourceMove
{
    QByteArray partitionJson;
    QByteArray before; //!< "null": none
    QByteArray after;  //!< "null": removed

    bool operator==(const SourceMove &) const = default;
};

/*! A replay, counted and ready to be run; made before anything is sent. A value that can be exported, read elsewhere
 * and run later: `planHash` over what it holds says that it is the same. */
struct ReplayPlan
{
    ReplayRequest request;
    Environment environment = Environment::Development;
    QString contextName;
    QString kafkaClusterId;
    ConnectorType type = ConnectorType::Unknown;
    State formerState; //!< RUNNING, PAUSED or STOPPED: what is gone back to
    int tasks = 0;
    QByteArray configHash;
    QString groupName;
    std::vector<ReplayTopic> topics;
    std::vector<PartitionMove> moves;    //!< sink, all partitions, sorted
    std::vector<SourceMove> sourceMoves; //!< source
    std::vector<PlanWarning> warnings;   //!< those that forbid first
    std::int64_t again = 0, skipped = 0;
    bool atMost = false; //!< counts are upper bounds: transactional or compacted topics
    std::optional<SizeSample> sizes;
    std::optional<double> recordsPerSecond;
    Downstream downstream;
    bool provable = true; //!< false: the read back position does not prove where the plug-in reads
    bool reasonNeeded = false;
    std::vector<RestRequest> requests; //!< exactly what is sent, in order: stop, offsets, back to the former state
    Instant madeAt {};

    bool operator==(const ReplayPlan &) const = default;
};
//! Expected bytes and their half width (two standard errors), for `again` records. Absent without a sample.
struct BytesEstimate
{
    double bytes = 0;
    double halfWidth = 0;

    bool operator==(const BytesEstimate &) const = default;
};
std::optional<BytesEstimate> bytesAgain(const ReplayPlan &plan);
//! Seconds until the records delivered again are done at the measured rate; absent without a rate above zero.
std::optional<double> secondsAgain(const ReplayPlan &plan);
bool forbidden(const ReplayPlan &plan); //!< some warning forbids
bool nothingMoves(const ReplayPlan &plan);

/*! The rule that turns a request and what is known into a plan; pure. Fails where no plan can be said: NotFound
 * (connector gone), NotSupported (worker older than 3.6, unaddressable name; says what is possible instead),
 * InvalidInput (a position below zero, two for one partition, a source entry that is no JSON object, of another shape
 * than the document's, a restore of nothing). The reason is kept without secrets. What can be said but must not run has
 * a warning that forbids(). */
Result<ReplayPlan> planReplay(const ReplayRequest &request, const ReplayFacts &facts);

/*! The same plan counted from what is read now (after the stop): `before`, bounds and counts anew, positions as they
 * are in the plan. Its warnings say whether it may still be sent (KF-06, KF-07). */
ReplayPlan recounted(const ReplayPlan &plan, const ReplayFacts &now);

//! What is different now from what a plan was made on, so that it must not run (KF-08, KF-09, SG-15).
enum class PlanDriftKind {
    OtherPlatform,
    ConfigChanged,
    StateChanged,
    TopicMadeAnew,
    TopicGone,
    PartitionsChanged,
    TypeChanged,
    BoundPassed
};
struct PlanDrift
{
    PlanDriftKind kind {};
    QString what; //!< topic, or partition as "topic-3"
    QString then, now;

    bool operator==(const PlanDrift &) const = default;
};
std::vector<PlanDrift> driftOf(const ReplayPlan &plan, const ReplayFacts &now);

//! Where a position that was read back is not the one that was asked for.
struct PositionDifference
{
    QString where;        //!< "topic-3", or the partition's JSON
    QString asked, found; //!< numbers or JSON; "none"

    bool operator==(const PositionDifference &) const = default;
};
//! Compares what the worker says now with the plan's positions (`toAfter`), or with those it began with.
std::vector<PositionDifference> differences(
    const ReplayPlan &plan, const std::vector<ConnectorOffset> &now, bool toAfter);

//! PATCH /connectors/{name}/offsets with the entries that move (KIP-875); always with the key `offset`.
RestRequest alterOffsetsRequest(const QString &name, const std::vector<ConnectorOffset> &entries);
//! The entries of the plan that move, as they are sent.
std::vector<ConnectorOffset> entriesToSend(const ReplayPlan &plan);

} // namespace headgate
