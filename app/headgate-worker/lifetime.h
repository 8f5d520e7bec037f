// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>

namespace headgate {

/*! Tells when this process should end: SIGTERM or SIGINT, and, with an owner, as soon as that has gone, however it
 * went. Main thread. */
class Lifetime : public QObject
{
    Q_OBJECT
public:
    explicit Lifetime(QObject *parent = nullptr);

    /*! Three ways to notice, as each misses a case: the kernel's signal (set too late if the owner died first), its pid
     * (may be taken again), the end of standard input (somebody may hold a copy). */
    void endWithOwner();

Q_SIGNALS:
    void over();

private:
    void readInput();

    std::unique_ptr<QSocketNotifier> m_signals, m_input;
    QTimer m_ownerCheck;
};

} // namespace headgate
