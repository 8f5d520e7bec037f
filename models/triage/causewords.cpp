// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/causewords.h"

#include "models/common/assemble.h"
#include "models/common/showntext.h"

#include <QCoreApplication>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CauseWords)
};

constexpr int longestCause = 200;

QString target(const TraceExplanation &trace, const QString &system)
{
    if (!trace.subject.isEmpty()) {
        return shownText(trace.subject, 80);
    }
    return system.isEmpty() ? Words::tr("The target") : shownText(system, 80);
}

//! "The system" where the owner is known, because the trace's subject is the missing thing, not who refused.
QString systemOr(const QString &system, const QString &otherwise)
{
    return system.isEmpty() ? otherwise : shownText(system, 80);
}

QString subjectOr(const TraceExplanation &trace, const QString &otherwise)
{
    return trace.subject.isEmpty() ? otherwise : shownText(trace.subject, 80);
}

} // namespace

QString shortClass(const QString &exceptionClass)
{
    return exceptionClass.mid(exceptionClass.lastIndexOf(u'.') + 1);
}

QString firstCauseText(const TraceExplanation &trace)
{
    if (trace.first < 0 || trace.first >= int(trace.chain.size())) {
        return Words::tr("the worker gave no trace");
    }
    const auto &frame = trace.chain[std::size_t(trace.first)];
    QString line = frame.message.section(u'\n', 0, 0).trimmed();
    if (line.startsWith(QLatin1String("ERROR: "))) {
        line.remove(0, 7);
    }
    while (line.endsWith(u'.')) {
        line.chop(1);
    }
    return shownText(line.isEmpty() ? shortClass(frame.exceptionClass) : line, longestCause);
}

Spans causeSentence(const TraceExplanation &trace, const QString &system)
{
    const auto said = firstCauseText(trace);
    const auto clause = [&said](const QString &first) {
        return assemble(Words::tr("%1 %2."), {strong(first), Span {said}});
    };
    switch (trace.kind) {
    case CauseKind::Deserialization:
        return clause(trace.stage.startsWith(QLatin1String("KEY")) ? Words::tr("The key of a record cannot be read:")
                                                                   : Words::tr("A record cannot be read:"));
    case CauseKind::SchemaRegistry:
        return clause(Words::tr("The schema registry gave no usable schema:"));
    case CauseKind::Transformation:
        return clause(Words::tr("A transformation failed:"));
    case CauseKind::RecordRefused:
        return assemble(
            Words::tr("%1 refused a record: %2."), {Span {systemOr(system, Words::tr("The target"))}, strong(said)});
    case CauseKind::TargetUnreachable:
        return clause(Words::tr("%1 cannot be reached:").arg(target(trace, system)));
    case CauseKind::TargetSlow:
        return clause(Words::tr("%1 answers too slowly:").arg(target(trace, system)));
    case CauseKind::AuthenticationTarget:
        return clause(Words::tr("%1 refused the login:").arg(systemOr(system, target(trace, system))));
    case CauseKind::AuthenticationKafka:
        return clause(Words::tr("The brokers refused the connector's login:"));
    case CauseKind::AuthorizationKafka:
        return clause(
            Words::tr("The brokers do not permit access to %1:").arg(subjectOr(trace, Words::tr("a topic or group"))));
    case CauseKind::TopicMissing:
        return clause(Words::tr("%1 does not exist:").arg(subjectOr(trace, Words::tr("A topic"))));
    case CauseKind::OffsetLost:
        return clause(Words::tr("The position it wants to read from is gone:"));
    case CauseKind::DeadLetterQueue:
        return clause(Words::tr("The dead letter topic cannot be written:"));
    case CauseKind::ConfigInvalid:
        return clause(Words::tr("The configuration does not work:"));
    case CauseKind::FileAccess:
        return clause(Words::tr("%1 cannot be opened:").arg(subjectOr(trace, Words::tr("A file"))));
    case CauseKind::OutOfMemory:
        return clause(Words::tr("The worker ran out of memory:"));
    case CauseKind::RecordTooLarge:
        return clause(Words::tr("A record is larger than allowed:"));
    case CauseKind::GroupConflict:
        return clause(Words::tr("It lost its place in the consumer group:"));
    case CauseKind::Unknown:
        break;
    }
    return clause(Words::tr("No known pattern:"));
}

