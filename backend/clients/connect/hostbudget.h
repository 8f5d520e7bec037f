// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <memory>

namespace headgate {

/*! How often we may ask one host: a token bucket, and a pause after the host said it has too much. GUI thread.
 *
 * One per host and process, shared by all clients that hold it, so that five contexts on one address are as polite as
 * one. Only reads pass here; writes are few and paced by the operations pipeline. */
class HostBudget
{
public:
    struct Limits
    {
        double perSecond = 50;         //!< sustained requests
        double burst = 100;            //!< requests after a silence
        Milliseconds firstPause {500}; //!< after the first overload; doubles up to
        Milliseconds longestPause {30'000};
    };

    //! The budget of "host:port"; made on first use, gone with its last holder.
    static std::shared_ptr<HostBudget> of(const QString &host, std::shared_ptr<Clock> clock, Limits limits);

    HostBudget(std::shared_ptr<Clock> clock, Limits limits);

    //! Ends when one request may go. DeadlineExceeded at once when that would be later than `options.deadline`;
    //! Cancelled.
    Task<void> enter(CallOptions options);
    //! The host answered 429 or 503; `retryAfter` in seconds as it said, 0 when it said nothing. Jittered by up to
    //! half.
    void overloaded(int retryAfter);
    void answered(); //!< it works again

private:
    Milliseconds reserve(); // takes a token and tells how long to wait for it

    std::shared_ptr<Clock> m_clock;
    const Limits m_limits;
    double m_tokens;
    Monotonic m_at;
    Monotonic m_pausedUntil;
    int m_overloads = 0;
};

//! `base` doubled `attempt` times, at most `most`, then between half and the whole of it by chance: no two clients
//! retry in step.
Milliseconds jitteredBackOff(int attempt, Milliseconds base, Milliseconds most);

} // namespace headgate
