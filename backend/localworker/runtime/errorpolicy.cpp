// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/errorpolicy.h"

namespace headgate::localworker {

ErrorPolicy ErrorPolicy::from(const ConnectorConfig &config)
{
    const auto dead = config.under("errors.deadletterqueue.");
    return {.tolerateAll = config.get("errors.tolerance") == "all",
        .retryDelayMax = std::chrono::milliseconds(config.number("errors.retry.delay.max.ms", 60'000)),
        .deadLetterTopic = dead.get("topic.name"),
        .deadLetterReplication = static_cast<int>(dead.number("topic.replication.factor", 3)),
        .deadLetterHeaders = dead.flag("context.headers.enable", false),
        .log = config.flag("errors.log.enable", false),
        .logMessages = config.flag("errors.log.include.messages", false)};
}

Throwable toleranceExceeded(Throwable cause)
{
    return connectException("Tolerance exceeded in error handler", "WorkerSinkTask.convert").because(std::move(cause));
}

OutRecord deadLetter(const ErrorPolicy &policy, const InRecord &record, const std::string &connector, int task,
    const std::string &stage, const std::string &className, const Throwable &error)
{
    OutRecord dead {.topic = policy.deadLetterTopic,
        .partition = -1,
        .timestamp = std::max<std::int64_t>(record.timestamp, 0),
        .key = record.key,
        .value = record.value,
        .headers = record.headers};
    if (!policy.deadLetterHeaders) {
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
