// SPDX-License-Identifier: GPL-3.0-or-later
#include "statusdocument.h"

#include "domain/contexts/contextwords.h"
#include "models/operations/operationtext.h"
#include "models/triage/causewords.h"
#include "models/triage/problemwords.h"
#include "models/triage/recordwords.h"
#include "models/triage/witnesswords.h"
#include "report.h"

#include <QJsonArray>

namespace headgate {

namespace {

using Key = QLatin1String;

QString standingKey(Standing standing)
{
    switch (standing) {
    case Standing::Failed:
        return QStringLiteral("failed");
    case Standing::Unreachable:
        return QStringLiteral("unreachable");
    case Standing::Degraded:
        return QStringLiteral("degraded");
    case Standing::Unassigned:
        return QStringLiteral("unassigned");
    case Standing::Lagging:
        return QStringLiteral("lagging");
    case Standing::Restarting:
        return QStringLiteral("restarting");
    case Standing::Unknown:
        return QStringLiteral("unknown");
    case Standing::Paused:
        return QStringLiteral("paused");
    case Standing::Stopped:
        return QStringLiteral("stopped");
    case Standing::Running:
        return QStringLiteral("running");
    }
    return {};
}

QString absenceKey(Absence absence)
{
    switch (absence) {
    case Absence::NoData:
        return QStringLiteral("no-data");
    case Absence::NotConfigured:
        return QStringLiteral("not-configured");
    case Absence::NotPermitted:
        return QStringLiteral("not-permitted");
    }
    return {};
}

QString typeKey(ConnectorType type)
{
    return type == ConnectorType::Source ? QStringLiteral("source")
        : type == ConnectorType::Sink    ? QStringLiteral("sink")
                                         : QStringLiteral("unknown");
}

QJsonValue moment(Instant at)
{
    return at == Instant {} ? QJsonValue() : QJsonValue(toIso(at));
}

//! null where there is none: an empty text would be one.
QJsonValue known(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

template <class T> QJsonValue number(const Observed<T> &value)
{
    if (value.value) {
        if constexpr (std::is_integral_v<T>) {
            return QJsonValue(static_cast<qint64>(*value.value));
        } else {
            return QJsonValue(*value.value);
        }
    }
    return QJsonObject {{Key("absent"), absenceKey(value.absence)}, {Key("reason"), value.reason}};
}

template <class T> QJsonArray list(const T &values)
{
    QJsonArray array;
    for (const auto &value : values) {
        array.append(value);
    }
    return array;
}

QJsonObject connectorDocument(const ConnectorFacts &facts, Instant now)
{
    QJsonArray tasks;
    for (const auto &task : facts.status.tasks) {
        tasks.append(
            QJsonObject {{Key("id"), task.id}, {Key("state"), task.state.raw}, {Key("worker"), task.workerId}});
    }
    return {{Key("name"), facts.ref.name}, {Key("cluster"), facts.ref.cluster.text},
        {Key("type"), typeKey(facts.status.type)}, {Key("standing"), standingKey(facts.standing)},
        {Key("state"), facts.status.connector.raw}, {Key("tasks"), tasks},
        {Key("since"), facts.since.value ? moment(*facts.since.value) : QJsonValue()},
        {Key("sinceAtLeast"), facts.sinceAtLeast}, {Key("lagRecords"), number(facts.lagRecords)},
        {Key("lagSeconds"), number(facts.lagSeconds)}, {Key("topics"), list(facts.topics)},
        {Key("team"), known(facts.team)}, {Key("owner"), known(facts.owner)}, {Key("stale"), facts.stale},
        {Key("doubt"), known(witnessSentence(facts.witnesses, now))}};
}

QJsonObject clusterDocument(const ConnectClusterFacts &cluster)
{
    QJsonArray workers;
    for (const auto &worker : cluster.workers) {
        workers.append(QJsonObject {{Key("address"), worker.address}, {Key("answers"), answers(worker, cluster)},
            {Key("tasks"), worker.tasks}, {Key("message"), worker.health.message}});
    }
    return {{Key("name"), cluster.name.text},
        {Key("version"), cluster.server.value ? known(cluster.server.value->version) : QJsonValue()},
        {Key("kafkaClusterId"), cluster.server.value ? known(cluster.server.value->kafkaClusterId) : QJsonValue()},
        {Key("workers"), workers}, {Key("observedAt"), moment(cluster.statusAt)},
        {Key("error"), cluster.error ? QJsonValue(toJson(*cluster.error)) : QJsonValue()}};
}

QJsonObject countsDocument(const StandingCounts &counts)
{
    return {{Key("failed"), counts.failed}, {Key("degraded"), counts.degraded}, {Key("lagging"), counts.lagging},
        {Key("paused"), counts.paused}, {Key("unreachable"), counts.unreachable}, {Key("stopped"), counts.stopped},
        {Key("running"), counts.running}, {Key("total"), counts.total}};
}

QJsonValue recordDocument(const std::optional<FailingRecord> &record)
{
    if (!record) {
        return {};
    }
    return QJsonObject {{Key("topic"), record->tp.topic}, {Key("partition"), record->tp.partition},
        {Key("offset"), static_cast<qint64>(record->offset)}, {Key("rangeEnd"), static_cast<qint64>(record->rangeEnd)},
        {Key("how"), recordHow(*record)}};
}

QJsonArray chainDocument(const TraceExplanation &trace)
{
    QJsonArray chain;
    for (const auto &frame : trace.chain) {
        chain.append(QJsonObject {{Key("class"), frame.exceptionClass}, {Key("message"), frame.message}});
    }
    return chain;
}

} // namespace

QJsonObject problemDocument(const Problem &problem, const ContextPicture &picture)
{
    QJsonArray steps;
    for (const auto kind : problem.nextSteps) {
        const int task = kind == OperationKind::RestartTask && !problem.tasks.empty() ? problem.tasks.front() : -1;
        steps.append(operationTitle({.kind = kind, .connector = problem.connector, .task = task}));
    }
    return {{Key("title"), titleOf(problem)}, {Key("what"), chipOf(problem)},
        {Key("connector"), known(problem.connector.name)}, {Key("cluster"), known(problem.connector.cluster.text)},
        {Key("worker"), known(problem.worker)}, {Key("since"), moment(problem.since)},
        {Key("sinceAtLeast"), problem.sinceAtLeast}, {Key("tasks"), list(problem.tasks)},
        {Key("cause"), plainText(causeOf(problem, picture))},
        {Key("firstCause"), known(problem.trace.chain.empty() ? QString() : firstCauseText(problem.trace))},
        {Key("chain"), chainDocument(problem.trace)}, {Key("setting"), known(problem.trace.setting)},
        {Key("record"), recordDocument(problem.record)}, {Key("restartKnownToFail"), problem.restartKnownToFail},
        {Key("advice"), known(causeAdvice(problem.trace))}, {Key("nextSteps"), steps}};
}

std::optional<Error> brokerSilence(const ContextPicture &picture)
{
    const auto &snapshot = *picture.snapshot;
    if (snapshot.kafkaError || picture.context.kafka.bootstrap.isEmpty() || snapshot.kafka.value) {
        return snapshot.kafkaError;
    }
    return Error {.kind = ErrorKind::DeadlineExceeded,
        .message = QStringLiteral("No broker answered in time"),
        .target = picture.context.kafka.bootstrap};
}

QJsonValue brokerSilenceDocument(const ContextPicture &picture)
{
    const auto silence = brokerSilence(picture);
    return silence ? QJsonValue(toJson(*silence)) : QJsonValue();
}

bool answers(const WorkerFacts &worker, const ConnectClusterFacts &cluster)
{
    switch (worker.health.health) {
    case WorkerHealth::Healthy:
    case WorkerHealth::Starting:
    case WorkerHealth::Unhealthy:
        return true;
    case WorkerHealth::Unreachable:
        return false;
    case WorkerHealth::NotSupported: // an older Connect, if the cluster was listed; else not asked, or not Connect
        return !cluster.error && cluster.statusAt != Instant {};
    }
    return false;
}

QJsonObject statusDocument(const ContextPicture &picture)
{
    const auto &snapshot = *picture.snapshot;
    QJsonArray clusters;
    for (const auto &cluster : snapshot.clusters) {
        clusters.append(clusterDocument(cluster));
    }
    QJsonArray connectors;
    for (const auto &facts : snapshot.connectors) {
        connectors.append(connectorDocument(facts, picture.now));
    }
    QJsonArray problems;
    for (const auto &problem : *picture.problems) {
        problems.append(problemDocument(problem, picture));
    }
    return {{Key("context"), picture.context.name},
        {Key("environment"), wordOf(environmentWords, picture.context.environment)},
        {Key("mode"), wordOf(modeWords, picture.mode)}, {Key("takenAt"), moment(snapshot.takenAt)},
        {Key("clusters"), clusters}, {Key("counts"), countsDocument(countStandings(snapshot))},
        {Key("connectors"), connectors}, {Key("problems"), problems},
        {Key("kafkaError"), brokerSilenceDocument(picture)}};
}

} // namespace headgate
