// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakeclock.h"

#include <QCoreApplication>
#include <QThreadPool>

#include <algorithm>
#include <functional>
#include <optional>

namespace headgate {

//! Awaits a point of virtual time or a stop request.
struct Sleep
{
    FakeClock &clock;
    Monotonic until;
    std::stop_token stop;
    std::optional<std::stop_callback<std::function<void()>>> onStop = {};

    bool await_ready() const { return stop.stop_requested(); }
    void await_suspend(std::coroutine_handle<> handle)
    {
        const auto id = clock.add(until, handle);
        auto *owner = &clock;
        onStop.emplace(stop, [owner, id] {
            QMetaObject::invokeMethod(&owner->m_context, [owner, id] { owner->wake(id); }, Qt::QueuedConnection);
        });
    }
    void await_resume() { onStop.reset(); }
};

Task<void> FakeClock::sleepFor(Milliseconds duration, std::stop_token stop)
{
    Sleep sleep {*this, m_monotonic + duration, stop};
    co_await sleep;
    if (stop.stop_requested()) {
        co_return failure({.kind = ErrorKind::Cancelled, .message = QStringLiteral("Stopped while waiting")});
    }
    co_return {};
}

std::uint64_t FakeClock::add(Monotonic until, std::coroutine_handle<> handle)
{
    m_sleepers.emplace(m_next, Sleeper {until, handle});
    return m_next++;
}

void FakeClock::wake(std::uint64_t id)
{
    const auto node = m_sleepers.extract(id);
    if (!node.empty()) {
        node.mapped().handle.resume();
    }
}

void FakeClock::settle()
{
    // Two quiet rounds: work that ended between the wait and the events has posted its answer by the second one.
    for (int quiet = 0; quiet < 2;) {
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        quiet = QThreadPool::globalInstance()->activeThreadCount() == 0 ? quiet + 1 : 0;
    }
}

void FakeClock::advance(Milliseconds by)
{
    const auto target = m_monotonic + by;
    for (settle();; settle()) {
        const auto earliest
            = std::ranges::min_element(m_sleepers, {}, [](const auto &entry) { return entry.second.until; });
        if (earliest == m_sleepers.end() || earliest->second.until > target) {
            break;
        }
        const auto step = std::max(Milliseconds(0), earliest->second.until - m_monotonic);
        m_monotonic += step;
        m_now += step;
        wake(earliest->first);
    }
    m_now += target - m_monotonic;
    m_monotonic = target;
}

} // namespace headgate
