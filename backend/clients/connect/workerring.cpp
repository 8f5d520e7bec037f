// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/workerring.h"

#include "clients/connect/tlsprobe.h"
#include "common/log.h"
#include "common/offload.h"

#include <algorithm>

namespace headgate {

namespace {

constexpr qsizetype kSmallBody = 64 * 1024; // up to here an error is read on the GUI thread

} // namespace

WorkerRing::WorkerRing(const ConnectClusterConfig &config, std::shared_ptr<SecretStore> secrets,
    std::shared_ptr<Clock> clock, qint64 maxBody)
    : m_config(config)
    , m_secrets(std::move(secrets))
    , m_clock(std::move(clock))
    , m_maxBody(maxBody)
{
    for (const auto &text : config.workers) {
        const auto url = parseWorkerUrl(text, config.auth != RestAuth::None);
        if (!url) {
            m_fault = url.error();
            m_fault->target = QStringLiteral("worker address %1").arg(config.workers.indexOf(text) + 1);
            m_order.clear();
            return;
        }
        m_order.push_back(m_workers.size());
        m_workers.push_back({*url, HostBudget::of(url->host, m_clock, {})});
    }
}

std::optional<Error> WorkerRing::fault() const
{
    if (m_workers.empty() && !m_fault) {
        return Error {.kind = ErrorKind::InvalidInput, .message = QStringLiteral("No worker address is configured")};
    }
    return m_fault;
}

void WorkerRing::worked(size_t worker)
{
    const auto at = std::ranges::find(m_order, worker);
    std::rotate(m_order.begin(), at, at + 1);
}

QStringList WorkerRing::displayUrls() const
{
    QStringList urls;
    for (const auto worker : m_order) {
        urls << m_workers[worker].url.display();
    }
    return urls;
}

std::optional<size_t> WorkerRing::find(const QString &url) const
{
    const auto base = url.endsWith(QLatin1Char('/')) ? url.chopped(1) : url;
    const auto found = std::ranges::find_if(
        m_workers, [&base](const Worker &worker) { return worker.url.display() == base || worker.url.host == base; });
    return found == m_workers.end() ? std::nullopt : std::optional(size_t(found - m_workers.begin()));
}

Error WorkerRing::labelled(Error error, size_t worker, const RestRequest &request) const
{
    if (error.target.isEmpty()) {
        error.target = host(worker);
        error.request = QString::fromLatin1(request.method + ' ' + request.path);
    }
    return error;
}

Task<ConnectAccess> WorkerRing::access(CallOptions options)
{
    if (!m_access) {
        auto loaded = co_await loadAccess(m_config, m_secrets, options);
        if (!loaded) {
            co_return loaded;
        }
        m_access = std::move(*loaded);
    }
    co_return Result<ConnectAccess>(*m_access); // a plain lvalue would be moved from: QCoro 0.8's return_value(U &&)
}

Task<HttpAnswer> WorkerRing::askAnyStatus(size_t worker, Lane lane, RestRequest request, CallOptions options)
{
    const auto &url = m_workers.at(worker).url;
    const auto budget = m_workers.at(worker).budget;
    const auto resource = url.resource(request.path);
    if (!resource) {
        co_return failure(resource.error());
    }
    Deadline deadline(*m_clock, options.deadline);
    if (lane == Lane::Read) {
        if (const auto turn = co_await budget->enter(options); !turn) {
            co_return failure(turn.error());
        }
    }
    const auto access = co_await this->access({deadline.left(), options.stop});
    if (!access) {
        co_return failure(access.error());
    }
    const auto answer = co_await m_http.exchange({.lane = lane,
                                                     .method = request.method,
                                                     .url = *resource,
                                                     .body = request.body,
                                                     .authorization = access->authorization,
                                                     .tls = access->tls,
                                                     .maxBody = m_maxBody},
        {deadline.left(), options.stop});
    if (answer) {
        qCDebug(logConnect).noquote() << url.host << request.method << request.path << answer->status
                                      << answer->took.count() << "ms";
        if (answer->status == 429 || answer->status == 503) {
            budget->overloaded(answer->retryAfter.toInt());
        } else {
            budget->answered();
        }
        m_workers.at(worker).probed = false;
    } else if (lane == Lane::Read && answer.error().kind == ErrorKind::Unreachable) {
        co_return co_await explained(worker, answer.error(), {deadline.left(), options.stop});
    }
    co_return answer;
}

//! A port that closes without an answer may have been greeted in plain HTTP where it speaks TLS: Qt does not tell.
Task<HttpAnswer> WorkerRing::explained(size_t worker, Error error, CallOptions options)
{
    const auto &url = m_workers.at(worker).url;
    const bool alreadyAsked = std::exchange(m_workers.at(worker).probed, true);
    if (!alreadyAsked && !url.secure && m_access) {
        const CallOptions brief {std::min(options.deadline, Milliseconds(2000)), options.stop};
        if (co_await speaksTls(QUrl::fromEncoded(url.base), m_access->tls, brief)) {
            error = {.kind = ErrorKind::TlsFailed,
                .message = QStringLiteral("The port speaks TLS: is the address https:// instead of http://?")};
        }
    }
    co_return failure(error);
}

Task<HttpAnswer> WorkerRing::ask(size_t worker, Lane lane, RestRequest request, CallOptions options)
{
    auto answer = co_await askAnyStatus(worker, lane, request, options);
    if (!answer || (answer->status >= 200 && answer->status < 300)) {
        co_return answer;
    }
    const auto call = lane == Lane::Write ? CallKind::Write : CallKind::Read;
    auto error = answer->body.size() < kSmallBody
        ? connectError(answer->status, answer->body, answer->location, call)
        : co_await offload(
              [answer = *answer, call] { return connectError(answer.status, answer.body, answer.location, call); });
    if (error.kind == ErrorKind::AuthenticationFailed) {
        m_access.reset(); // the password may be put right meanwhile; this call is not repeated (account lock-out)
    }
    co_return failure(error);
}

} // namespace headgate
