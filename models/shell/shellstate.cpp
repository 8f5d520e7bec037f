// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/shell/shellstate.h"

#include "models/common/agetext.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"

#include <QCoreApplication>
#include <QSet>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ShellState)
};

//! How many clusters the counts speak for. None: a zero would be a lie.
Counter counterOf(
    Standing standing, int count, const QString &word, const QString &state, const PlatformSnapshot &snapshot)
{
    const auto all = std::ssize(snapshot.clusters);
    const auto seen = std::ranges::count_if(
        snapshot.clusters, [](const ConnectClusterFacts &cluster) { return cluster.statusAt != Instant {}; });
    Counter counter {.standing = standing,
        .count = count,
        .text = QString::number(count),
        .toolTip = Words::tr("Show the %1 connectors").arg(word),
        .word = word,
        .filter = QStringLiteral("state:") + state};
    if (seen == 0 && snapshot.connectors.empty()) {
        counter.text = QStringLiteral("–");
        counter.toolTip = Words::tr("Not known: no Connect cluster has answered yet");
    } else if (seen < all) {
        counter.text += QLatin1Char('+');
        counter.toolTip = Words::tr("%1 of %2 Connect clusters have answered; there may be more").arg(seen).arg(all);
    }
    return counter;
}

std::array<Counter, 5> countersOf(const PlatformSnapshot &snapshot)
{
    const auto counts = countStandings(snapshot);
    const auto counter = [&](Standing standing, int count, const QString &word, const char *state) {
        return counterOf(standing, count, word, QString::fromLatin1(state), snapshot);
    };
    return {{
        counter(Standing::Failed, counts.failed, Words::tr("failed"), "failed"),
        counter(Standing::Degraded, counts.degraded, Words::tr("degraded"), "degraded"),
        counter(Standing::Lagging, counts.lagging, Words::tr("lagging"), "lagging"),
        counter(Standing::Paused, counts.paused, Words::tr("paused"), "paused"),
        counter(Standing::Unreachable, counts.unreachable, Words::tr("unreachable"), "unreachable"),
    }};
}

bool isStale(const ConnectClusterFacts &cluster, const ContextPicture &picture)
{
    return cluster.missedPolls >= picture.policy.missedPollsUntilStale
        || (cluster.statusAt != Instant {} && picture.freshness().isStale(cluster.statusAt));
}

QString ageLine(const ConnectClusterFacts &cluster, const ContextPicture &picture)
{
    const auto name = shownText(cluster.name.text, 60);
    if (cluster.statusAt == Instant {}) {
        return Words::tr("%1: no answer yet").arg(name);
    }
    auto line = Words::tr("%1: seen %2").arg(name, momentText(cluster.statusAt, picture.now));
    if (cluster.missedPolls > 0) {
        line += Words::tr(", %n poll(s) missed since", nullptr, cluster.missedPolls);
    }
    return line;
}

DataAge ageOf(const ContextPicture &picture)
{
    if (!picture.isKnown()) {
        return {Words::tr("Asking"), Words::tr("Asking"), Words::tr("Nobody has answered yet"), false};
    }
    DataAge age;
    auto oldest = picture.now;
    QStringList lines;
    for (const auto &cluster : picture.snapshot->clusters) {
        oldest = std::min(oldest, cluster.statusAt);
        age.stale = age.stale || isStale(cluster, picture);
        lines << ageLine(cluster, picture);
    }
    age.stale = age.stale || picture.snapshot->fromDisk;
    age.toolTip = lines.join(QLatin1Char('\n'));
    if (oldest == Instant {}) {
        age.text = age.shortText = Words::tr("No data yet");
        return age;
    }
    age.shortText = ageText(picture.now - oldest);
    age.text = (age.stale ? Words::tr("Stale, %1") : Words::tr("Data %1")).arg(age.shortText);
    return age;
}

OperationLine runningLine(const Operation &operation, Instant now)
{
    const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(now - operation.startedAt).count();
    auto note = phaseText(operation.phase);
    if (operation.deadline.count() > 0) {
        note = Words::tr("%1, %2 s of %3 s")
                   .arg(note)
                   .arg(std::max<qint64>(0, elapsed))
                   .arg(operation.deadline.count() / 1000);
    }
    return {OperationLine::Kind::Running, {}, operationRunning(operation.request), note, operation.id};
}

