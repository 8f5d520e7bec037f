// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replay/replayplanfile.h"
#include "services/replay/replayrun.h"
#include "services/replay/steptext.h"

// The steps of a replay until the connector is at rest.

namespace headgate {

namespace {

constexpr int kUnreadGroups = 3; // looks in vain, after which the worker's word stands alone

} // namespace

QCoro::Task<StepEnd> ReplayRun::freeze()
{
    const auto hash = planHash(m_parts.plan);
    co_return StepEnd::done(QStringLiteral("plan %1...").arg(QString::fromLatin1(hash.left(12))), '"' + hash + '"');
}

QCoro::Task<StepEnd> ReplayRun::intent()
{
    co_return StepEnd::done(QStringLiteral("the plan is in the log"));
}

QCoro::Task<StepEnd> ReplayRun::stop()
{
    if (!m_stop) {
        co_return StepEnd::skipped(QStringLiteral("it was STOPPED already"));
    }
    m_stopSent = true;
    co_return co_await sendState(*m_stop, m_parts.settings.stopDeadline);
}

/*! Stop, resume, pause: a lost answer is no harm, the state that is watched next tells. Refusals that pass are tried
 * again. */
QCoro::Task<StepEnd> ReplayRun::sendState(RestRequest request, Milliseconds patience)
{
    const auto until = m_parts.clock->monotonic() + patience;
    for (int tried = 1;; ++tried) {
        const auto answer = co_await m_parts.seat.client->send(request, sending());
        if (answer) {
            co_return StepEnd::done(QStringLiteral("accepted %1").arg(answer->status));
        }
        const auto &error = answer.error();
        if (stopping()) {
            co_return StepEnd::stopped();
        }
        if (isUnsure(error.kind)) {
            co_return StepEnd::done(QStringLiteral("the answer was lost (%1): its state tells").arg(error.message));
        }
        if (!passes(error.kind) || m_parts.clock->monotonic() >= until) {
            co_return StepEnd::failed(
                QStringLiteral("The worker refused: %1").arg(error.message), error, Outcome::Refused);
        }
        m_parts.seat.tell(OperationPhase::Sending, QStringLiteral("try %1: %2").arg(tried).arg(error.message));
        if (!co_await untilNextTry(tried)) {
            co_return StepEnd::stopped();
        }
    }
}

//! Empty: nobody is left, or it cannot be looked at.
QCoro::Task<QString> ReplayRun::membersLeft(int *unread)
{
    if (!isSink() || *unread >= kUnreadGroups) {
        co_return QString();
    }
    const auto group = co_await m_parts.lookAtGroup(m_parts.plan.groupName, reading());
    if (!group) {
        *unread = group.error().kind == ErrorKind::NotSupported ? kUnreadGroups : *unread + 1;
        co_return *unread >= kUnreadGroups ? QString() : group.error().message;
    }
    *unread = 0;
    QStringList members;
    for (const auto &member : group->members) {
        members << (member.clientId.isEmpty() ? member.memberId : member.clientId);
    }
    co_return members.join(QStringLiteral(", "));
}

QCoro::Task<StepEnd> ReplayRun::seeStopped()
{
    const auto until = m_parts.clock->monotonic() + m_parts.settings.stopDeadline;
    bool wasStopped = !m_stop.has_value();
    int unread = 0;
    QString seen;
    std::optional<Error> error;
    for (int looks = 0; m_parts.clock->monotonic() < until; ++looks) {
        const auto status = co_await m_parts.reads->fetchStatus(name(), reading());
        if (status) {
            const bool stopped = status->connector.run == RunState::Stopped;
            if (!stopped && wasStopped) {
                co_return co_await resumedByOther();
            }
            wasStopped = stopped;
            const bool idle = stopped && status->tasks.empty();
            const auto members = idle ? co_await membersLeft(&unread) : QString();
            if (idle && members.isEmpty()) {
                co_return StepEnd::done(!isSink() ? QStringLiteral("STOPPED, no task")
                        : unread >= kUnreadGroups ? QStringLiteral("STOPPED; the worker says that no task is "
                                                                   "left, its group cannot be looked at")
                                                  : QStringLiteral("STOPPED, no task, its group is empty"));
            }
            seen = idle ? QStringLiteral("STOPPED, still in its group: %1").arg(members) : stateText(*status);
            m_parts.seat.tell(OperationPhase::Observing, seen);
        } else if (status.error().kind == ErrorKind::NotFound) {
            co_return StepEnd::failed(QStringLiteral("The connector does not exist any more"), status.error());
        } else {
            error = status.error();
        }
        if (!co_await untilNextLook(looks)) {
            co_return StepEnd::stopped();
        }
    }
    co_return StepEnd::failed(QStringLiteral("It did not come to rest within %1 s; last seen: %2")
                                  .arg(m_parts.settings.stopDeadline.count() / 1000)
                                  .arg(seen.isEmpty() ? QStringLiteral("nothing") : seen),
        error);
}

QCoro::Task<StepEnd> ReplayRun::resumedByOther()
{
    m_othersActed = true;
    const auto status = co_await m_parts.reads->fetchStatus(name(), reading());
    const auto now = status ? status->connector.raw : QStringLiteral("not STOPPED");
    co_return StepEnd::failed(
        QStringLiteral("Somebody else took it out of STOPPED while this replay was running: it is "
                       "%1; it is left to them")
            .arg(now),
        conflict(QStringLiteral("Changed by someone else meanwhile"), {}),
        m_written ? Outcome::Unknown : Outcome::Refused);
}

} // namespace headgate
