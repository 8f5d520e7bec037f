// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/runtime/task.h"

#include <QNetworkAccessManager>
#include <QUrl>

namespace headgate::localworker {

//! The target of an HttpSink: http or https, on loopback or one of the allowed hosts, without a login in it.
Outcome<QUrl> httpTarget(const std::string &url, const QStringList &allowedHosts);

/*! dev.headgate.connect.HttpSink: one request a record, its value as the body, in order.
 *
 *   http.url, http.method (POST or PUT), http.timeout.ms (10000, total)
 * 2xx: delivered. 429, 5xx, no answer: retriable. Anything else fails the task, redirects too. A record may arrive
 * twice, never not. */
class HttpSink final : public SinkTask
{
public:
    HttpSink(const ConnectorConfig &config, TaskEnvironment environment);
    Outcome<void> start() override;
    QCoro::Task<Outcome<void>> put(std::vector<SinkRecord> records, std::stop_token stop) override;

private:
    QCoro::Task<Outcome<void>> send(QByteArray body, std::stop_token stop);

    std::string m_url;
    QByteArray m_method;
    Milliseconds m_timeout;
    TaskEnvironment m_environment;
    QUrl m_target;
    QNetworkAccessManager m_network;
    std::size_t m_done = 0; //!< of the current batch: a retry goes on where it was refused
};

} // namespace headgate::localworker
