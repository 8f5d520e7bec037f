// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectors/connectordetail.h"

#include "domain/connectors/secrets.h"
#include "models/common/agetext.h"
#include "models/common/assemble.h"
#include "models/common/showntext.h"
#include "models/common/standingword.h"
#include "models/connectors/connectorsmodel.h"
#include "models/triage/causewords.h"
#include "models/triage/problemwords.h"
#include "models/triage/recordwords.h"
#include "models/triage/witnesswords.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConnectorDetail)
};

const Problem *problemOf(const ConnectorFacts &facts, const ContextPicture &picture)
{
    if (!picture.problems) {
        return nullptr;
    }
    const auto at = std::ranges::find(*picture.problems, facts.ref, &Problem::connector);
    return at == picture.problems->end() ? nullptr : &*at;
}

//! The trace that explains: the connector's own, else the first failed task's.
QString firstTrace(const ConnectorFacts &facts)
{
    if (!facts.status.trace.isEmpty()) {
        return facts.status.trace;
    }
    const auto failed
        = std::ranges::find_if(facts.status.tasks, [](const TaskStatus &task) { return !task.trace.isEmpty(); });
    return failed == facts.status.tasks.end() ? QString() : failed->trace;
}

QString errorTitle(const Problem &problem, const ContextPicture &picture)
{
    const auto ago = agoText(picture.now - problem.since);
    if (problem.kind == ProblemKind::TasksFailed && problem.tasks.size() == 1) {
        const auto task = QString::number(problem.tasks.front());
        return problem.sinceAtLeast ? Words::tr("Task %1 failed, first seen %2", "2: 11 min ago").arg(task, ago)
                                    : Words::tr("Task %1 failed %2", "2: 11 min ago").arg(task, ago);
    }
    return QString(chipOf(problem) + QStringLiteral(", ") + ago);
}

std::vector<ActionOffer> nextSteps(const Problem &problem, const ConnectorFacts &facts, const ContextPicture &picture)
{
    std::vector<ActionOffer> offers;
    for (const auto kind : problem.nextSteps) {
        auto offer = offerOf(kind, facts, picture, problem.tasks.empty() ? -1 : problem.tasks.front());
        if (problem.restartKnownToFail && kind != OperationKind::Pause && kind != OperationKind::Stop) {
            offer.note = Words::tr("will stop at the same record again");
        }
        offers.push_back(offer);
    }
    return offers;
}

QString recordText(const Problem &problem)
{
    const auto how = problem.record ? recordHow(*problem.record) : recordSearchText(problem);
    if (how.isEmpty()) {
        return {};
    }
    return problem.record ? Words::tr("Record %1, %2").arg(recordPlace(*problem.record), how)
                          : Words::tr("Record %1", "1: not found, why").arg(how);
}

std::optional<ErrorBlock> errorOf(const ConnectorFacts &facts, const ContextPicture &picture)
{
    if (const auto *problem = problemOf(facts, picture)) {
        const auto trace = problem->rawTrace.isEmpty() ? firstTrace(facts) : problem->rawTrace;
        return ErrorBlock {toneOf(*problem), errorTitle(*problem, picture), causeOf(*problem, picture),
            recordText(*problem), causeAdvice(problem->trace), nextSteps(*problem, facts, picture), trace};
    }
    if (const auto trace = firstTrace(facts); !trace.isEmpty()) { // failed, and no card yet
        const auto explanation = explainTrace(trace);
        return ErrorBlock {Standing::Failed, standingWord(facts.standing), causeSentence(explanation, facts.system), {},
            causeAdvice(explanation), {}, trace};
    }
    if (const auto doubt = witnessSentence(facts.witnesses, picture.now); !doubt.isEmpty()) {
        return ErrorBlock {Standing::Unknown, Words::tr("Witnesses disagree"), {{doubt}}, {}, {}, {}};
    }
    return std::nullopt;
}

QString subtitleOf(const ConnectorFacts &facts)
{
    QString text = pluginText(facts);
    if (text.isEmpty()) {
        text = facts.status.type == ConnectorType::Source ? Words::tr("Source")
            : facts.status.type == ConnectorType::Sink    ? Words::tr("Sink")
                                                          : Words::tr("Connector");
    }
    if (!facts.status.version.isEmpty()) {
        text += u' ' + shownText(facts.status.version, 40);
    }
    const auto owner = facts.team.isEmpty() ? facts.owner : facts.team;
    const auto where = Words::tr("%1 on %2", "plugin on cluster").arg(text, shownText(facts.ref.cluster.text, 80));
    return owner.isEmpty() ? QString(where + QStringLiteral(" · ") + Words::tr("no owner known"))
                           : QString(where + QStringLiteral(" · ") + Words::tr("owner %1").arg(shownText(owner, 80)));
}

