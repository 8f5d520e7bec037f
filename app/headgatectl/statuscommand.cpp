// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "statusdocument.h"

#include "common/errorarea.h"
#include "models/common/agetext.h"
#include "models/common/errortext.h"
#include "models/common/showntext.h"
#include "models/common/standingword.h"
#include "models/triage/problemwords.h"

#include <algorithm>

namespace headgate {

namespace {

constexpr int nameWidth = 60;

QString shown(const QString &outside)
{
    return shownText(outside, nameWidth);
}

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return QStringLiteral("development");
    case Environment::Staging:
        return QStringLiteral("staging");
    case Environment::Production:
        return QStringLiteral("PRODUCTION");
    }
    return {};
}

QString modeWord(Mode mode)
{
    switch (mode) {
    case Mode::ReadOnly:
        return QStringLiteral("read-only");
    case Mode::Guarded:
        return QStringLiteral("guarded");
    case Mode::Armed:
        return QStringLiteral("armed");
    }
    return {};
}

QString headline(const ContextPicture &picture)
{
    return QStringLiteral("%1  %2, %3")
        .arg(shown(picture.context.name), environmentWord(picture.context.environment), modeWord(picture.mode));
}

//! "1 of 2 workers answer"; of a cluster whose data is kept from us, why: who refuses a login is not silent.
QString workersText(const ConnectClusterFacts &cluster, const ContextPicture &picture)
{
    const auto isOfIt = [&](const Problem &problem) {
        return problem.kind == ProblemKind::ClusterUnreachable && problem.connector.cluster == cluster.name;
    };
    const auto lost = std::ranges::find_if(*picture.problems, isOfIt);
    if (cluster.error && areaOf(cluster.error->kind) != ErrorArea::Network && lost != picture.problems->end()) {
        return chipOf(*lost).toLower();
    }
    const auto answering
        = std::ranges::count_if(cluster.workers, [&](const auto &worker) { return answers(worker, cluster); });
    return QStringLiteral("%1 of %2 workers answer").arg(answering).arg(cluster.workers.size());
}

QString clusterLine(const ConnectClusterFacts &cluster, const ContextPicture &picture)
{
    const auto version = cluster.server.value ? QStringLiteral("Connect %1").arg(shown(cluster.server.value->version))
                                              : QStringLiteral("Connect");
    const auto age
        = cluster.statusAt == Instant {} ? QStringLiteral("nothing seen yet") : ageText(picture.now - cluster.statusAt);
    return QStringLiteral("%1: %2, %3, %4").arg(shown(cluster.name.text), version, workersText(cluster, picture), age);
}

QString countsLine(const StandingCounts &counts)
{
    return QStringLiteral("%1 failed, %2 degraded, %3 lagging, %4 paused, %5 unreachable, %6 stopped, %7 running of %8")
        .arg(counts.failed)
        .arg(counts.degraded)
        .arg(counts.lagging)
        .arg(counts.paused)
        .arg(counts.unreachable)
        .arg(counts.stopped)
        .arg(counts.running)
        .arg(counts.total);
}

QString sinceText(const ConnectorFacts &facts, Instant now)
{
    if (!facts.since.value) {
        return QStringLiteral("-");
    }
    const auto moment = momentText(*facts.since.value, now);
    return facts.sinceAtLeast ? QString(QStringLiteral("at least ") + moment) : moment;
}

//! One of the six faces, always with a word or a unit.
QString lagText(const ConnectorFacts &facts)
{
    if (facts.status.type == ConnectorType::Source) {
        return QStringLiteral("source");
    }
    if (facts.lagRecords.value) {
        const auto records = QStringLiteral("%1 records").arg(fullNumber(*facts.lagRecords.value));
        const bool late = facts.lagSeconds.value && *facts.lagSeconds.value >= 1;
        return late ? QStringLiteral("%1, %2").arg(
                          records, durationText(Milliseconds(static_cast<qint64>(*facts.lagSeconds.value * 1000))))
                    : records;
    }
    switch (facts.lagRecords.absence) {
    case Absence::NoData:
        return QStringLiteral("no data");
    case Absence::NotConfigured:
        return QStringLiteral("not set up");
    case Absence::NotPermitted:
        return QStringLiteral("no right");
    }
    return {};
}

QString tasksText(const ConnectorFacts &facts)
{
    const auto running
        = std::ranges::count(facts.status.tasks, RunState::Running, [](const TaskStatus &t) { return t.state.run; });
    return QStringLiteral("%1/%2").arg(running).arg(facts.status.tasks.size());
}

