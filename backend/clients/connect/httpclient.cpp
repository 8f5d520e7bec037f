// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/httpclient.h"

#include "clients/connect/httpexchange.h"
#include "clients/connect/oneshotbody.h"

#include <QCoroSignal>
#include <QNetworkAccessManager>
#include <QNetworkProxy>

namespace headgate {

namespace {

QNetworkRequest prepare(const HttpRequest &request)
{
    QNetworkRequest prepared(request.url);
    prepared.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    prepared.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    prepared.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    prepared.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    prepared.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    prepared.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    prepared.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    prepared.setSslConfiguration(request.tls);
    prepared.setRawHeader("Accept", "application/json");
    prepared.setRawHeader("Accept-Encoding", "identity"); // Connect never compresses; so our limit counts what arrives
    prepared.setRawHeader("User-Agent", "headgate/" HEADGATE_VERSION);
    if (!request.authorization.isEmpty()) {
        prepared.setRawHeader("Authorization", request.authorization);
    }
    if (!request.body.isEmpty()) {
        prepared.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    }
    return prepared;
}

} // namespace

HttpClient::HttpClient() = default;
HttpClient::~HttpClient() = default;

QNetworkAccessManager &HttpClient::manager(Lane lane)
{
    auto &made = m_managers.at(size_t(lane));
    if (!made) {
        made = std::make_unique<QNetworkAccessManager>();
        made->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        made->setAutoDeleteReplies(false);
    }
    return *made;
}

QNetworkReply *HttpClient::send(const HttpRequest &request)
{
    auto prepared = prepare(request);
    auto &network = manager(request.lane);
    if (request.lane != Lane::Write) {
        return request.method == "GET" ? network.get(prepared)
                                       : network.sendCustomRequest(prepared, request.method, request.body);
    }
    prepared.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    prepared.setHeader(
        QNetworkRequest::ContentLengthHeader, request.body.size()); // without it Qt would buffer all the same
    auto *body = new OneShotBody(request.body);
    auto *reply = network.sendCustomRequest(prepared, request.method, body);
    body->setParent(reply);
    return reply;
}

Task<HttpAnswer> HttpClient::exchange(HttpRequest request, CallOptions options)
{
    HttpExchange exchange(send(request), request.lane, request.maxBody, options);
    co_await qCoro(&exchange, &HttpExchange::done);
    co_return exchange.takeResult();
}

} // namespace headgate
