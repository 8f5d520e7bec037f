// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayprogress.h"

#include "domain/replay/offsettable.h"
#include "domain/replay/replayplanfile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace headgate {

namespace {

using enum ReplayStep;

constexpr std::array kSteps {std::pair {Freeze, "freeze"}, std::pair {Intent, "intent"}, std::pair {Stop, "stop"},
    std::pair {SeeStopped, "see-stopped"}, std::pair {Snapshot, "snapshot"}, std::pair {CheckBounds, "check-bounds"},
    std::pair {SetPositions, "set-positions"}, std::pair {ReadBack, "read-back"}, std::pair {Resume, "resume"},
    std::pair {SeeRunning, "see-running"}, std::pair {Close, "close"}};

constexpr std::array kStates {std::pair {StepState::Waiting, "waiting"}, std::pair {StepState::Begun, "begun"},
    std::pair {StepState::Done, "done"}, std::pair {StepState::Failed, "failed"},
    std::pair {StepState::Unknown, "unknown"}, std::pair {StepState::Skipped, "skipped"}};

constexpr auto kWayBack = "restore-";

std::vector<StepProgress> waiting()
{
    std::vector<StepProgress> steps;
    for (const auto &[step, word] : kSteps) {
        steps.push_back({.step = step});
    }
    return steps;
}

void apply(ReplayProgress &progress, const OperationStep &record)
{
    const bool back = record.what.startsWith(QLatin1String(kWayBack));
    const auto step = replayStep(back ? record.what.mid(qsizetype(qstrlen(kWayBack))) : record.what);
    const auto state
        = std::ranges::find_if(kStates, [&](const auto &each) { return record.state == QLatin1String(each.second); });
    if (!step || state == kStates.end()) {
        return;
    }
    if (back && progress.wayBack.empty()) {
        progress.wayBack = waiting();
    }
    auto &steps = back ? progress.wayBack : progress.steps;
    steps[size_t(*step)] = {*step, state->first, record.at, record.detail};
    if (!back) {
        progress.at = *step;
    }
    if (!back && *step == Snapshot && state->first == StepState::Done) {
        progress.snapshot = snapshotFromText(record.data);
    }
}

StepState stateOf(const ReplayProgress &progress, ReplayStep step)
{
    return progress.steps[size_t(step)].state;
}

bool isBegun(const ReplayProgress &progress, ReplayStep step)
{
    return stateOf(progress, step) != StepState::Waiting;
}

bool isPast(const ReplayProgress &progress, ReplayStep step)
{
    const auto state = stateOf(progress, step);
    return state == StepState::Done || state == StepState::Skipped;
}

/*! Of the entries that move. A position that went on behind `after` is after, once the connector may run again: that is
 * what it is resumed for. */
PositionsAre whereAre(const ReplayProgress &progress, const std::vector<ConnectorOffset> &now)
{
    const bool mayRun = isBegun(progress, Resume);
    const auto apart = differences(progress.plan, now, true);
    if (apart.empty() || (mayRun && std::ranges::all_of(apart, [](const PositionDifference &each) {
            bool numbers = false, both = false;
            const auto found = each.found.toLongLong(&numbers);
            const auto asked = each.asked.toLongLong(&both);
            return !numbers || !both || found > asked; // a document of a source says itself what it is ahead of
        }))) {
        return PositionsAre::After;
    }
    if (!progress.snapshot) {
        return PositionsAre::Before; // nothing is written before the snapshot is on disk
    }
    const OffsetTable is(now), was(*progress.snapshot);
    int before = 0, after = 0, all = 0;
    for (const auto &entry : entriesToSend(progress.plan)) {
        const bool isAfter = is.holds(entry);
        const bool isBefore = is.agrees(was, entry.partitionJson);
        ++all;
        after += isAfter ? 1 : 0;
        before += isBefore && !isAfter ? 1 : 0;
    }
    return before == all ? PositionsAre::Before : before + after == all ? PositionsAre::Mixed : PositionsAre::Elsewhere;
}

ReplayStep nextStep(const ReplayProgress &progress, PositionsAre positions, const ConnectorStatus &status)
{
    const bool atRest = status.connector.run == RunState::Stopped && status.tasks.empty();
    if (isBegun(progress, Resume) && positions == PositionsAre::After) {
        const bool back = status.connector.run == progress.plan.formerState.run
            || (status.connector.run != RunState::Stopped && status.connector.run != RunState::Paused
                && progress.plan.formerState.run != RunState::Stopped
                && progress.plan.formerState.run != RunState::Paused);
        return back ? SeeRunning : Resume;
    }
    if (isBegun(progress, SetPositions)) {
        return !atRest ? Stop : positions == PositionsAre::After ? ReadBack : SetPositions;
    }
    if (!atRest) {
        return Stop; // asking twice is no harm
    }
    return isPast(progress, Snapshot) && progress.snapshot ? CheckBounds : Snapshot;
}

} // namespace

