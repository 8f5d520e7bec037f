// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoroFuture>
#include <QtConcurrentRun>

#include <type_traits>

namespace headgate {

/*! Runs `fn` in the pool and resumes on the calling thread with its value: big JSON, sorting, files, libsecret.
 *
 * `fn` must own everything it touches (values only). It cannot be cancelled: give it bounded work. */
template <class Fn> QCoro::Task<std::invoke_result_t<Fn>> offload(Fn fn)
{
    co_return co_await QtConcurrent::run(std::move(fn));
}

} // namespace headgate
