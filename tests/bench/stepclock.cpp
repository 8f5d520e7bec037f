// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/stepclock.h"

namespace headgate::bench {

using namespace std::chrono_literals;

Task<void> StepClock::sleepFor(Milliseconds duration, std::stop_token stop)
{
    if (duration <= 500ms) {
        co_return co_await m_real.sleepFor(duration, stop);
    }
    std::stop_source woken;
    const std::stop_callback stopped(stop, [woken]() mutable { woken.request_stop(); });
    if (duration <= 2s) {
        m_waiting.push_back(woken);
    }
    co_await m_real.sleepFor(1h, woken.get_token());
    if (stop.stop_requested()) {
        co_return failure({.kind = ErrorKind::Cancelled, .message = QStringLiteral("Stopped while waiting")});
    }
    co_return {};
}

void StepClock::step()
{
    for (auto &woken : std::exchange(m_waiting, {})) {
        woken.request_stop();
    }
}

} // namespace headgate::bench