QString causeAdvice(const TraceExplanation &trace)
{
    switch (trace.kind) {
    case CauseKind::Deserialization:
        return Words::tr("Known pattern: converter and record do not fit. Correct value.converter, or let such records "
                         "go to a dead letter "
                         "topic by errors.tolerance=all and errors.deadletterqueue.topic.name.");
    case CauseKind::SchemaRegistry:
        return Words::tr("Known pattern: schema missing or registry not reachable. Check "
                         "value.converter.schema.registry.url and whether "
                         "the schema was deleted.");
    case CauseKind::Transformation:
        return Words::tr("Known pattern: a transformation meets a record it was not made for. Give it a predicate, or "
                         "correct its settings "
                         "under transforms.");
    case CauseKind::RecordRefused:
        return Words::tr("Known pattern: the target's rule and the record disagree. Correct the record or the rule; "
                         "errors.tolerance does "
                         "not cover what the target itself refuses, unless the connector reports such records.");
    case CauseKind::TargetUnreachable:
        return Words::tr("Known pattern: network or target down. Check the address in its configuration from the "
                         "worker's host; restart "
                         "once it answers.");
    case CauseKind::TargetSlow:
        return Words::tr("Known pattern: time-outs of the target. Look at the target first; then batch size and "
                         "retries of the connector.");
    case CauseKind::AuthenticationTarget:
        return Words::tr("Known pattern: password changed or expired. Rotate the secret it refers to, then restart.");
    case CauseKind::AuthenticationKafka:
        return Words::tr("Known pattern: login of the client to the brokers. Check the sasl and ssl settings, also "
                         "those that begin with "
                         "consumer.override or producer.override.");
    case CauseKind::AuthorizationKafka:
        return Words::tr("Known pattern: an access rule is missing. Ask the brokers' owner for the right on exactly "
                         "this topic, group or "
                         "transactional id; restart after that.");
    case CauseKind::TopicMissing:
        return Words::tr(
            "Known pattern: topic not made or misspelt. Create it, correct topics, or allow topic.creation.enable.");
    case CauseKind::OffsetLost:
        return Words::tr("Known pattern: the log was shortened while the connector stood still. Records may be lost: "
                         "choose a new position "
                         "on purpose, or take a new snapshot of the source.");
    case CauseKind::DeadLetterQueue:
        return Words::tr("Known pattern: dead letter topic. Check errors.deadletterqueue.topic.name, its replication "
                         "factor and the right "
                         "to write there.");
    case CauseKind::ConfigInvalid:
        return trace.setting.isEmpty()
            ? Words::tr("Known pattern: invalid configuration. Validate it against the plugin.")
            : Words::tr("Known pattern: invalid configuration. Correct %1.").arg(shownText(trace.setting, 120));
    case CauseKind::FileAccess:
        return Words::tr("Known pattern: file missing or not readable by the worker's user. Check path and rights on "
                         "the worker that ran "
                         "the task.");
    case CauseKind::OutOfMemory:
        return Words::tr("Known pattern: batches too large for the heap. Lower the batch settings, or give the worker "
                         "more heap; other "
                         "tasks on it are at risk too.");
    case CauseKind::RecordTooLarge:
        return Words::tr("Known pattern: max.request.size of the producer or max.message.bytes of the topic.");
    case CauseKind::GroupConflict:
        return Words::tr(
            "Known pattern: processing took longer than max.poll.interval.ms, or two instances use one id. Lower "
            "consumer.override.max.poll.records, or raise the interval.");
    case CauseKind::Unknown:
        break;
    }
    return {};
}

} // namespace headgate
