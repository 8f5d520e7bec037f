// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectors/sinktopics.h"

#include <QRegularExpression>

#include <algorithm>

namespace headgate {

QStringList topicsRead(const ConfigMap &config, const QStringList &known)
{
    QStringList read;
    if (const auto *list = findConfig(config, QStringLiteral("topics")); list && !list->trimmed().isEmpty()) {
        for (const auto &topic : list->split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            read << topic.trimmed();
        }
    } else if (const auto *pattern = findConfig(config, QStringLiteral("topics.regex"))) {
        const QRegularExpression regex(QRegularExpression::anchoredPattern(*pattern));
        // As a consumer does by default: a pattern never means Kafka's own two topics.
        const QStringList own {QStringLiteral("__consumer_offsets"), QStringLiteral("__transaction_state")};
        std::ranges::copy_if(known, std::back_inserter(read),
            [&](const QString &topic) { return !own.contains(topic) && regex.match(topic).hasMatch(); });
    }
    return read;
}

} // namespace headgate
