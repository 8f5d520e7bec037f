// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/session/workerwatch.h"

#include <QUrl>

namespace headgate {

namespace {

//! What a failed question says about the worker.
WorkerHealthReport reportOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Starting:
        return {WorkerHealth::Starting, error.message};
    case ErrorKind::DeadlineExceeded: // it accepts and does not answer: /health itself gives up after 10 s
    case ErrorKind::ServerFailed:
    case ErrorKind::Rebalancing:
    case ErrorKind::OutcomeUnknown:
        return {WorkerHealth::Unhealthy, error.message};
    case ErrorKind::NotSupported:
    case ErrorKind::NotPermitted:
    case ErrorKind::AuthenticationFailed:
    case ErrorKind::NotFound:
    case ErrorKind::Refused:
    case ErrorKind::Redirected:
    case ErrorKind::InvalidAnswer:
    case ErrorKind::TooLarge:
        return {WorkerHealth::NotSupported, error.message};
    case ErrorKind::Cancelled:
    case ErrorKind::Unreachable:
    case ErrorKind::TlsFailed:
    case ErrorKind::Conflict:
    case ErrorKind::InvalidInput:
    case ErrorKind::Locked:
    case ErrorKind::StorageFailed:
    case ErrorKind::SecretsUnavailable:
    case ErrorKind::ModeForbids:
    case ErrorKind::Internal:
        break;
    }
    return {WorkerHealth::Unreachable, error.message};
}

} // namespace

QString displayAddress(const QString &url)
{
    const QUrl parsed(url);
    const int port = parsed.port(parsed.scheme() == QLatin1String("https") ? 443 : 80);
    return parsed.host().isEmpty() ? url.section(QLatin1Char('@'), -1)
                                   : QStringLiteral("%1:%2").arg(parsed.host()).arg(port);
}

WorkerWatch::WorkerWatch(
    QString url, ConnectClient &client, std::shared_ptr<Clock> clock, Pace pace, std::function<QString()> herderProbe)
    : m_url(std::move(url))
    , m_client(client)
    , m_clock(std::move(clock))
    , m_pace(pace)
    , m_herderProbe(std::move(herderProbe))
{
    m_facts.address = displayAddress(m_url);
    m_facts.health = {WorkerHealth::NotSupported, {}}; // not asked yet: nothing is known
}

WorkerWatch::~WorkerWatch()
{
    Q_ASSERT(!m_loop || m_loop->isReady());
}

void WorkerWatch::start()
{
    m_loop.emplace(run());
}

void WorkerWatch::setVisible(bool visible)
{
    if (visible && !m_visible) {
        m_pause.cut();
    }
    m_visible = visible;
}

void WorkerWatch::setInDoubt(bool inDoubt)
{
    if (inDoubt && !m_inDoubt) {
        m_pause.cut();
    }
    m_inDoubt = inDoubt;
}

QCoro::Task<> WorkerWatch::run()
{
    while (!m_stop.stop_requested()) {
        const auto begin = m_clock->monotonic();
        if (m_visible || m_inDoubt) {
            co_await ask();
        }
        if (m_stop.stop_requested()) {
            break;
        }
        // One failure is the network's usual noise: the second question, which decides, comes soon.
        const auto every = m_inDoubt || m_facts.failures == 1 ? m_pace.inDoubt : m_pace.every;
        const auto spent = m_clock->monotonic() - begin;
        co_await m_pause.wait(m_clock, std::max(Milliseconds(0), every - spent));
    }
}

QCoro::Task<> WorkerWatch::ask()
{
    const auto asked = m_clock->monotonic();
    Result<WorkerHealthReport> answer = failure({.kind = ErrorKind::NotSupported});
    if (!m_noHealthCall) {
        answer = co_await m_client.fetchHealth(m_url, {.deadline = m_pace.deadline, .stop = m_stop.get_token()});
    }
    if (!answer && answer.error().kind == ErrorKind::NotSupported && !m_stop.stop_requested()) {
        m_noHealthCall = true;
        answer = co_await readThroughHerder();
    }
    if (m_stop.stop_requested()) {
        co_return;
    }
    m_askedAt = asked;
    take(answer);
}

Task<WorkerHealthReport> WorkerWatch::readThroughHerder()
{
    // The client chooses the worker, so that only the preferred one can be judged.
    const auto name = m_herderProbe();
    if (name.isEmpty() || m_client.workerUrls().value(0) != m_url) {
        co_return WorkerHealthReport {WorkerHealth::NotSupported, {}};
    }
    const auto config = co_await m_client.fetchConfig(name, {.deadline = m_pace.deadline, .stop = m_stop.get_token()});
    if (!config && config.error().kind != ErrorKind::NotFound) {
        co_return failure(config.error());
    }
    co_return WorkerHealthReport {WorkerHealth::Healthy, QStringLiteral("answered a read through its herder")};
}

void WorkerWatch::take(const Result<WorkerHealthReport> &answer)
{
    const auto report = answer ? *answer : reportOf(answer.error());
    const bool unreachable = report.health == WorkerHealth::Unreachable;
    m_facts.health = report;
    m_facts.healthAt = m_clock->now();
    m_facts.failures = unreachable ? m_facts.failures + 1 : 0;
    m_facts.lastError = unreachable || !answer ? report.message : QString();
    if (!unreachable) {
        m_facts.unreachableSince = {};
    } else if (m_facts.unreachableSince == Instant {}) {
        m_facts.unreachableSince = m_clock->now();
    }
    Q_EMIT changed();
}

QCoro::Task<> WorkerWatch::close()
{
    m_stop.request_stop();
    m_pause.end();
    if (m_loop) {
        co_await *m_loop;
    }
}

} // namespace headgate
