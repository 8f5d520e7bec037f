// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/operationrun.h"

#include <QRandomGenerator>

#include <algorithm>

namespace headgate {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kReadDeadline = 5s;
constexpr Milliseconds kLookEvery = 500ms;
constexpr Milliseconds kLookSlowlyAfter = 10s;
constexpr size_t kLongestHistory = 600;

//! The worker said no in a way that passes, so that asking again sends nothing twice.
bool passes(ErrorKind kind)
{
    return kind == ErrorKind::Rebalancing || kind == ErrorKind::Starting || kind == ErrorKind::Unreachable;
}

//! It was sent and may still happen. A 5xx without a known text belongs here: nobody promised that nothing was done.
bool isUnsure(const Error &error)
{
    const bool cannotStart = error.message.startsWith(QLatin1String("Failed to start connector"));
    return error.kind == ErrorKind::OutcomeUnknown || error.kind == ErrorKind::DeadlineExceeded
        || error.kind == ErrorKind::InvalidAnswer || (error.kind == ErrorKind::ServerFailed && !cannotStart);
}

Outcome outcomeOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Unreachable:
    case ErrorKind::TlsFailed:
    case ErrorKind::ServerFailed:
    case ErrorKind::SecretsUnavailable:
    case ErrorKind::Internal:
    case ErrorKind::StorageFailed:
        return Outcome::Failed;
    case ErrorKind::OutcomeUnknown:
    case ErrorKind::DeadlineExceeded:
    case ErrorKind::InvalidAnswer:
    case ErrorKind::Cancelled:
        return Outcome::Unknown;
    case ErrorKind::AuthenticationFailed:
    case ErrorKind::NotPermitted:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Rebalancing:
    case ErrorKind::Starting:
    case ErrorKind::NotSupported:
    case ErrorKind::InvalidInput:
    case ErrorKind::TooLarge:
    case ErrorKind::Redirected:
    case ErrorKind::Refused:
    case ErrorKind::Locked:
    case ErrorKind::ModeForbids:
        break;
    }
    return Outcome::Refused;
}

QString seconds(Milliseconds time)
{
    return QStringLiteral("%1 s").arg(double(time.count()) / 1000, 0, 'f', 1);
}

bool isRestart(OperationKind kind)
{
    return kind != OperationKind::Pause && kind != OperationKind::Resume && kind != OperationKind::Stop;
}

QString taskDrift(int id, const State &before, const std::vector<std::pair<int, State>> &now)
{
    const auto found = std::ranges::find(now, id, &std::pair<int, State>::first);
    const auto is = found == now.end() ? QStringLiteral("gone") : found->second.raw;
    return is == before.raw ? QString() : QStringLiteral("task %1 was %2 and is %3").arg(id).arg(before.raw, is);
}

} // namespace

Task<FreshConnector> readConnector(std::shared_ptr<ConnectClient> client, QString name, CallOptions options)
{
    auto status = co_await client->fetchStatus(name, options);
    if (!status) {
        co_return failure(status.error());
    }
    auto info = co_await client->fetchInfo(name, options);
    if (!info && (info.error().kind == ErrorKind::NotFound || info.error().kind == ErrorKind::Cancelled)) {
        co_return failure(info.error());
    }
    co_return FreshConnector {*std::move(status), info ? std::optional(*std::move(info)) : std::nullopt};
}

QString driftOf(const ObservedConnector &before, const ObservedConnector &now)
{
    QStringList drift;
    if (before.state.raw != now.state.raw) {
        drift << QStringLiteral("it was %1 and is %2").arg(before.state.raw, now.state.raw);
    }
    for (const auto &[id, state] : before.tasks) {
        drift << taskDrift(id, state, now.tasks);
    }
    for (const auto &[id, state] : now.tasks) {
        if (std::ranges::find(before.tasks, id, &std::pair<int, State>::first) == before.tasks.end()) {
            drift << QStringLiteral("task %1 is new").arg(id);
        }
    }
    if (!before.configHash.isEmpty() && !now.configHash.isEmpty() && before.configHash != now.configHash) {
        drift << QStringLiteral("its configuration changed");
    }
    drift.removeAll(QString());
    return drift.join(QStringLiteral(", "));
}

OperationRun::OperationRun(OperationPreview preview, std::shared_ptr<ConnectClient> client,
    std::shared_ptr<Clock> clock, Limits limits, Tell tell, std::stop_token stop)
    : m_preview(std::move(preview))
    , m_client(std::move(client))
    , m_clock(std::move(clock))
    , m_limits(limits)
    , m_tell(std::move(tell))
    , m_stop(std::move(stop))
{
}

QCoro::Task<OperationRun::End> OperationRun::drive()
{
    bool unsure = false;
    int done = 0;
    for (const auto &request : m_preview.requests) {
        m_tell(OperationPhase::Sending, {});
        const auto sent = co_await sendWithinBudget(request);
        if (!sent) {
            co_return refused(sent.error(), done);
        }
        ++done;
        unsure = *sent == Sent::Unsure;
        if (unsure) {
            break; // of a series the rest waits until somebody has looked
        }
    }
    m_sentAt = m_clock->monotonic();
    co_return co_await observe(unsure);
}

QCoro::Task<OperationRun::End> OperationRun::readBack()
{
    m_sentAt = m_clock->monotonic();
    co_return co_await observe(true);
}

