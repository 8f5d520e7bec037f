// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace headgate {

//! Who runs an operation: a process of this boot. Process numbers come back, so the start time belongs to it.
struct Lease
{
    QString bootId;
    qint64 pid = 0;
    qint64 startTicks = 0; //!< since boot

    bool operator==(const Lease &) const = default;
};

Lease ownLease();
//! False when its process is gone, or belongs to another boot. Reads /proc: no waiting.
bool isAlive(const Lease &lease);

} // namespace headgate
