// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"

#include <QTimer>

#include <coroutine>
#include <memory>
#include <optional>

namespace headgate {

/*! One value that comes once from elsewhere: librdkafka's queue, a pool thread, another coroutine.
 *
 * GUI thread only; shared by the one who waits and the one who resolves. The first resolution wins, later ones are
 * dropped: that is what makes our own deadline safe while the library still works on the request. */
template <class T> class Reply : public std::enable_shared_from_this<Reply<T>>
{
public:
    static std::shared_ptr<Reply> make() { return std::shared_ptr<Reply>(new Reply); }

    void resolve(Result<T> value)
    {
        if (m_value) {
            return;
        }
        const auto self = this->shared_from_this(); // the coroutine may hold the last reference
        m_value = std::move(value);
        m_timer->stop();
        if (auto waiting = std::exchange(m_waiting, {})) {
            waiting.resume();
        }
    }
    //! The same from any thread, by a posted event.
    void post(Result<T> value)
    {
        QMetaObject::invokeMethod(
            m_timer.get(),
            [self = this->shared_from_this(), value = std::move(value)]() mutable { self->resolve(std::move(value)); },
            Qt::QueuedConnection);
    }
    bool isResolved() const { return m_value.has_value(); }

    class Awaiter
    {
    public:
        Awaiter(std::shared_ptr<Reply> reply, CallOptions options)
            : m_reply(std::move(reply))
            , m_options(std::move(options))
        {
        }
        Awaiter(Awaiter &&) = default;
        bool await_ready() const { return m_reply->m_value.has_value(); }
        void await_suspend(std::coroutine_handle<> waiting) { m_reply->waitAs(waiting, m_options); }
        Result<T> await_resume()
        {
            m_reply->m_onStop.reset();
            return std::move(*m_reply->m_value);
        }

    private:
        std::shared_ptr<Reply> m_reply;
        CallOptions m_options;
    };
    //! DeadlineExceeded or Cancelled when nothing came in time. One waiter a reply.
    Awaiter within(CallOptions options) { return Awaiter(this->shared_from_this(), std::move(options)); }

private:
    struct Wake
    {
        std::weak_ptr<Reply> reply;
        QTimer *timer;
        // A stop may be requested on any thread: it is posted to the timer's.
        void operator()() const
        {
            QMetaObject::invokeMethod(timer, [weak = reply] { cancel(weak.lock()); }, Qt::QueuedConnection);
        }
    };
    struct Later
    {
        void operator()(QTimer *timer) const // it may be in its own timeout()
        {
            timer->stop();
            timer->deleteLater();
        }
    };

    static void cancel(const std::shared_ptr<Reply> &reply)
    {
        if (reply) {
            reply->resolve(failure({.kind = ErrorKind::Cancelled, .message = QStringLiteral("Stopped while waiting")}));
        }
    }

    Reply()
        : m_timer(new QTimer)
    {
        m_timer->setSingleShot(true);
        QObject::connect(m_timer.get(), &QTimer::timeout, m_timer.get(), [this] {
            resolve(failure({.kind = ErrorKind::DeadlineExceeded,
                .message = QStringLiteral("No answer in time"),
                .retryable = true}));
        });
    }

    void waitAs(std::coroutine_handle<> waiting, const CallOptions &options)
    {
        m_waiting = waiting;
        m_timer->start(std::max(options.deadline, std::chrono::milliseconds(0)));
        m_onStop.emplace(options.stop, Wake {this->weak_from_this(), m_timer.get()});
    }

    std::optional<Result<T>> m_value;
    std::coroutine_handle<> m_waiting;
    std::unique_ptr<QTimer, Later> m_timer;
    std::optional<std::stop_callback<Wake>> m_onStop;
};

//! A reply which carries no value.
struct Done
{
};

} // namespace headgate
