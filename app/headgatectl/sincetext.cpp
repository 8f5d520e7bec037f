// SPDX-License-Identifier: GPL-3.0-or-later
#include "sincetext.h"

#include <QRegularExpression>

namespace headgate {

Result<Instant> sinceFromText(const QString &text, Instant now)
{
    using namespace std::chrono;
    static const QRegularExpression age(QStringLiteral("^([0-9]{1,5})([mhd])$"));
    static const QRegularExpression day(QStringLiteral("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"));
    if (const auto match = age.match(text); match.hasMatch()) {
        const auto unit = match.captured(2);
        const Milliseconds each = unit == QLatin1String("m") ? minutes(1)
            : unit == QLatin1String("h")                     ? hours(1)
                                                             : hours(24);
        return now - each * match.captured(1).toInt();
    }
    const auto found = fromIso(day.match(text).hasMatch() ? text + QStringLiteral("T00:00:00Z") : text);
    return found ? found
                 : failure({.kind = ErrorKind::InvalidInput,
                       .message = QStringLiteral("\"%1\" is no time: 90m, 24h, 7d, 2026-03-10, 2026-03-10T09:05:00Z")
                           .arg(text.left(40))});
}

} // namespace headgate