QStringList connectorTable(const ContextPicture &picture)
{
    auto rows = picture.snapshot->connectors;
    std::ranges::sort(
        rows, {}, [](const ConnectorFacts &facts) { return std::pair(facts.standing, facts.ref); }); // worst first
    std::vector<QStringList> table {{QStringLiteral("STATE"), QStringLiteral("CONNECTOR"), QStringLiteral("TASKS"),
        QStringLiteral("SINCE"), QStringLiteral("LAG"), QStringLiteral("OWNER")}};
    for (const auto &facts : rows) {
        const auto state = facts.standing == Standing::Unknown && !facts.status.connector.raw.isEmpty()
            ? shown(facts.status.connector.raw)
            : standingWord(facts.standing);
        table.push_back({facts.stale ? QString(state + QStringLiteral(" (stale)")) : state, shown(facts.ref.name),
            tasksText(facts), sinceText(facts, picture.now), lagText(facts),
            facts.team.isEmpty() ? QStringLiteral("-") : shown(facts.team)});
    }
    return aligned(table);
}

void printProblems(const Report &report, const ContextPicture &picture)
{
    const auto isHeard = [](const ConnectClusterFacts &cluster) {
        return !cluster.error && cluster.statusAt != Instant {};
    };
    if (picture.problems->empty() && std::ranges::any_of(picture.snapshot->clusters, isHeard)) {
        report.line(QStringLiteral("Nothing is wrong that is known."));
    }
    const auto silence = brokerSilenceLine(picture);
    const bool isTold = std::ranges::any_of(
        *picture.problems, [](const Problem &problem) { return problem.kind == ProblemKind::KafkaUnreachable; });
    if (!silence.isEmpty() && !isTold) {
        report.line(silence);
    }
    for (const auto &problem : *picture.problems) {
        report.line(QStringLiteral("%1: %2, since %3%4")
                .arg(titleOf(problem), chipOf(problem), problem.sinceAtLeast ? QStringLiteral("at least ") : QString(),
                    momentText(problem.since, picture.now)));
        report.line(QStringLiteral("    ") + plainText(causeOf(problem, picture)));
    }
}

void printStatus(const Report &report, const ContextPicture &picture)
{
    report.line(headline(picture));
    for (const auto &cluster : picture.snapshot->clusters) {
        report.line(clusterLine(cluster, picture));
    }
    report.line(countsLine(countStandings(*picture.snapshot)));
    report.line();
    printProblems(report, picture);
    if (!picture.snapshot->connectors.empty()) {
        report.line();
    }
    for (const auto &line : connectorTable(picture)) {
        if (!picture.snapshot->connectors.empty()) {
            report.line(line);
        }
    }
}

} // namespace

QString brokerSilenceLine(const ContextPicture &picture)
{
    const auto silence = brokerSilence(picture);
    if (!silence) {
        return {};
    }
    const auto text = errorText(*silence, Reader::Terminal);
    return QStringLiteral("%1 So lag is not known. %2").arg(text.what, text.next);
}

ContextPicture pictureOf(Runtime &runtime, const ContextId &id)
{
    const auto *const session = runtime.contexts().session(id);
    ContextPicture picture {
        .context = session->context(), .mode = runtime.contexts().mode(id), .snapshot = session->snapshot()};
    picture.problems = std::make_shared<const std::vector<Problem>>(session->problems());
    picture.wellSince = session->wellSince();
    picture.policy = session->policy();
    picture.now = runtime.now();
    picture.monotonicNow = runtime.monotonic();
    return picture;
}

Exit exitOf(const Error &error, const CommandLine &line)
{
    return error.kind == ErrorKind::InvalidInput && !line.workers.isEmpty() ? Exit::Usage : Exit::Failed;
}

QCoro::Task<Exit> runStatus(Runtime *runtime, CommandLine line, Report report)
{
    const auto id = co_await runtime->open(line);
    if (!id) {
        report.fault(id.error());
        co_return exitOf(id.error(), line);
    }
    co_await runtime->untilKnown(*id, line.timeout);
    const auto picture = pictureOf(*runtime, *id);
    printStatus(report, picture);
    report.document(statusDocument(picture));
    for (const auto &cluster : picture.snapshot->clusters) {
        if (cluster.error || cluster.statusAt == Instant {}) {
            if (!report.isJson() && cluster.error) {
                report.fault(*cluster.error);
            }
            co_return Exit::Failed;
        }
    }
    co_return picture.snapshot->clusters.empty() ? Exit::Failed : Exit::Done;
}

} // namespace headgate
