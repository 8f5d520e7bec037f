// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/rest/bodies.h"
#include "localworker/rest/connectapi.h"

#include <QString>

#include <algorithm>

// The worker itself: /, /health, /connector-plugins, /admin/loggers.
namespace headgate::localworker {

QCoro::Task<HttpResponse> ConnectApi::root(Call)
{
    co_return jsonAnswer(
        {{"version", workerVersion}, {"commit", "headgate-worker"}, {"kafka_cluster_id", m_clusterId}});
}

QCoro::Task<HttpResponse> ConnectApi::health(Call)
{
    const auto asked = m_herder.environment().clock->now();
    const bool healthy = co_await m_herder.brokersAnswer();
    if (!healthy) {
        co_return jsonAnswer({{"status", "unhealthy"},
                                 {"message",
                                     "Worker was unable to handle this request and may be unable to handle other "
                                     "requests. The worker is "
                                     "currently waiting for the brokers, which began at "
                                         + toIso(asked).toStdString() + '.'}},
            500);
    }
    co_return jsonAnswer(
        {{"status", "healthy"}, {"message", "Worker has completed startup and is ready to handle requests."}});
}

QCoro::Task<HttpResponse> ConnectApi::listPlugins(Call call)
{
    const auto asked = call.query("connectorsOnly");
    const bool connectorsOnly = asked.empty() || call.flag("connectorsOnly");
    Json list = Json::array();
    for (const auto &plugin : plugins()) {
        if (!connectorsOnly || findConnector(plugin.className)) {
            list.push_back({{"class", plugin.className}, {"type", plugin.typeName()}, {"version", workerVersion}});
        }
    }
    co_return jsonAnswer(list);
}

QCoro::Task<HttpResponse> ConnectApi::pluginConfig(Call call)
{
    const auto *plugin = findPlugin(call.arguments[0]);
    if (!plugin) {
        co_return errorAnswer({404, "Unknown plugin " + call.arguments[0] + '.'});
    }
    if (const auto version = call.query("version"); !version.empty() && !workerVersion.starts_with(version.front())) {
        co_return errorAnswer({400,
            "Plugin " + plugin->className + " not found that matches the version range [" + version.front() + ','
                + version.front() + "], available versions: [" + workerVersion + ']'});
    }
    auto keys = plugin->keys;
    if (findConnector(plugin->className)) {
        const auto append = [&keys](const std::vector<ConfigKey> &more) {
            keys.insert(keys.end(), more.begin(), more.end());
        };
        append(commonKeys(workerVersion));
        append(plugin->type == PluginType::Source ? sourceKeys() : sinkKeys());
    }
    Json list = Json::array();
    for (auto key : keys) {
        if (key.name.find(".converter") != std::string::npos) {
            key.fallback.reset(); // known only once a connector is looked at
        }
        list.push_back(definitionJson(key));
    }
    co_return jsonAnswer(list);
}

QCoro::Task<HttpResponse> ConnectApi::validatePlugin(Call call)
{
    const auto settings
        = readSettings(call.body(), "Cannot invoke \"java.util.Map.get(Object)\" because \"connectorConfig\" is null");
    if (!settings) {
        co_return errorAnswer(settings.error());
    }
    const auto config = ConnectorConfig::fromJson(*settings);
    const std::string exception = "org.apache.kafka.connect.runtime.rest.errors.BadRequestException: ";
    const auto className = config.get("connector.class");
    if (className.empty()) {
        co_return errorAnswer(
            {500, exception + "Connector config " + config.toJavaText() + " contains no connector type"});
    }
    const auto *plugin = findConnector(className);
    const auto *asked = findConnector(call.arguments[0]);
    if (plugin != asked) {
        co_return errorAnswer(
            {400, "Included connector type " + className + " does not match request type " + call.arguments[0]});
    }
    if (!plugin) {
        co_return errorAnswer({500, exception + noSuchConnector(className)});
    }
    const auto validation = validate(*plugin, config, m_herder.environment());
    Json configs = Json::array();
    for (const auto &key : validation.keys) {
        configs.push_back(validatedJson(key));
    }
    co_return jsonAnswer({{"name", plugin->className}, {"error_count", validation.errors().size()},
        {"groups", Json(validation.groups)}, {"configs", std::move(configs)}});
}

namespace {

Json loggerJson(const LoggerLevel &logger)
{
    return {{"level", logger.level}, {"last_modified", logger.changed ? Json(*logger.changed) : Json()}};
}

} // namespace

QCoro::Task<HttpResponse> ConnectApi::listLoggers(Call)
{
    Json all = Json::object();
    for (const auto &[name, logger] : m_loggers) {
        all[name] = loggerJson(logger);
    }
    co_return jsonAnswer(all);
}

QCoro::Task<HttpResponse> ConnectApi::readLogger(Call call)
{
    const auto it = m_loggers.find(call.arguments[0]);
    co_return it == m_loggers.end() ? errorAnswer({404, "Logger " + call.arguments[0] + " not found."})
                                    : jsonAnswer(loggerJson(it->second));
}

QCoro::Task<HttpResponse> ConnectApi::setLogger(Call call)
{
    const auto settings
        = readSettings(call.body(), "Cannot invoke \"java.util.Map.get(Object)\" because \"levelMap\" is null");
    if (!settings) {
        co_return errorAnswer(settings.error());
    }
    if (!settings->contains("level")) {
        co_return errorAnswer({400, "Desired 'level' parameter was not specified in request."});
    }
    const auto wanted = ConnectorConfig::fromJson(*settings).get("level");
    const auto level = QString::fromStdString(wanted).toUpper().toStdString();
    static const std::vector<std::string> levels {"OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL"};
    if (std::ranges::find(levels, level) == levels.end()) {
        co_return errorAnswer({404, "invalid log level '" + wanted + "'."});
    }
    const auto now = m_herder.environment().clock->now().time_since_epoch().count();
    const auto &name = call.arguments[0];
    m_loggers[name] = {level, now};
    Json touched = Json::array();
    for (auto &[other, logger] : m_loggers) {
        if (other == name || other.starts_with(name + '.')) {
            logger = {level, now};
            touched.push_back(other);
        }
    }
    const auto scope = call.query("scope");
    co_return !scope.empty() && scope.front() == "cluster" ? emptyAnswer(204) : jsonAnswer(touched);
}

} // namespace headgate::localworker
