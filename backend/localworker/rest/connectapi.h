// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/http/httpmessage.h"
#include "localworker/runtime/herder.h"

namespace headgate::localworker {

//! Log levels of the worker's loggers, as /admin/loggers shows and sets them.
struct LoggerLevel
{
    std::string level = "INFO";
    std::optional<std::int64_t> changed; //!< ms since 1970; absent: never
};

/*! Connect's REST contract over a Herder: paths, methods, bodies, status codes and texts. Event loop's thread; owned by
 * Worker. */
class ConnectApi
{
public:
    ConnectApi(Herder &herder, std::string clusterId);

    QCoro::Task<HttpResponse> handle(HttpRequest request);
    Herder &herder() { return m_herder; }

    //! A request whose path was understood: names are decoded, the body is still text.
    struct Call
    {
        HttpRequest request;
        std::vector<std::string> arguments; //!< what stood in the route's {} places
        std::string body() const { return request.body.toStdString(); }
        std::vector<std::string> query(const QByteArray &key) const;
        bool flag(const QByteArray &key) const; //!< "true" in any letter case; anything else is false, as Java reads it
    };
    using Handler = QCoro::Task<HttpResponse> (ConnectApi::*)(Call);
    struct Route
    {
        QByteArray method;
        std::vector<std::string> path; //!< "{}" takes any segment
        Handler handler;
        bool takesJson = false;
    };

private:
    static const std::vector<Route> &routes();
    // One function a resource; the files are rest/*routes.cpp.
    QCoro::Task<HttpResponse> root(Call call);
    QCoro::Task<HttpResponse> health(Call call);
    QCoro::Task<HttpResponse> listConnectors(Call call);
    QCoro::Task<HttpResponse> createConnector(Call call);
    QCoro::Task<HttpResponse> connectorInfo(Call call);
    QCoro::Task<HttpResponse> connectorConfig(Call call);
    QCoro::Task<HttpResponse> putConfig(Call call);
    QCoro::Task<HttpResponse> patchConfig(Call call);
    QCoro::Task<HttpResponse> removeConnector(Call call);
    QCoro::Task<HttpResponse> connectorStatus(Call call);
    QCoro::Task<HttpResponse> connectorTasks(Call call);
    QCoro::Task<HttpResponse> internalTasks(Call call);
    QCoro::Task<HttpResponse> taskStatus(Call call);
    QCoro::Task<HttpResponse> restartTask(Call call);
    QCoro::Task<HttpResponse> pause(Call call);
    QCoro::Task<HttpResponse> resume(Call call);
    QCoro::Task<HttpResponse> stop(Call call);
    QCoro::Task<HttpResponse> restart(Call call);
    QCoro::Task<HttpResponse> topics(Call call);
    QCoro::Task<HttpResponse> resetTopics(Call call);
    QCoro::Task<HttpResponse> readOffsets(Call call);
    QCoro::Task<HttpResponse> patchOffsets(Call call);
    QCoro::Task<HttpResponse> deleteOffsets(Call call);
    QCoro::Task<HttpResponse> listPlugins(Call call);
    QCoro::Task<HttpResponse> pluginConfig(Call call);
    QCoro::Task<HttpResponse> validatePlugin(Call call);
    QCoro::Task<HttpResponse> listLoggers(Call call);
    QCoro::Task<HttpResponse> readLogger(Call call);
    QCoro::Task<HttpResponse> setLogger(Call call);

    Herder &m_herder;
    std::string m_clusterId;
    std::map<std::string, LoggerLevel> m_loggers;
};

//! @{ Answers in Connect's shapes.
HttpResponse jsonAnswer(const Json &body, int status = 200);
HttpResponse emptyAnswer(int status);
HttpResponse errorAnswer(const RestError &error);            //!< with a content type, as Connect's own errors
HttpResponse frameworkError(int status, const char *reason); //!< "HTTP 404 Not Found", without a content type
//! @}

} // namespace headgate::localworker
