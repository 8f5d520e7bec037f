// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/playground/slowtarget.h"

#include "common/clock.h"

namespace headgate::localworker {

SlowTarget::SlowTarget(Clock &clock, std::chrono::milliseconds delay)
    : m_server([](const HttpRequest &) { return std::nullopt; },
          [this, &clock, delay](HttpRequest) { return answer(&clock, delay, m_stop.get_token()); })
{
}

Result<std::string> SlowTarget::listen()
{
    const auto port = m_server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    if (!port) {
        return tl::unexpected(port.error());
    }
    return "http://127.0.0.1:" + std::to_string(*port) + "/clicks";
}

void SlowTarget::close()
{
    m_stop.request_stop();
    m_server.close();
}

QCoro::Task<HttpResponse> SlowTarget::answer(Clock *clock, std::chrono::milliseconds delay, std::stop_token stop)
{
    co_await clock->sleepFor(delay, stop);
    co_return HttpResponse {.status = 204, .contentType = {}, .headers = {}, .body = {}};
}

} // namespace headgate::localworker
