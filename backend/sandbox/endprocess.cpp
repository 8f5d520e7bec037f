// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/endprocess.h"

#include "common/processid.h"

#include <csignal>

namespace headgate {

namespace {

constexpr Milliseconds pollEvery {20};

QCoro::Task<bool> goneWithin(qint64 pid, qint64 started, Milliseconds time)
{
    SystemClock clock;
    const auto until = clock.monotonic() + time;
    while (processStart(pid) == started) {
        if (clock.monotonic() > until) {
            co_return false;
        }
        co_await clock.sleepFor(pollEvery, {});
    }
    co_return true;
}

void send(qint64 pid, qint64 started, int signal)
{
    if (started > 0 && processStart(pid) == started) {
        ::kill(static_cast<pid_t>(pid), signal);
    }
}

} // namespace

QCoro::Task<bool> endProcess(qint64 pid, qint64 started, Milliseconds patience)
{
    send(pid, started, SIGTERM);
    send(pid, started, SIGCONT);
    if (co_await goneWithin(pid, started, patience)) {
        co_return true;
    }
    send(pid, started, SIGKILL);
    co_return co_await goneWithin(pid, started, patience);
}

} // namespace headgate
