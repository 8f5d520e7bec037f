// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"

#include <chrono>

namespace headgate {

//! A point in time, UTC, millisecond resolution. Never used to measure an interval.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
//! A point on the monotonic clock, for intervals.
using Monotonic = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

/*! Time as the program sees it. Tests give a clock whose time they move; nothing else in the tree asks the system. */
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    virtual Monotonic monotonic() const = 0;
    //! Ends after `duration`, or with ErrorKind::Cancelled as soon as `stop` is requested.
    virtual Task<void> sleepFor(Milliseconds duration, std::stop_token stop) = 0;
};

//! The machine's clocks. GUI thread (any thread with an event loop).
class SystemClock final : public Clock
{
public:
    Instant now() const override;
    Monotonic monotonic() const override;
    Task<void> sleepFor(Milliseconds duration, std::stop_token stop) override;
};

//! "2026-03-10T09:31:07.412Z"; empty for the epoch's start, which stands for "not known".
QString toIso(Instant instant);
//! The reverse; InvalidInput with the text otherwise.
Result<Instant> fromIso(const QString &text);

} // namespace headgate
