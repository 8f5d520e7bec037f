// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/triagecard.h"

#include "domain/connectors/secrets.h"
#include "models/common/agetext.h"
#include "models/common/assemble.h"
#include "models/common/showntext.h"
#include "models/triage/causewords.h"
#include "models/triage/problemwords.h"
#include "models/triage/recordwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TriageCard)
};

Spans numberSpans(const NumberText &number)
{
    const auto role = number.face == NumberFace::Stale                        ? TextRole::Stale
        : number.face == NumberFace::Value || number.face == NumberFace::Zero ? TextRole::Text
                                                                              : TextRole::Muted;
    Spans spans {{number.text, role}};
    for (const auto &part : {number.unit, number.age}) {
        if (!part.isEmpty()) {
            spans.push_back(muted(QString(u' ' + part)));
        }
    }
    return spans;
}

QList<float> sparkOf(const std::vector<LagSample> &history)
{
    QList<float> values;
    for (const auto &sample : history) {
        values << float(sample.records);
    }
    return values;
}

CardFact lagFact(const QString &caption, const Problem &problem, const ContextPicture &picture, Digits digits)
{
    return {caption, numberSpans(countText(problem.lagRecords, Words::tr("records"), picture.freshness(), digits)),
        sparkOf(problem.lagHistory)};
}

//! The setting that decides, with its present value where the configuration is known.
QString settingText(const Problem &problem, const ContextPicture &picture)
{
    const auto &key = problem.trace.setting;
    const auto *facts = findConnector(picture, problem.connector);
    if (const auto *value = facts != nullptr && facts->info ? findConfig(facts->info->config, key) : nullptr) {
        return QString(shownText(key, 80) + u'=' + shownText(maskedValue(key, *value), 80));
    }
    if (facts != nullptr && facts->info && key == QLatin1String("errors.tolerance")) {
        return QString(key + QStringLiteral("=none")); // Connect's default: not in the configuration
    }
    return shownText(key, 80);
}

std::vector<CardFact> failureFacts(const Problem &problem, const ContextPicture &picture)
{
    std::vector<CardFact> facts;
    if (problem.record) {
        facts.push_back({Words::tr("Record"), {code(recordPlace(*problem.record))}, {}});
    } else if (problem.recordSought || problem.recordError) {
        const auto word = problem.recordSought ? Words::tr("reading for it") : Words::tr("not found");
        facts.push_back({Words::tr("Record"), {{word, TextRole::Muted}}, {}});
    }
    if (!problem.tasks.empty() && !problem.taskWorker.isEmpty()) {
        facts.push_back({Words::tr("Task, worker"),
            {{Words::tr("%1 on %2", "task on worker")
                    .arg(QString::number(problem.tasks.front()), workerName(problem.taskWorker, picture))}},
            {}});
    }
    if (!problem.trace.setting.isEmpty()) {
        facts.push_back({Words::tr("Setting"), {code(settingText(problem, picture))}, {}});
    }
    if (problem.lagRecords.value || problem.lagRecords.absence != Absence::NotConfigured) {
        facts.push_back(lagFact(Words::tr("Lag"), problem, picture, Digits::Full));
    }
    return facts;
}

//! How long until the lag is gone at the present rates; formula: lag / (out - in).
QString catchesUp(const Problem &problem)
{
    if (!problem.lagRecords.value || problem.lagSlope >= 0) {
        return Words::tr("never at this rate");
    }
    const auto remaining = double(*problem.lagRecords.value) / -problem.lagSlope;
    return Words::tr("in %1").arg(durationText(Milliseconds {std::int64_t(std::min(remaining, 1e9) * 1000)}));
}

std::vector<CardFact> lagFacts(const Problem &problem, const ContextPicture &picture)
{
    const auto fresh = picture.freshness();
    std::vector<CardFact> facts {lagFact(Words::tr("Lag"), problem, picture, Digits::Short),
        {Words::tr("Behind"), numberSpans(secondsText(problem.lagSeconds, fresh)), {}}};
    if (problem.inRate.value && problem.outRate.value) {
        auto in = numberSpans(rateText(problem.inRate, {}, fresh));
        const auto out = numberSpans(rateText(problem.outRate, Words::tr("records/s"), fresh));
        in.push_back({QStringLiteral(" / ")});
        in.insert(in.end(), out.begin(), out.end());
        facts.push_back({Words::tr("In, out"), in, {}});
    }
    facts.push_back({Words::tr("Catches up"), {{catchesUp(problem)}}, {}});
    return facts;
}

