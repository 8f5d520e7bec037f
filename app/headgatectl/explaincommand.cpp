// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "statusdocument.h"

#include "models/common/agetext.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"
#include "models/triage/causewords.h"
#include "models/triage/problemwords.h"
#include "models/triage/recordwords.h"

#include <QJsonArray>

#include <algorithm>

namespace headgate {

namespace {

constexpr int longestEvidence = 300;

void addRow(std::vector<QStringList> &rows, const QString &caption, const QString &value)
{
    if (!value.isEmpty()) {
        rows.push_back({QStringLiteral("  ") + caption, value});
    }
}

QString recordText(const FailingRecord &record)
{
    const auto place = QStringLiteral("%1-%2 @ %3")
                           .arg(shownText(record.tp.topic, 120))
                           .arg(record.tp.partition)
                           .arg(fullNumber(record.offset));
    const auto range
        = record.rangeEnd >= 0 ? QStringLiteral("%1 to %2").arg(place, fullNumber(record.rangeEnd - 1)) : place;
    return QStringLiteral("%1 (%2)").arg(range, recordHow(record));
}

QString nextStepText(const Problem &problem)
{
    QStringList steps;
    for (const auto kind : problem.nextSteps) {
        const int task = kind == OperationKind::RestartTask && !problem.tasks.empty() ? problem.tasks.front() : -1;
        const auto name = operationTitle({.kind = kind, .connector = problem.connector, .task = task});
        const bool fails = kind != OperationKind::Pause && problem.restartKnownToFail;
        steps << (fails ? QStringLiteral("%1 (will stop at the same record again)").arg(name) : name);
    }
    return steps.join(QStringLiteral("; "));
}

void print(const Report &report, const Problem &problem, const ContextPicture &picture)
{
    report.line(QStringLiteral("%1: %2").arg(titleOf(problem), chipOf(problem)));
    report.line(QStringLiteral("  ") + plainText(causeOf(problem, picture)));
    std::vector<QStringList> rows;
    const auto since = momentText(problem.since, picture.now);
    addRow(rows, QStringLiteral("since"), problem.sinceAtLeast ? QString(QStringLiteral("at least ") + since) : since);
    addRow(rows, QStringLiteral("task, worker"),
        problem.tasks.empty() || problem.taskWorker.isEmpty()
            ? QString()
            : QStringLiteral("%1 on %2").arg(taskNumbers(problem.tasks), shownText(problem.taskWorker, 120)));
    addRow(rows, QStringLiteral("record"), problem.record ? recordText(*problem.record) : recordSearchText(problem));
    addRow(rows, QStringLiteral("setting"), problem.trace.setting);
    for (std::size_t i = 0; i < problem.trace.chain.size(); ++i) {
        const auto &frame = problem.trace.chain[i];
        const auto mark
            = static_cast<int>(i) == problem.trace.first ? QStringLiteral("first cause") : QStringLiteral("trace");
        addRow(rows, mark,
            shownText(shortClass(frame.exceptionClass) + QLatin1String(": ") + frame.message.section(u'\n', 0, 0),
                longestEvidence));
    }
    addRow(rows, QStringLiteral("advice"), causeAdvice(problem.trace));
    addRow(rows, QStringLiteral("next step"), nextStepText(problem));
    addRow(rows, QStringLiteral("recovered when"), plainText(recoveredWhenOf(problem, picture)));
    for (const auto &line : aligned(rows)) {
        report.line(line);
    }
    report.line();
}

//! The record behind a failure, read from the log where the trace does not name it, or why it could not be found.
QCoro::Task<> addRecord(Runtime *runtime, ContextId id, Problem *problem, Milliseconds timeout)
{
    auto *const session = runtime->contexts().session(id);
    if (session && problem->kind == ProblemKind::TasksFailed && !problem->record) {
        const auto found
            = co_await session->findFailingRecord(problem->connector, problem->tasks.front(), {.deadline = timeout});
        if (found) {
            problem->record = *found;
        } else {
            problem->recordError = found.error();
        }
    }
}

} // namespace

QCoro::Task<Exit> runExplain(Runtime *runtime, CommandLine line, Report report)
{
    const auto id = co_await runtime->open(line);
    if (!id) {
        report.fault(id.error());
        co_return exitOf(id.error(), line);
    }
    co_await runtime->untilKnown(*id, line.timeout);
    if (const auto heard = runtime->heard(*id); !heard) {
        report.fault(heard.error());
        co_return Exit::Failed;
    }
    const auto ref = line.connector.isEmpty() ? Result<ConnectorRef>(ConnectorRef {})
                                              : runtime->find(*id, line.cluster, line.connector);
    if (!ref) {
        report.fault(ref.error());
        co_return Exit::Failed;
    }
    const auto picture = pictureOf(*runtime, *id);
    QJsonArray problems;
    for (auto problem : *picture.problems) {
        if (!line.connector.isEmpty() && problem.connector != *ref) {
            continue;
        }
        co_await addRecord(runtime, *id, &problem, line.timeout);
        print(report, problem, picture);
        problems.append(problemDocument(problem, picture));
    }
    if (problems.isEmpty()) {
        report.line(line.connector.isEmpty()
                ? QStringLiteral("Nothing is wrong that is known.")
                : QStringLiteral("Nothing is wrong with %1 that is known.").arg(shownText(line.connector, 120)));
    }
    report.document({{QStringLiteral("context"), picture.context.name}, {QStringLiteral("connector"), line.connector},
        {QStringLiteral("problems"), problems}});
    co_return Exit::Done;
}

} // namespace headgate
