// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "following.h"

#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/deadletters/deadlettertext.h"

#include <QJsonArray>

#include <algorithm>

namespace headgate {

namespace {

constexpr int rowsShown = 40;

QJsonValue placeDocument(const std::optional<RecordAt> &at)
{
    return at ? QJsonValue(QJsonObject {{QStringLiteral("topic"), at->tp.topic},
                    {QStringLiteral("partition"), at->tp.partition}, {QStringLiteral("offset"), qint64(at->offset)}})
              : QJsonValue();
}

QJsonObject queueDocument(const DeadLetterQueue &queue)
{
    QJsonArray connectors;
    for (const auto &ref : queue.connectors) {
        connectors.append(ref.name);
    }
    return {{QStringLiteral("topic"), queue.topic}, {QStringLiteral("connectors"), connectors},
        {QStringLiteral("headers"), queue.headersOn}, {QStringLiteral("exists"), queue.exists},
        {QStringLiteral("records"), queue.error ? QJsonValue() : QJsonValue(qint64(queue.records))},
        {QStringLiteral("error"), queue.error ? QJsonValue(toJson(*queue.error)) : QJsonValue()}};
}

void print(const Report &report, const DeadLetterOverview &overview)
{
    std::vector<QStringList> rows {{QStringLiteral("TOPIC"), QStringLiteral("RECORDS"), QStringLiteral("WRITTEN BY")}};
    QJsonArray queues, errors;
    for (const auto &queue : overview.queues) {
        QStringList names;
        for (const auto &ref : queue.connectors) {
            names << shownText(ref.name, 120);
        }
        const auto records = queue.error ? QStringLiteral("not known")
            : queue.exists               ? fullNumber(queue.records)
                                         : QStringLiteral("no topic yet");
        rows.push_back({shownText(queue.topic, 120), records,
            names.join(QStringLiteral(", "))
                + (queue.headersOn ? QString() : QStringLiteral(" (error headers are off)"))});
        queues.append(queueDocument(queue));
    }
    for (const auto &line : overview.queues.empty()
            ? QStringList {QStringLiteral("No connector has a dead letter topic.")}
            : aligned(rows)) {
        report.line(line);
    }
    if (overview.sinksWithout > 0) {
        report.line(QStringLiteral("%1 sinks have none set up.").arg(overview.sinksWithout));
    }
    for (const auto &error : overview.errors) {
        errors.append(toJson(error));
    }
    report.document({{QStringLiteral("queues"), queues}, {QStringLiteral("sinksWithout"), overview.sinksWithout},
        {QStringLiteral("errors"), errors}});
}

QJsonObject letterDocument(const DeadLetter &letter)
{
    QJsonObject object {{QStringLiteral("partition"), letter.at.tp.partition},
        {QStringLiteral("offset"), qint64(letter.at.offset)}, {QStringLiteral("timestamp"), toIso(letter.timestamp)},
        {QStringLiteral("bytes"), letter.bytes},
        {QStringLiteral("key"),
            letter.hasKey ? QJsonValue(shownText(QString::fromUtf8(letter.key), 200)) : QJsonValue()},
        {QStringLiteral("original"), placeDocument(letter.original)}};
    if (letter.reason) {
        object[QStringLiteral("connector")] = letter.reason->connector;
        object[QStringLiteral("stage")] = letter.reason->stage;
        object[QStringLiteral("exception")] = letter.reason->exceptionClass;
        object[QStringLiteral("message")] = letter.reason->exceptionMessage;
    }
    return object;
}

QJsonArray printCauses(const Report &report, const std::vector<DeadLetterGroup> &groups)
{
    std::vector<QStringList> rows {{QStringLiteral("CAUSE"), QStringLiteral("RECORDS"), QStringLiteral("FIRST"),
        QStringLiteral("LAST"), QStringLiteral("CONNECTOR"), QStringLiteral("WHAT HAPPENED")}};
    QJsonArray causes;
    for (size_t i = 0; i < groups.size(); ++i) {
        const auto &group = groups[i];
        const auto connector = group.hasReason ? shownText(group.connector, 120) : QStringLiteral("not told");
        rows.push_back({QString::number(i + 1), fullNumber(group.records), toIso(group.first), toIso(group.last),
            connector, causeText(group)});
        causes.append(QJsonObject {{QStringLiteral("cause"), int(i + 1)}, {QStringLiteral("records"), group.records},
            {QStringLiteral("connector"), group.hasReason ? QJsonValue(group.connector) : QJsonValue()},
            {QStringLiteral("stage"), group.hasReason ? QJsonValue(group.stage) : QJsonValue()},
            {QStringLiteral("exception"), group.hasReason ? QJsonValue(group.exceptionClass) : QJsonValue()},
            {QStringLiteral("first"), toIso(group.first)}, {QStringLiteral("last"), toIso(group.last)},
            {QStringLiteral("sentence"), causeText(group)}});
    }
    for (const auto &line : aligned(rows)) {
        report.line(line);
    }
    return causes;
}

QJsonArray printLetters(const Report &report, const std::vector<DeadLetter> &letters)
{
    std::vector<QStringList> rows {{QStringLiteral("RECORD"), QStringLiteral("RECORD TIME"), QStringLiteral("BYTES"),
        QStringLiteral("KEY"), QStringLiteral("CAME FROM")}};
    QJsonArray list;
    for (size_t i = 0; i < letters.size(); ++i) {
        const auto &letter = letters[letters.size() - 1 - i]; // newest first
        list.append(letterDocument(letter));
        if (i < rowsShown) {
            rows.push_back({QStringLiteral("%1:%2").arg(letter.at.tp.partition).arg(letter.at.offset),
                toIso(letter.timestamp), fullNumber(letter.bytes),
                letter.hasKey ? shownText(QString::fromUtf8(letter.key), 40) : QStringLiteral("none"),
                letter.original ? recordText(*letter.original) : QStringLiteral("not told")});
        }
    }
    for (const auto &line : aligned(rows)) {
        report.line(line);
    }
    if (letters.size() > rowsShown) {
        report.line(QStringLiteral("%1 more; --json has them all").arg(letters.size() - rowsShown));
    }
    return list;
}

//! The connector whose lock and place in the log the redrive takes.
Result<ConnectorRef> ownerOf(const DeadLetterOverview &overview, const CommandLine &line)
{
    const auto queue = std::ranges::find(overview.queues, line.queue, &DeadLetterQueue::topic);
    if (queue == overview.queues.end()) {
        return failure({.kind = ErrorKind::NotFound,
            .message = QStringLiteral("No connector has %1 for its dead letters").arg(line.queue)});
    }
    if (line.connector.isEmpty() && queue->connectors.size() > 1) {
        return failure({.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("Several connectors write %1: name one by --connector").arg(line.queue)});
    }
    const auto named = std::ranges::find_if(queue->connectors,
        [&](const ConnectorRef &ref) { return line.connector.isEmpty() || ref.name == line.connector; });
    return named != queue->connectors.end()
        ? Result<ConnectorRef>(*named)
        : failure({.kind = ErrorKind::NotFound,
              .message = QStringLiteral("%1 does not write %2").arg(line.connector, line.queue)});
}

Result<std::vector<RecordAt>> chosenOf(const std::vector<DeadLetter> &letters, const CommandLine &line, Instant now)
{
    std::vector<RecordAt> chosen;
    for (const auto &text : line.places) {
        bool partitionOk = false, offsetOk = false;
        const RecordAt at {
            {line.queue, text.section(u':', 0, 0).toInt(&partitionOk)}, text.section(u':', 1).toLongLong(&offsetOk)};
        if (!partitionOk || !offsetOk) {
            return failure({.kind = ErrorKind::InvalidInput,
                .message = QStringLiteral("\"%1\" is not PARTITION:OFFSET, e.g. 0:4412").arg(text.left(40))});
        }
        chosen.push_back(at);
    }
    const auto groups = groupsOf(letters, now);
    if (line.cause > int(groups.size())) {
        return failure({.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("There are %1 causes, see \"dlq list %2\"").arg(groups.size()).arg(line.queue)});
    }
    const auto key = line.cause > 0 ? groupKey(groups.at(size_t(line.cause - 1))) : QString();
    for (const auto &letter : letters) {
        if (line.all || (line.cause > 0 && groupKey(letter) == key)) {
            chosen.push_back(letter.at);
        }
    }
    if (chosen.empty()) {
        return failure({.kind = ErrorKind::InvalidInput,
            .message = QStringLiteral("Say which records: --cause N, --record PARTITION:OFFSET or --all")});
    }
    return chosen;
}

Task<RedrivePlan> planOf(Runtime *runtime, CommandLine line, ContextId id)
{
    const CallOptions options {.deadline = std::max(line.timeout, Milliseconds(30'000))};
    const auto overview = co_await runtime->letters().queues(id, options);
    const auto owner = overview ? ownerOf(*overview, line) : Result<ConnectorRef>(failure(overview.error()));
    if (!owner) {
        co_return failure(owner.error());
    }
    const auto page = co_await runtime->letters().browse(id, line.queue, line.limit, options);
    if (!page) {
        co_return failure(page.error());
    }
    auto chosen = chosenOf(page->letters, line, runtime->now());
    if (!chosen) {
        co_return failure(chosen.error());
    }
    RedriveRequest request {.connector = *owner,
        .chosen = *std::move(chosen),
        .target = line.to,
        .perSecond = line.rate,
        .reason = line.reason};
    co_return co_await runtime->letters().plan(std::move(request), options);
}

QJsonObject planDocument(const RedrivePlan &plan)
{
    QJsonArray warnings, targets;
    for (const auto &warning : plan.warnings) {
        warnings.append(QJsonObject {{QStringLiteral("forbids"), forbids(warning.kind)},
            {QStringLiteral("sentence"), redriveWarningText(warning)}});
    }
    for (const auto &[topic, count] : targetsOf(plan)) {
        targets.append(QJsonObject {{QStringLiteral("topic"), topic}, {QStringLiteral("records"), count}});
    }
    return {{QStringLiteral("records"), int(plan.items.size())}, {QStringLiteral("bytes"), plan.bytes},
        {QStringLiteral("seconds"), secondsOf(plan)}, {QStringLiteral("targets"), targets},
        {QStringLiteral("forbidden"), forbidden(plan)}, {QStringLiteral("warnings"), warnings}};
}

void print(const Report &report, const RedrivePlan &plan)
{
    report.line(redriveSentence(plan));
    for (const auto &warning : plan.warnings) {
        report.line((forbids(warning.kind) ? QStringLiteral("  FORBIDS  ") : QStringLiteral("  note     "))
            + redriveWarningText(warning));
    }
    report.line(
        QStringLiteral("  The dead letter topic stays as it is; what was sent where goes into the operations log."));
}

QCoro::Task<Exit> goOn(Runtime *runtime, CommandLine line, Report report, ContextId id)
{
    const auto found = co_await runtime->operations().findInterrupted(id, {.deadline = line.timeout});
    if (!found) {
        co_return co_await failedBy(report, found.error());
    }
    const auto begun
        = co_await runtime->letters().continueInterrupted(line.replay, {personOf(line), line.reason, line.typedName});
    if (!begun) {
        co_return co_await failedBy(report, begun.error());
    }
    co_return co_await follow(
        runtime, line, report, *begun, QStringLiteral("dlq redrive --continue %1").arg(begun->text));
}

} // namespace

QCoro::Task<Exit> runDeadLetters(Runtime *runtime, CommandLine line, Report report)
{
    ContextId id;
    if (const auto opened = co_await openedBy(runtime, line, report, &id); opened != Exit::Done) {
        co_return opened;
    }
    const CallOptions options {.deadline = std::max(line.timeout, Milliseconds(30'000))};
    if (line.queue.isEmpty()) {
        const auto overview = co_await runtime->letters().queues(id, options);
        if (!overview) {
            co_return co_await failedBy(report, overview.error());
        }
        print(report, *overview);
        co_return overview->errors.empty() ? Exit::Done : Exit::Failed;
    }
    const auto page = co_await runtime->letters().browse(id, line.queue, line.limit, options);
    if (!page) {
        co_return co_await failedBy(report, page.error());
    }
    if (page->letters.empty()) {
        report.line(QStringLiteral("%1 holds no records.").arg(shownText(line.queue, 120)));
        report.document({{QStringLiteral("topic"), line.queue}, {QStringLiteral("causes"), QJsonArray()},
            {QStringLiteral("records"), QJsonArray()}, {QStringLiteral("older"), 0}});
        co_return Exit::Done;
    }
    const auto causes = printCauses(report, groupsOf(page->letters, runtime->now()));
    report.line();
    const auto list = printLetters(report, page->letters);
    if (page->before > 0) {
        report.line(QStringLiteral("%1 older ones were not looked at; --limit looks further back").arg(page->before));
    }
    report.document({{QStringLiteral("topic"), line.queue}, {QStringLiteral("causes"), causes},
        {QStringLiteral("records"), list}, {QStringLiteral("older"), qint64(page->before)}});
    co_return Exit::Done;
}

QCoro::Task<Exit> runRedrive(Runtime *runtime, CommandLine line, Report report)
{
    ContextId id;
    if (const auto opened = co_await openedBy(runtime, line, report, &id); opened != Exit::Done) {
        co_return opened;
    }
    if (!line.replay.isEmpty()) {
        co_return co_await goOn(runtime, line, report, id);
    }
    const auto plan = co_await planOf(runtime, line, id);
    if (!plan) {
        report.fault(plan.error());
        co_return plan.error().kind == ErrorKind::InvalidInput ? Exit::Usage : Exit::Failed;
    }
    if (!report.isJson() || !line.yes) {
        print(report, *plan);
    }
    constexpr size_t typedFrom = 10;
    const auto why = forbidden(*plan)
        ? QString()
        : missing(line, plan->request.connector, plan->items.size() > typedFrom, plan->reasonNeeded);
    if (forbidden(*plan) || !why.isEmpty()) {
        report.line(why);
        report.document(planDocument(*plan));
        co_return Exit::Failed;
    }
    const auto begun = co_await runtime->letters().run(*plan, {personOf(line), line.reason, line.typedName});
    if (!begun) {
        co_return co_await failedBy(report, begun.error());
    }
    co_return co_await follow(
        runtime, line, report, *begun, QStringLiteral("dlq redrive --continue %1").arg(begun->text));
}

} // namespace headgate
