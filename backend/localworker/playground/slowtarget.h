// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/http/httpserver.h"

#include <stop_token>

namespace headgate {
class Clock;
}

namespace headgate::localworker {

/*! What the sandbox's slow sink posts to: takes every request and answers it late. On loopback, any free port; event
 * loop's thread; owned by the worker. */
class SlowTarget
{
public:
    SlowTarget(Clock &clock, std::chrono::milliseconds delay);

    //! Answers the address to post to. Unreachable when there is no free port.
    Result<std::string> listen();
    void close();

private:
    static QCoro::Task<HttpResponse> answer(Clock *clock, std::chrono::milliseconds delay, std::stop_token stop);

    HttpServer m_server;
    std::stop_source m_stop;
};

} // namespace headgate::localworker
