// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace headgate {

/*! The longest turn of the event loop it lives in, by the CPU time of that thread: a busy machine does not spoil it, a
 * slow function does. Counts from its making. Nested loops count as turns of their own. */
class StallProbe final : public QObject
{
    Q_OBJECT
public:
    StallProbe();
    double longestCpu() const { return m_longest; } //!< milliseconds

private:
    void turnEnds();

    double m_begin;
    double m_longest = 0;
};

} // namespace headgate
