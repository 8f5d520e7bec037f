// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/processid.h"

#include <QFile>

namespace headgate {

qint64 processStart(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (pid <= 0 || !stat.open(QIODevice::ReadOnly)) {
        return -1;
    }
    // The second field is the program's name in brackets and may hold anything, so count from its end.
    const auto text = stat.readAll();
    const auto fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    constexpr int startField = 22 - 3;
    return fields.size() > startField && fields.front() != "Z" ? fields.at(startField).toLongLong() : -1;
}

} // namespace headgate
