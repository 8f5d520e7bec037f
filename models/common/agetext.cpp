// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/common/agetext.h"

#include "models/common/displaylocale.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AgeText)
};

QDateTime local(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count()).toLocalTime();
}

} // namespace

QString roundDuration(Milliseconds duration)
{
    const auto seconds = std::max<std::int64_t>(0, duration.count() / 1000);
    if (seconds < 60) {
        return Words::tr("%1 s").arg(seconds);
    }
    if (seconds < 3600) {
        return Words::tr("%1 min").arg(seconds / 60);
    }
    if (seconds < 48 * 3600) {
        return Words::tr("%1 h").arg(seconds / 3600);
    }
    return Words::tr("%1 d").arg(seconds / 86'400);
}

QString ageText(Milliseconds age)
{
    return Words::tr("%1 old", "age of knowledge, e.g. 6 min old").arg(roundDuration(age));
}

QString agoText(Milliseconds age)
{
    return Words::tr("%1 ago", "e.g. 2 s ago").arg(roundDuration(age));
}

QString momentText(Instant instant, Instant now)
{
    if (instant == Instant {}) {
        return {};
    }
    const auto then = local(instant);
    const auto today = local(now).date();
    const QString time = displayLocale().toString(then.time(), QStringLiteral("HH:mm:ss"));
    if (then.date() == today) {
        return time;
    }
    const auto pattern = then.date().year() == today.year() ? QStringLiteral("d MMM") : QStringLiteral("d MMM yyyy");
    return displayLocale().toString(then.date(), pattern) + u' ' + time;
}

QString dayText(Instant instant, Instant now)
{
    if (instant == Instant {}) {
        return {};
    }
    const auto then = local(instant);
    const auto days = then.date().daysTo(local(now).date());
    if (days == 0) {
        return displayLocale().toString(then.time(), QStringLiteral("HH:mm"));
    }
    if (days > 0 && days < 7) {
        return displayLocale().dayName(then.date().dayOfWeek(), QLocale::ShortFormat);
    }
    return displayLocale().toString(
        then.date(), days > 0 && days < 335 ? QStringLiteral("d MMM") : QStringLiteral("MMM yyyy"));
}

} // namespace headgate
