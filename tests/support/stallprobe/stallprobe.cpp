// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/stallprobe/stallprobe.h"

#include <QAbstractEventDispatcher>

#include <algorithm>
#include <ctime>

namespace headgate {

namespace {

double threadCpuMilliseconds()
{
    timespec now {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

} // namespace

StallProbe::StallProbe()
    : m_begin(threadCpuMilliseconds())
{
    auto *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &StallProbe::turnEnds);
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &StallProbe::turnEnds);
}

void StallProbe::turnEnds()
{
    const auto now = threadCpuMilliseconds();
    m_longest = std::max(m_longest, now - m_begin);
    m_begin = now;
}

} // namespace headgate
