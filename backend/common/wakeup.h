// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <memory>
#include <set>

class QTimer;

namespace headgate {

/*! Something many coroutines wait for, again and again: records arrived, a state changed. GUI thread; owned by whoever
 * notifies, and may end before its waiters (they then wait for their patience or stop).
 *
 * Use it instead of qCoro(object, &Object::signal) on an object that lives on: QCoro 0.8 delivers such signals queued,
 * so one emitted twice before the first delivery resumes a coroutine that has gone already (seen: crash in
 * QObject::event). */
class Wakeup
{
public:
    static constexpr Milliseconds forever {-1};

    //! Ends after the next notify(), after `patience`, or when `stop` is requested; look yourself which it was.
    QCoro::Task<> wait(Milliseconds patience = forever, std::stop_token stop = {});
    void notify(); //!< whoever waits now goes on in the next turn of the event loop

private:
    using Waiting = std::set<QTimer *>;
    static QCoro::Task<> waitIn(std::shared_ptr<Waiting> waiting, Milliseconds patience, std::stop_token stop);

    std::shared_ptr<Waiting> m_waiting = std::make_shared<Waiting>();
};

} // namespace headgate
