// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/ids.h"

#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace headgate {

//! Known families of failure. Each has one sentence and next steps in models/triage; the pattern's evidence is here.
enum class CauseKind {
    Deserialization,      //!< converter could not read the record
    SchemaRegistry,       //!< schema id unknown, subject incompatible, registry unreachable
    Transformation,       //!< SMT threw
    RecordRefused,        //!< put(): the target refused this record (constraint, overflow, mapping)
    TargetUnreachable,    //!< put()/poll(): connection refused, host unknown, timed out
    TargetSlow,           //!< time-outs of the target, retries exhausted
    AuthenticationTarget, //!< the outside system refused the login
    AuthenticationKafka,  //!< SASL/TLS to brokers
    AuthorizationKafka,   //!< ACL: topic, group, transactional id
    TopicMissing,
    OffsetLost,      //!< out of range, slot or binlog gone
    DeadLetterQueue, //!< DLQ cannot be made or written
    ConfigInvalid,   //!< ConfigException, missing class, bad value
    FileAccess,      //!< file missing or not writable
    OutOfMemory,
    RecordTooLarge,
    GroupConflict, //!< poll interval exceeded, rebalance, fenced producer
    Unknown,
};

struct TraceFrame
{
    QString exceptionClass; //!< "org.apache.kafka.connect.errors.DataException"
    QString message;        //!< redacted, plain

    bool operator==(const TraceFrame &) const = default;
};

//! What a trace says. Pure reading of text; never executed, never rendered as markup.
struct TraceExplanation
{
    CauseKind kind = CauseKind::Unknown;
    std::vector<TraceFrame> chain; //!< outermost first, as printed
    int first = 0;                 //!< index in chain of the first cause (the one that explains)
    QString
        subject; //!< who refused or what is missing: "billing-db", "column amount", "/data/out.txt", "topic invoices"
    QString setting;                      //!< the configuration key that decides, e.g. "errors.tolerance"
    std::optional<TopicPartition> record; //!< where the trace names it
    std::optional<std::int64_t> recordOffset;
    QString stage;       //!< VALUE_CONVERTER, KEY_CONVERTER, TRANSFORMATION, TASK_PUT, ... where named
    bool recurs = false; //!< a restart meets the same record again

    bool operator==(const TraceExplanation &) const = default;
};

//! Reads at most the first 256 kB of `trace`; linear time, no recursion, no regular expression with back-tracking.
TraceExplanation explainTrace(const QString &trace);

} // namespace headgate
