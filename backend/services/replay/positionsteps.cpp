// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/offsettable.h"
#include "services/replay/replayrun.h"
#include "services/replay/steptext.h"

// The steps of a replay between stop and resume: positions saved, checked, set, read back.

namespace headgate {

namespace {

constexpr int kReadTries = 5;

} // namespace

QCoro::Task<StepEnd> ReplayRun::takeSnapshot()
{
    const auto found = co_await positions();
    if (stopping()) {
        co_return StepEnd::stopped();
    }
    if (found.error) {
        co_return StepEnd::failed(
            QStringLiteral("The positions could not be read: %1").arg(found.error->message), found.error);
    }
    m_snapshot = found.now;
    co_return StepEnd::done(QStringLiteral("positions saved: %1").arg(found.now.size()), snapshotText(found.now));
}

//! Positions as they are now; asked for again where a worker is too busy to say.
QCoro::Task<ReplayRun::Positions> ReplayRun::positions()
{
    Positions found;
    for (int tries = 0; tries < kReadTries; ++tries) {
        auto offsets = co_await m_parts.reads->fetchOffsets(name(), reading());
        if (offsets) {
            found.now = *std::move(offsets);
            found.where = whereAre(found.now);
            found.error.reset();
            break;
        }
        found.error = offsets.error();
        if (!co_await untilNextTry(tries)) {
            break;
        }
    }
    co_return found;
}

ReplayRun::Where ReplayRun::whereAre(const std::vector<ConnectorOffset> &now) const
{
    const OffsetTable is(now), was(m_snapshot.value_or(std::vector<ConnectorOffset>()));
    bool allAfter = true, allBefore = m_snapshot.has_value(), allEither = true;
    for (const auto &entry : m_entries) {
        const bool after = is.holds(entry);
        const bool before = m_snapshot && is.agrees(was, entry.partitionJson);
        allAfter = allAfter && after;
        allBefore = allBefore && before;
        allEither = allEither && (after || before);
    }
    return allAfter ? Where::After : allBefore ? Where::Before : allEither ? Where::Mixed : Where::Elsewhere;
}

QCoro::Task<StepEnd> ReplayRun::checkBounds()
{
    auto facts = co_await m_parts.readFacts(counting());
    if (stopping()) {
        co_return StepEnd::stopped();
    }
    if (!facts) {
        co_return StepEnd::failed(
            QStringLiteral("The bounds could not be read again: %1").arg(facts.error().message), facts.error());
    }
    if (!m_written && m_snapshot && whereAre(facts->offsets) != Where::Before
        && whereAre(*m_snapshot) != whereAre(facts->offsets)) {
        co_return StepEnd::failed(QStringLiteral("Somebody else changed the positions meanwhile"),
            conflict(QStringLiteral("Positions changed meanwhile"), {}), Outcome::Refused);
    }
    auto drift = driftOf(m_parts.plan, *facts);
    std::erase_if(drift, [](const PlanDrift &each) { return each.kind == PlanDriftKind::StateChanged; }); // by us
    if (!drift.empty()) {
        co_return StepEnd::failed(QStringLiteral("The plan does not fit any more: %1").arg(linesOf(drift)),
            conflict(QStringLiteral("The plan does not fit any more"), linesOf(drift)), Outcome::Refused);
    }
    const auto counted = recounted(m_parts.plan, *facts);
    if (forbidden(counted)) {
        const auto why = objectionsOf(counted);
        co_return StepEnd::failed(QStringLiteral("These positions must not be set: %1").arg(why),
            conflict(QStringLiteral("These positions must not be set"), why), Outcome::Refused);
    }
    if (m_written) { // what was sent before the interruption counts as it was planned
        co_return StepEnd::done(QStringLiteral("may be set again"));
    }
    m_counted = counted;
    co_return StepEnd::done(QStringLiteral("%1 again, %2 left out; in the preview %3 and %4")
                                .arg(counted.again)
                                .arg(counted.skipped)
                                .arg(m_parts.plan.again)
                                .arg(m_parts.plan.skipped),
        "{\"again\":" + QByteArray::number(qint64(counted.again))
            + ",\"skipped\":" + QByteArray::number(qint64(counted.skipped)) + '}');
}

QCoro::Task<StepEnd> ReplayRun::setPositions()
{
    const auto until = m_parts.clock->monotonic() + m_parts.settings.stopDeadline;
    for (int tried = 1;; ++tried) {
        m_written = true; // from here on until it is proven otherwise
        const auto answer = co_await m_parts.seat.client->send(*m_set, sending());
        if (answer) {
            co_return StepEnd::done(QStringLiteral("accepted %1").arg(answer->status));
        }
        const auto error = answer.error();
        if (stopping()) {
            co_return StepEnd::stopped();
        }
        if (!passes(error.kind) && !isUnsure(error.kind)) {
            co_return co_await refusedPositions(error);
        }
        const auto found = co_await positions(); // nothing is sent again before somebody has looked
        if (stopping()) {
            co_return StepEnd::stopped();
        }
        if (found.where == Where::After) {
            co_return StepEnd::done(QStringLiteral("set: read back after \"%1\"").arg(error.message));
        }
        const bool sureOfNothing = found.where == Where::Before;
        const auto status = co_await m_parts.reads->fetchStatus(name(), reading());
        if (status && status->connector.run != RunState::Stopped) {
            m_written = !sureOfNothing;
            co_return co_await resumedByOther();
        }
        const bool mayPass = passes(error.kind) || error.kind == ErrorKind::OutcomeUnknown;
        if (!sureOfNothing || !mayPass || m_parts.clock->monotonic() >= until) {
            co_return co_await judgeLostPositions(error);
        }
        m_parts.seat.tell(OperationPhase::Sending, QStringLiteral("try %1: %2").arg(tried).arg(error.message));
        if (!co_await untilNextTry(tried)) {
            co_return StepEnd::stopped();
        }
    }
}

//! A clear no: 400 and the like. Nothing was done, which is looked at all the same.
QCoro::Task<StepEnd> ReplayRun::refusedPositions(Error why)
{
    const auto found = co_await positions();
    m_written = found.where != Where::Before;
    const auto status = co_await m_parts.reads->fetchStatus(name(), reading());
    if (status && status->connector.run != RunState::Stopped) {
        co_return co_await resumedByOther();
    }
    if (m_written) {
        co_return co_await judgeLostPositions(why);
    }
    co_return StepEnd::failed(
        QStringLiteral("The worker refused the positions: %1").arg(why.message), why, Outcome::Refused);
}

//! It was sent, did not end well, and is not tried again: what is known of the positions.
QCoro::Task<StepEnd> ReplayRun::judgeLostPositions(Error why)
{
    const auto found = co_await positions();
    if (stopping()) {
        co_return StepEnd::stopped();
    }
    why.detail = found.error ? why.detail : linesOf(unmet(found.now));
    switch (found.where) {
    case Where::Before:
        m_written = false;
        co_return StepEnd::failed(QStringLiteral("The positions were not taken: %1").arg(why.message), why);
    case Where::After:
        co_return StepEnd::done(QStringLiteral("set: read back after \"%1\"").arg(why.message));
    case Where::Mixed:
    case Where::Elsewhere:
        co_return StepEnd::failed(
            QStringLiteral("Only some positions were taken (%1); %2").arg(why.message, why.detail), why);
    case Where::NotRead:
        break;
    }
    co_return StepEnd::unknown(
        QStringLiteral("Whether the positions were taken is not known: %1; they could not be read back")
            .arg(why.message),
        why);
}

std::vector<PositionDifference> ReplayRun::unmet(const std::vector<ConnectorOffset> &now) const
{
    const OffsetTable is(now);
    std::vector<PositionDifference> found;
    for (const auto &entry : m_entries) {
        if (is.holds(entry)) {
            continue;
        }
        found.push_back(
            {entryText(entry), QString::fromUtf8(entry.offsetJson), QString::fromUtf8(is.at(entry.partitionJson))});
    }
    return found;
}

QCoro::Task<StepEnd> ReplayRun::readBack()
{
    m_written = true;
    const auto found = co_await positions();
    if (stopping()) {
        co_return StepEnd::stopped();
    }
    if (found.error) {
        co_return StepEnd::unknown(
            QStringLiteral("The positions could not be read back: %1").arg(found.error->message), found.error);
    }
    if (found.where == Where::After) {
        co_return StepEnd::done(QStringLiteral("as asked for"), snapshotText(found.now));
    }
    const auto status = co_await m_parts.reads->fetchStatus(name(), reading());
    if (status && status->connector.run != RunState::Stopped) {
        co_return co_await resumedByOther();
    }
    const auto detail = linesOf(unmet(found.now));
    co_return StepEnd::failed(QStringLiteral("The positions that were read back differ: %1").arg(detail),
        conflict(QStringLiteral("The positions that were read back differ"), detail));
}

} // namespace headgate
