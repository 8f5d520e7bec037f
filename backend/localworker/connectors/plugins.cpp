// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/connectors/plugins.h"

#include "localworker/connectors/filestream.h"
#include "localworker/connectors/generatorsource.h"
#include "localworker/connectors/httpsink.h"
#include "localworker/connectors/scriptedsink.h"

#include <algorithm>

namespace headgate::localworker {

namespace {

constexpr auto fileSource = "org.apache.kafka.connect.file.FileStreamSourceConnector";
constexpr auto fileSink = "org.apache.kafka.connect.file.FileStreamSinkConnector";
constexpr auto generatorSource = "dev.headgate.connect.GeneratorSource";
constexpr auto httpSink = "dev.headgate.connect.HttpSink";
constexpr auto scriptedSource = "dev.headgate.connect.ScriptedSource";
constexpr auto scriptedSink = "dev.headgate.connect.ScriptedSink";

ConfigKey number(std::string name, const char *fallback, const char *documentation, std::int64_t atLeast = 0)
{
    return {.name = std::move(name),
        .type = ConfigType::Long,
        .fallback = fallback,
        .importance = "MEDIUM",
        .documentation = documentation,
        .atLeast = atLeast};
}

ConfigKey rate(std::string name, const char *fallback, const char *documentation)
{
    return {.name = std::move(name),
        .type = ConfigType::Double,
        .fallback = fallback,
        .importance = "MEDIUM",
        .documentation = documentation,
        .atLeast = 0};
}

std::vector<ConfigKey> generatorKeys()
{
    return {{.name = "topic", .required = true, .documentation = "Where the records go."},
        rate("rate", "10", "Records a second."), number("record.bytes", "120", "Size of a value, about.", 1),
        number("keys", "100", "How many different keys.", 1),
        number("max.records", "0", "Stop after so many; 0 never."),
        number("burst.every.ms", "0", "How often a burst begins; 0 never."),
        number("burst.length.ms", "0", "How long it lasts."), rate("burst.rate", "0", "Records a second within it.")};
}

std::vector<ConfigKey> scriptKeys()
{
    return {number("script.delay.ms", "0", "Wait before each record."),
        number("script.slow.from", "1", "First slow record."),
        number("script.slow.until", "0", "First record that is not slow any more; 0 none."),
        number("script.fail.at", "0", "Fail at this record; 0 never."),
        number("script.fail.times", "0", "Fail only so often, then recover; 0 always."),
        {.name = "script.fail.message",
            .fallback = "The script says: fail here",
            .importance = "LOW",
            .documentation = "What the failure says."},
        number("script.refuse.from", "0", "Refuse from this record on, retriable; 0 never."),
        number("script.refuse.times", "1", "How often.")};
}

std::vector<ConfigKey> httpKeys()
{
    return {{.name = "http.url",
                .required = true,
                .documentation = "Where each value is sent; on this machine, or an allowed host."},
        {.name = "http.method",
            .fallback = "POST",
            .importance = "MEDIUM",
            .documentation = "POST or PUT.",
            .oneOf = {"POST", "PUT"}},
        number("http.timeout.ms", "10000", "How long one request may take in total.", 1)};
}

std::vector<ConfigKey> joined(std::vector<ConfigKey> first, const std::vector<ConfigKey> &second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<ConfigKey> jsonKeys()
{
    return {{.name = "converter.type", .required = true, .importance = "LOW", .documentation = "key, value or header."},
        {.name = "schemas.enable",
            .type = ConfigType::Boolean,
            .fallback = "true",
            .documentation = "Schema and payload around each value.",
            .group = "Schemas",
            .width = "MEDIUM",
            .displayName = "Enable Schemas",
            .order = 0},
        {.name = "schemas.cache.size",
            .type = ConfigType::Int,
            .fallback = "1000",
            .documentation = "Taken, without effect here.",
            .group = "Schemas",
            .width = "MEDIUM",
            .displayName = "Schema Cache Size",
            .order = 1},
        {.name = "decimal.format",
            .fallback = "BASE64",
            .importance = "LOW",
            .documentation = "Taken, without effect here.",
            .group = "Serialization",
            .width = "MEDIUM",
            .displayName = "Decimal Format",
            .order = 0},
        {.name = "replace.null.with.default",
            .type = ConfigType::Boolean,
            .fallback = "true",
            .importance = "LOW",
            .documentation = "Taken, without effect here.",
            .group = "Serialization",
            .width = "MEDIUM",
            .displayName = "Replace null with default",
            .order = 1}};
}

std::string simpleName(const std::string &className)
{
    return className.substr(className.rfind('.') + 1);
}

} // namespace

const std::vector<Plugin> &plugins()
{
    static const std::vector<Plugin> all {
        {httpSink, PluginType::Sink, httpSink, false, httpKeys()},
        {scriptedSink, PluginType::Sink, scriptedSink, false, scriptKeys()},
        {fileSink, PluginType::Sink, "org.apache.kafka.connect.file.FileStreamSinkTask", false,
            {{.name = "file", .documentation = "File to append to, below the worker's data directory."}}},
        {generatorSource, PluginType::Source, generatorSource, false, generatorKeys()},
        {scriptedSource, PluginType::Source, scriptedSource, false, joined(generatorKeys(), scriptKeys())},
        {fileSource, PluginType::Source, "org.apache.kafka.connect.file.FileStreamSourceTask", true,
            {{.name = "file", .documentation = "File to read, below the worker's data directory."},
                {.name = "topic", .required = true, .documentation = "Where its lines go."},
                {.name = "batch.size",
                    .type = ConfigType::Int,
                    .fallback = "2000",
                    .importance = "LOW",
                    .documentation = "Lines a turn, at most."}}},
        {"org.apache.kafka.connect.converters.ByteArrayConverter", PluginType::Converter, {}, false, {}},
        {"org.apache.kafka.connect.json.JsonConverter", PluginType::Converter, {}, false, jsonKeys()},
        {"org.apache.kafka.connect.storage.StringConverter", PluginType::Converter, {}, false, {}},
        {"org.apache.kafka.connect.storage.SimpleHeaderConverter", PluginType::HeaderConverter, {}, false, {}},
    };
    return all;
}

std::string Plugin::typeName() const
{
    switch (type) {
    case PluginType::Source:
        return "source";
    case PluginType::Sink:
        return "sink";
    case PluginType::Converter:
        return "converter";
    case PluginType::HeaderConverter:
        return "header_converter";
    }
    return {};
}

const Plugin *findPlugin(const std::string &name)
{
    const auto it = std::ranges::find_if(plugins(), [&](const Plugin &plugin) {
        const auto simple = simpleName(plugin.className);
        return name == plugin.className || name == simple
            || (simple.ends_with("Connector") && name == simple.substr(0, simple.size() - 9));
    });
    return it == plugins().end() ? nullptr : &*it;
}

const Plugin *findConnector(const std::string &name)
{
    const auto *plugin = findPlugin(name);
    return plugin && (plugin->type == PluginType::Source || plugin->type == PluginType::Sink) ? plugin : nullptr;
}

std::string noSuchConnector(const std::string &name)
{
    std::string known;
    for (const auto &plugin : plugins()) {
        if (plugin.type == PluginType::Source || plugin.type == PluginType::Sink) {
            known += (known.empty() ? "" : ", ") + plugin.className;
        }
    }
    return "Failed to find any class that implements Connector and which name matches " + name
        + ", available connectors are: " + known;
}

std::unique_ptr<SourceTask> makeSourceTask(
    const Plugin &plugin, const ConnectorConfig &config, TaskId id, TaskEnvironment environment)
{
    if (plugin.className == fileSource) {
        return std::make_unique<FileStreamSource>(config, std::move(environment));
    }
    return std::make_unique<GeneratorSource>(
        config, std::move(id), std::move(environment), plugin.className == scriptedSource);
}

std::unique_ptr<SinkTask> makeSinkTask(
    const Plugin &plugin, const ConnectorConfig &config, TaskId id, TaskEnvironment environment)
{
    if (plugin.className == fileSink) {
        return std::make_unique<FileStreamSink>(config, std::move(environment));
    }
    if (plugin.className == httpSink) {
        return std::make_unique<HttpSink>(config, std::move(environment));
    }
    return std::make_unique<ScriptedSink>(config, std::move(id), std::move(environment));
}

} // namespace headgate::localworker
