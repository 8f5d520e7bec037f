// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/problemwords.h"

#include "common/errorarea.h"
#include "models/common/agetext.h"
#include "models/common/assemble.h"
#include "models/common/errortext.h"
#include "models/common/pageface.h"
#include "models/common/showntext.h"
#include "models/triage/causewords.h"
#include "models/triage/witnesswords.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ProblemWords)
};

using std::chrono::duration_cast;
using std::chrono::seconds;

//! Adds sentence after sentence with a blank between.
Spans &append(Spans &spans, Spans more)
{
    if (!spans.empty() && !more.empty()) {
        spans.push_back({QStringLiteral(" ")});
    }
    spans.insert(spans.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return spans;
}

QString withoutStop(QString text)
{
    while (text.endsWith(u'.')) {
        text.chop(1);
    }
    return text;
}

QString reporter(const Problem &problem)
{
    return withoutStop(shownText(problem.message, 200));
}

Spans stoppedTasks(const Problem &problem)
{
    const int failed = int(problem.tasks.size());
    if (failed == 0) {
        return {};
    }
    if (failed == 1) {
        return {{problem.record ? Words::tr("Task %1 stopped there.").arg(problem.tasks.front())
                                : Words::tr("Task %1 stopped.").arg(problem.tasks.front())}};
    }
    return {{failed == problem.tasksTotal ? Words::tr("All %n task(s) stopped.", nullptr, failed)
                                          : Words::tr("Tasks %1 stopped.").arg(taskNumbers(problem.tasks))}};
}

Spans lagCause(const Problem &problem)
{
    const auto grows = shortNumber(std::int64_t(problem.lagSlope));
    if (problem.inRate.value && problem.outRate.value) {
        const auto who = problem.system.isEmpty()
            ? Words::tr("The sink takes less than comes in:")
            : Words::tr("%1 takes less than comes in:").arg(shownText(problem.system, 80));
        return assemble(Words::tr("%1 %2 records/s arrive, %3 are written, lag grows by %4 records/s."),
            {strong(who), Span {shortNumber(std::int64_t(*problem.inRate.value))},
                Span {shortNumber(std::int64_t(*problem.outRate.value))}, Span {grows}});
    }
    return assemble(Words::tr("%1 It grows by %2 records/s."), {strong(Words::tr("Lag does not fall.")), Span {grows}});
}

Spans workerCause(const Problem &problem, const ContextPicture &picture)
{
    const auto said = reporter(problem);
    const auto first = Words::tr("%1, %n tries.", nullptr, problem.failures)
                           .arg(said.isEmpty() ? Words::tr("It does not answer") : said);
    if (problem.tasks.empty()) {
        return assemble(Words::tr("%1 No task is listed on it."), {strong(first)});
    }
    const auto by = momentText(problem.since + reassignmentDelay, picture.now);
    return assemble(
        Words::tr(
            "%1 With Connect's default delay the group gives its %2 to the other workers by %3, unless it comes back "
            "before."),
        {strong(first), Span {Words::tr("%n task(s)", nullptr, int(problem.tasks.size()))}, Span {by}});
}

//! Whom one turns to about it; `silent` where nobody answered.
QString withoutDataChip(const Problem &problem, const QString &silent)
{
    switch (problem.error ? areaOf(problem.error->kind) : ErrorArea::Network) {
    case ErrorArea::Network:
        return silent;
    case ErrorArea::Tls:
        return Words::tr("No encrypted connection");
    case ErrorArea::Login:
        return problem.error->kind == ErrorKind::SecretsUnavailable ? Words::tr("Secret missing")
                                                                    : Words::tr("Login refused");
    case ErrorArea::Right:
        return Words::tr("Not permitted");
    case ErrorArea::Starting:
        return Words::tr("Starting");
    case ErrorArea::Answer:
        break;
    }
    return problem.error->kind == ErrorKind::InvalidInput ? Words::tr("Set-up incomplete")
                                                          : Words::tr("No usable answer");
}

//! Somebody answered, or nobody was asked: the error's own sentences say more than "no answer".
Spans withoutDataCause(const Problem &problem, const QString &silent, const QString &then)
{
    const auto area = problem.error ? areaOf(problem.error->kind) : ErrorArea::Network;
    if (area == ErrorArea::Network) {
        return assemble(Words::tr("%1 %2. %3"), {strong(silent), Span {reporter(problem)}, Span {then}});
    }
    const auto text = errorText(*problem.error);
    return assemble(Words::tr("%1 %2 %3"), {strong(text.what), Span {text.next}, Span {then}});
}

} // namespace

