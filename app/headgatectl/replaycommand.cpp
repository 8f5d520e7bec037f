// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "following.h"
#include "positiontext.h"

#include "domain/replay/replayplanfile.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"
#include "models/replay/replaytext.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

namespace headgate {

namespace {

QString number(std::optional<std::int64_t> value)
{
    return value ? fullNumber(*value) : QStringLiteral("none");
}

QStringList planTable(const ReplayPlan &plan)
{
    std::vector<QStringList> rows {{QStringLiteral("PARTITION"), QStringLiteral("BEFORE"), QStringLiteral("NEW"),
        QStringLiteral("LOG"), QStringLiteral("AGAIN"), QStringLiteral("SKIPPED")}};
    for (const auto &move : plan.moves) {
        rows.push_back({QStringLiteral("%1-%2").arg(shownText(move.tp.topic, 120)).arg(move.tp.partition),
            number(move.before), move.moves ? number(move.after) : QStringLiteral("stays"),
            QStringLiteral("%1 to %2").arg(number(move.start), number(move.end)),
            fullNumber(move.moves ? move.again : 0), fullNumber(move.moves ? move.skipped : 0)});
    }
    for (const auto &move : plan.sourceMoves) {
        rows.push_back({shownText(QString::fromUtf8(move.partitionJson), 120),
            shownText(QString::fromUtf8(move.before), 120), shownText(QString::fromUtf8(move.after), 120), {}, {}, {}});
    }
    return aligned(rows);
}

void print(const Report &report, const ReplayPlan &plan)
{
    report.line(QStringLiteral("%1 on %2")
            .arg(operationTitle({.kind = OperationKind::Replay,
                     .connector = plan.request.connector,
                     .compensates = plan.request.restores}),
                shownText(plan.contextName, 60)));
    for (const auto &line : planTable(plan)) {
        report.line(QStringLiteral("  ") + line);
    }
    std::vector<QStringList> rows {{QStringLiteral("  again"), againText(plan)}};
    if (plan.type == ConnectorType::Sink) {
        rows.push_back({QStringLiteral("  bytes"), bytesText(plan)});
        rows.push_back({QStringLiteral("  takes"), secondsText(plan)});
        rows.push_back({QStringLiteral("  behind"), downstreamText(plan.downstream)});
    }
    for (const auto &request : plan.requests) {
        rows.push_back({QStringLiteral("  request"), QString::fromLatin1(request.method + ' ' + request.path)});
    }
    for (const auto &warning : plan.warnings) {
        rows.push_back(
            {forbids(warning.kind) ? QStringLiteral("  FORBIDS") : QStringLiteral("  note"), warningText(warning)});
    }
    rows.push_back({QStringLiteral("  plan"), QString::fromLatin1(planHash(plan))});
    for (const auto &line : aligned(rows)) {
        report.line(line);
    }
}

QJsonObject planDocument(const ReplayPlan &plan)
{
    QJsonArray warnings;
    for (const auto &warning : plan.warnings) {
        warnings.append(QJsonObject {
            {QStringLiteral("forbids"), forbids(warning.kind)}, {QStringLiteral("sentence"), warningText(warning)}});
    }
    return {{QStringLiteral("plan"), QJsonDocument::fromJson(planText(plan)).object()},
        {QStringLiteral("forbidden"), forbidden(plan)}, {QStringLiteral("nothingToDo"), nothingMoves(plan)},
        {QStringLiteral("warnings"), warnings}};
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure({.kind = ErrorKind::StorageFailed, .message = file.errorString(), .target = path});
    }
    return file.read(64 * 1024 * 1024);
}

Result<void> writeFile(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        return failure({.kind = ErrorKind::StorageFailed, .message = file.errorString(), .target = path});
    }
    return {};
}

//! [{"partition": {...}, "offset": {...}}] or Connect's own {"offsets": [...]}; each side as text, so that it keeps its
//! bytes.
Result<std::vector<ConnectorOffset>> sourceEntries(const QString &path)
{
    const auto text = readFile(path);
    if (!text) {
        return failure(text.error());
    }
    const auto entries = snapshotFromText(*text);
    return entries ? Result<std::vector<ConnectorOffset>>(*entries)
                   : failure({.kind = ErrorKind::InvalidInput,
                         .message = QStringLiteral("%1 is no file of \"offsets export\"").arg(path)});
}

Result<ReplayRequest> requestOf(const CommandLine &line, const ConnectorRef &ref)
{
    ReplayRequest request {.connector = ref, .reason = line.reason};
    const auto everywhere = positionFromText(line.to.isEmpty() ? QStringLiteral("keep") : line.to);
    if (!everywhere) {
        return failure(everywhere.error());
    }
    request.everywhere = *everywhere;
    for (const auto &text : line.at) {
        const auto position = partitionPositionFromText(text);
        if (!position) {
            return failure(position.error());
        }
        request.partitions.push_back(*position);
    }
    for (const auto &text : line.past) {
        const auto position = pastRecordFromText(text);
        if (!position) {
            return failure(position.error());
        }
        request.partitions.push_back(*position);
    }
    if (!line.sourceFile.isEmpty()) {
        auto entries = sourceEntries(line.sourceFile);
        if (!entries) {
            return failure(entries.error());
        }
        request.source = *std::move(entries);
    }
    return request;
}