Task<OperationRun::Sent> OperationRun::sendWithinBudget(RestRequest request)
{
    const auto begin = m_clock->monotonic();
    for (int tried = 1;; ++tried) {
        const auto answer = co_await m_client->send(request, {.deadline = m_limits.send, .stop = m_stop});
        if (answer) {
            co_return Sent::Answered;
        }
        if (isUnsure(answer.error())) {
            m_lostAnswer = answer.error();
            co_return Sent::Unsure;
        }
        if (!passes(answer.error().kind)) {
            co_return failure(answer.error());
        }
        if (tried == m_limits.tries) {
            auto error = answer.error();
            error.message = QStringLiteral("%1 (%2 tries in %3)")
                                .arg(error.message)
                                .arg(tried)
                                .arg(seconds(m_clock->monotonic() - begin));
            co_return failure(error);
        }
        if (const auto waited = co_await waitForNextTry(tried, answer.error()); !waited) {
            co_return failure(waited.error());
        }
    }
}

//! 1, 2, 4, 8, 10 s with jitter: everybody who was refused by the same rebalance comes back at another time.
Task<void> OperationRun::waitForNextTry(int tried, Error why)
{
    const auto doubled = std::min<Milliseconds>(1000ms * (1 << std::min(tried - 1, 6)), m_limits.longestWait);
    const auto wait = Milliseconds(doubled.count() * (80 + QRandomGenerator::global()->bounded(20)) / 100);
    m_tell(OperationPhase::Sending,
        QStringLiteral("Try %1 of %2 was refused: %3. Next in %4")
            .arg(tried)
            .arg(m_limits.tries)
            .arg(why.message, seconds(wait)));
    if (const auto slept = co_await m_clock->sleepFor(wait, m_stop); !slept) {
        co_return failure(slept.error());
    }
    co_return co_await checkUnchanged();
}

Task<void> OperationRun::checkUnchanged()
{
    const auto fresh = co_await readConnector(
        m_client, m_preview.request.connector.name, {.deadline = kReadDeadline, .stop = m_stop});
    if (!fresh) {
        const bool gone = fresh.error().kind == ErrorKind::NotFound || fresh.error().kind == ErrorKind::Cancelled;
        co_return gone ? Result<void>(failure(fresh.error()))
                       : Result<void> {}; // who cannot be read is not changed for all we know
    }
    const auto drift = driftOf(m_preview.before, observedConnector(fresh->status, fresh->info));
    // A rebalance moves tasks; what a person decides about is the target state and the configuration.
    const bool decided
        = m_preview.before.state.raw != fresh->status.connector.raw || drift.contains(QLatin1String("configuration"));
    if (decided) {
        co_return failure({.kind = ErrorKind::Conflict,
            .message = QStringLiteral("Changed by someone else meanwhile: %1").arg(drift)});
    }
    co_return {};
}

QCoro::Task<OperationRun::End> OperationRun::observe(bool unsure)
{
    ObservationVerdict verdict;
    while (sinceSent() < m_limits.observe) {
        const auto status = co_await m_client->fetchStatus(
            m_preview.request.connector.name, {.deadline = kReadDeadline, .stop = m_stop});
        if (m_stop.stop_requested()) {
            co_return End {};
        }
        if (status) {
            m_history.push_back({m_clock->monotonic(), *status});
            if (m_history.size() > kLongestHistory) {
                m_history.erase(m_history.begin() + 1); // the first one stays: what it was right after sending
            }
            verdict = judgeObservation(m_preview, m_history, m_limits.settle);
            m_tell(OperationPhase::Observing, verdict.seen);
        } else if (status.error().kind == ErrorKind::NotFound) {
            co_return End {Outcome::Failed, QStringLiteral("The connector does not exist any more"), status.error()};
        }
        if (verdict.outcome && !(unsure && *verdict.outcome == Outcome::Confirmed && !sawAnyChange())) {
            co_return endOf(verdict, unsure);
        }
        if (!co_await m_clock->sleepFor(sinceSent() < kLookSlowlyAfter ? kLookEvery : kLookEvery * 2, m_stop)) {
            co_return End {};
        }
    }
    co_return endOf({Outcome::Unknown, verdict.seen}, unsure);
}

/*! A restart whose answer was lost leads from RUNNING to RUNNING: only a change that was seen proves it. The other acts
 * have a target state of their own, which is proof enough. */
bool OperationRun::sawAnyChange() const
{
    return !isRestart(m_preview.request.kind) || std::ranges::any_of(m_history, [this](const ObservedAt &seen) {
        auto now = observedConnector(seen.status, std::nullopt);
        return !driftOf(m_preview.before, now).isEmpty();
    });
}

OperationRun::End OperationRun::endOf(const ObservationVerdict &verdict, bool unsure) const
{
    const auto after = seconds(sinceSent());
    End end {.outcome = verdict.outcome};
    if (*verdict.outcome == Outcome::Unknown) {
        const auto what = unsure ? QStringLiteral("The answer was lost and the wanted state was not seen within %1")
                                 : QStringLiteral("Accepted, and the wanted state was not seen within %1");
        end.observed = what.arg(after);
        if (!verdict.seen.isEmpty()) {
            end.observed += QStringLiteral("; last seen %1").arg(verdict.seen);
        }
        end.error = m_lostAnswer;
        return end;
    }
    end.observed = QStringLiteral("%1 after %2").arg(verdict.seen, after);
    if (unsure) {
        end.observed += QStringLiteral(" (the answer was lost, the state was read back)");
    }
    return end;
}

OperationRun::End OperationRun::refused(const Error &error, int done) const
{
    if (m_stop.stop_requested() && error.kind == ErrorKind::Cancelled) {
        return {};
    }
    End end {.outcome = done > 0 ? Outcome::Failed : outcomeOf(error), .error = error};
    if (done > 0) {
        end.observed = QStringLiteral("%1 of %2 requests were done").arg(done).arg(m_preview.requests.size());
    }
    return end;
}

} // namespace headgate
