// SPDX-License-Identifier: GPL-3.0-or-later
#include "interruptkey.h"

#include <cerrno>
#include <csignal>

#include <sys/eventfd.h>
#include <unistd.h>

namespace headgate {

namespace {

int pressedFd = -1; // for the handler, which may touch nothing else

void onSignal(int)
{
    const auto was = errno;
    const eventfd_t once = 1;
    [[maybe_unused]] const auto written = write(pressedFd, &once, sizeof once);
    errno = was;
}

void setHandler(void (*handler)(int))
{
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = int(SA_RESETHAND); // the next one ends the program
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

} // namespace

InterruptKey::InterruptKey(std::function<void()> pressed)
{
    pressedFd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(pressedFd, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [pressed = std::move(pressed)] {
        eventfd_t times = 0;
        if (eventfd_read(pressedFd, &times) == 0) {
            pressed();
        }
    });
    setHandler(onSignal);
}

InterruptKey::~InterruptKey()
{
    setHandler(SIG_DFL);
    m_notifier.reset();
    close(pressedFd);
    pressedFd = -1;
}

} // namespace headgate
