// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/hostbudget.h"

#include <QHash>
#include <QRandomGenerator>

#include <algorithm>
#include <cmath>

namespace headgate {

Milliseconds jitteredBackOff(int attempt, Milliseconds base, Milliseconds most)
{
    const auto full = std::min<qint64>(base.count() << std::clamp(attempt, 0, 20), most.count());
    return Milliseconds(full / 2 + QRandomGenerator::global()->bounded(full / 2 + 1));
}

std::shared_ptr<HostBudget> HostBudget::of(const QString &host, std::shared_ptr<Clock> clock, Limits limits)
{
    static QHash<QString, std::weak_ptr<HostBudget>> budgets;
    auto budget = budgets.value(host).lock();
    if (!budget) {
        budgets.removeIf([](const auto &entry) { return entry.value().expired(); });
        budget = std::make_shared<HostBudget>(std::move(clock), limits);
        budgets.insert(host, budget);
    }
    return budget;
}

HostBudget::HostBudget(std::shared_ptr<Clock> clock, Limits limits)
    : m_clock(std::move(clock))
    , m_limits(limits)
    , m_tokens(limits.burst)
    , m_at(m_clock->monotonic())
    , m_pausedUntil(m_at)
{
}

Milliseconds HostBudget::reserve()
{
    const auto now = m_clock->monotonic();
    m_tokens = std::min(m_limits.burst, m_tokens + double((now - m_at).count()) * m_limits.perSecond / 1000.0) - 1;
    m_at = now;
    const double missing = std::max(0.0, -m_tokens);
    const Milliseconds forToken(qint64(std::ceil(missing * 1000.0 / m_limits.perSecond)));
    return std::max(forToken, m_pausedUntil - now);
}

Task<void> HostBudget::enter(CallOptions options)
{
    const auto wait = reserve();
    if (wait > options.deadline) {
        m_tokens += 1;
        co_return failure({.kind = ErrorKind::DeadlineExceeded,
            .message = QStringLiteral("Not asked: this host's turn comes later than the deadline"),
            .retryable = true});
    }
    if (wait.count() > 0) {
        co_return co_await m_clock->sleepFor(wait, options.stop);
    }
    co_return {};
}

void HostBudget::overloaded(int retryAfter)
{
    const auto said = std::min(Milliseconds(qint64(std::max(retryAfter, 0)) * 1000), m_limits.longestPause);
    const auto own = jitteredBackOff(m_overloads++, m_limits.firstPause, m_limits.longestPause);
    m_pausedUntil = m_clock->monotonic() + std::max(said, own);
}

void HostBudget::answered()
{
    m_overloads = 0;
}

} // namespace headgate
