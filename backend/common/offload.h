// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoroFuture>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <memory>
#include <type_traits>

namespace headgate {

/*! Runs `fn` in the pool and resumes on the calling thread with its value: big JSON, sorting, files, libsecret.
 *
 * `fn` must own everything it touches (values only). It cannot be cancelled: give it bounded work. */
template <class Fn> QCoro::Task<std::invoke_result_t<Fn>> offload(Fn fn)
{
    auto future = QtConcurrent::run(std::move(fn));
    if constexpr (std::is_void_v<std::invoke_result_t<Fn>>) {
        co_await future;
    } else {
        co_await QFuture<void>(future); // awaiting it as it is copies the value, a listing of thousands of connectors
        co_return future.takeResult();
    }
}

/*! Shares `value`; whoever lets go of it last has it destroyed in the pool. To free ten thousand rows takes the GUI
 * thread longer than a frame. */
template <class Value> std::shared_ptr<const Value> sharedFreedInPool(Value value)
{
    const auto free = [](const Value *gone) {
        QThreadPool::globalInstance()->start([gone] { delete gone; });
    };
    return std::shared_ptr<const Value>(new Value(std::move(value)), free);
}

} // namespace headgate
