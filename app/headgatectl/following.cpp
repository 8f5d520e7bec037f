// SPDX-License-Identifier: GPL-3.0-or-later
#include "following.h"

#include "commands.h"
#include "interruptkey.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"
#include "models/replay/replaytext.h"

#include <QJsonArray>

#include <algorithm>

namespace headgate {

namespace {

Exit outcomeOf(const Report &report, const Operation &operation)
{
    const auto outcome = operation.outcome.value_or(Outcome::Unknown);
    const auto word = operation.interrupted ? QStringLiteral("interrupted") : outcomeWord(outcome);
    report.line(QStringLiteral("%1: %2").arg(word, shownText(operation.observed, 400)));
    if (operation.error && !report.isJson()) {
        report.fault(*operation.error);
    }
    QJsonArray steps;
    for (const auto &step : operation.steps) {
        steps.append(QJsonObject {{QStringLiteral("step"), step.what}, {QStringLiteral("state"), step.state},
            {QStringLiteral("detail"), step.detail}, {QStringLiteral("at"), toIso(step.at)}});
    }
    report.document({{QStringLiteral("id"), operation.id.text}, {QStringLiteral("outcome"), word},
        {QStringLiteral("observed"), operation.observed}, {QStringLiteral("steps"), steps},
        {QStringLiteral("error"), operation.error ? QJsonValue(toJson(*operation.error)) : QJsonValue()}});
    return outcome == Outcome::Confirmed ? Exit::Done : outcome == Outcome::Unknown ? Exit::Unknown : Exit::Failed;
}

} // namespace

QCoro::Task<Exit> follow(
    Runtime *runtime, CommandLine line, Report report, OperationId id, QString goesOn, Operation *left)
{
    const InterruptKey key([runtime, &line, &report, &id] {
        if (runtime->operations().stopWaiting(id, personOf(line))) {
            report.note(QStringLiteral("Stops behind the step it is in: what was sent is answered first. Ctrl+C again "
                                       "ends this program at once."));
        }
    });
    size_t told = 0;
    const auto tell = [&report, &told](const Operation &operation) {
        for (; told < operation.steps.size(); ++told) {
            const auto &step = operation.steps[told];
            const auto known = replayStep(step.what);
            if (step.state != QLatin1String("begun")) {
                report.line(QStringLiteral("  %1: %2")
                        .arg(known ? replayStepText(*known) : shownText(step.what, 60), shownText(step.detail, 200)));
            }
        }
    };
    report.line(
        QStringLiteral("Operation %1. Where this program is ended, \"headgatectl %2\" goes on.").arg(id.text, goesOn));
    constexpr Milliseconds look {300};
    for (;;) {
        const auto ended = co_await runtime->operations().finished(id, {.deadline = look});
        const auto &known = runtime->operations().operations();
        const auto operation = std::ranges::find(known, id, &Operation::id);
        if (operation != known.end()) {
            tell(*operation);
        }
        if (ended && ended->interrupted && left) {
            *left = *ended;
            co_return Exit::Unknown;
        }
        if (ended) {
            co_return outcomeOf(report, *ended);
        }
        if (ended.error().kind != ErrorKind::DeadlineExceeded) {
            report.fault(ended.error());
            co_return Exit::Unknown;
        }
    }
}

QString missing(const CommandLine &line, const ConnectorRef &ref, bool nameNeeded, bool reasonNeeded)
{
    if (!line.yes) {
        return nameNeeded
            ? QStringLiteral("Nothing was sent. Add --yes and --type-name %1 to run it.").arg(shownText(ref.name, 120))
            : QStringLiteral("Nothing was sent. Add --yes to run it.");
    }
    if (nameNeeded && line.typedName != ref.name) {
        return QStringLiteral("Nothing was sent. This is confirmed by --type-name %1.").arg(shownText(ref.name, 120));
    }
    return reasonNeeded && line.reason.trimmed().isEmpty()
        ? QStringLiteral("Nothing was sent. This is production: say why by --reason.")
        : QString();
}

QCoro::Task<Exit> failedBy(Report report, Error error)
{
    report.fault(error);
    if (!report.isJson() && !error.detail.isEmpty()) {
        report.note(shownText(error.detail, 1000));
    }
    co_return Exit::Failed;
}

QCoro::Task<Exit> openedBy(Runtime *runtime, CommandLine line, Report report, ContextId *id)
{
    const auto opened = co_await runtime->open(line);
    if (!opened) {
        report.fault(opened.error());
        co_return exitOf(opened.error(), line);
    }
    *id = *opened;
    co_await runtime->untilConnectKnown(*id, line.timeout);
    co_return Exit::Done;
}

} // namespace headgate
