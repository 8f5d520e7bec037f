// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/proof/prooftext.h"

#include "domain/connectors/secrets.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/triage/causewords.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ProofText)
};

constexpr int mostRanges = 4;

QString outside(const QString &text)
{
    return shownText(text, 200);
}

bool warns(const FixProof &proof, ProofWarning warning)
{
    return std::ranges::find(proof.warnings, warning) != proof.warnings.end();
}

QString tpText(const TopicPartition &tp)
{
    return QStringLiteral("%1-%2").arg(shownText(tp.topic, 120)).arg(tp.partition);
}

//! What becomes of the refused records, as a clause; the place of the first one at its end.
QString refusedClause(const ProofSide &side)
{
    const bool one = side.refused == 1;
    const auto number = fullNumber(side.refused);
    const auto topic = shownText(side.errors.deadLetterTopic, 120);
    const auto clause = [&] {
        switch (fateOfRefused(side.errors)) {
        case RecordFate::DeadLettered:
            return Words::tr("%1 to the dead letter topic %2", "count of records").arg(number, topic);
        case RecordFate::Logged:
            return Words::tr("%1 dropped with a line in the worker's log", "count of records").arg(number);
        case RecordFate::Dropped:
            return Words::tr("%1 lost without a trace", "count of records").arg(number);
        case RecordFate::StopsTask:
            return one ? Words::tr("1 stops the task")
                       : Words::tr("%1 refused, and the first stops the task", "count of records").arg(number);
        case RecordFate::StopsAfterDeadLetter:
            return one ? Words::tr("1 stops the task, and goes to the dead letter topic %1 at each try").arg(topic)
                       : Words::tr("%1 refused, and the first stops the task and goes to the dead letter topic %2 at "
                                   "each try",
                             "count of records")
                             .arg(number, topic);
        }
        return QString();
    }();
    if (!side.first) {
        return clause;
    }
    return (one ? Words::tr("%1, at %2") : Words::tr("%1, the first at %2")).arg(clause, placeText(*side.first));
}

QString limitText(ProofLimit limit)
{
    switch (limit) {
    case ProofLimit::None:
        return {};
    case ProofLimit::Bytes:
        return Words::tr("Reading ended at 64 MB.");
    case ProofLimit::Time:
        return Words::tr("Reading ended after 10 s.");
    }
    return {};
}

} // namespace

ProofVerdict verdictOf(const FixProof &proof)
{
    const bool refusedByConnect = warns(proof, ProofWarning::ToleranceUnknown)
        || warns(proof, ProofWarning::DeadLetterIsRead) || warns(proof, ProofWarning::DeadLetterCannotBeMade);
    if (refusedByConnect || (proof.proposed.refused > 0 && stopsTask(fateOfRefused(proof.proposed.errors)))) {
        return ProofVerdict::Stops;
    }
    return proof.records == 0 || proof.proposed.open > 0 ? ProofVerdict::Unproven : ProofVerdict::Holds;
}

QString verdictText(const FixProof &proof)
{
    const auto &side = proof.proposed;
    if (proof.records == 0) {
        return Words::tr("No record could be read, so nothing is proven.");
    }
    if (side.refused == 0 && side.open == 0) {
        return proof.records == 1 ? Words::tr("The one record that was read passes.")
                                  : Words::tr("All of %1 records pass.").arg(fullNumber(proof.records));
    }
    QStringList clauses;
    if (side.passed > 0 || side.open == 0) {
        clauses << (side.passed == 1 ? Words::tr("1 passes") : Words::tr("%1 pass").arg(fullNumber(side.passed)));
    }
    if (side.open > 0) {
        clauses << Words::tr("%1 not proven", "count of records").arg(fullNumber(side.open));
    }
    if (side.refused > 0) {
        clauses << refusedClause(side);
    }
    return Words::tr("Of %n record(s) %1.", nullptr, proof.records)
        .arg(clauses.join(Words::tr(", ", "between clauses")));
}

QString presentText(const FixProof &proof)
{
    if (proof.records == 0 || warns(proof, ProofWarning::NothingProposed)) {
        return {};
    }
    if (proof.now.refused == 0) {
        return proof.now.open > 0 ? Words::tr("What the present settings do with them is not known here.")
                                  : Words::tr("As it is set now, all of them pass too.");
    }
    return Words::tr("As it is set now, %1.").arg(refusedClause(proof.now));
}

QString reachText(const FixProof &proof)
{
    QStringList ranges;
    for (const auto &reach : proof.reaches) {
        if (ranges.size() == mostRanges) {
            ranges << Words::tr("%n more partition(s)", nullptr, int(proof.reaches.size()) - mostRanges);
            break;
        }
        if (reach.next > reach.from) {
            ranges << Words::tr("%1 from %2 to %3")
                          .arg(tpText(reach.tp), fullNumber(reach.from), fullNumber(reach.next - 1));
        }
    }
    QStringList sentences;
    if (!ranges.isEmpty()) {
        sentences << Words::tr("Read: %1.").arg(ranges.join(QStringLiteral(", ")));
    }
    if (proof.partitionsLeft > 0) {
        sentences << Words::tr("Not read: %n more partition(s).", nullptr, proof.partitionsLeft);
    }
    if (const auto limit = limitText(proof.limit); !limit.isEmpty()) {
        sentences << limit;
    }
    return sentences.join(u' ');
}

