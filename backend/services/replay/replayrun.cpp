// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/replayrun.h"

#include "domain/connectors/connectrequests.h"
#include "services/replay/steptext.h"

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kReadDeadline = 5s;
constexpr Milliseconds kSendDeadline = 95s; // a worker gives up after 90 s
constexpr Milliseconds kFirstLooks = 40ms;  // a stop takes half a second, and a status is answered from memory
constexpr int kQuickLooks = 25;

const std::vector<ReplayStep> kSteps {ReplayStep::Freeze, ReplayStep::Intent, ReplayStep::Stop, ReplayStep::SeeStopped,
    ReplayStep::Snapshot, ReplayStep::CheckBounds, ReplayStep::SetPositions, ReplayStep::ReadBack, ReplayStep::Resume,
    ReplayStep::SeeRunning, ReplayStep::Close};

OperationPhase phaseOf(ReplayStep step)
{
    switch (step) {
    case ReplayStep::Freeze:
    case ReplayStep::Intent:
    case ReplayStep::Snapshot:
    case ReplayStep::CheckBounds:
        return OperationPhase::Checking;
    case ReplayStep::Stop:
    case ReplayStep::SetPositions:
    case ReplayStep::Resume:
        return OperationPhase::Sending;
    case ReplayStep::SeeStopped:
    case ReplayStep::ReadBack:
    case ReplayStep::SeeRunning:
    case ReplayStep::Close:
        break;
    }
    return OperationPhase::Observing;
}

bool isOffsets(const RestRequest &request)
{
    return request.path.endsWith("/offsets");
}

} // namespace

ReplayRun::ReplayRun(Parts parts)
    : m_parts(std::move(parts))
    , m_entries(entriesToSend(m_parts.plan))
{
    for (const auto &request : m_parts.plan.requests) { // stop, offsets, back: the first and last where they are needed
        (isOffsets(request) ? m_set : m_set ? m_resume : m_stop) = request;
    }
}

ReplayRun::ReplayRun(Parts parts, Restoring restoring)
    : ReplayRun(std::move(parts))
{
    m_restoring = true;
    m_stop = stopRequest(name()); // whoever resumed it: positions change only while it is stopped
    m_entries = std::move(restoring.entries);
    m_set = alterOffsetsRequest(name(), m_entries);
}

QCoro::Task<OperationEnd> ReplayRun::drive()
{
    auto steps = kSteps;
    if (m_restoring && m_entries.empty()) {
        steps = {ReplayStep::Resume, ReplayStep::SeeRunning, ReplayStep::Close};
    } else if (m_restoring) {
        std::erase_if(
            steps, [](ReplayStep step) { return step < ReplayStep::Stop || step == ReplayStep::CheckBounds; });
    }
    return carryOut(std::move(steps));
}

QCoro::Task<OperationEnd> ReplayRun::goOn(
    ReplayStep next, std::optional<std::vector<ConnectorOffset>> snapshot, bool written)
{
    m_snapshot = std::move(snapshot);
    m_written = written;
    m_stopSent = true;
    m_mayHaveMoved = next >= ReplayStep::Resume;
    auto steps = kSteps;
    if (next <= ReplayStep::SetPositions) {
        // However far it was: time has passed. What was saved before positions were sent stays what is gone back to.
        std::erase_if(steps, [&](ReplayStep step) {
            return step < ReplayStep::Stop || (step == ReplayStep::Snapshot && written && m_snapshot);
        });
    } else {
        std::erase_if(steps, [&](ReplayStep step) { return step < next; });
    }
    co_return co_await carryOut(std::move(steps));
}

ReplayRun::Act ReplayRun::actOf(ReplayStep step)
{
    static constexpr std::array<Act, 11> acts {&ReplayRun::freeze, &ReplayRun::intent, &ReplayRun::stop,
        &ReplayRun::seeStopped, &ReplayRun::takeSnapshot, &ReplayRun::checkBounds, &ReplayRun::setPositions,
        &ReplayRun::readBack, &ReplayRun::resume, &ReplayRun::seeRunning, &ReplayRun::close};
    return acts.at(size_t(step));
}

