// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/connectors/configdef.h"

// The keys every connector has, as a table. What they mean: Kafka's documentation; the sentences are ours.
namespace headgate::localworker {

namespace {

constexpr auto common = "Common";
constexpr auto errors = "Error Handling";

std::vector<std::string> converters(bool header)
{
    std::vector<std::string> names {"org.apache.kafka.connect.converters.ByteArrayConverter",
        "org.apache.kafka.connect.json.JsonConverter", "org.apache.kafka.connect.storage.StringConverter"};
    if (header) {
        names.insert(names.begin() + 2, "org.apache.kafka.connect.storage.SimpleHeaderConverter");
    }
    return names;
}

void addConverter(std::vector<ConfigKey> &keys, const std::string &role, const std::string &title,
    const std::string &fallback, const std::string &version, int order)
{
    keys.push_back({.name = role + ".converter",
        .type = ConfigType::Class,
        .fallback = fallback,
        .importance = "LOW",
        .documentation
        = "How the " + role + " of a record becomes bytes and comes back. Unset: the worker's own setting.",
        .group = common,
        .width = "SHORT",
        .displayName = title + " converter class",
        .order = order,
        .recommended = converters(role == "header")});
    keys.push_back({.name = role + ".converter.plugin.version",
        .fallback = version,
        .importance = "LOW",
        .documentation = "Which version of that converter.",
        .group = common,
        .width = "SHORT",
        .displayName = title + " converter version",
        .order = order + 1,
        .recommended = {version}});
}

} // namespace

std::vector<ConfigKey> commonKeys(const std::string &version)
{
    const std::string json = "org.apache.kafka.connect.json.JsonConverter";
    std::vector<ConfigKey> keys {
        {.name = "name",
            .required = true,
            .documentation = "The connector's name, unique in its Connect cluster.",
            .group = common,
            .width = "MEDIUM",
            .displayName = "Connector name",
            .order = 1},
        {.name = "connector.class",
            .required = true,
            .documentation = "Full name or alias of the connector's class.",
            .group = common,
            .width = "LONG",
            .displayName = "Connector class",
            .order = 2},
        {.name = "connector.plugin.version",
            .fallback = version,
            .importance = "MEDIUM",
            .documentation = "Which version of that class.",
            .group = common,
            .width = "MEDIUM",
            .displayName = "Connector version",
            .order = 3,
            .recommended = {version}},
        {.name = "tasks.max",
            .type = ConfigType::Int,
            .fallback = "1",
            .documentation = "No more tasks than this.",
            .group = common,
            .width = "SHORT",
            .displayName = "Tasks max",
            .order = 4,
            .atLeast = 1},
        {.name = "tasks.max.enforce",
            .type = ConfigType::Boolean,
            .fallback = "true",
            .importance = "LOW",
            .documentation = "Deprecated. Whether a connector that makes more tasks fails.",
            .group = common,
            .width = "SHORT",
            .displayName = "Enforce tasks max",
            .order = 5},
    };
    addConverter(keys, "key", "Key", json, version, 6);
    addConverter(keys, "value", "Value", json, version, 8);
    addConverter(keys, "header", "Header", "org.apache.kafka.connect.storage.SimpleHeaderConverter", version, 10);
    const std::vector<ConfigKey> rest {
        {.name = "transforms",
            .type = ConfigType::List,
            .fallback = "",
            .importance = "LOW",
            .documentation = "Not available in this worker.",
            .group = "Transforms",
            .width = "LONG",
            .displayName = "Transforms",
            .order = 12},
        {.name = "predicates",
            .type = ConfigType::List,
            .fallback = "",
            .importance = "LOW",
            .documentation = "Not available in this worker.",
            .group = "Predicates",
            .width = "LONG",
            .displayName = "Predicates",
            .order = 13},
        {.name = "config.action.reload",
            .fallback = "restart",
            .importance = "LOW",
            .documentation = "What a changed external configuration value causes.",
            .group = common,
            .width = "MEDIUM",
            .displayName = "Reload Action",
            .order = 14,
            .oneOf = {"NONE", "RESTART"}},
        {.name = "errors.retry.timeout",
            .type = ConfigType::Long,
            .fallback = "0",
            .importance = "MEDIUM",
            .documentation = "How long a failed operation is tried again, in milliseconds; -1 without end.",
            .group = errors,
            .width = "MEDIUM",
            .displayName = "Retry Timeout for Errors",
            .order = 1},
        {.name = "errors.retry.delay.max.ms",
            .type = ConfigType::Long,
            .fallback = "60000",
            .importance = "MEDIUM",
            .documentation = "Longest pause between two attempts, in milliseconds.",
            .group = errors,
            .width = "MEDIUM",
            .displayName = "Maximum Delay Between Retries for Errors",
            .order = 2},
        {.name = "errors.tolerance",
            .fallback = "none",
            .importance = "MEDIUM",
            .documentation = "none: the first bad record fails the task. all: bad records are skipped.",
            .group = errors,
            .width = "SHORT",
            .displayName = "Error Tolerance",
            .order = 3,
            .oneOf = {"none", "all"}},
        {.name = "errors.log.enable",
            .type = ConfigType::Boolean,
            .fallback = "false",
            .importance = "MEDIUM",
            .documentation = "Whether each bad record is written to the worker's log.",
            .group = errors,
            .width = "SHORT",
            .displayName = "Log Errors",
            .order = 4},
        {.name = "errors.log.include.messages",
            .type = ConfigType::Boolean,
            .fallback = "false",
            .importance = "MEDIUM",
            .documentation = "Whether that log line names topic, partition and offset.",
            .group = errors,
            .width = "SHORT",
            .displayName = "Log Error Details",
            .order = 5},
    };
    keys.insert(keys.end(), rest.begin(), rest.end());
    return keys;
}

std::vector<ConfigKey> sourceKeys()
{
    constexpr auto once = "Exactly Once Support";
    return {
        {.name = "topic.creation.groups",
            .type = ConfigType::List,
            .fallback = "",
            .importance = "LOW",
            .documentation = "Groups of settings for topics the connector creates.",
            .group = "Topic Creation",
            .width = "LONG",
            .displayName = "Topic Creation Groups",
            .order = 1},
        {.name = "exactly.once.support",
            .fallback = "requested",
            .importance = "MEDIUM",
            .documentation = "requested or required. This worker has none.",
            .group = once,
            .width = "SHORT",
            .displayName = "Exactly once support",
            .order = 2,
            .oneOf = {"REQUESTED", "REQUIRED"}},
        {.name = "transaction.boundary",
            .fallback = "poll",
            .importance = "MEDIUM",
            .documentation = "When a transaction ends: poll, interval or connector.",
            .group = once,
            .width = "SHORT",
            .displayName = "Transaction Boundary",
            .order = 3,
            .oneOf = {"POLL", "INTERVAL", "CONNECTOR"}},
        {.name = "transaction.boundary.interval.ms",
            .type = ConfigType::Long,
            .importance = "LOW",
            .documentation = "Length of a transaction for the boundary interval.",
            .group = once,
            .width = "SHORT",
            .displayName = "Transaction boundary interval",
            .order = 4},
        {.name = "offsets.storage.topic",
            .importance = "LOW",
            .documentation = "A topic of its own for the connector's positions.",
            .group = "offsets.topic",
            .width = "LONG",
            .displayName = "Offsets topic",
            .order = 1},
    };
}

std::vector<ConfigKey> sinkKeys()
{
    return {
        {.name = "topics",
            .type = ConfigType::List,
            .fallback = "",
            .documentation = "Topics to read, separated by commas.",
            .group = common,
            .width = "LONG",
            .displayName = "Topics",
            .order = 4},
        {.name = "topics.regex",
            .fallback = "",
            .documentation = "Or a pattern of topic names.",
            .group = common,
            .width = "LONG",
            .displayName = "Topics regex",
            .order = 4},
        {.name = "errors.deadletterqueue.topic.name",
            .fallback = "",
            .importance = "MEDIUM",
            .documentation = "Where bad records go; empty: nowhere.",
            .group = errors,
            .width = "MEDIUM",
            .displayName = "Dead Letter Queue Topic Name",
            .order = 6},
        {.name = "errors.deadletterqueue.topic.replication.factor",
            .type = ConfigType::Short,
            .fallback = "3",
            .importance = "MEDIUM",
            .documentation = "Copies of that topic if it is to be created.",
            .group = errors,
            .width = "MEDIUM",
            .displayName = "Dead Letter Queue Topic Replication Factor",
            .order = 7},
        {.name = "errors.deadletterqueue.context.headers.enable",
            .type = ConfigType::Boolean,
            .fallback = "false",
            .importance = "MEDIUM",
            .documentation = "Whether headers tell what happened.",
            .group = errors,
            .width = "MEDIUM",
            .displayName = "Enable Error Context Headers",
            .order = 8},
    };
}

} // namespace headgate::localworker
