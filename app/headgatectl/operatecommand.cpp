// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "impactlines.h"

#include "domain/connectors/connectrequests.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"
#include "models/operations/person.h"

#include <QJsonArray>
#include <QSysInfo>

namespace headgate {

namespace {

QJsonArray requestsDocument(const std::vector<RestRequest> &requests)
{
    QJsonArray array;
    for (const auto &request : requests) {
        array.append(QJsonObject {{QStringLiteral("method"), QString::fromLatin1(request.method)},
            {QStringLiteral("path"), QString::fromLatin1(request.path)},
            {QStringLiteral("body"), QString::fromUtf8(request.body)}});
    }
    return array;
}

QJsonObject previewDocument(const OperationPreview &preview)
{
    QJsonObject document {{QStringLiteral("operation"), operationTitle(preview.request)},
        {QStringLiteral("connector"), preview.request.connector.name}, {QStringLiteral("context"), preview.contextName},
        {QStringLiteral("worker"), preview.workerUrl}, {QStringLiteral("requests"), requestsDocument(preview.requests)},
        {QStringLiteral("tasksTouched"), preview.tasksTouched}, {QStringLiteral("nothingToDo"), preview.nothingToDo},
        {QStringLiteral("reasonNeeded"), preview.reasonNeeded},
        {QStringLiteral("typedNameNeeded"), preview.typedNameNeeded},
        {QStringLiteral("knownToFail"), preview.knownToFail}};
    const auto impact = impactDocument(preview);
    for (auto it = impact.begin(); it != impact.end(); ++it) {
        document.insert(it.key(), it.value());
    }
    return document;
}

QString before(const ObservedConnector &seen)
{
    QStringList tasks;
    for (const auto &[id, state] : seen.tasks) {
        tasks << QStringLiteral("%1 %2").arg(id).arg(shownText(state.raw, 40));
    }
    return QStringLiteral("%1, tasks: %2")
        .arg(
            shownText(seen.state.raw, 40), tasks.isEmpty() ? QStringLiteral("none") : tasks.join(QStringLiteral(", ")));
}

QString savedFirst(const OperationPreview &preview, bool saves)
{
    return !saves ? QStringLiteral("no, as --no-snapshot says")
        : preview.stopFacts->positions
        ? QStringLiteral("its positions, into the operations log: for a replay back to them")
        : QStringLiteral("nothing: this worker does not tell positions");
}

void print(const Report &report, const OperationPreview &preview, bool saves)
{
    report.line(QStringLiteral("%1 on %2").arg(operationTitle(preview.request), shownText(preview.contextName, 60)));
    std::vector<QStringList> rows {{QStringLiteral("  now"), before(preview.before)}};
    for (const auto &request : preview.requests) {
        rows.push_back({QStringLiteral("  request"), QString::fromLatin1(request.method + ' ' + request.path)});
        rows.push_back({QStringLiteral("  as curl"), curlText(request, preview.workerUrl, preview.auth, preview.tls)});
    }
    if (!preview.nothingToDo) {
        rows.push_back({QStringLiteral("  touches"), QStringLiteral("%1 tasks").arg(preview.tasksTouched)});
        for (auto &row : impactRows(preview)) {
            rows.push_back(std::move(row));
        }
        if (preview.stopFacts) {
            rows.push_back({QStringLiteral("  saved first"), savedFirst(preview, saves)});
        }
        rows.push_back({QStringLiteral("  way back"), wayBackText(preview)});
    }
    if (!preview.knownToFail.isEmpty()) {
        rows.push_back({QStringLiteral("  known"), shownText(preview.knownToFail, 200)});
    }
    for (const auto &line : aligned(rows)) {
        report.line(line);
    }
}

Exit exitOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Confirmed:
        return Exit::Done;
    case Outcome::Refused:
    case Outcome::Failed:
        return Exit::Failed;
    case Outcome::Unknown:
        return Exit::Unknown;
    }
    return Exit::Unknown;
}

QString outcomeKey(const std::optional<Outcome> &outcome)
{
    switch (outcome.value_or(Outcome::Unknown)) {
    case Outcome::Confirmed:
        return QStringLiteral("confirmed");
    case Outcome::Refused:
        return QStringLiteral("refused");
    case Outcome::Failed:
        return QStringLiteral("failed");
    case Outcome::Unknown:
        return QStringLiteral("unknown");
    }
    return {};
}

