// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wakeup.h"

#include <QCoroTimer>
#include <QTimer>

namespace headgate {

QCoro::Task<> Wakeup::wait(Milliseconds patience, std::stop_token stop)
{
    return waitIn(m_waiting, patience, std::move(stop));
}

QCoro::Task<> Wakeup::waitIn(std::shared_ptr<Waiting> waiting, Milliseconds patience, std::stop_token stop)
{
    if (stop.stop_requested()) {
        co_return;
    }
    // Each waiter awaits a timer of its own, which dies with it: what is still queued for it then is dropped by Qt.
    QTimer timer;
    timer.setSingleShot(true);
    timer.start(patience >= Milliseconds(0) ? patience : std::chrono::days(20)); // an idle timer could not be awaited
    waiting->insert(&timer);
    {
        const std::stop_callback onStop(
            stop, [&timer] { QMetaObject::invokeMethod(&timer, [&timer] { timer.start(0); }); });
        co_await timer;
    }
    waiting->erase(&timer);
}

void Wakeup::notify()
{
    for (auto *timer : *m_waiting) {
        timer->start(0);
    }
}

} // namespace headgate
