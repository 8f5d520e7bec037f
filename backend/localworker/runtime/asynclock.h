// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <coroutine>
#include <deque>
#include <utility>

namespace headgate::localworker {

/*! One coroutine at a time, in order of arrival. Event loop's thread only. Held by `auto guard = co_await
 * lock.acquire();` */
class AsyncLock
{
public:
    class Guard
    {
    public:
        explicit Guard(AsyncLock *lock)
            : m_lock(lock)
        {
        }
        Guard(Guard &&other) noexcept
            : m_lock(std::exchange(other.m_lock, nullptr))
        {
        }
        Guard &operator=(Guard &&) = delete;
        ~Guard()
        {
            if (m_lock) {
                m_lock->release();
            }
        }

    private:
        AsyncLock *m_lock;
    };

    auto acquire()
    {
        struct Awaiter
        {
            AsyncLock *lock;
            bool await_ready() const { return !std::exchange(lock->m_held, true); }
            void await_suspend(std::coroutine_handle<> waiter) { lock->m_waiters.push_back(waiter); }
            Guard await_resume() const { return Guard(lock); }
        };
        return Awaiter {this};
    }

private:
    void release()
    {
        if (m_waiters.empty()) {
            m_held = false;
            return;
        }
        const auto next = m_waiters.front(); // stays held: it passes from hand to hand
        m_waiters.pop_front();
        next.resume();
    }

    bool m_held = false;
    std::deque<std::coroutine_handle<>> m_waiters;
};

} // namespace headgate::localworker