std::vector<CardFact> workerFacts(const Problem &problem, const ContextPicture &picture)
{
    std::vector<CardFact> facts {{Words::tr("Tasks on it"),
        {{QString::number(problem.tasks.size())},
            muted(QString(u' '
                + Words::tr("of %1, in %n connector(s)", nullptr, int(problem.alsoTouched.size()))
                    .arg(problem.tasksTotal)))},
        {}}};
    if (problem.failures > 0) {
        facts.push_back({Words::tr("Tries in a row"), {{fullNumber(problem.failures)}}, {}});
    }
    if (const auto *cluster = findCluster(picture, problem.connector.cluster)) {
        const auto others = std::ranges::count_if(
            cluster->workers, [](const WorkerFacts &worker) { return worker.health.health == WorkerHealth::Healthy; });
        facts.push_back({Words::tr("Healthy workers"),
            {{QString::number(others)}, muted(QString(u' ' + Words::tr("of %1").arg(cluster->workers.size())))}, {}});
    }
    return facts;
}

std::vector<CardFact> factsOf(const Problem &problem, const ContextPicture &picture)
{
    switch (problem.kind) {
    case ProblemKind::ConnectorFailed:
    case ProblemKind::TasksFailed:
    case ProblemKind::TasksUnassigned:
    case ProblemKind::OffsetsAtRisk:
        return failureFacts(problem, picture);
    case ProblemKind::LagGrows:
    case ProblemKind::DeadLettersGrow:
        return lagFacts(problem, picture);
    case ProblemKind::WorkerUnreachable:
    case ProblemKind::WorkerUnhealthy:
        return workerFacts(problem, picture);
    case ProblemKind::ClusterUnreachable:
    case ProblemKind::ClusterStarting:
    case ProblemKind::KafkaUnreachable:
    case ProblemKind::WitnessesDisagree:
        break;
    }
    return {};
}

CardButton operateButton(
    OperationKind kind, const Problem &problem, const ConnectorFacts &facts, const ContextPicture &picture)
{
    const int task = problem.tasks.empty() ? -1 : problem.tasks.front();
    const auto offer = offerOf(kind, facts, picture, task);
    const bool restarts = kind == OperationKind::RestartTask || kind == OperationKind::RestartFailed
        || kind == OperationKind::RestartAllTasks;
    const auto note
        = restarts && problem.restartKnownToFail ? Words::tr("will stop at the same record again") : QString();
    return {CardAct::Operate, offer.label, offer.reason, note, offer.request, {}};
}

//! A converter of a sink refused a record: another setting can be tried on what is there.
bool isConverterFault(const Problem &problem)
{
    const bool converter
        = problem.trace.kind == CauseKind::Deserialization || problem.trace.kind == CauseKind::SchemaRegistry;
    return problem.kind == ProblemKind::TasksFailed && converter && !problem.recoveredSince;
}

//! Just behind the record where it stopped, where that is one and not a range. It leads to a plan; nothing is sent.
std::optional<CardButton> pastRecordButton(
    const Problem &problem, const ConnectorFacts &facts, const ContextPicture &picture)
{
    const auto &record = problem.record;
    if (!record || record->rangeEnd >= 0 || facts.status.type != ConnectorType::Sink || problem.recoveredSince) {
        return std::nullopt;
    }
    return CardButton {.act = CardAct::ReplayPast,
        .text = Words::tr("Replay past this record..."),
        .reason = offerOf(OperationKind::Replay, facts, picture).reason,
        .positions = {{record->tp, {.kind = PositionKind::PastRecord, .number = record->offset}}}};
}

std::vector<CardButton> connectorButtons(const Problem &problem, const ContextPicture &picture)
{
    std::vector<CardButton> looks;
    std::vector<CardButton> operations;
    if (problem.record) {
        looks.push_back({CardAct::LookAtRecord, Words::tr("Look at the record"), {}, {}, {}, {}});
    } else if (!problem.rawTrace.isEmpty()) {
        looks.push_back({CardAct::ReadTrace, Words::tr("Read the trace"), {}, {}, {}, {}});
    } else {
        looks.push_back({CardAct::OpenConnector, Words::tr("Open connector"), {}, {}, {}, {}});
    }
    if (isConverterFault(problem) && !picture.context.kafka.bootstrap.isEmpty()) {
        looks.push_back({CardAct::ProveFix, Words::tr("Try a fix on the real records..."), {}, {}, {}, {}});
    }
    if (problem.kind == ProblemKind::LagGrows) {
        looks.push_back({CardAct::CopyReport, Words::tr("Copy report for its owner"), {}, {}, {}, {}});
    }
    if (const auto *facts = findConnector(picture, problem.connector)) {
        for (const auto kind : problem.nextSteps) {
            operations.push_back(operateButton(kind, problem, *facts, picture));
        }
    }
    // A restart that may help is the step; one that is known to fail, or cannot be done, stands behind what explains
    // why.
    const bool helps = !operations.empty() && !problem.restartKnownToFail && problem.kind != ProblemKind::LagGrows
        && operations.front().reason.isEmpty();
    auto buttons = helps ? operations : looks;
    const auto &rest = helps ? looks : operations;
    buttons.insert(buttons.end(), rest.begin(), rest.end());
    if (const auto *facts = findConnector(picture, problem.connector)) {
        if (auto past = pastRecordButton(problem, *facts, picture)) {
            buttons.push_back(*std::move(past));
        }
    }
    return buttons;
}