QString stepWord(ReplayStep step)
{
    return QString::fromLatin1(kSteps[size_t(step)].second);
}

std::optional<ReplayStep> replayStep(const QString &word)
{
    const auto found
        = std::ranges::find_if(kSteps, [&](const auto &each) { return word == QLatin1String(each.second); });
    return found == kSteps.end() ? std::nullopt : std::optional(found->first);
}

QString stepStateWord(StepState state)
{
    return QString::fromLatin1(kStates[size_t(state)].second);
}

QByteArray snapshotText(const std::vector<ConnectorOffset> &offsets)
{
    auto list = nlohmann::json::array();
    for (const auto &each : offsets) { // as texts: their bytes are what is put back
        list.push_back({{"partition", each.partitionJson.toStdString()}, {"offset", each.offsetJson.toStdString()}});
    }
    return QByteArray::fromStdString(list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::optional<std::vector<ConnectorOffset>> snapshotFromText(const QByteArray &text)
{
    const auto list = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (!list.is_array()) {
        return std::nullopt;
    }
    std::vector<ConnectorOffset> offsets;
    for (const auto &each : list) {
        if (!each.is_object() || !each.value("partition", nlohmann::json()).is_string()
            || !each.value("offset", nlohmann::json()).is_string()) {
            return std::nullopt;
        }
        offsets.push_back({QByteArray::fromStdString(each["partition"].get<std::string>()),
            QByteArray::fromStdString(each["offset"].get<std::string>())});
    }
    return offsets;
}

Result<ReplayProgress> replayProgress(const Operation &operation)
{
    if (operation.request.kind != OperationKind::Replay) {
        return failure({.kind = ErrorKind::InvalidInput, .message = QStringLiteral("This operation is no replay")});
    }
    auto plan = planFromText(operation.plan);
    if (!plan) {
        return failure(plan.error());
    }
    ReplayProgress progress {.plan = *std::move(plan), .steps = waiting()};
    for (const auto &record : operation.steps) {
        apply(progress, record);
    }
    return progress;
}

InterruptedReplay judgeInterrupted(
    ReplayProgress progress, const ConnectorStatus &status, const Result<std::vector<ConnectorOffset>> &offsets)
{
    InterruptedReplay judged {
        .progress = std::move(progress), .state = status.connector, .tasks = int(status.tasks.size())};
    if (!offsets) {
        judged.choices = {ReplayChoice::Leave};
        return judged;
    }
    judged.positions = whereAre(judged.progress, *offsets);
    judged.fromAfter = differences(judged.progress.plan, *offsets, true);
    if (judged.positions != PositionsAre::Elsewhere && judged.progress.wayBack.empty()) {
        judged.nextStep = nextStep(judged.progress, judged.positions, status);
        judged.choices.push_back(ReplayChoice::Continue);
    }
    judged.choices.push_back(ReplayChoice::Restore);
    judged.choices.push_back(ReplayChoice::Leave);
    return judged;
}

std::optional<std::vector<ConnectorOffset>> savedPositions(const Operation &operation)
{
    const auto snapshot = stepWord(Snapshot), done = stepStateWord(StepState::Done);
    const auto step = std::ranges::find_if(
        operation.steps, [&](const OperationStep &each) { return each.what == snapshot && each.state == done; });
    return step == operation.steps.end() ? std::nullopt : snapshotFromText(step->data);
}

} // namespace headgate