OperationLine lineOf(const ContextPicture &picture)
{
    if (!picture.operations || picture.operations->empty()) {
        return {};
    }
    for (const auto &operation : *picture.operations) {
        if (operation.phase != OperationPhase::Finished && !operation.interrupted) {
            return runningLine(operation, picture.now);
        }
    }
    const auto &last = picture.operations->front();
    if (!last.outcome) {
        return {};
    }
    const bool asked = *last.outcome != Outcome::Confirmed; // not done: the act itself, not its past
    return {OperationLine::Kind::Ended, *last.outcome,
        asked ? operationTitle(last.request) : operationDone(last.request),
        Words::tr("%1 %2 by %3")
            .arg(outcomeWord(*last.outcome), momentText(last.endedAt, picture.now), personName(last.person)),
        last.id};
}

Underneath workersOf(const PlatformSnapshot &snapshot, Instant now)
{
    int up = 0, all = 0;
    QStringList lines;
    for (const auto &cluster : snapshot.clusters) {
        for (const auto &worker : cluster.workers) {
            const bool usable
                = worker.health.health == WorkerHealth::Healthy || worker.health.health == WorkerHealth::NotSupported;
            ++all;
            up += usable ? 1 : 0;
            lines << (usable ? Words::tr("%1 answered %2") : Words::tr("%1 does not answer as it should, asked %2"))
                         .arg(shownText(worker.address, 80), agoText(now - worker.healthAt));
        }
    }
    const auto text
        = up == all ? Words::tr("%n worker(s)", nullptr, all) : Words::tr("%1 of %n workers", nullptr, all).arg(up);
    return {text, lines.join(QLatin1Char('\n')), up < all};
}

Underneath brokersOf(const ContextPicture &picture)
{
    const auto &snapshot = *picture.snapshot;
    if (picture.context.kafka.bootstrap.isEmpty()) {
        return {Words::tr("no brokers set up"), Words::tr("Positions and lag need the brokers' addresses"), false};
    }
    if (!snapshot.kafka.value) {
        return {Words::tr("brokers do not answer"),
            snapshot.kafkaError ? shownText(snapshot.kafkaError->message, 200) : QString(), true};
    }
    QSet<QString> zones;
    for (const auto &broker : snapshot.kafka.value->brokers) {
        if (!broker.rack.isEmpty()) {
            zones.insert(broker.rack);
        }
    }
    auto text = Words::tr("%n broker(s)", nullptr, int(snapshot.kafka.value->brokers.size()));
    if (!zones.isEmpty()) {
        text += Words::tr(", %n zone(s)", nullptr, int(zones.size()));
    }
    const bool wrong = snapshot.kafkaError.has_value();
    return {wrong ? Words::tr("brokers do not answer") : text,
        Words::tr("seen %1").arg(agoText(picture.now - snapshot.kafka.at)), wrong};
}

QString modeTextOf(Mode mode, Milliseconds left)
{
    switch (mode) {
    case Mode::ReadOnly:
        return Words::tr("Read-only");
    case Mode::Guarded:
        return Words::tr("Guarded");
    case Mode::Armed: {
        const auto seconds = std::max<qint64>(0, left.count() / 1000);
        return Words::tr("Armed, %1:%2 left").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    }
    }
    Q_UNREACHABLE();
}

} // namespace

ShellState shellStateOf(const ContextPicture &picture, Monotonic armedUntil)
{
    ShellState state;
    state.contextName = shownText(picture.context.name, 60);
    state.environment = picture.context.environment;
    state.mode = picture.mode;
    state.modeText = modeTextOf(picture.mode, armedUntil - picture.monotonicNow);
    state.age = ageOf(picture);
    state.operation = lineOf(picture);
    static const PlatformSnapshot nothing;
    const auto &snapshot = picture.snapshot ? *picture.snapshot : nothing;
    state.counters = countersOf(snapshot);
    if (picture.isKnown()) {
        state.workers = workersOf(snapshot, picture.now);
        state.brokers = brokersOf(picture);
    }
    if (picture.problems) {
        state.problems = int(picture.problems->size());
        state.anyStopped = std::any_of(picture.problems->begin(), picture.problems->end(),
            [](const Problem &problem) { return problem.severity == Severity::Stopped; });
    }
    return state;
}

} // namespace headgate