std::vector<CardButton> buttonsOf(const Problem &problem, const ContextPicture &picture)
{
    if (!problem.connector.name.isEmpty()) {
        return connectorButtons(problem, picture);
    }
    std::vector<CardButton> buttons;
    if (!problem.alsoTouched.empty()) {
        const auto filter = QString(QStringLiteral("worker:") + problem.worker);
        buttons.push_back({CardAct::ShowConnectors,
            Words::tr("Show the %n connector(s)", nullptr, int(problem.alsoTouched.size())), {}, {}, {}, filter});
    }
    buttons.push_back({CardAct::CopyReport, Words::tr("Copy report for its host"), {}, {}, {}, {}});
    return buttons;
}

} // namespace

QString TriageCard::spoken() const
{
    QStringList sentences {QString(title + QStringLiteral(", ") + chip),
        QString(since + QStringLiteral(", ") + duration), plainText(cause)};
    for (const auto &fact : facts) {
        sentences << QString(fact.caption + QStringLiteral(": ") + plainText(fact.value));
    }
    if (!touches.empty()) {
        sentences << Words::tr("Touches %1").arg(plainText(touches));
    }
    sentences << Words::tr("Recovered when %1").arg(plainText(recoveredWhen).simplified());
    return sentences.join(QStringLiteral(". "));
}

TriageCard cardOf(const Problem &problem, const ContextPicture &picture)
{
    TriageCard card;
    card.key = {problem.kind, problem.connector, problem.worker};
    card.tone = toneOf(problem);
    card.title = titleOf(problem);
    card.chip = chipOf(problem);
    const auto moment = momentText(problem.since, picture.now);
    card.since = problem.sinceAtLeast ? Words::tr("since at least %1").arg(moment) : Words::tr("since %1").arg(moment);
    card.duration = roundDuration(picture.now - problem.since);
    card.cause = causeOf(problem, picture);
    card.facts = factsOf(problem, picture);
    card.touches = touchesOf(problem);
    card.recoveredWhen = recoveredWhenOf(problem, picture);
    card.buttons = buttonsOf(problem, picture);
    return card;
}

QString handOverText(const Problem &problem, const ContextPicture &picture)
{
    const auto card = cardOf(problem, picture);
    QStringList lines;
    lines << QString(picture.context.name + QStringLiteral(" / ") + problem.connector.cluster.text
        + QStringLiteral(" / ") + card.title + QStringLiteral(": ") + card.chip);
    lines << QString(card.since + QStringLiteral(" (") + card.duration + u')');
    lines << plainText(card.cause);
    for (const auto &fact : card.facts) {
        lines << QString(fact.caption + QStringLiteral(": ") + plainText(fact.value));
    }
    if (!card.touches.empty()) {
        lines << Words::tr("Touches: %1").arg(plainText(card.touches));
    }
    lines << Words::tr("Recovered when: %1").arg(plainText(card.recoveredWhen).simplified());
    if (const auto advice = causeAdvice(problem.trace); !advice.isEmpty()) {
        lines << advice;
    }
    if (!problem.team.isEmpty() || !problem.contact.isEmpty()) {
        lines << Words::tr("Owner: %1")
                     .arg(joined({problem.team.isEmpty() ? Words::tr("no owner known") : problem.team})
                         + (problem.contact.isEmpty()
                                 ? QString()
                                 : QString(QStringLiteral(", ") + shownText(problem.contact, 120))));
    }
    lines << Words::tr("As seen at %1").arg(toIso(picture.snapshot ? picture.snapshot->takenAt : picture.now));
    return lines.join(u'\n');
}

} // namespace headgate
