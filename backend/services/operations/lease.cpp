// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/operations/lease.h"

#include <QCoreApplication>
#include <QFile>

namespace headgate {

namespace {

QByteArray procFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

//! Field 22 of /proc/<pid>/stat; the command in field 2 may hold blanks and brackets, so it is counted from the last
//! bracket.
qint64 startTicksOf(qint64 pid)
{
    const auto stat = procFile(QStringLiteral("/proc/%1/stat").arg(pid));
    const auto fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    constexpr int kStart = 22 - 3;
    return fields.size() > kStart ? fields[kStart].toLongLong() : 0;
}

QString bootId()
{
    return QString::fromLatin1(procFile(QStringLiteral("/proc/sys/kernel/random/boot_id")).trimmed());
}

} // namespace

Lease ownLease()
{
    const auto pid = QCoreApplication::applicationPid();
    return {bootId(), pid, startTicksOf(pid)};
}

bool isAlive(const Lease &lease)
{
    return lease.pid > 0 && lease.bootId == bootId() && lease.startTicks != 0
        && startTicksOf(lease.pid) == lease.startTicks;
}

} // namespace headgate
