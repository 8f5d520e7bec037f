// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/rest/bodies.h"
#include "localworker/rest/connectapi.h"

#include <QUrl>

#include <charconv>

// /connectors and what is below it.
namespace headgate::localworker {

namespace {

constexpr auto noConfig = "Cannot invoke \"java.util.Map.get(Object)\" because \"connectorConfig\" is null";

HttpResponse answered(const RestResult<void> &result, int status)
{
    return result ? emptyAnswer(status) : errorAnswer(result.error());
}

HttpResponse answered(const RestResult<Json> &result, int status = 200)
{
    return result ? jsonAnswer(*result, status) : errorAnswer(result.error());
}

//! Only what a path segment cannot hold is encoded, as Connect's URI builder does.
HttpResponse created(const Json &info, const std::string &name, quint16 port)
{
    auto answer = jsonAnswer(info, 201);
    const auto segment = QUrl::toPercentEncoding(QString::fromStdString(name), "/%+;:@&=$,!'()*");
    answer.headers.append({"Location", "http://127.0.0.1:" + QByteArray::number(port) + "/connectors/" + segment});
    return answer;
}

std::optional<int> taskNumber(const std::string &text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc {} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

} // namespace

QCoro::Task<HttpResponse> ConnectApi::listConnectors(Call call)
{
    const auto expand = call.query("expand");
    if (expand.empty()) {
        co_return jsonAnswer(Json(m_herder.names()));
    }
    Json all = Json::object();
    for (const auto &name : m_herder.names()) {
        Json one = Json::object();
        for (const auto &what : expand) {
            const auto part = what == "status" ? m_herder.status(name)
                : what == "info"               ? m_herder.info(name)
                                               : std::nullopt;
            if (part) {
                one[what] = *part;
            }
        }
        all[name] = std::move(one);
    }
    co_return jsonAnswer(all);
}

QCoro::Task<HttpResponse> ConnectApi::createConnector(Call call)
{
    auto request = readCreateRequest(call.body());
    if (!request) {
        co_return errorAnswer(request.error());
    }
    if (!request->config.has("name")) {
        request->config.set("name", request->name);
    }
    const auto made = co_await m_herder.create(request->name, request->config, request->initial);
    co_return made ? created(*made, request->name, call.request.localPort) : errorAnswer(made.error());
}

QCoro::Task<HttpResponse> ConnectApi::connectorInfo(Call call)
{
    const auto info = m_herder.info(call.arguments[0]);
    co_return info ? jsonAnswer(*info) : errorAnswer({404, "Connector " + call.arguments[0] + " not found"});
}

QCoro::Task<HttpResponse> ConnectApi::connectorConfig(Call call)
{
    const auto config = m_herder.config(call.arguments[0]);
    co_return config ? jsonAnswer(config->toJson()) : errorAnswer(config.error());
}

QCoro::Task<HttpResponse> ConnectApi::putConfig(Call call)
{
    const auto settings = readSettings(call.body(), noConfig);
    if (!settings) {
        co_return errorAnswer(settings.error());
    }
    auto config = ConnectorConfig::fromJson(*settings);
    if (!config.has("name")) {
        config.set("name", call.arguments[0]);
    }
    const auto put = co_await m_herder.putConfig(call.arguments[0], std::move(config));
    if (!put) {
        co_return errorAnswer(put.error());
    }
    co_return put->created ? created(put->info, call.arguments[0], call.request.localPort) : jsonAnswer(put->info);
}

QCoro::Task<HttpResponse> ConnectApi::patchConfig(Call call)
{
    const auto patch = readSettings(call.body(),
        "Cannot invoke \"java.util.Map.forEach(java.util.function.BiConsumer)\" because \"patch\" is null");
    co_return patch ? answered(co_await m_herder.patchConfig(call.arguments[0], *patch)) : errorAnswer(patch.error());
}

QCoro::Task<HttpResponse> ConnectApi::removeConnector(Call call)
{
    co_return answered(co_await m_herder.remove(call.arguments[0]), 204);
}

QCoro::Task<HttpResponse> ConnectApi::connectorStatus(Call call)
{
    const auto status = m_herder.status(call.arguments[0]);
    co_return status ? jsonAnswer(*status) : errorAnswer({404, "No status found for connector " + call.arguments[0]});
}

QCoro::Task<HttpResponse> ConnectApi::connectorTasks(Call call)
{
    co_return answered(m_herder.taskConfigs(call.arguments[0]));
}

//! Workers talk to each other here, signed with a session key. This worker has no peers, so no signature can be right.
QCoro::Task<HttpResponse> ConnectApi::internalTasks(Call call)
{
    const auto algorithm = call.request.header("x-connect-request-signature-algorithm");
    if (!call.request.header("x-connect-authorization") || !algorithm) {
        co_return errorAnswer({400, "Internal request missing required signature"});
    }
    if (!algorithm->startsWith("Hmac")) {
        co_return errorAnswer({400, "Algorithm " + algorithm->toStdString() + " not available"});
    }
    co_return errorAnswer({403, "Internal request contained invalid signature."});
}

QCoro::Task<HttpResponse> ConnectApi::taskStatus(Call call)
{
    const auto number = taskNumber(call.arguments[1]);
    if (!number) {
        co_return errorAnswer({404, "HTTP 404 Not Found"});
    }
    const auto status = m_herder.taskStatus(call.arguments[0], *number);
    co_return status
        ? jsonAnswer(*status)
        : errorAnswer({404, "No status found for task " + call.arguments[0] + '-' + std::to_string(*number)});
}

QCoro::Task<HttpResponse> ConnectApi::restartTask(Call call)
{
    const auto number = taskNumber(call.arguments[1]);
    co_return number ? answered(co_await m_herder.restartTask(call.arguments[0], *number), 204)
                     : errorAnswer({404, "HTTP 404 Not Found"});
}

QCoro::Task<HttpResponse> ConnectApi::pause(Call call)
{
    co_return answered(co_await m_herder.setTarget(call.arguments[0], TargetState::Paused), 202);
}

QCoro::Task<HttpResponse> ConnectApi::resume(Call call)
{
    co_return answered(co_await m_herder.setTarget(call.arguments[0], TargetState::Started), 202);
}

QCoro::Task<HttpResponse> ConnectApi::stop(Call call)
{
    co_return answered(co_await m_herder.setTarget(call.arguments[0], TargetState::Stopped), 204);
}

QCoro::Task<HttpResponse> ConnectApi::restart(Call call)
{
    const bool includeTasks = call.flag("includeTasks");
    const bool onlyFailed = call.flag("onlyFailed");
    if (includeTasks || onlyFailed) {
        co_return answered(m_herder.restartWithPlan(call.arguments[0], includeTasks, onlyFailed), 202);
    }
    co_return answered(co_await m_herder.restartConnector(call.arguments[0]), 204);
}

QCoro::Task<HttpResponse> ConnectApi::topics(Call call)
{
    co_return jsonAnswer({{call.arguments[0], {{"topics", Json(m_herder.topics(call.arguments[0]))}}}});
}

QCoro::Task<HttpResponse> ConnectApi::resetTopics(Call call)
{
    m_herder.resetTopics(call.arguments[0]); // 202 for a missing connector too
    co_return emptyAnswer(202);
}

QCoro::Task<HttpResponse> ConnectApi::readOffsets(Call call)
{
    co_return answered(co_await m_herder.offsets(call.arguments[0]));
}

QCoro::Task<HttpResponse> ConnectApi::patchOffsets(Call call)
{
    const auto changes = readPositions(call.body());
    co_return changes ? answered(co_await m_herder.alterOffsets(call.arguments[0], *changes))
                      : errorAnswer(changes.error());
}

QCoro::Task<HttpResponse> ConnectApi::deleteOffsets(Call call)
{
    co_return answered(co_await m_herder.resetOffsets(call.arguments[0]));
}

} // namespace headgate::localworker
