// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deadletters/deadlettertext.h"

#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/triage/causewords.h"

#include <QCoreApplication>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DeadLetterText)
};

QString formWord(const Payload &payload)
{
    switch (payload.form) {
    case PayloadForm::Null:
        return Words::tr("null, a tombstone");
    case PayloadForm::Empty:
        return Words::tr("empty");
    case PayloadForm::Json:
        return Words::tr("JSON");
    case PayloadForm::Text:
        return Words::tr("text");
    case PayloadForm::Registry:
        return Words::tr("schema %1 of a registry").arg(payload.schema.value_or(0));
    case PayloadForm::Bytes:
        return Words::tr("bytes");
    }
    return {};
}

} // namespace

QString causeText(const DeadLetterGroup &group)
{
    if (!group.hasReason) {
        return Words::tr("No error headers, the cause cannot be told");
    }
    return shownText(plainText(causeSentence(group.cause, {})), 240);
}

QString redriveWarningText(const RedriveWarning &warning)
{
    const auto what = shownText(warning.text, 200), topic = shownText(warning.topic, 120);
    switch (warning.kind) {
    case RedriveWarningKind::NothingChosen:
        return Words::tr("None of the chosen records is there.");
    case RedriveWarningKind::Gone:
        return Words::tr("%n chosen record(s) are not in the topic any more.", nullptr, warning.count);
    case RedriveWarningKind::NoOriginal:
        return Words::tr("%n record(s) do not tell where they came from: name a topic.", nullptr, warning.count);
    case RedriveWarningKind::TargetMissing:
        return Words::tr("There is no topic %1.").arg(what);
    case RedriveWarningKind::TargetIsQueue:
        return Words::tr("%1 is the dead letter topic itself.").arg(what);
    case RedriveWarningKind::FixOfMany:
        return Words::tr("One corrected value stands for one record only.");
    case RedriveWarningKind::SentBefore:
        return Words::tr("%n of them were sent again before.", nullptr, warning.count);
    case RedriveWarningKind::CauseStillActs:
        return Words::tr("Records of the last minutes failed alike: these may come straight back.");
    case RedriveWarningKind::OtherReaders:
        return Words::tr("Who else reads %1 gets them too: %2.").arg(topic, what);
    case RedriveWarningKind::Tombstones:
        return Words::tr("%n record(s) have no value: sinks take them for deletions.", nullptr, warning.count);
    }
    return {};
}

QString redriveSentence(const RedrivePlan &plan)
{
    QStringList targets;
    for (const auto &[topic, count] : targetsOf(plan)) {
        targets << Words::tr("%n record(s) to %1", nullptr, count).arg(shownText(topic, 120));
    }
    return Words::tr("%1 at %2 a second, takes %3")
        .arg(targets.isEmpty() ? Words::tr("Nothing") : targets.join(QStringLiteral(", ")),
            QString::number(plan.request.perSecond), durationText(Milliseconds(qint64(1000 * secondsOf(plan)))));
}

QString interruptedRedriveText(const RedriveProgress &progress)
{
    const auto all = progress.plan.items.size(), sent = progress.sent.size(), maybe = maybeSent(progress).size();
    const auto seen = Words::tr("%1 of %2 records are proven to be in their topics.")
                          .arg(fullNumber(qint64(sent)), fullNumber(qint64(all)));
    const auto rest = maybe == 0 ? Words::tr("None besides them was begun.")
                                 : Words::tr("%n record(s) may be there too: that was not seen.", nullptr, int(maybe));
    return QString(seen + u' ' + rest + u' '
        + Words::tr("Going on looks into the topics first and sends only what is not there."));
}

QString payloadFormText(const Payload &payload)
{
    auto text = payload.form == PayloadForm::Null || payload.form == PayloadForm::Empty
        ? formWord(payload)
        : Words::tr("%1, %2 bytes").arg(formWord(payload), fullNumber(payload.bytes));
    if (payload.cut) {
        text += Words::tr(", the first %1 are shown").arg(fullNumber(Payload::maxShown));
    }
    return text;
}

QString schemaKindText(SchemaKind kind)
{
    switch (kind) {
    case SchemaKind::Avro:
        return QStringLiteral("Avro");
    case SchemaKind::Json:
        return QStringLiteral("JSON Schema");
    case SchemaKind::Protobuf:
        return QStringLiteral("Protobuf");
    }
    Q_UNREACHABLE();
}

QString undecodedText(const Error &error)
{
    const auto cause = shownText(error.message, 300);
    const auto who = shownText(error.target, 80);
    switch (error.kind) {
    case ErrorKind::NotSupported:
        return Words::tr("This context names no schema registry. Add one under Contexts.");
    case ErrorKind::NotFound:
        return Words::tr("The schema registry %1 has no such schema: %2.").arg(who, cause);
    case ErrorKind::AuthenticationFailed:
    case ErrorKind::NotPermitted:
        return Words::tr("The schema registry %1 refuses this login: %2.").arg(who, cause);
    default:
        break;
    }
    // Without a target nobody was asked, or the schema is there and does not fit.
    return who.isEmpty() ? Words::tr("%1.").arg(cause)
                         : Words::tr("The schema registry %1 did not tell the schema: %2.").arg(who, cause);
}

QString recordText(const RecordAt &at)
{
    return QStringLiteral("%1-%2 @ %3")
        .arg(shownText(at.tp.topic, 120))
        .arg(at.tp.partition)
        .arg(fullNumber(at.offset));
}

} // namespace headgate
