// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QObject>

#include <coroutine>
#include <cstdint>
#include <map>

namespace headgate {

/*! Virtual time for tests: it stands still until advance() moves it. Main thread; must outlive all that sleep on it.
 *
 * advance() wakes sleepers one by one at their own time and lets posted events and pool work end in between, so that
 * code which reads files through offload() behaves the same on a slow machine. */
class FakeClock final : public Clock
{
public:
    Instant now() const override { return m_now; }
    Monotonic monotonic() const override { return m_monotonic; }
    Task<void> sleepFor(Milliseconds duration, std::stop_token stop) override;

    void advance(Milliseconds by);
    //! Runs what is ready now (posted events, pool work), without moving the time.
    void settle();
    //! Advances in steps of `step` until `done` or `limit` has passed; tells whether `done` became true.
    template <class Done> bool advanceUntil(Done done, Milliseconds limit, Milliseconds step = Milliseconds(100))
    {
        settle();
        for (Milliseconds passed {0}; !done() && passed < limit; passed += step) {
            advance(step);
        }
        return done();
    }
    //! A jump of the wall clock alone (NTP, a person): intervals do not see it.
    void jumpWallClock(Milliseconds by) { m_now += by; }
    int sleeping() const { return int(m_sleepers.size()); }

private:
    friend struct Sleep;
    std::uint64_t add(Monotonic until, std::coroutine_handle<> handle);
    void wake(std::uint64_t id);

    struct Sleeper
    {
        Monotonic until;
        std::coroutine_handle<> handle;
    };
    Instant m_now {Milliseconds(1'772'000'000'000)};
    Monotonic m_monotonic {Milliseconds(1'000'000)};
    std::map<std::uint64_t, Sleeper> m_sleepers; // by order of falling asleep
    std::uint64_t m_next = 1;
    QObject m_context; // stop requests are posted here: never resumed inside request_stop()
};

} // namespace headgate