//! What the line asks for: a file, a way back, or positions.
Task<ReplayPlan> planOf(Runtime *runtime, CommandLine line, ContextId id)
{
    if (!line.planFile.isEmpty()) {
        const auto text = readFile(line.planFile);
        if (!text) {
            co_return failure(text.error());
        }
        co_return planFromText(*text);
    }
    const CallOptions options {.deadline = line.timeout};
    if (!line.replay.isEmpty()) {
        auto request = co_await runtime->replay().wayBack(id, line.replay, options);
        if (!request) {
            co_return failure(request.error());
        }
        request->reason = line.reason;
        co_return co_await runtime->replay().plan(*request, options);
    }
    const auto ref = runtime->find(id, line.cluster, line.connector);
    auto request = ref ? requestOf(line, *ref) : Result<ReplayRequest>(failure(ref.error()));
    if (!request) {
        co_return failure(request.error());
    }
    co_return co_await runtime->replay().plan(*request, options);
}

QJsonObject interruptedDocument(const Operation &operation, const InterruptedReplay &known)
{
    QJsonArray choices, apart;
    for (const auto choice : known.choices) {
        choices.append(choiceText(choice));
    }
    for (const auto &each : known.fromAfter) {
        apart.append(differenceText(each));
    }
    return {{QStringLiteral("id"), operation.id.text}, {QStringLiteral("connector"), operation.request.connector.name},
        {QStringLiteral("step"), known.progress.at ? QJsonValue(stepWord(*known.progress.at)) : QJsonValue()},
        {QStringLiteral("positions"), positionsText(known.positions)}, {QStringLiteral("state"), known.state.raw},
        {QStringLiteral("choices"), choices}, {QStringLiteral("notAsPlanned"), apart}};
}

void print(const Report &report, const Operation &operation, const InterruptedReplay &known)
{
    report.line(QStringLiteral("%1  %2, begun %3")
            .arg(operation.id.text, operationTitle(operation.request), toIso(operation.startedAt)));
    std::vector<QStringList> rows {
        {QStringLiteral("  step"),
            known.progress.at ? replayStepText(*known.progress.at) : QStringLiteral("none begun")},
        {QStringLiteral("  connector"),
            QStringLiteral("%1, %2 tasks").arg(shownText(known.state.raw, 40)).arg(known.tasks)},
        {QStringLiteral("  positions"), positionsText(known.positions)}};
    for (const auto &each : known.fromAfter) {
        rows.push_back({QStringLiteral("  not as planned"), differenceText(each)});
    }
    for (const auto choice : known.choices) {
        const auto option = choice == ReplayChoice::Continue ? QStringLiteral("--continue")
            : choice == ReplayChoice::Restore                ? QStringLiteral("--restore")
                                                             : QStringLiteral("--leave");
        rows.push_back({QStringLiteral("  ") + option, choiceText(choice)});
    }
    for (const auto &line : aligned(rows)) {
        report.line(line);
    }
}

//! To its end; let go before, what is known and what can be done is said as of any interrupted one.
QCoro::Task<Exit> followReplay(Runtime *runtime, CommandLine line, Report report, OperationId id)
{
    Operation left;
    const auto exit = co_await follow(runtime, line, report, id, QStringLiteral("replay resume"), &left);
    if (left.id.isEmpty()) {
        co_return exit;
    }
    const auto known = co_await runtime->replay().look(id, {.deadline = line.timeout});
    report.line(
        QStringLiteral("Interrupted: nothing was sent since. \"headgatectl replay resume %1\" takes:").arg(id.text));
    if (!known) {
        co_return co_await failedBy(report, known.error());
    }
    print(report, left, *known);
    auto document = interruptedDocument(left, *known);
    document[QStringLiteral("outcome")] = QStringLiteral("interrupted");
    report.document(document);
    co_return exit;
}

QCoro::Task<Exit> takeChoice(Runtime *runtime, CommandLine line, Report report, Operation operation)
{
    const auto id = operation.id;
    const Confirmation confirmation {personOf(line), line.reason, line.typedName};
    if (*line.choice == ReplayChoice::Leave) {
        const auto left = co_await runtime->replay().leave(id, line.reason);
        if (!left) {
            co_return co_await failedBy(report, left.error());
        }
        report.line(QStringLiteral("%1 is closed; nothing was sent.").arg(id.text));
        report.document({{QStringLiteral("id"), id.text}, {QStringLiteral("outcome"), QStringLiteral("left")}});
        co_return Exit::Done;
    }
    if (const auto why = missing(line, operation.request.connector, true, false); !why.isEmpty()) {
        report.line(why);
        co_return Exit::Failed;
    }
    const auto begun = *line.choice == ReplayChoice::Continue
        ? co_await runtime->replay().continueInterrupted(id, confirmation)
        : co_await runtime->replay().restoreInterrupted(id, confirmation);
    if (!begun) {
        co_return co_await failedBy(report, begun.error());
    }
    co_return co_await followReplay(runtime, line, report, *begun);
}

} // namespace

