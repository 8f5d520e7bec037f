// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"
#include "domain/triage/policy.h"
#include "domain/triage/snapshot.h"
#include "domain/triage/trace.h"

namespace headgate {

//! Order of the board: data lost or stopped, growing lag, reduced safety, self-healing.
enum class Severity { Stopped, Growing, Reduced, SelfHealing };

enum class ProblemKind {
    ConnectorFailed, //!< the Connector instance
    TasksFailed,
    TasksUnassigned,
    LagGrows,
    WorkerUnreachable,
    WorkerUnhealthy, //!< answers 200 but /health does not: brokers away
    ClusterUnreachable,
    ClusterStarting,
    KafkaUnreachable,
    WitnessesDisagree, //!< REST says RUNNING, nobody is in the group
    OffsetsAtRisk,     //!< committed below log start or beyond end
    DeadLettersGrow,
};

//! How the record behind a failure is known.
enum class RecordEvidence {
    NamedByTrace,
    FoundByReading, //!< on from the committed position, with the same converter
    RangeOnly,      //!< the target refused it: somewhere between the committed position and the end
};

//! The record behind a failure, or the range in which it must be.
struct FailingRecord
{
    TopicPartition tp;
    std::int64_t offset = 0;
    std::int64_t rangeEnd = -1; //!< >= 0: only the range [offset, rangeEnd) is known
    Instant timestamp {};
    QString keyText, valueText; //!< masked excerpt, plain
    RecordEvidence evidence = RecordEvidence::NamedByTrace;
    int recordsRead = 0; //!< until it was found

    bool operator==(const FailingRecord &) const = default;
};

/*! One card of the board: facts only. models/triage makes the sentences. Key = (kind, cluster, connector or worker). */
struct Problem
{
    ProblemKind kind = ProblemKind::TasksFailed;
    Severity severity = Severity::Stopped;
    ConnectorRef connector; //!< name empty for workers and clusters
    QString worker;         //!< for worker problems
    Instant since {};
    bool sinceAtLeast = true;
    std::vector<int> tasks; //!< touched
    int tasksTotal = 0, tasksRunning = 0;
    TraceExplanation trace;
    QString rawTrace;
    std::optional<FailingRecord> record;
    bool recordSought = false;        //!< somebody is reading for it now
    std::optional<Error> recordError; //!< why it was looked for in vain
    QString taskWorker;               //!< where the first failed task ran
    Observed<std::int64_t> lagRecords;
    Observed<double> lagSeconds;
    std::vector<LagSample> lagHistory;
    double lagSlope = 0; //!< records per second; > 0 grows
    Observed<double> inRate, outRate;
    QStringList topics;
    int partitionsWaiting = 0, partitionsTotal = 0;
    std::vector<QString> alsoTouched; //!< other connectors
    QString system, team, owner, contact;
    QString message; //!< the reporter's own words (health message, error), redacted
    std::optional<Error> error; //!< of a cluster or brokers that give no data: why, as its kind tells
    int failures = 0;
    WitnessReport witnesses;
    std::vector<OperationKind> nextSteps; //!< safe ones first
    bool restartKnownToFail = false;
    std::optional<Monotonic> recoveredSince; //!< good since; card leaves after policy.recoveredAfter

    bool operator==(const Problem &) const = default;
};

/*! How many of what: the header counters. Connectors only, so that each is the number of rows its filter shows;
 * degraded counts those whose tasks are all unassigned too. A lost worker is a problem of its own. */
struct StandingCounts
{
    int failed = 0, degraded = 0, lagging = 0, paused = 0, unreachable = 0, stopped = 0, running = 0, total = 0;

    bool operator==(const StandingCounts &) const = default;
};

//! Not reached twice in a row: once is the network's usual noise.
bool isLost(const WorkerFacts &worker);
//! By the id that statuses name it by; nullptr: not one of the configured addresses.
const WorkerFacts *findWorker(const ConnectClusterFacts &cluster, const QString &workerId);

//! Standing of one connector by its statuses, lag and the freshness of its cluster; pure.
Standing standingOf(const ConnectorFacts &facts, const ConnectClusterFacts &cluster, const TriagePolicy &policy);
//! The strongest word against RUNNING, if there is one. Fill it in before standingOf(), which believes it.
WitnessReport hearWitnesses(const ConnectorFacts &facts, const ConnectClusterFacts &cluster, Instant now);
StandingCounts countStandings(const PlatformSnapshot &snapshot);
//! All problems, worst first: severity, then age. `previous` keeps the time of a problem that is on its way to
//! recovered.
std::vector<Problem> findProblems(const PlatformSnapshot &snapshot, const TriagePolicy &policy,
    const std::vector<Problem> &previous, Instant now, Monotonic monotonicNow);

} // namespace headgate