QString joined(const QStringList &names, int most)
{
    QStringList shown;
    for (const auto &name : names.mid(0, names.size() > most ? most - 1 : most)) {
        shown << shownText(name, 80);
    }
    if (names.size() > most) {
        shown << Words::tr("%1 more").arg(names.size() - shown.size());
    }
    if (shown.size() < 2) {
        return shown.join(QString());
    }
    const auto last = shown.takeLast();
    return Words::tr("%1 and %2", "end of a list")
        .arg(shown.join(Words::tr(", ", "between the parts of a list")), last);
}

QString taskNumbers(const std::vector<int> &tasks)
{
    QStringList parts;
    for (std::size_t i = 0; i < tasks.size();) {
        auto end = i + 1;
        while (end < tasks.size() && tasks[end] == tasks[end - 1] + 1) {
            ++end;
        }
        if (end - i > 2) {
            parts << Words::tr("%1 to %2", "task numbers").arg(tasks[i]).arg(tasks[end - 1]);
        } else {
            for (auto k = i; k < end; ++k) {
                parts << QString::number(tasks[k]);
            }
        }
        i = end;
    }
    return joined(parts, 6);
}

QString workerName(const QString &workerId, const ContextPicture &picture)
{
    const auto hostOf = [](const QString &id) {
        const auto colon = id.lastIndexOf(u':');
        const bool isPort = QStringView(id).mid(colon + 1).toUShort() > 0;
        return colon > 0 && isPort ? id.left(colon) : id;
    };
    const auto host = hostOf(workerId);
    int onHost = 0;
    for (const auto &cluster : picture.snapshot->clusters) {
        onHost += int(std::ranges::count_if(cluster.workers, [&](const WorkerFacts &worker) {
            return hostOf(worker.workerId.isEmpty() ? worker.address : worker.workerId) == host;
        }));
    }
    return shownText(onHost > 1 ? workerId : host, 120);
}

QString titleOf(const Problem &problem)
{
    if (!problem.connector.name.isEmpty()) {
        return shownText(problem.connector.name, 200);
    }
    if (!problem.worker.isEmpty()) {
        return shownText(problem.worker, 200);
    }
    return problem.kind == ProblemKind::KafkaUnreachable ? Words::tr("Brokers")
                                                         : shownText(problem.connector.cluster.text, 200);
}

QString chipOf(const Problem &problem)
{
    const int touched = int(problem.tasks.size());
    switch (problem.kind) {
    case ProblemKind::ConnectorFailed:
        return Words::tr("Connector failed");
    case ProblemKind::TasksFailed:
        return touched == 1 ? Words::tr("Task %1 of %2 failed").arg(problem.tasks.front()).arg(problem.tasksTotal)
                            : Words::tr("%1 of %n tasks failed", nullptr, problem.tasksTotal).arg(touched);
    case ProblemKind::TasksUnassigned:
        return Words::tr("%n task(s) without a worker", nullptr, touched);
    case ProblemKind::LagGrows:
        return Words::tr("Lag grows");
    case ProblemKind::WorkerUnreachable:
        return Words::tr("Worker unreachable");
    case ProblemKind::WorkerUnhealthy:
        return Words::tr("Worker not healthy");
    case ProblemKind::ClusterUnreachable:
        return withoutDataChip(problem, Words::tr("Cluster unreachable"));
    case ProblemKind::ClusterStarting:
        return Words::tr("Starting");
    case ProblemKind::KafkaUnreachable:
        return withoutDataChip(problem, Words::tr("Brokers unreachable"));
    case ProblemKind::WitnessesDisagree:
        return Words::tr("Witnesses disagree");
    case ProblemKind::OffsetsAtRisk:
        return Words::tr("Position outside the log");
    case ProblemKind::DeadLettersGrow:
        return Words::tr("Dead letters grow");
    }
    return {};
}