Exit finish(const Report &report, const OperationPreview &preview, const Operation &operation)
{
    report.line(QStringLiteral("%1: %2").arg(
        outcomeWord(operation.outcome.value_or(Outcome::Unknown)), shownText(operation.observed, 300)));
    if (operation.error && !report.isJson()) {
        report.fault(*operation.error);
    }
    report.document({{QStringLiteral("preview"), previewDocument(preview)}, {QStringLiteral("id"), operation.id.text},
        {QStringLiteral("outcome"), outcomeKey(operation.outcome)}, {QStringLiteral("observed"), operation.observed},
        {QStringLiteral("error"), operation.error ? QJsonValue(toJson(*operation.error)) : QJsonValue()}});
    return exitOf(operation.outcome.value_or(Outcome::Unknown));
}

Exit notSent(const Report &report, const OperationPreview &preview, const QString &why, Exit exit)
{
    report.line(why);
    report.document({{QStringLiteral("preview"), previewDocument(preview)},
        {QStringLiteral("outcome"), QStringLiteral("not-sent")}, {QStringLiteral("reason"), why}});
    return exit;
}

//! Names what still misses for a confirmation; empty: nothing.
QString missing(const OperationPreview &preview, const CommandLine &line)
{
    if (!line.yes) {
        return QStringLiteral("Nothing was sent. Add --yes to send it.");
    }
    if (preview.reasonNeeded && line.reason.trimmed().isEmpty()) {
        return QStringLiteral("Nothing was sent. This is production: say why by --reason.");
    }
    if (preview.typedNameNeeded && line.typedName != preview.request.connector.name) {
        return QStringLiteral(
            "Nothing was sent. It touches more than ten tasks: repeat the connector's name by --type-name.");
    }
    return {};
}

} // namespace

QString personOf(const CommandLine &line)
{
    const auto known = line.person.isEmpty() ? storedPerson() : line.person;
    const auto login = qEnvironmentVariable("USER", QStringLiteral("unknown"));
    return known.isEmpty() ? QStringLiteral("%1@%2 (headgatectl)").arg(login, QSysInfo::machineHostName()) : known;
}

QCoro::Task<Exit> runOperation(Runtime *runtime, CommandLine line, Report report)
{
    const auto id = co_await runtime->open(line);
    if (!id) {
        report.fault(id.error());
        co_return exitOf(id.error(), line);
    }
    // Before it stands still, what waits for it is told.
    co_await (standsStill(line.operation) ? runtime->untilLagKnown(*id, line.timeout)
                                          : runtime->untilConnectKnown(*id, line.timeout));
    const auto ref = runtime->find(*id, line.cluster, line.connector);
    if (!ref) {
        report.fault(ref.error());
        co_return Exit::Failed;
    }
    OperationRequest request {.kind = line.operation, .connector = *ref, .task = line.task, .reason = line.reason};
    const auto preview = co_await runtime->operations().preview(request, {.deadline = line.timeout});
    if (!preview) {
        report.fault(preview.error());
        co_return Exit::Failed;
    }
    print(report, *preview, line.savesPositions);
    if (preview->nothingToDo) {
        co_return notSent(report, *preview,
            QStringLiteral("Nothing to do: it is so already. No request is sent, nothing changes."), Exit::Done);
    }
    if (const auto why = missing(*preview, line); !why.isEmpty()) {
        co_return notSent(report, *preview, why, Exit::Failed);
    }
    const bool saves = line.savesPositions && preview->stopFacts && preview->stopFacts->positions;
    const auto running
        = co_await runtime->operations().run(*preview, {personOf(line), line.reason, line.typedName, saves});
    if (!running) {
        report.fault(running.error());
        co_return Exit::Failed;
    }
    const auto operation
        = co_await runtime->operations().finished(*running, {.deadline = line.wait + std::chrono::minutes(3)});
    if (!operation) {
        report.fault(operation.error());
        co_return Exit::Unknown;
    }
    co_return finish(report, *preview, *operation);
}

} // namespace headgate
