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

//! The words of the line that say which platform.
QString platformOf(const CommandLine &line)
{
    return line.context.isEmpty() ? QStringLiteral(" --connect %1").arg(line.workers.join(u','))
                                  : QStringLiteral(" --context %1").arg(shownText(line.context, 60));
}

//! What would skip the record: a plan that sends nothing. Empty where only a range is known.
QString pastCommand(const Problem &problem, const ContextPicture &picture, const CommandLine &line)
{
    const auto &record = problem.record;
    const auto &rows = picture.snapshot->connectors;
    const auto facts = std::ranges::find(rows, problem.connector, &ConnectorFacts::ref);
    const bool sink = facts != rows.end() && facts->status.type == ConnectorType::Sink;
    return record && record->rangeEnd < 0 && sink
        ? QStringLiteral("headgatectl replay plan %1%2 --past %3-%4@%5")
              .arg(shownText(problem.connector.name, 120), platformOf(line), shownText(record->tp.topic, 120))
              .arg(record->tp.partition)
              .arg(record->offset)
        : QString();
}

QString recordRow(const Problem &problem, const ContextPicture &picture)
{
    if (problem.record) {
        return recordText(*problem.record);
    }
    if (problem.kind == ProblemKind::TasksFailed && picture.context.kafka.bootstrap.isEmpty()) {
        return QStringLiteral("not looked for: no brokers are configured (--bootstrap)");
    }
    if (problem.recordError && brokerSilence(picture)) {
        return QStringLiteral("not looked for: no broker answered");
    }
    return recordSearchText(problem);
}

void print(const Report &report, const Problem &problem, const ContextPicture &picture, const CommandLine &line)
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
    addRow(rows, QStringLiteral("record"), recordRow(problem, picture));
    addRow(rows, QStringLiteral("past it"), pastCommand(problem, picture, line));
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
    for (const auto &text : aligned(rows)) {
        report.line(text);
    }
    report.line();
}

//! The record behind a failure, read from the log where the trace does not name it, or why it could not be found.
QCoro::Task<> addRecord(Runtime *runtime, ContextId id, Problem *problem, Milliseconds timeout)
{
    auto *const session = runtime->contexts().session(id);
    const bool brokers = session && !session->context().kafka.bootstrap.isEmpty();
    if (brokers && problem->kind == ProblemKind::TasksFailed && !problem->record) {
        const auto found
            = co_await session->findFailingRecord(problem->connector, problem->tasks.front(), {.deadline = timeout});
        if (found) {
            problem->record = *found;
        } else {
            problem->recordError = found.error();
        }
    }
}

QString resumeCommand(const CommandLine &line)
{
    const auto name = shownText(line.connector, 120);
    return line.context.isEmpty()
        ? QStringLiteral("headgatectl resume %1").arg(name)
        : QStringLiteral("headgatectl resume %1 --context %2").arg(name, shownText(line.context, 60));
}

//! Of a connector without a problem: what is as somebody wanted it has a price all the same.
QStringList notesOn(const ConnectorRef &ref, const ContextPicture &picture, const CommandLine &line)
{
    const auto name = shownText(ref.name, 120);
    const auto &rows = picture.snapshot->connectors;
    const auto facts = std::ranges::find(rows, ref, &ConnectorFacts::ref);
    const bool paused = facts != rows.end() && facts->standing == Standing::Paused;
    const bool stopped = facts != rows.end() && facts->standing == Standing::Stopped;
    if (!paused && !stopped) {
        return {QStringLiteral("Nothing is wrong with %1 that is known.").arg(name)};
    }
    QString since;
    if (facts->since.value) {
        since = QStringLiteral(" since %1%2")
                    .arg(facts->sinceAtLeast ? QStringLiteral("at least ") : QString(),
                        momentText(*facts->since.value, picture.now));
    }
    QStringList notes {QStringLiteral("%1 is %2%3, as somebody wanted it.")
            .arg(name, paused ? QStringLiteral("paused") : QStringLiteral("stopped"), since)};
    if (const auto waiting = facts->lagRecords.value.value_or(0); waiting > 0) {
        const auto age = facts->lagSeconds.value
            ? QStringLiteral(", the oldest %1 old")
                  .arg(durationText(Milliseconds(static_cast<qint64>(*facts->lagSeconds.value * 1000))))
            : QString();
        notes << QStringLiteral("Meanwhile %1 records wait for it%2, and its lag grows with each that comes. "
                                "To go on: %3")
                     .arg(fullNumber(waiting), age, resumeCommand(line));
    }
    return notes;
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
        print(report, problem, picture, line);
        problems.append(problemDocument(problem, picture));
    }
    QStringList notes;
    if (problems.isEmpty()) {
        notes = line.connector.isEmpty() ? QStringList {QStringLiteral("Nothing is wrong that is known.")}
                                         : notesOn(*ref, picture, line);
    }
    for (const auto &note : std::as_const(notes)) {
        report.line(note);
    }
    if (const auto silence = brokerSilenceLine(picture); !silence.isEmpty()) {
        report.line(silence);
    }
    report.document({{QStringLiteral("context"), picture.context.name}, {QStringLiteral("connector"), line.connector},
        {QStringLiteral("problems"), problems}, {QStringLiteral("notes"), QJsonArray::fromStringList(notes)},
        {QStringLiteral("kafkaError"), brokerSilenceDocument(picture)}});
    co_return Exit::Done;
}

} // namespace headgate
