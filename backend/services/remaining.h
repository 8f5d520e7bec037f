// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <algorithm>
#include <memory>

namespace headgate {

//! What is left of a deadline over several calls. A value.
class Remaining
{
public:
    Remaining(std::shared_ptr<Clock> clock, const CallOptions &options)
        : m_clock(std::move(clock))
        , m_end(m_clock->monotonic() + options.deadline)
        , m_stop(options.stop)
    {
    }
    Milliseconds left() const
    {
        return std::max(Milliseconds(0), std::chrono::duration_cast<Milliseconds>(m_end - m_clock->monotonic()));
    }
    bool over() const { return left() == Milliseconds(0) || m_stop.stop_requested(); }
    CallOptions options() const { return atMost(left()); }
    CallOptions atMost(Milliseconds limit) const { return {.deadline = std::min(left(), limit), .stop = m_stop}; }
    const std::shared_ptr<Clock> &clock() const { return m_clock; }

private:
    std::shared_ptr<Clock> m_clock;
    Monotonic m_end;
    std::stop_token m_stop;
};

} // namespace headgate
