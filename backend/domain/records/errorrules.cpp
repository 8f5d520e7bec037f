// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/records/errorrules.h"

namespace headgate {

namespace {

QString valueOf(const ConfigMap &config, const char *key)
{
    const auto *value = findConfig(config, QLatin1String(key));
    return value ? value->trimmed() : QString();
}

bool isOn(const ConfigMap &config, const char *key)
{
    return valueOf(config, key).compare(QLatin1String("true"), Qt::CaseInsensitive) == 0;
}

} // namespace

ErrorRules errorRules(const ConfigMap &config)
{
    const auto tolerance = valueOf(config, "errors.tolerance");
    ErrorRules rules {.tolerance = tolerance.isEmpty() ? QStringLiteral("none") : tolerance.toLower(),
        .deadLetterTopic = valueOf(config, "errors.deadletterqueue.topic.name"),
        .deadLetterHeaders = isOn(config, "errors.deadletterqueue.context.headers.enable"),
        .log = isOn(config, "errors.log.enable"),
        .logMessages = isOn(config, "errors.log.include.messages")};
    bool given = false;
    const int copies = valueOf(config, "errors.deadletterqueue.topic.replication.factor").toInt(&given);
    rules.deadLetterReplication = given ? copies : rules.deadLetterReplication;
    return rules;
}

RecordFate fateOfRefused(const ErrorRules &rules)
{
    if (!rules.toleratesAll()) {
        return rules.deadLetterTopic.isEmpty() ? RecordFate::StopsTask : RecordFate::StopsAfterDeadLetter;
    }
    if (!rules.deadLetterTopic.isEmpty()) {
        return RecordFate::DeadLettered;
    }
    return rules.log ? RecordFate::Logged : RecordFate::Dropped;
}

bool stopsTask(RecordFate fate)
{
    return fate == RecordFate::StopsTask || fate == RecordFate::StopsAfterDeadLetter;
}

} // namespace headgate
