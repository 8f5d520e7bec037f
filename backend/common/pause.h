// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

namespace headgate {

/*! The pause between two rounds of a loop, which can be cut short ("refresh now") or ended for good. One waiter at a
 * time; GUI thread; owned by the loop's object. */
class Pause
{
public:
    //! Ends after `duration` or when cut; at once if it was cut since the last wait, or ended.
    QCoro::Task<> wait(std::shared_ptr<Clock> clock, Milliseconds duration);
    void cut();
    void end();
    bool ended() const { return m_ended; }

private:
    std::stop_source m_current {std::nostopstate};
    bool m_cut = false;
    bool m_ended = false;
};

} // namespace headgate