QString gapText(const ProofGap &gap)
{
    const auto text = outside(gap.text);
    switch (gap.kind) {
    case ProofGapKind::Plugin:
        return Words::tr("What put() of %1 does with a record: the plug-in was not run.").arg(shortClass(text));
    case ProofGapKind::Transforms:
        return Words::tr("Transformations (%1): they run only on a worker.").arg(text);
    case ProofGapKind::Predicates:
        return Words::tr("Predicates (%1): they run only on a worker.").arg(text);
    case ProofGapKind::UnknownConverter:
        return Words::tr("%1: what this converter refuses is not known here.").arg(shortClass(text));
    case ProofGapKind::WorkerConverter:
        return gap.text == QLatin1String("key")
            ? Words::tr("Keys: the worker's own converter reads them, and Connect does not tell which that is.")
            : Words::tr("Values: the worker's own converter reads them, and Connect does not tell which that is.");
    case ProofGapKind::RegistrySchemas:
        return Words::tr("%1: that the bytes carry a schema's number was checked, the schema was not.")
            .arg(shortClass(text));
    case ProofGapKind::HeaderConverter:
        return Words::tr("Headers: what %1 refuses is not known here.").arg(shortClass(text));
    case ProofGapKind::ConverterOptions:
        return Words::tr("These converter options were not played: %1.").arg(text);
    case ProofGapKind::OtherSettings:
        return Words::tr("These settings decide nothing here and were not tried: %1.").arg(text);
    case ProofGapKind::References:
        return Words::tr("Only the worker can look up the values of %1.").arg(text);
    }
    return {};
}

QString proofWarningText(ProofWarning warning, const FixProof &proof)
{
    const auto topic = shownText(proof.proposed.errors.deadLetterTopic, 120);
    switch (warning) {
    case ProofWarning::NothingProposed:
        return Words::tr("These are the present settings: nothing would change.");
    case ProofWarning::ToleranceUnknown:
        return Words::tr("Connect refuses errors.tolerance=%1: it is none or all.")
            .arg(outside(proof.proposed.errors.tolerance));
    case ProofWarning::DeadLetterIsRead:
        return Words::tr("Connect refuses it: %1 is one of the topics that the connector reads.").arg(topic);
    case ProofWarning::DeadLetterCannotBeMade:
        return Words::tr("The task would fail at its start: %1 does not exist, and %2 copies of it need more brokers "
                         "than there are. Set errors.deadletterqueue.topic.replication.factor.")
            .arg(topic)
            .arg(proof.proposed.errors.deadLetterReplication);
    case ProofWarning::DeadLetterUnknown:
        return Words::tr("Whether %1 exists or can be made is not known: the brokers did not tell.").arg(topic);
    case ProofWarning::LostSilently:
        return Words::tr("Refused records would leave no trace: set a dead letter topic, or errors.log.enable.");
    case ProofWarning::FaultNotSeen:
        return Words::tr("The present settings refuse none of these records, and yet the task failed at a converter: "
                         "the record that stopped it is not among them, or something else stops it.");
    }
    return {};
}

QString placeText(const RecordPlace &place)
{
    return QStringLiteral("%1 @ %2").arg(tpText(place.tp), fullNumber(place.offset));
}

QString fateText(RecordFate fate)
{
    switch (fate) {
    case RecordFate::DeadLettered:
        return Words::tr("to the dead letter topic");
    case RecordFate::Logged:
        return Words::tr("dropped, logged");
    case RecordFate::Dropped:
        return Words::tr("lost");
    case RecordFate::StopsTask:
        return Words::tr("stops the task");
    case RecordFate::StopsAfterDeadLetter:
        return Words::tr("stops the task, and to the dead letter topic");
    }
    return {};
}

QString refusedBecause(const RefusedRecord &refused)
{
    const auto &last = refused.why.back();
    return outside(
        QStringLiteral("%1: %2").arg(shortClass(last.exceptionClass), redacted(last.message.section(u'\n', 0, 0))));
}

QString stageText(const RefusedRecord &refused)
{
    const auto converter = outside(shortClass(refused.converter));
    return refused.side == RecordSide::Key ? Words::tr("key, %1").arg(converter)
                                           : Words::tr("value, %1").arg(converter);
}

QString changeText(const SettingChange &change)
{
    return change.value
        ? QStringLiteral("%1=%2").arg(outside(change.key), outside(maskedValue(change.key, *change.value)))
        : Words::tr("%1 removed").arg(outside(change.key));
}

} // namespace headgate