Standing toneOf(const Problem &problem)
{
    switch (problem.kind) {
    case ProblemKind::ConnectorFailed:
    case ProblemKind::TasksFailed:
        return Standing::Failed;
    case ProblemKind::TasksUnassigned:
        return Standing::Unassigned;
    case ProblemKind::LagGrows:
        return Standing::Lagging;
    case ProblemKind::WorkerUnreachable:
    case ProblemKind::ClusterUnreachable:
    case ProblemKind::KafkaUnreachable:
        return Standing::Unreachable;
    case ProblemKind::ClusterStarting:
        return Standing::Restarting;
    case ProblemKind::WitnessesDisagree:
        return Standing::Unknown;
    case ProblemKind::WorkerUnhealthy:
    case ProblemKind::OffsetsAtRisk:
    case ProblemKind::DeadLettersGrow:
        return Standing::Degraded;
    }
    return Standing::Unknown;
}

Spans causeOf(const Problem &problem, const ContextPicture &picture)
{
    switch (problem.kind) {
    case ProblemKind::ConnectorFailed: {
        auto spans = causeSentence(problem.trace, problem.system);
        return append(spans, {{Words::tr("The connector itself does not run; its tasks are not managed.")}});
    }
    case ProblemKind::TasksFailed: {
        auto spans = causeSentence(problem.trace, problem.system);
        return append(spans, stoppedTasks(problem));
    }
    case ProblemKind::TasksUnassigned:
        return assemble(Words::tr("%1 They start when the group has been rebalanced."),
            {strong(Words::tr("%n task(s) belong to no worker.", nullptr, int(problem.tasks.size())))});
    case ProblemKind::LagGrows:
        return lagCause(problem);
    case ProblemKind::WorkerUnreachable:
        return workerCause(problem, picture);
    case ProblemKind::WorkerUnhealthy:
        return assemble(Words::tr("%1 \"%2\". States it lists may be old."),
            {strong(Words::tr("It answers, but calls itself not healthy:")), Span {reporter(problem)}});
    case ProblemKind::ClusterUnreachable:
        return withoutDataCause(problem, Words::tr("No worker answers:"),
            problem.sinceAtLeast ? Words::tr("Nothing was seen of it yet.")
                                 : Words::tr("What is shown is what was seen last."));
    case ProblemKind::ClusterStarting:
        return assemble(Words::tr("%1 What it lists is not to be believed before."),
            {strong(Words::tr("The workers have not read their topics yet."))});
    case ProblemKind::KafkaUnreachable:
        return withoutDataCause(problem, Words::tr("No broker answers:"),
            picture.snapshot->kafka.value
                ? Words::tr("Lag and rates are old; Connect may go on saying RUNNING for minutes.")
                : Words::tr("So lag is not known; Connect may go on saying RUNNING for minutes."));
    case ProblemKind::WitnessesDisagree:
        return {strong(witnessSentence(problem.witnesses, picture.now))};
    case ProblemKind::OffsetsAtRisk:
        return assemble(Words::tr("%1 Records may be lost or read again when it goes on."),
            {strong(Words::tr("Committed positions lie outside the log on %1 of %2 partitions.")
                    .arg(problem.partitionsWaiting)
                    .arg(problem.partitionsTotal))});
    case ProblemKind::DeadLettersGrow:
        return assemble(Words::tr("%1 They are not delivered until somebody sends them again."),
            {strong(Words::tr("Records go to the dead letter topic."))});
    }
    return {};
}

