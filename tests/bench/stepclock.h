// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <vector>

namespace headgate::bench {

/*! The machine's clock, but whoever waits for the next poll (0.5 to 2 s) waits for step(), and what comes more seldom
 * never comes: so that a figure holds one poll and nothing else. GUI thread. */
class StepClock final : public Clock
{
public:
    Instant now() const override { return m_real.now(); }
    Monotonic monotonic() const override { return m_real.monotonic(); }
    Task<void> sleepFor(Milliseconds duration, std::stop_token stop) override;

    void step();
    size_t waiting() const { return m_waiting.size(); }

private:
    SystemClock m_real;
    std::vector<std::stop_source> m_waiting;
};

} // namespace headgate::bench
