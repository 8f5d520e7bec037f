// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"
#include "domain/deadletters/deadletter.h"

namespace headgate {

/*! Dead letters to be sent again, as asked for. `connector` owns the dead letter topic: its lock is held meanwhile. */
struct RedriveRequest
{
    ConnectorRef connector;
    std::vector<RecordAt> chosen;    //!< in the dead letter topic
    QString target;                  //!< empty: each to the topic it came from
    double perSecond = 20;           //!< records; at most maxRate
    std::optional<QByteArray> value; //!< fix and send: in place of the value, of a single record
    QString reason;

    static constexpr double maxRate = 10'000;
    static constexpr size_t maxRecords = 10'000;
    bool operator==(const RedriveRequest &) const = default;
};

//! What is known of a topic that holds the letters or gets records.
struct RedriveTopic
{
    QString name;
    bool exists = false;
    QStringList readers; //!< connectors, other than the one that failed, that read it too
    QString id;          //!< KIP-516; empty: the brokers do not tell
    int partitions = 0;  //!< 0: not known

    bool operator==(const RedriveTopic &) const = default;
};
struct RedriveFacts
{
    QString contextName;
    Environment environment = Environment::Development;
    QString kafkaClusterId;
    std::vector<DeadLetter> letters;  //!< those of `chosen` that are there
    std::vector<RedriveTopic> topics; //!< the targets, and those of the letters
    std::vector<RecordAt> starts;     //!< where the logs of the letters begin
    std::vector<RecordAt> sentBefore; //!< by earlier redrives
    bool causeActs = false;           //!< records of the last minutes are in the same group
    Instant now {};
};

enum class RedriveWarningKind {
    NothingChosen,
    Gone,          //!< `count` of the chosen records are not in the topic any more (retention)
    NoOriginal,    //!< `count` records do not tell where they came from: name a topic
    TargetMissing, //!< `text`
    TargetIsQueue, //!< `text`: the dead letter topic itself
    FixOfMany,     //!< one value for several records
    SentBefore,    //!< `count` of them were sent by an earlier redrive
    CauseStillActs,
    OtherReaders, //!< `text` of topic `topic` get them too
    Tombstones,   //!< `count` records have no value: sinks take them for deletions
};
struct RedriveWarning
{
    RedriveWarningKind kind {};
    int count = 0;
    QString topic, text;

    bool operator==(const RedriveWarning &) const = default;
};
bool forbids(RedriveWarningKind kind);

struct RedriveItem
{
    RecordAt from;
    QString target;

    bool operator==(const RedriveItem &) const = default;
};
//! Counted and ready to be run. It goes into the operations log, but for the corrected value: a log that is shared
//! holds no payload.
struct RedrivePlan
{
    RedriveRequest request;
    QString contextName;
    Environment environment = Environment::Development;
    QString kafkaClusterId;
    QByteArray fixedHash;           //!< SHA-256 in hex of the corrected value; empty: none
    std::vector<RedriveItem> items; //!< in the order they are sent: by partition and offset
    qint64 bytes = 0;
    std::vector<RedriveTopic> topics;     //!< as they were, for what drifts until it is run
    std::vector<RedriveWarning> warnings; //!< those that forbid first
    bool reasonNeeded = false;
    Instant madeAt {};

    bool operator==(const RedrivePlan &) const = default;
};
bool forbidden(const RedrivePlan &plan);
//! Where a letter goes; empty: it does not tell where it came from, and no topic is named.
QString targetOf(const RedriveRequest &request, const DeadLetter &letter);
double secondsOf(const RedrivePlan &plan); //!< at its rate
//! Topics that get records, and how many, by name.
std::vector<std::pair<QString, int>> targetsOf(const RedrivePlan &plan);
//! Pure. InvalidInput: a rate that is not above zero or above maxRate, more than maxRecords.
Result<RedrivePlan> planRedrive(const RedriveRequest &request, const RedriveFacts &facts);

//! @{ As it stands in the operations log: JSON. Nothing: cannot be read.
QByteArray redriveText(const RedrivePlan &plan);
std::optional<RedrivePlan> redriveFromText(const QByteArray &text);
//! @}

//! "<operation>/<partition>/<offset>": the value of the header headgate.redrive, by which a sent record is known again.
QByteArray redriveMark(const OperationId &operation, const RecordAt &from);
constexpr auto redriveHeader = "headgate.redrive";
//! Headers of a letter as it is sent: Connect's error headers and older marks are gone, ours is there.
std::vector<RecordHeader> redriveHeaders(
    const std::vector<RecordHeader> &headers, const OperationId &operation, const RecordAt &from);

} // namespace headgate
