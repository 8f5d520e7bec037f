// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

#include <memory>
#include <string>

namespace headgate::localworker {

/*! A failure with the Java class name a real worker would give it and its chain of causes: tools read traces, and the
 * last cause is what says something. The frames name this worker's own functions; no Java frame is pretended. */
struct Throwable
{
    std::string type; //!< e.g. org.apache.kafka.connect.errors.DataException
    std::string message;
    std::string at; //!< the function here that noticed it
    std::shared_ptr<const Throwable> cause;
    bool retriable = false; //!< a RetriableException: tried again within errors.retry.timeout

    Throwable because(Throwable inner) &&
    {
        cause = std::make_shared<const Throwable>(std::move(inner));
        return std::move(*this);
    }
    std::string heading() const { return message.empty() && !cause ? type : type + ": " + message; }
    std::string trace() const;
};

template <class T> using Outcome = tl::expected<T, Throwable>;
using Thrown = tl::unexpected<Throwable>;

inline Thrown thrown(Throwable what)
{
    return Thrown(std::move(what));
}
//! org.apache.kafka.connect.errors.ConnectException
Throwable connectException(std::string message, std::string at);

} // namespace headgate::localworker