namespace {

Spans ownedSystem(const Problem &problem)
{
    if (problem.system.isEmpty()) {
        return {};
    }
    return {{problem.team.isEmpty()
            ? shownText(problem.system, 80)
            : Words::tr("%1 (team %2)").arg(shownText(problem.system, 80), shownText(problem.team, 80))}};
}

Spans waitingPartitions(const Problem &problem)
{
    if (problem.partitionsTotal == 0 || problem.topics.isEmpty()) {
        return problem.topics.isEmpty() ? Spans {} : Spans {code(joined(problem.topics))};
    }
    const auto topics = code(joined(problem.topics));
    if (problem.kind == ProblemKind::LagGrows) {
        return assemble(
            Words::tr("%1, %2"), {topics, Span {Words::tr("%n partition(s)", nullptr, problem.partitionsTotal)}});
    }
    return assemble(Words::tr("%1 of %2 partitions of %3 wait"),
        {Span {QString::number(problem.partitionsWaiting)}, Span {QString::number(problem.partitionsTotal)}, topics});
}

Spans othersGoOn(const Problem &problem)
{
    if (problem.kind != ProblemKind::TasksFailed || problem.tasksRunning == 0) {
        return {};
    }
    std::vector<int> others;
    for (int task = 0; task < problem.tasksTotal; ++task) {
        if (std::ranges::find(problem.tasks, task) == problem.tasks.end()) {
            others.push_back(task);
        }
    }
    return {{others.size() == 1 ? Words::tr("task %1 goes on").arg(others.front())
                                : Words::tr("tasks %1 go on").arg(taskNumbers(others))}};
}

} // namespace

Spans touchesOf(const Problem &problem)
{
    if (!problem.alsoTouched.empty()) {
        return {{joined(QStringList(problem.alsoTouched.begin(), problem.alsoTouched.end()))}};
    }
    Spans all;
    for (auto part : {ownedSystem(problem), waitingPartitions(problem), othersGoOn(problem)}) {
        if (!all.empty() && !part.empty()) {
            all.push_back({QStringLiteral("; ")});
        }
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

Spans recoveredWhenOf(const Problem &problem, const ContextPicture &picture)
{
    const auto hold = durationText(picture.policy.recoveredAfter);
    QString when;
    QString present;
    switch (problem.kind) {
    case ProblemKind::ConnectorFailed:
        when = Words::tr("the connector runs for %1").arg(hold);
        present = Words::tr("now failed");
        break;
    case ProblemKind::TasksFailed:
    case ProblemKind::TasksUnassigned:
        when = Words::tr("%1 of %n tasks run for %2", nullptr, problem.tasksTotal).arg(problem.tasksTotal).arg(hold);
        if (problem.lagRecords.value && *problem.lagRecords.value > 0) {
            when = Words::tr("%1, then lag falls").arg(when);
        }
        present = Words::tr("now %1 of %2").arg(problem.tasksRunning).arg(problem.tasksTotal);
        break;
    case ProblemKind::LagGrows:
        when = Words::tr("lag falls for %1").arg(hold);
        present = problem.lagSlope > 0 ? Words::tr("now +%1 records/s").arg(shortNumber(std::int64_t(problem.lagSlope)))
                                       : Words::tr("now %1 records/s").arg(shortNumber(std::int64_t(problem.lagSlope)));
        break;
    case ProblemKind::WorkerUnreachable:
        when = problem.tasks.empty() ? Words::tr("it answers for %1").arg(hold)
                                     : Words::tr("no task is left on it, or it answers for %1").arg(hold);
        present = Words::tr("now %n task(s)", nullptr, int(problem.tasks.size()));
        break;
    case ProblemKind::WorkerUnhealthy:
        when = Words::tr("its health is good for %1").arg(hold);
        break;
    case ProblemKind::ClusterUnreachable:
    case ProblemKind::ClusterStarting:
        when = Words::tr("a worker answers with a complete list for %1").arg(hold);
        break;
    case ProblemKind::KafkaUnreachable:
        when = Words::tr("a broker answers for %1").arg(hold);
        break;
    case ProblemKind::WitnessesDisagree:
        when = Words::tr("worker, group and positions agree for %1").arg(hold);
        break;
    case ProblemKind::OffsetsAtRisk:
        when = Words::tr("every committed position lies inside its log");
        present = Words::tr("now %1 outside").arg(problem.partitionsWaiting);
        break;
    case ProblemKind::DeadLettersGrow:
        when = Words::tr("no new dead letter for %1").arg(hold);
        break;
    }
    Spans spans {{when}};
    if (problem.recoveredSince) {
        present = Words::tr("good for %1").arg(durationText(picture.monotonicNow - *problem.recoveredSince));
    }
    if (!present.isEmpty()) {
        spans.push_back(muted(QString(QStringLiteral("   ") + present)));
    }
    return spans;
}

} // namespace headgate