QCoro::Task<OperationEnd> ReplayRun::carryOut(std::vector<ReplayStep> steps)
{
    for (const auto step : steps) {
        if (m_parts.settings.before) {
            co_await m_parts.settings.before(step);
        }
        if (stopping()) {
            co_return OperationEnd {};
        }
        m_parts.seat.tell(phaseOf(step), nameOf(step));
        if (const auto begun = co_await note(nameOf(step), StepState::Begun, {}); !begun) {
            co_return co_await unrecorded(step, begun.error());
        }
        auto end = co_await (this->*actOf(step))();
        if (end.state == StepState::Begun || (stopping() && !end.good())) {
            co_return OperationEnd {}; // what it did is read back by the next start
        }
        if (const auto noted = co_await note(nameOf(step), end.state, end.detail, end.data); !noted) {
            co_return co_await unrecorded(step, noted.error());
        }
        if (!end.good()) {
            co_return co_await giveUp(step, std::move(end));
        }
    }
    co_return OperationEnd {.outcome = Outcome::Confirmed, .observed = success()};
}

QString ReplayRun::nameOf(ReplayStep step) const
{
    return m_restoring ? QStringLiteral("restore-") + stepWord(step) : stepWord(step);
}

QCoro::Task<Result<void>> ReplayRun::note(QString what, StepState state, QString detail, QByteArray data)
{
    const auto step = replayStep(what); // none: of a way back
    auto written = co_await m_parts.seat.record({.at = m_parts.clock->now(),
        .what = what,
        .state = stepStateWord(state),
        .detail = std::move(detail),
        .data = std::move(data)});
    if (written && step && m_parts.settings.recorded) {
        m_parts.settings.recorded(*step, state);
    }
    co_return written;
}

//! Without a record there is no act, not even one that leads back.
QCoro::Task<OperationEnd> ReplayRun::unrecorded(ReplayStep step, Error why)
{
    const auto known
        = m_written ? QStringLiteral("positions may have been changed") : QStringLiteral("positions were not changed");
    co_return OperationEnd {.outcome = m_written ? Outcome::Unknown : Outcome::Failed,
        .observed = QStringLiteral("The step %1 could not be written down, so nothing more was sent; %2, and the "
                                   "connector is left as it is")
            .arg(nameOf(step), known),
        .error = std::move(why)};
}

QCoro::Task<OperationEnd> ReplayRun::giveUp(ReplayStep step, StepEnd end)
{
    OperationEnd whole {.outcome = end.outcome, .observed = end.detail, .error = end.error};
    if (m_restoring) {
        whole.outcome = end.state == StepState::Unknown ? Outcome::Unknown : Outcome::Failed;
        whole.observed = QStringLiteral("%1. It is left as it is, and needs an operator: what was to be put back is "
                                        "told with this error, and saved in this operation's record")
                             .arg(end.detail);
        whole.error = whole.error.value_or(Error {.kind = ErrorKind::Conflict, .message = end.detail});
        whole.error->detail = wantedPositions();
    } else if (m_written) {
        if (whole.outcome == Outcome::Refused) {
            whole.outcome = Outcome::Failed; // something was changed
        }
        const bool stays = step <= ReplayStep::Resume && !m_othersActed;
        const auto left = stays ? QStringLiteral(" It is left STOPPED.") : QString();
        whole.observed
            = QStringLiteral("%1.%2 The positions before it are saved and can be put back").arg(end.detail, left);
    } else {
        const bool gone = end.error && end.error->kind == ErrorKind::NotFound;
        const auto back = gone ? QStringLiteral("") : co_await goBack();
        if (stopping() && back.isNull()) {
            co_return OperationEnd {};
        }
        whole.observed = QStringLiteral("%1. No position was changed. %2").arg(end.detail, back).trimmed();
    }
    co_return whole;
}

