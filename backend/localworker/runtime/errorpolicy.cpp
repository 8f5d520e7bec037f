// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/errorpolicy.h"

namespace headgate::localworker {

ErrorPolicy ErrorPolicy::from(const ConnectorConfig &config)
{
    ConfigMap map;
    for (const auto &entry : config.entries()) {
        map.emplace_back(QString::fromStdString(entry.key), QString::fromStdString(entry.value.value_or("")));
    }
    return {.rules = errorRules(map),
        .retryDelayMax = std::chrono::milliseconds(config.number("errors.retry.delay.max.ms", 60'000))};
}

Throwable toleranceExceeded(Throwable cause)
{
    return connectException("Tolerance exceeded in error handler", "WorkerSinkTask.convert").because(std::move(cause));
}

OutRecord deadLetter(const ErrorPolicy &policy, const InRecord &record, const std::string &connector, int task,
    const std::string &stage, const std::string &className, const Throwable &error)
{
    OutRecord dead {.topic = policy.deadLetterTopic(),
        .partition = -1,
        .timestamp = std::max<std::int64_t>(record.timestamp, 0),
        .key = record.key,
        .value = record.value,
        .headers = record.headers};
    if (!policy.rules.deadLetterHeaders) {
        return dead;
    }
    const auto add = [&dead](const char *name, const std::string &value) {
        dead.headers.emplace_back(std::string("__connect.errors.") + name, QByteArray::fromStdString(value));
    };
    add("topic", record.topic);
    add("partition", std::to_string(record.partition));
    add("offset", std::to_string(record.offset));
    add("connector.name", connector);
    add("task.id", std::to_string(task));
    add("stage", stage);
    add("class.name", className);
    add("exception.class.name", error.type);
    add("exception.message", error.message);
    add("exception.stacktrace", error.trace());
    return dead;
}

} // namespace headgate::localworker
