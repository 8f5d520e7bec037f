// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace headgate {

/*! While it lives, the first Ctrl+C (SIGINT, SIGTERM) is told instead of ending the program; the next one ends it. Main
 * thread, one at a time. */
class InterruptKey
{
public:
    explicit InterruptKey(std::function<void()> pressed);
    ~InterruptKey();
    Q_DISABLE_COPY_MOVE(InterruptKey)

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace headgate
