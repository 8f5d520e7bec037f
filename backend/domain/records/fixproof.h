// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/kafka/kafkafacts.h"
#include "domain/records/converter.h"
#include "domain/records/errorrules.h"

#include <optional>
#include <vector>

namespace headgate {

//! One proposed setting; without a value the key is removed.
struct SettingChange
{
    QString key;
    std::optional<QString> value;

    bool operator==(const SettingChange &) const = default;
};
//! `config` with the changes made, its order kept; new keys at the end.
ConfigMap withChanges(ConfigMap config, const std::vector<SettingChange> &changes);

struct RecordPlace
{
    TopicPartition tp;
    std::int64_t offset = 0;

    bool operator==(const RecordPlace &) const = default;
};

//! A record that the proposed settings refuse.
struct RefusedRecord
{
    RecordPlace place;
    Instant timestamp {};
    RecordSide side = RecordSide::Value;
    QString converter;
    Refusal why;
    bool refusedNow = false;    //!< by the present settings too
    QString keyText, valueText; //!< masked excerpt, plain

    bool operator==(const RefusedRecord &) const = default;
};

//! One set of settings, and what it does with the records that were read.
struct ProofSide
{
    ConverterChoice key, value;
    ErrorRules errors;
    int passed = 0;                   //!< converted for certain
    int refused = 0;                  //!< for certain
    int open = 0;                     //!< nothing known speaks against it, and nothing proves it: see the gaps
    std::optional<RecordPlace> first; //!< of the refused ones, in the order they were read

    bool operator==(const ProofSide &) const = default;
};

//! What the proof does not cover.
enum class ProofGapKind {
    Plugin,           //!< always: `text` is the connector's class, whose put() was not run
    Transforms,       //!< `text` names them
    Predicates,       //!< `text` names them
    UnknownConverter, //!< `text` is a class of which nothing is known here
    WorkerConverter,  //!< `text` is "key" or "value": the worker's own is used, and REST does not tell it
    RegistrySchemas,  //!< `text` is a class: frames were checked, schemas were not
    HeaderConverter,  //!< records have headers, `text` is the class that reads them
    ConverterOptions, //!< `text` names keys that were not played
    OtherSettings,    //!< `text` names proposed keys that decide nothing here
    References        //!< `text` names keys whose value only the worker can look up
};
struct ProofGap
{
    ProofGapKind kind {};
    QString text;

    bool operator==(const ProofGap &) const = default;
};

enum class ProofWarning {
    NothingProposed,        //!< the settings are the present ones
    ToleranceUnknown,       //!< Connect refuses the configuration: tolerance is none or all
    DeadLetterIsRead,       //!< Connect refuses it: the connector reads its own dead letter topic
    DeadLetterCannotBeMade, //!< missing, and more copies than brokers: the task fails at its start
    DeadLetterUnknown,      //!< whether it exists or can be made is not known
    LostSilently,           //!< refused records leave no trace
    FaultNotSeen            //!< the present settings refuse none of these records
};

//! What was read of one partition.
struct ProofReach
{
    TopicPartition tp;
    std::int64_t from = 0, next = 0; //!< [from, next) was looked at
    int records = 0;
    bool whole = true; //!< false: a limit ended it early

    bool operator==(const ProofReach &) const = default;
};
enum class ProofLimit { None, Bytes, Time };

/*! What proposed settings do with records that are really there: each goes through the key's converter, the value's
 * converter, and the rules for what they refuse. Nothing is sent; what it does not cover is in `gaps`. */
struct FixProof
{
    std::vector<SettingChange> changes;
    ProofSide now, proposed;
    int records = 0;
    int cured = 0; //!< refused now, taken by the proposed settings
    std::optional<RecordPlace> firstCured;
    std::vector<RefusedRecord> refused; //!< by the proposed settings; the first mostRefused of them
    std::vector<ProofGap> gaps;
    std::vector<ProofWarning> warnings;
    std::vector<ProofReach> reaches;
    int partitionsLeft = 0; //!< read by the connector and not looked at
    ProofLimit limit = ProofLimit::None;
    QString headerConverter; //!< proposed, where it is not one that takes whatever comes

    static constexpr int mostRefused = 1000;
    bool operator==(const FixProof &) const = default;
};

//! A proof of no record yet: settings, gaps and warnings that the configurations alone tell. A sink's.
FixProof beginProof(const ConfigMap &config, const std::vector<SettingChange> &changes);
//! Puts records through both sets of settings. In their order; as often as there are more.
void addRecords(FixProof &proof, const std::vector<Record> &records);

//! What is known of the topic for dead letters. Absent: nobody could be asked.
struct DeadLetterTarget
{
    bool exists = false;
    int brokers = 0;
};
//! The warnings that need more than the records: after the last of them. `failed`: a converter's fault stands in a
//! trace.
void endProof(FixProof &proof, const std::optional<DeadLetterTarget> &target, bool failed);

//! Where to read: at most `records` offsets in all, shared evenly, from the position that the connector stands at;
//! further on where a failing record is known beyond that, further back where nothing waits.
struct ProofPartition
{
    TopicPartition tp;
    std::optional<std::int64_t> committed;
    std::int64_t start = 0, end = 0;
};
struct ProofWindow
{
    TopicPartition tp;
    std::int64_t from = 0, until = 0; //!< [from, until)

    bool operator==(const ProofWindow &) const = default;
};
std::vector<ProofWindow> proofWindows(
    std::vector<ProofPartition> partitions, const std::optional<RecordPlace> &failing, int records);

} // namespace headgate
