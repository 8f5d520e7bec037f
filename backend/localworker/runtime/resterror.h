// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

#include <string>

namespace headgate::localworker {

//! What Connect answers instead of a result: {"error_code": status, "message": message}.
struct RestError
{
    int status = 500;
    std::string message;
};

template <class T> using RestResult = tl::expected<T, RestError>;

inline tl::unexpected<RestError> refuse(int status, std::string message)
{
    return tl::unexpected<RestError>(RestError {status, std::move(message)});
}

} // namespace headgate::localworker
