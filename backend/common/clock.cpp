// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"

#include <QCoroTimer>
#include <QDateTime>
#include <QTimeZone>
#include <QTimer>

namespace headgate {

Instant SystemClock::now() const
{
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

Monotonic SystemClock::monotonic() const
{
    return std::chrono::floor<Milliseconds>(std::chrono::steady_clock::now());
}

Task<void> SystemClock::sleepFor(Milliseconds duration, std::stop_token stop)
{
    QTimer timer;
    timer.setSingleShot(true);
    // A requested stop fires the timer at once; it may come from another thread, so it is posted.
    std::stop_callback onStop(stop, [&timer] { QMetaObject::invokeMethod(&timer, [&timer] { timer.start(0); }); });
    if (!stop.stop_requested()) {
        timer.start(duration);
    }
    co_await timer; // not its signal: awaiting a private signal binds a reference to null (undefined behaviour)
    if (stop.stop_requested()) {
        co_return failure({.kind = ErrorKind::Cancelled, .message = QStringLiteral("Stopped while waiting")});
    }
    co_return {};
}

QString toIso(Instant instant)
{
    if (instant == Instant {}) {
        return {};
    }
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

Result<Instant> fromIso(const QString &text)
{
    const auto parsed = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!parsed.isValid()) {
        return failure(
            {.kind = ErrorKind::InvalidInput, .message = QStringLiteral("Not a time: %1").arg(text.left(40))});
    }
    return Instant(Milliseconds(parsed.toMSecsSinceEpoch()));
}

} // namespace headgate