std::vector<std::pair<QString, NumberText>> figuresOf(const ConnectorFacts &facts, const Freshness &fresh)
{
    const bool source = facts.status.type == ConnectorType::Source;
    std::vector<std::pair<QString, NumberText>> figures;
    figures.emplace_back(source ? Words::tr("Written to Kafka") : Words::tr("Written"),
        rateText(facts.recordsPerSecond, Words::tr("rec/s"), fresh));
    if (!source) {
        figures.emplace_back(Words::tr("Lag"), countText(facts.lagRecords, Words::tr("records"), fresh));
    }
    auto letters = countText(facts.deadLetters, {}, fresh);
    if (facts.deadLetterTopic.isEmpty() && !facts.deadLetters.value) {
        letters = {Words::tr("no queue set"), {}, NumberFace::NoData, {},
            Words::tr("errors.deadletterqueue.topic.name is not set.")};
    }
    if (!source) {
        figures.emplace_back(Words::tr("Dead letters"), letters);
    }
    return figures;
}

std::vector<TaskLine> tasksOf(const ConnectorFacts &facts, const ContextPicture &picture)
{
    const auto fresh = picture.freshness();
    std::vector<TaskLine> lines;
    for (const auto &task : facts.status.tasks) {
        TaskLine line {task.id, task.state, workerName(task.workerId, picture), {}, task.state.run == RunState::Failed,
            task.trace};
        if (facts.status.type == ConnectorType::Sink) {
            line.lag = countText(taskLag(facts, task.id), {}, fresh, Digits::Full);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::pair<QString, QString>> configOf(const ConnectorFacts &facts)
{
    std::vector<std::pair<QString, QString>> config;
    if (facts.info) {
        for (const auto &[key, value] : facts.info->config) {
            // Masked in the session already; masking twice changes nothing and no path around it stays open.
            config.emplace_back(shownText(key, 200), shownText(maskedValue(key, value), 2000));
        }
    }
    return config;
}

std::vector<std::pair<QString, QString>> factsTable(const ConnectorFacts &facts, const ContextPicture &picture)
{
    auto table = ownerFacts(facts, picture);
    if (facts.status.type == ConnectorType::Sink) {
        table.emplace_back(Words::tr("Offsets"),
            Words::tr("group %1").arg(shownText(QString(QStringLiteral("connect-") + facts.ref.name), 200)));
    }
    if (!facts.deadLetterTopic.isEmpty()) {
        table.emplace_back(Words::tr("Dead letters"), shownText(facts.deadLetterTopic, 200));
    }
    if (facts.since.value) {
        const auto moment = momentText(*facts.since.value, picture.now);
        table.emplace_back(Words::tr("Stands so since"),
            facts.sinceAtLeast ? Words::tr("at least %1 (first seen)").arg(moment) : moment);
    }
    table.emplace_back(Words::tr("Worker's word"),
        Words::tr("%1, seen %2").arg(shownText(facts.status.connector.raw, 60), agoText(picture.now - facts.seenAt)));
    return table;
}

} // namespace

Observed<std::int64_t> taskLag(const ConnectorFacts &facts, int task)
{
    const auto suffix = QString(u'-' + QString::number(task));
    const auto member = std::ranges::find_if(
        facts.members, [&](const GroupMember &one) { return one.clientId.endsWith(QString(facts.ref.name + suffix)); });
    if (member == facts.members.end() || !facts.lagRecords.value) {
        auto none = facts.lagRecords;
        none.value.reset();
        return none;
    }
    std::int64_t sum = 0;
    for (const auto &partition : facts.groupLag.partitions) {
        if (std::ranges::find(member->assigned, partition.tp) != member->assigned.end()) {
            sum += partition.lag.value_or(0);
        }
    }
    return Observed<std::int64_t>::of(sum, facts.lagRecords.at, facts.lagRecords.source);
}

ConnectorDetail detailOf(const ConnectorFacts &facts, const ContextPicture &picture)
{
    const auto fresh = picture.freshness();
    ConnectorDetail detail;
    detail.ref = facts.ref;
    detail.title = shownText(facts.ref.name, 400);
    detail.subtitle = subtitleOf(facts);
    detail.type = facts.status.type;
    detail.standing = facts.standing;
    detail.stateWord = facts.standing == Standing::Unknown && facts.status.connector.run == RunState::Unknown
            && !facts.status.connector.raw.isEmpty()
        ? shownText(facts.status.connector.raw, 40)
        : standingWord(facts.standing);
    detail.deleted = facts.gone;
    detail.error = errorOf(facts, picture);
    detail.figures = figuresOf(facts, fresh);
    detail.tasks = tasksOf(facts, picture);
    const auto *problem = problemOf(facts, picture);
    detail.flow = problem != nullptr ? evidenceOf(*problem, picture).flow : flowOf(facts);
    detail.facts = factsTable(facts, picture);
    detail.config = configOf(facts);
    if (const auto *cluster = findCluster(picture, facts.ref.cluster)) {
        detail.configAge = agoText(picture.now - cluster->infoAt);
    }
    detail.history = eventsOf(facts.ref, picture, 12);
    detail.offers = offersOf(facts, picture);
    return detail;
}

} // namespace headgate
