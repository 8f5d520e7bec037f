// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/kafka/kafkafacts.h"
#include "domain/triage/trace.h"

#include <array>

namespace headgate {

struct RecordAt
{
    TopicPartition tp;
    std::int64_t offset = -1;

    bool operator==(const RecordAt &) const = default;
    auto operator<=>(const RecordAt &) const = default;
};

//! What Connect's headers say of the failure (KIP-298). Texts are from outside.
struct DeadLetterReason
{
    QString connector;
    int task = -1;     //!< -1: not told
    QString stage;     //!< VALUE_CONVERTER, KEY_CONVERTER, TRANSFORMATION, TASK_PUT, ...
    QString className; //!< of the converter, transformation or task
    QString exceptionClass, exceptionMessage;
    QString trace; //!< as it was written, at most maxTrace letters

    static constexpr int maxTrace = 64 * 1024;
    bool operator==(const DeadLetterReason &) const = default;
};

//! One record of a dead letter topic. Bodies are not kept: a browser of thousands of records stays small.
struct DeadLetter
{
    RecordAt at;
    Instant timestamp {}; //!< that of the original record, which Connect keeps; when it failed nobody tells
    QByteArray key;       //!< the first maxKey bytes
    bool hasKey = false, hasValue = false;
    qint64 bytes = 0;                       //!< of key, value and headers
    std::optional<RecordAt> original;       //!< absent: headers do not tell
    std::optional<DeadLetterReason> reason; //!< absent: the connector writes no error headers

    static constexpr int maxKey = 256;
    bool operator==(const DeadLetter &) const = default;
};
//! Pure. Headers that are damaged leave their part of it absent.
DeadLetter deadLetterOf(const Record &record);
//! "__connect.errors.topic" and so on: those that Connect adds.
bool isErrorHeader(const QByteArray &key);

//! Records that failed alike: same connector, stage and exception.
struct DeadLetterGroup
{
    static constexpr int buckets = 24;

    QString topic;                            //!< the dead letter topic
    QString connector, stage, exceptionClass; //!< empty where the headers are off
    bool hasReason = false;
    TraceExplanation cause; //!< of its newest record
    QString message;        //!< of its newest record
    int records = 0;
    qint64 bytes = 0;
    Instant first {}, last {};           //!< by their records' own times
    std::array<int, buckets> perHour {}; //!< the last 24 h, newest last

    bool operator==(const DeadLetterGroup &) const = default;
};
//! Key of a group, and of the group that a letter belongs to. No text from outside can make two of them one.
QString groupKey(const DeadLetterGroup &group);
QString groupKey(const DeadLetter &letter);
//! Pure; most records first.
std::vector<DeadLetterGroup> groupsOf(const std::vector<DeadLetter> &letters, Instant now);

} // namespace headgate
