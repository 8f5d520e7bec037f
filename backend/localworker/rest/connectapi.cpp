// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/rest/connectapi.h"

#include <QUrl>

#include <algorithm>

// Routing: from a raw request to the function that answers it.
namespace headgate::localworker {

namespace {

//! Jetty 12 answers such paths before Connect sees them: a name with one of these characters has no URL there.
HttpResponse ambiguousPath(const QByteArray &why)
{
    return {.status = 400,
        .contentType = "text/html;charset=iso-8859-1",
        .headers = {},
        .body = "<html><head><title>Error 400 " + why + "</title></head><body><h2>HTTP ERROR 400 " + why
            + "</h2></body></html>\n"};
}

std::optional<QByteArray> pathFault(const QByteArray &rawPath)
{
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    for (qsizetype i = rawPath.indexOf('%'); i >= 0; i = rawPath.indexOf('%', i + 1)) {
        if (i + 2 >= rawPath.size() || !isHex(rawPath[i + 1]) || !isHex(rawPath[i + 2])) {
            return "Bad Request";
        }
        const auto code = rawPath.mid(i + 1, 2).toUpper();
        if (code == "2F" || code == "5C") {
            return code == "2F" ? "Ambiguous URI path separator" : "Suspicious Path Character";
        }
        if (code == "25") {
            return "Ambiguous URI path encoding";
        }
    }
    return std::nullopt;
}

std::vector<std::string> segmentsOf(const QByteArray &rawPath)
{
    std::vector<std::string> segments;
    for (const auto &part : rawPath.mid(1).split('/')) {
        segments.push_back(QByteArray::fromPercentEncoding(part).toStdString());
    }
    if (segments.size() > 1 && segments.back().empty()) {
        segments.pop_back(); // /connectors/ is /connectors
    }
    return segments;
}

std::optional<std::vector<std::string>> match(
    const std::vector<std::string> &pattern, const std::vector<std::string> &path)
{
    if (pattern.size() != path.size()) {
        return std::nullopt;
    }
    std::vector<std::string> arguments;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (pattern[i] == "{}") {
            arguments.push_back(path[i]);
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    return arguments;
}

//! Connect's framework wants exactly application/json for a body it reads.
std::optional<HttpResponse> mediaFault(const HttpRequest &request, bool takesJson)
{
    const auto accept = request.header("accept").value_or("*/*").toLower();
    if (!accept.contains("*/*") && !accept.contains("application/json") && !accept.contains("application/*")) {
        return frameworkError(406, "Not Acceptable");
    }
    const auto type = request.header("content-type");
    if (!takesJson || (type && type->toLower().split(';').front().trimmed() == "application/json")) {
        return std::nullopt;
    }
    if (!type) {
        return request.body.isEmpty() ? std::nullopt
                                      : std::optional(errorAnswer({415, "HTTP 415 Unsupported Media Type"}));
    }
    return frameworkError(415, "Unsupported Media Type");
}

} // namespace

HttpResponse jsonAnswer(const Json &body, int status)
{
    return {.status = status, .contentType = "application/json", .headers = {}, .body = toBytes(body)};
}

HttpResponse emptyAnswer(int status)
{
    return {.status = status, .contentType = {}, .headers = {}, .body = {}};
}

HttpResponse errorAnswer(const RestError &error)
{
    return jsonAnswer({{"error_code", error.status}, {"message", error.message}}, error.status);
}

HttpResponse frameworkError(int status, const char *reason)
{
    auto answer = errorAnswer({status, "HTTP " + std::to_string(status) + ' ' + reason});
    answer.contentType.clear();
    return answer;
}

std::vector<std::string> ConnectApi::Call::query(const QByteArray &key) const
{
    std::vector<std::string> values;
    for (const auto &pair : request.rawQuery.split('&')) {
        const auto equals = pair.indexOf('=');
        const auto decode = [](QByteArray text) {
            return QByteArray::fromPercentEncoding(text.replace('+', ' '));
        };
        if (decode(equals < 0 ? pair : pair.left(equals)) == key) {
            values.push_back(decode(equals < 0 ? QByteArray() : pair.mid(equals + 1)).toStdString());
        }
    }
    return values;
}

bool ConnectApi::Call::flag(const QByteArray &key) const
{
    const auto values = query(key);
    return !values.empty() && QByteArray::fromStdString(values.front()).toLower() == "true";
}

ConnectApi::ConnectApi(Herder &herder, std::string clusterId)
    : m_herder(herder)
    , m_clusterId(std::move(clusterId))
    , m_loggers {{"root", {}}}
{
}

const std::vector<ConnectApi::Route> &ConnectApi::routes()
{
    static const std::vector<Route> table {
        {"GET", {""}, &ConnectApi::root},
        {"GET", {"health"}, &ConnectApi::health},
        {"GET", {"connectors"}, &ConnectApi::listConnectors},
        {"POST", {"connectors"}, &ConnectApi::createConnector, true},
        {"GET", {"connectors", "{}"}, &ConnectApi::connectorInfo},
        {"DELETE", {"connectors", "{}"}, &ConnectApi::removeConnector},
        {"GET", {"connectors", "{}", "config"}, &ConnectApi::connectorConfig},
        {"PUT", {"connectors", "{}", "config"}, &ConnectApi::putConfig, true},
        {"PATCH", {"connectors", "{}", "config"}, &ConnectApi::patchConfig, true},
        {"GET", {"connectors", "{}", "status"}, &ConnectApi::connectorStatus},
        {"GET", {"connectors", "{}", "tasks"}, &ConnectApi::connectorTasks},
        {"POST", {"connectors", "{}", "tasks"}, &ConnectApi::internalTasks},
        {"PUT", {"connectors", "{}", "fence"}, &ConnectApi::internalTasks},
        {"GET", {"connectors", "{}", "tasks", "{}", "status"}, &ConnectApi::taskStatus},
        {"POST", {"connectors", "{}", "tasks", "{}", "restart"}, &ConnectApi::restartTask},
        {"PUT", {"connectors", "{}", "pause"}, &ConnectApi::pause},
        {"PUT", {"connectors", "{}", "resume"}, &ConnectApi::resume},
        {"PUT", {"connectors", "{}", "stop"}, &ConnectApi::stop},
        {"POST", {"connectors", "{}", "restart"}, &ConnectApi::restart},
        {"GET", {"connectors", "{}", "topics"}, &ConnectApi::topics},
        {"PUT", {"connectors", "{}", "topics", "reset"}, &ConnectApi::resetTopics},
        {"GET", {"connectors", "{}", "offsets"}, &ConnectApi::readOffsets},
        {"PATCH", {"connectors", "{}", "offsets"}, &ConnectApi::patchOffsets, true},
        {"DELETE", {"connectors", "{}", "offsets"}, &ConnectApi::deleteOffsets},
        {"GET", {"connector-plugins"}, &ConnectApi::listPlugins},
        {"GET", {"connector-plugins", "{}", "config"}, &ConnectApi::pluginConfig},
        {"PUT", {"connector-plugins", "{}", "config", "validate"}, &ConnectApi::validatePlugin, true},
        {"GET", {"admin", "loggers"}, &ConnectApi::listLoggers},
        {"GET", {"admin", "loggers", "{}"}, &ConnectApi::readLogger},
        {"PUT", {"admin", "loggers", "{}"}, &ConnectApi::setLogger, true},
    };
    return table;
}

QCoro::Task<HttpResponse> ConnectApi::handle(HttpRequest request)
{
    if (const auto fault = pathFault(request.rawPath)) {
        co_return ambiguousPath(*fault);
    }
    const auto path = segmentsOf(request.rawPath);
    const auto method = request.method == "HEAD" ? QByteArray("GET") : request.method;
    QByteArray allowed;
    for (const auto &route : routes()) {
        auto arguments = match(route.path, path);
        if (!arguments) {
            continue;
        }
        allowed += (allowed.isEmpty() ? "" : ",") + (route.method == "GET" ? "HEAD,GET" : route.method);
        if (route.method == method) {
            if (auto fault = mediaFault(request, route.takesJson)) {
                co_return *fault;
            }
            co_return co_await (this->*route.handler)(Call {std::move(request), std::move(*arguments)});
        }
    }
    if (allowed.isEmpty()) {
        co_return frameworkError(404, "Not Found");
    }
    if (method == "OPTIONS") {
        co_return HttpResponse {
            .status = 200, .contentType = "application/json", .headers = {{"Allow", allowed + ",OPTIONS"}}, .body = {}};
    }
    co_return frameworkError(405, "Method Not Allowed");
}

} // namespace headgate::localworker
