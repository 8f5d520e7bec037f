// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <QCoroTask>

#include <chrono>
#include <stop_token>

namespace headgate {

/*! The one asynchronous style: a remote or slow call is a coroutine that ends with a Result.
 *
 * Rules, each because it bit somebody: arguments by value; no capturing lambda as a coroutine; every await has a
 * deadline and takes a stop token; `co_return m_member` empties the member (QCoro's return_value moves from any lvalue
 * that has to be converted to the Result): write std::as_const(m_member); after an await re-read state; a service
 * outlives its operations and has `Task<void> close()`. */
template <class T> using Task = QCoro::Task<Result<T>>;

//! How long a call may take in total (not idle time) and who may stop it.
struct CallOptions
{
    std::chrono::milliseconds deadline {5000};
    std::stop_token stop {};
};

} // namespace headgate
