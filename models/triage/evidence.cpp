// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/evidence.h"

#include "models/common/agetext.h"
#include "models/common/assemble.h"
#include "models/common/showntext.h"
#include "models/common/standingword.h"
#include "models/operations/operationtext.h"
#include "models/triage/causewords.h"
#include "models/triage/problemwords.h"
#include "models/triage/recordwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <span>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Evidence)
};

QString runningText(const ConnectorFacts &facts)
{
    const auto running = std::ranges::count(
        facts.status.tasks, RunState::Running, [](const TaskStatus &task) { return task.state.run; });
    return Words::tr("%1 of %n task(s)", nullptr, int(facts.status.tasks.size())).arg(running);
}

QString pluginName(const ConnectorFacts &facts)
{
    const auto *name = facts.info ? findConfig(facts.info->config, QStringLiteral("connector.class")) : nullptr;
    return name != nullptr ? shownText(shortClass(*name), 60) : shownText(facts.ref.name, 60);
}

std::optional<Standing> flowTone(const ConnectorFacts &facts)
{
    return facts.standing == Standing::Running ? std::nullopt : std::optional(facts.standing);
}

std::vector<FlowHop> flowOfProblem(const Problem &problem, const ContextPicture &picture)
{
    const auto *facts = findConnector(picture, problem.connector);
    if (facts == nullptr) {
        return {};
    }
    auto flow = flowOf(*facts);
    const bool towardsSystem = problem.trace.kind == CauseKind::RecordRefused
        || problem.trace.kind == CauseKind::TargetUnreachable || problem.trace.kind == CauseKind::AuthenticationTarget;
    if (flow.size() > 1 && problem.kind == ProblemKind::TasksFailed) {
        // A sink's target is its last hop, a source's system its first: the broken hop lies before the later of the two
        // boxes.
        const bool sink = facts->status.type == ConnectorType::Sink;
        flow[towardsSystem == sink ? flow.size() - 1 : 1].brokenBefore = true;
    }
    return flow;
}

} // namespace

std::vector<FlowHop> flowOf(const ConnectorFacts &facts)
{
    std::vector<FlowHop> flow;
    if (!facts.topics.isEmpty()) {
        const auto topics = facts.topics.size() == 1 ? shownText(facts.topics.front(), 80)
                                                     : Words::tr("%n topic(s)", nullptr, int(facts.topics.size()));
        flow.push_back({FlowHop::Kind::Topic, Words::tr("topic"), topics, std::nullopt, false});
    }
    flow.push_back({FlowHop::Kind::Connector, runningText(facts), pluginName(facts), flowTone(facts), false});
    if (!facts.system.isEmpty()) {
        flow.push_back({FlowHop::Kind::System, Words::tr("system"), shownText(facts.system, 80), std::nullopt, false});
    }
    if (facts.status.type == ConnectorType::Source) {
        std::ranges::reverse(flow);
    }
    return flow;
}

std::vector<Spans> traceLines(const TraceExplanation &trace, int most)
{
    std::vector<Spans> lines;
    const int first = std::max(0, std::min(trace.first, int(trace.chain.size()) - 1) - most + 1);
    for (int i = first; i < int(trace.chain.size()) && int(lines.size()) < most; ++i) {
        const auto &frame = trace.chain[std::size_t(i)];
        const bool isFirst = i == trace.first;
        const auto message = shownText(frame.message.section(u'\n', 0, 0), 160);
        const auto text = QString(QString((i - first) * 2, u' ') + shortClass(shownText(frame.exceptionClass, 160))
            + QStringLiteral(": ") + message);
        lines.push_back({{text, isFirst ? TextRole::Fail : TextRole::Muted, isFirst, true}});
        if (isFirst) {
            for (const auto &detail : frame.message.split(u'\n').mid(1, 2)) {
                lines.push_back({{QString(QString((i - first) * 2 + 2, u' ') + shownText(detail.trimmed(), 160)),
                    TextRole::Text, false, true}});
            }
        }
    }
    return lines;
}

std::vector<EvidenceEvent> eventsOf(const ConnectorRef &ref, const ContextPicture &picture, int most)
{
    std::vector<std::pair<Instant, QString>> moments;
    if (const auto *facts = findConnector(picture, ref); facts != nullptr && facts->since.value) {
        const auto word = standingWord(facts->standing);
        const auto what
            = facts->sinceAtLeast ? Words::tr("First seen: %1").arg(word) : Words::tr("%1 since then").arg(word);
        moments.emplace_back(*facts->since.value, what);
    }
    if (picture.operations) {
        for (const auto &operation : *picture.operations) {
            if (operation.request.connector == ref) {
                const auto who = shownText(personName(operation.person), 80);
                const auto what = operationDone(operation.request);
                moments.emplace_back(
                    operation.startedAt, who.isEmpty() ? what : Words::tr("%1 by %2", "act, person").arg(what, who));
                if (operation.outcome && *operation.outcome != Outcome::Confirmed) {
                    moments.emplace_back(operation.endedAt, shownText(operation.observed, 160));
                }
            }
        }
    }
    std::ranges::sort(moments);
    std::vector<EvidenceEvent> events;
    const auto skip = std::max<std::ptrdiff_t>(0, std::ssize(moments) - most);
    for (const auto &[at, what] : std::span(moments).subspan(std::size_t(skip))) {
        events.push_back({momentText(at, picture.now), what});
    }
    return events;
}

std::vector<std::pair<QString, QString>> ownerFacts(const ConnectorFacts &facts, const ContextPicture &picture)
{
    std::vector<std::pair<QString, QString>> owner;
    const auto add = [&owner](const QString &caption, const QString &value) {
        if (!value.isEmpty()) {
            owner.emplace_back(caption, shownText(value, 160));
        }
    };
    const auto name = facts.team.isEmpty() ? facts.owner : facts.team;
    add(Words::tr("Owner"),
        name.isEmpty()                ? Words::tr("no owner known")
            : facts.contact.isEmpty() ? name
                                      : QString(name + QStringLiteral(", ") + facts.contact));
    add(Words::tr("System"), facts.system);
    add(Words::tr("Rollback owner"), facts.rollbackOwner);
    if (facts.changed.value) {
        add(Words::tr("Last change"), momentText(*facts.changed.value, picture.now));
    }
    return owner;
}

Evidence evidenceOf(const Problem &problem, const ContextPicture &picture)
{
    Evidence evidence;
    evidence.flow = flowOfProblem(problem, picture);
    evidence.trace = traceLines(problem.trace);
    evidence.advice = causeAdvice(problem.trace);
    evidence.rawTrace = problem.rawTrace;
    if (problem.record) {
        evidence.recordPlace = recordPlace(*problem.record);
        evidence.record = recordLines(*problem.record, picture.now);
        evidence.recordHow = recordHow(*problem.record);
    } else {
        evidence.recordHow = recordSearchText(problem);
    }
    if (!problem.connector.name.isEmpty()) {
        evidence.events = eventsOf(problem.connector, picture);
    }
    if (const auto *facts = findConnector(picture, problem.connector)) {
        evidence.owner = ownerFacts(*facts, picture);
    }
    return evidence;
}

} // namespace headgate
