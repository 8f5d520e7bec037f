// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/pause.h"

namespace headgate {

QCoro::Task<> Pause::wait(std::shared_ptr<Clock> clock, Milliseconds duration)
{
    if (!m_cut && !m_ended) {
        m_current = std::stop_source();
        co_await clock->sleepFor(duration, m_current.get_token());
        m_current = std::stop_source(std::nostopstate);
    }
    m_cut = false;
}

void Pause::cut()
{
    m_cut = true;
    m_current.request_stop();
}

void Pause::end()
{
    m_ended = true;
    m_current.request_stop();
}

} // namespace headgate