//! One line each: where, and the position.
QString ReplayRun::wantedPositions() const
{
    QStringList lines;
    for (const auto &entry : m_entries) {
        lines << QStringLiteral("%1: %2").arg(entryText(entry), QString::fromUtf8(entry.offsetJson));
    }
    return lines.join(QLatin1Char('\n'));
}

//! To the former state, as an act with a record of its own. What became of it, as a sentence; null: stopped from
//! outside.
QCoro::Task<QString> ReplayRun::goBack()
{
    if (!m_stopSent || !m_resume || m_othersActed) {
        co_return QStringLiteral("");
    }
    const auto what = QStringLiteral("return");
    if (const auto begun = co_await note(what, StepState::Begun, {}); !begun) {
        co_return QStringLiteral("It is left STOPPED: the way back could not be written down.");
    }
    auto end = co_await sendState(*m_resume, m_parts.settings.runDeadline);
    if (end.state == StepState::Begun) {
        co_return QString();
    }
    if (end.good()) {
        const auto until = m_parts.clock->monotonic() + m_parts.settings.runDeadline;
        bool there = false;
        for (int looks = 0; !there && m_parts.clock->monotonic() < until; ++looks) {
            const auto status = co_await m_parts.reads->fetchStatus(name(), reading());
            there = status && status->connector.run == formerState().run;
            if (!there && !co_await untilNextLook(looks)) {
                co_return QString();
            }
        }
        end = there ? StepEnd::done(formerState().raw)
                    : StepEnd::unknown(QStringLiteral("%1 was not seen").arg(formerState().raw));
    }
    co_await note(what, end.state, end.detail);
    co_return end.good() ? QStringLiteral("It is %1 again.").arg(formerState().raw)
                         : QStringLiteral("It may still be STOPPED: %1.").arg(end.detail);
}

QString ReplayRun::success() const
{
    if (m_restoring) {
        return QStringLiteral("The positions are as they were before, and it is %1").arg(formerState().raw);
    }
    const auto &plan = m_counted ? *m_counted : m_parts.plan;
    auto said = QStringLiteral("The positions are as planned, and it is %1").arg(formerState().raw);
    if (isSink()) {
        said += QStringLiteral("; %1%2 delivered again, %3 left out")
                    .arg(plan.atMost ? QStringLiteral("at most ") : QString())
                    .arg(plan.again)
                    .arg(plan.skipped);
    }
    if (plan.again != m_parts.plan.again || plan.skipped != m_parts.plan.skipped) { // it went on until it stopped
        said += QStringLiteral(" (the preview said %1 and %2)").arg(m_parts.plan.again).arg(m_parts.plan.skipped);
    }
    return m_movement.isEmpty() ? said : said + QStringLiteral("; ") + m_movement;
}

QCoro::Task<bool> ReplayRun::untilNextLook(int looks)
{
    const auto slower = kFirstLooks * (1 << std::clamp(looks - kQuickLooks, 0, 6));
    const auto slept
        = co_await m_parts.clock->sleepFor(std::min<Milliseconds>(m_parts.settings.poll, slower), m_parts.seat.stop);
    co_return slept.has_value();
}

QCoro::Task<bool> ReplayRun::untilNextTry(int tries)
{
    const auto wait = m_parts.settings.poll * (1 << std::clamp(tries, 0, 3));
    const auto slept = co_await m_parts.clock->sleepFor(wait, m_parts.seat.stop);
    co_return slept.has_value();
}

CallOptions ReplayRun::reading() const
{
    return {.deadline = kReadDeadline, .stop = m_parts.seat.stop};
}

CallOptions ReplayRun::counting() const
{
    return {.deadline = kSendDeadline, .stop = m_parts.seat.stop};
}

//! Not given up by whoever stops waiting: what was sent is answered, and its answer written down.
CallOptions ReplayRun::sending() const
{
    return {.deadline = kSendDeadline, .stop = m_parts.seat.closing};
}

} // namespace headgate
