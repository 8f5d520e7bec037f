// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/connectors/filestream.h"
#include "localworker/connectors/httpsink.h"
#include "localworker/connectors/plugins.h"
#include "localworker/runtime/converter.h"

#include <algorithm>

namespace headgate::localworker {

namespace {

ValidatedKey *keyNamed(Validation &all, const std::string &name)
{
    const auto it = std::ranges::find(all.keys, name, [](const ValidatedKey &found) { return found.key.name; });
    return it == all.keys.end() ? nullptr : &*it;
}

void judgeTopics(Validation &all)
{
    auto *topics = keyNamed(all, "topics");
    auto *regex = keyNamed(all, "topics.regex");
    const bool list = !topics->value.value_or("").empty();
    const bool pattern = !regex->value.value_or("").empty();
    if (list == pattern) {
        const std::string why = list ? "topics and topics.regex are mutually exclusive options, but both are set."
                                     : "Must configure one of topics or topics.regex";
        topics->errors.push_back(why);
        regex->errors.push_back(why);
    }
}

void judgeConverters(Validation &all, const ConnectorConfig &config)
{
    for (const auto *role : {"key", "value"}) {
        const auto name = std::string(role) + ".converter";
        if (!converterFor(config, role)) {
            keyNamed(all, name)->errors.push_back("Invalid value " + config.get(name) + " for configuration " + name
                + ": Class " + config.get(name) + " could not be found.");
        }
    }
}

//! Sentences of this worker, not of Connect: it has no transforms, no exactly-once support, and lets no file out of its
//! directory.
void judgeOwnLimits(Validation &all, const ConnectorConfig &config, const TaskEnvironment &environment)
{
    for (const auto *name : {"transforms", "predicates"}) {
        if (!config.get(name).empty()) {
            keyNamed(all, name)->errors.push_back("The local worker has no " + std::string(name)
                + ". Remove the setting, or try this connector on a real Connect worker.");
        }
    }
    if (auto *once = keyNamed(all, "exactly.once.support"); once && once->value == "required") {
        once->errors.push_back("This worker does not have exactly-once source support enabled.");
    }
    if (auto *url = keyNamed(all, "http.url"); url && url->value) {
        if (const auto target = httpTarget(*url->value, environment.allowedHosts); !target) {
            url->errors.push_back(target.error().message);
        }
    }
    if (auto *file = keyNamed(all, "file"); file && file->value) {
        if (const auto path = pathWithin(environment.dataDirectory, *file->value); !path) {
            file->errors.push_back(path.error().message);
        }
    }
}

} // namespace

std::vector<std::string> Validation::errors() const
{
    std::vector<std::string> all;
    for (const auto &found : keys) {
        all.insert(all.end(), found.errors.begin(), found.errors.end());
    }
    return all;
}

Validation validate(const Plugin &plugin, const ConnectorConfig &config, const TaskEnvironment &environment)
{
    auto keys = commonKeys(workerVersion);
    const auto more = plugin.type == PluginType::Source ? sourceKeys() : sinkKeys();
    keys.insert(keys.end(), more.begin(), more.end());
    Validation all {.keys = validateKeys(keys, config), .groups = {}};
    for (const auto &key : keys) {
        if (std::ranges::find(all.groups, key.group) == all.groups.end()) {
            all.groups.push_back(key.group);
        }
    }
    for (auto &found : validateKeys(plugin.keys, config)) {
        all.keys.push_back(std::move(found));
    }
    judgeConverters(all, config);
    judgeOwnLimits(all, config, environment);
    if (plugin.type == PluginType::Sink) {
        judgeTopics(all);
    }
    return all;
}

} // namespace headgate::localworker