QCoro::Task<Exit> runReplay(Runtime *runtime, CommandLine line, Report report)
{
    ContextId id;
    if (const auto opened = co_await openedBy(runtime, line, report, &id); opened != Exit::Done) {
        co_return opened;
    }
    const auto plan = co_await planOf(runtime, line, id);
    if (!plan) {
        co_return co_await failedBy(report, plan.error());
    }
    const bool runs = line.verb != Verb::ReplayPlan;
    if (!report.isJson() || !runs || !line.yes) {
        print(report, *plan);
    }
    if (!line.outFile.isEmpty()) {
        if (const auto written = writeFile(line.outFile, planText(*plan)); !written) {
            co_return co_await failedBy(report, written.error());
        }
    }
    const auto &ref = plan->request.connector;
    const auto why = runs && !nothingMoves(*plan) ? missing(line, ref, true, plan->reasonNeeded) : QString();
    if (!runs || nothingMoves(*plan) || forbidden(*plan) || !why.isEmpty()) {
        if (!why.isEmpty()) {
            report.line(why);
        }
        report.document(planDocument(*plan));
        co_return forbidden(*plan) || !why.isEmpty() ? Exit::Failed : Exit::Done;
    }
    const auto begun = co_await runtime->replay().run(*plan, {personOf(line), line.reason, line.typedName});
    if (!begun) {
        co_return co_await failedBy(report, begun.error());
    }
    co_return co_await followReplay(runtime, line, report, *begun);
}

QCoro::Task<Exit> runReplayResume(Runtime *runtime, CommandLine line, Report report)
{
    ContextId id;
    if (const auto opened = co_await openedBy(runtime, line, report, &id); opened != Exit::Done) {
        co_return opened;
    }
    const auto found = co_await runtime->operations().findInterrupted(id, {.deadline = line.timeout});
    if (!found) {
        co_return co_await failedBy(report, found.error());
    }
    QJsonArray interrupted;
    for (const auto &operation : *found) {
        const bool wanted = line.replay.isEmpty() || operation.id == line.replay;
        if (operation.request.kind != OperationKind::Replay || operation.outcome || !wanted) {
            continue;
        }
        const auto known = co_await runtime->replay().look(operation.id, {.deadline = line.timeout});
        if (!known) {
            co_return co_await failedBy(report, known.error());
        }
        if (line.choice && !line.replay.isEmpty()) {
            co_return co_await takeChoice(runtime, line, report, operation);
        }
        print(report, operation, *known);
        interrupted.append(interruptedDocument(operation, *known));
    }
    if (interrupted.isEmpty()) {
        report.line(QStringLiteral("No replay was interrupted."));
    }
    report.document({{QStringLiteral("interrupted"), interrupted}});
    co_return line.replay.isEmpty() || !interrupted.isEmpty() ? Exit::Done : Exit::Failed;
}

QCoro::Task<Exit> runOffsets(Runtime *runtime, CommandLine line, Report report)
{
    ContextId id;
    if (const auto opened = co_await openedBy(runtime, line, report, &id); opened != Exit::Done) {
        co_return opened;
    }
    const auto ref = runtime->find(id, line.cluster, line.connector);
    auto *const session = runtime->contexts().session(id);
    const auto offsets = ref ? co_await session->fetchOffsets(*ref, {.deadline = line.timeout})
                             : Result<std::vector<ConnectorOffset>>(failure(ref.error()));
    if (!offsets) {
        co_return co_await failedBy(report, offsets.error());
    }
    if (!line.outFile.isEmpty()) {
        if (const auto written = writeFile(line.outFile, snapshotText(*offsets)); !written) {
            co_return co_await failedBy(report, written.error());
        }
        report.line(QStringLiteral("%1 positions in %2").arg(offsets->size()).arg(line.outFile));
    }
    std::vector<QStringList> rows;
    QJsonArray list;
    for (const auto &entry : *offsets) {
        rows.push_back({shownText(QString::fromUtf8(entry.partitionJson), 200),
            shownText(QString::fromUtf8(entry.offsetJson), 200)});
        list.append(QJsonObject {{QStringLiteral("partition"), QString::fromUtf8(entry.partitionJson)},
            {QStringLiteral("offset"), QString::fromUtf8(entry.offsetJson)}});
    }
    for (const auto &text : line.outFile.isEmpty() ? aligned(rows) : QStringList()) {
        report.line(text);
    }
    if (offsets->empty()) {
        report.line(QStringLiteral("No position is committed yet."));
    }
    report.document({{QStringLiteral("connector"), line.connector}, {QStringLiteral("offsets"), list}});
    co_return Exit::Done;
}

} // namespace headgate
