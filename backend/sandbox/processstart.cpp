// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/processstart.h"

#include "common/wakeup.h"

#include <QProcess>

namespace headgate {

QCoro::Task<bool> startProcess(QProcess *process, QIODevice::OpenMode mode, CallOptions options)
{
    Wakeup changed;
    QObject listener;
    QObject::connect(process, &QProcess::stateChanged, &listener, [&changed] { changed.notify(); });
    process->start(mode);
    if (process->state() == QProcess::Starting) {
        co_await changed.wait(options.deadline, options.stop);
    }
    // One that did its work and has ended already was started.
    co_return process->state() != QProcess::Starting && process->error() != QProcess::FailedToStart;
}

} // namespace headgate
