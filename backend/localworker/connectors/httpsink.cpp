// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/connectors/httpsink.h"

#include <QCoroNetworkReply>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>

#include <memory>

namespace headgate::localworker {

namespace {

struct DeleteLater
{
    void operator()(QNetworkReply *reply) const { reply->deleteLater(); }
};

bool isLoopback(const QString &host)
{
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

Throwable notTaken(std::string message, bool retriable)
{
    if (retriable) {
        return {.type = "org.apache.kafka.connect.errors.RetriableException",
            .message = std::move(message),
            .at = "HttpSink.send",
            .cause = {},
            .retriable = true};
    }
    return connectException(std::move(message), "HttpSink.send");
}

} // namespace

Outcome<QUrl> httpTarget(const std::string &url, const QStringList &allowedHosts)
{
    const QUrl target(QString::fromStdString(url), QUrl::StrictMode);
    const bool web = target.scheme() == QLatin1String("http") || target.scheme() == QLatin1String("https");
    if (!target.isValid() || !web || target.host().isEmpty() || !target.userInfo().isEmpty()) {
        return thrown(connectException("http.url must be an http or https address without a login", "httpTarget"));
    }
    if (!isLoopback(target.host()) && !allowedHosts.contains(target.host(), Qt::CaseInsensitive)) {
        return thrown(connectException("Host '" + target.host().toStdString()
                + "' is not on this machine. Start the worker with --allow-host for it if that is wanted.",
            "httpTarget"));
    }
    return target;
}

HttpSink::HttpSink(const ConnectorConfig &config, TaskEnvironment environment)
    : m_url(config.get("http.url"))
    , m_method(QByteArray::fromStdString(config.get("http.method", "POST")))
    , m_timeout(config.number("http.timeout.ms", 10'000))
    , m_environment(std::move(environment))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

Outcome<void> HttpSink::start()
{
    auto target = httpTarget(m_url, m_environment.allowedHosts);
    if (!target) {
        return thrown(std::move(target.error()));
    }
    m_target = *target;
    return {};
}

QCoro::Task<Outcome<void>> HttpSink::put(std::vector<SinkRecord> records, std::stop_token stop)
{
    for (; m_done < records.size(); ++m_done) {
        if (auto sent = co_await send(QByteArray::fromStdString(toText(records[m_done].value)), stop); !sent) {
            co_return thrown(std::move(sent.error()));
        }
    }
    m_done = 0;
    co_return Outcome<void>();
}

QCoro::Task<Outcome<void>> HttpSink::send(QByteArray body, std::stop_token stop)
{
    QNetworkRequest request(m_target);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    const std::unique_ptr<QNetworkReply, DeleteLater> reply(m_network.sendCustomRequest(request, m_method, body));
    QTimer deadline;
    QObject::connect(&deadline, &QTimer::timeout, reply.get(), &QNetworkReply::abort);
    deadline.start(m_timeout); // of the whole exchange, not of its pauses
    {
        const std::stop_callback onStop(
            stop, [&deadline] { QMetaObject::invokeMethod(&deadline, [&deadline] { deadline.start(0); }); });
        co_await reply.get();
    }
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0) {
        co_return thrown(
            notTaken("No answer from " + m_target.host().toStdString() + ':' + std::to_string(m_target.port()), true));
    }
    if (status / 100 != 2) {
        co_return thrown(notTaken("The target answered " + std::to_string(status), status == 429 || status >= 500));
    }
    co_return Outcome<void>();
}

} // namespace headgate::localworker
