// SPDX-License-Identifier: GPL-3.0-or-later
#include "lifetime.h"

#include <array>

#include <csignal>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace headgate {

Lifetime::Lifetime(QObject *parent)
    : QObject(parent)
{
    ::signal(SIGPIPE, SIG_IGN); // whoever started us may stop reading our output
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    // Blocked here and so in every thread started later: they arrive as readable bytes on the event loop instead.
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    m_signals
        = std::make_unique<QSocketNotifier>(signalfd(-1, &ends, SFD_NONBLOCK | SFD_CLOEXEC), QSocketNotifier::Read);
    connect(m_signals.get(), &QSocketNotifier::activated, this, &Lifetime::over);
}

void Lifetime::endWithOwner()
{
    const auto owner = ::getppid();
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    connect(&m_ownerCheck, &QTimer::timeout, this, [this, owner] {
        if (::getppid() != owner) {
            Q_EMIT over();
        }
    });
    m_ownerCheck.start(1000);
    m_input = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    connect(m_input.get(), &QSocketNotifier::activated, this, &Lifetime::readInput);
}

void Lifetime::readInput()
{
    std::array<char, 256> dropped {};
    if (::read(STDIN_FILENO, dropped.data(), dropped.size()) <= 0) {
        m_input->setEnabled(false);
        Q_EMIT over();
    }
}

} // namespace headgate
