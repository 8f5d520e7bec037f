// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/kafkaconnection.h"

#include "clients/kafka/kafkaanswers.h"
#include "clients/kafka/kafkaerrors.h"
#include "clients/secrets/requiredsecret.h"

#include <QCoroFuture>
#include <QtConcurrentRun>

namespace headgate {

namespace {
constexpr Milliseconds secretDeadline {5000};
constexpr Milliseconds probeDeadline {2000};
constexpr Milliseconds firstPause {60'000};
constexpr Milliseconds longestPause {3'600'000};

Error closedError(const KafkaConfig &config)
{
    return {.kind = ErrorKind::Cancelled,
        .message = QStringLiteral("The connection is closed"),
        .target = config.bootstrap};
}

} // namespace

KafkaConnection::KafkaConnection(KafkaConfig config, HandleRole role, std::shared_ptr<SecretStore> secrets,
    std::shared_ptr<Clock> clock, ConnectionSettings more)
    : m_config(std::move(config))
    , m_role(role)
    , m_more(std::move(more))
    , m_secrets(std::move(secrets))
    , m_clock(std::move(clock))
{
}

KafkaConnection::~KafkaConnection()
{
    Q_ASSERT_X(m_running == 0 && m_waiting.empty(), "KafkaConnection", "close() was not awaited");
}

Task<KafkaHandlePtr> KafkaConnection::handle(CallOptions options)
{
    if (m_closed) {
        co_return failure(closedError(m_config));
    }
    if (m_refusal && m_clock->monotonic() < m_refusedUntil) {
        co_return failure(*m_refusal);
    }
    if (m_handle) {
        co_return std::as_const(m_handle); // a plain one would be moved away
    }
    auto reply = Reply<KafkaHandlePtr>::make();
    m_waiting.push_back(reply);
    if (!m_making) {
        m_making = true;
        make();
    }
    co_return co_await reply->within(options);
}

QCoro::Task<> KafkaConnection::make()
{
    ++m_running;
    auto made = co_await makeHandle();
    m_making = false;
    if (made && !m_closed) {
        adopt(*made);
    } else if (made) {
        m_ending.emplace_back(*made, (*made)->native()->destroyed());
        made = failure(closedError(m_config));
    }
    for (const auto &reply : std::exchange(m_waiting, {})) {
        reply->resolve(made);
    }
    ended();
}

void KafkaConnection::adopt(const KafkaHandlePtr &handle)
{
    m_handle = handle;
    // Queued: whoever hears of it may drop the handle, which is in the middle of delivering the event.
    connect(
        handle.get(), &KafkaHandle::refused, this, [this](const Error &error) { refuse(error); }, Qt::QueuedConnection);
    connect(
        handle.get(), &KafkaHandle::troubled, this,
        [this, weak = std::weak_ptr(handle)] {
            if (const auto alive = weak.lock()) {
                judge(alive);
            }
        },
        Qt::QueuedConnection);
}

//! One broker of several may be away: the calls under way fail early only when none answers.
QCoro::Task<> KafkaConnection::judge(KafkaHandlePtr handle)
{
    ++m_running;
    const bool wasThere = handle->hasAnswered();
    if (!wasThere || !(co_await prove(handle, {.deadline = probeDeadline * 2}))) {
        handle->failAll(handle->explained(downError()));
    }
    ended();
}

void KafkaConnection::ended()
{
    if (--m_running == 0 && m_idle) {
        m_idle->resolve(Done {});
    }
}

Error KafkaConnection::downError() const
{
    return {.kind = ErrorKind::Unreachable,
        .message = QStringLiteral("No broker answers"),
        .target = m_config.bootstrap,
        .retryable = true};
}

Task<QByteArray> KafkaConnection::lookUp(SecretRef ref)
{
    if (ref.isEmpty()) {
        co_return QByteArray();
    }
    co_return co_await lookUpRequired(m_secrets, ref, {.deadline = secretDeadline, .stop = m_stop.get_token()});
}

Task<ConnectionSecrets> KafkaConnection::lookUpSecrets()
{
    auto password = co_await lookUp(m_config.password);
    if (!password) {
        co_return failure(password.error());
    }
    auto keyPassword = co_await lookUp(m_config.tls.keyPassword);
    if (!keyPassword) {
        co_return failure(keyPassword.error());
    }
    co_return ConnectionSecrets {.password = *password, .keyPassword = *keyPassword};
}

Task<KafkaHandlePtr> KafkaConnection::makeHandle()
{
    const auto secrets = co_await lookUpSecrets();
    if (!secrets) {
        auto error = secrets.error();
        error.target = m_config.bootstrap;
        co_return failure(error);
    }
    auto settings = connectionSettings(m_config, *secrets);
    if (!settings) {
        co_return failure(settings.error());
    }
    std::ranges::copy(m_more, std::back_inserter(*settings));
    // Bounded by itself (reads certificate files); waiting without a deadline keeps a late client from being lost.
    auto native = co_await QtConcurrent::run(
        &kafkaThreads(), [role = m_role, values = std::move(*settings)] { return NativeClient::create(role, values); });
    if (!native) {
        auto error = native.error();
        error.target = m_config.bootstrap;
        co_return failure(error);
    }
    co_return std::make_shared<KafkaHandle>(std::move(*native));
}

Task<Done> KafkaConnection::prove(KafkaHandlePtr handle, CallOptions options)
{
    if (handle->isProven()) {
        co_return Done {};
    }
    auto reply = Reply<Done>::make();
    m_proving.push_back(reply);
    if (m_proving.size() == 1) {
        probe(handle);
    }
    co_return co_await reply->within(options);
}

QCoro::Task<> KafkaConnection::probe(KafkaHandlePtr handle)
{
    ++m_running;
    const auto answered = co_await KafkaHandle::blocking(handle,
        [](rd_kafka_t *client, std::stop_token stop) {
            return fetchMetadata(client, MetadataScope::AnyAnswer, probeDeadline, stop).code;
        },
        {.deadline = probeDeadline + Milliseconds(200), .stop = m_stop.get_token()});
    Result<Done> outcome;
    if (!answered) {
        outcome = failure(handle->explained(answered.error()));
    } else if (*answered != RD_KAFKA_RESP_ERR_NO_ERROR) {
        outcome = failure(handle->explained(kafkaError(*answered, {}, m_config.bootstrap, QStringLiteral("Metadata"))));
    } else {
        handle->prove();
    }
    for (const auto &reply : std::exchange(m_proving, {})) {
        reply->resolve(outcome);
    }
    ended();
}

void KafkaConnection::retire(const KafkaHandlePtr &handle)
{
    if (handle && handle == m_handle) {
        std::erase_if(m_ending, [](const auto &each) { return each.second.isFinished(); });
        m_ending.emplace_back(handle, handle->native()->destroyed());
        m_handle.reset();
    }
}

void KafkaConnection::refuse(const Error &error)
{
    if (!m_handle) {
        return;
    }
    m_refusal = error;
    m_refusal->target = m_config.bootstrap;
    m_refusalPause = m_refusalPause.count() == 0 ? firstPause : std::min(m_refusalPause * 2, longestPause);
    m_refusedUntil = m_clock->monotonic() + m_refusalPause;
    const auto handle = m_handle;
    retire(handle);
    handle->failAll(*m_refusal);
}

QString KafkaConnection::lastError() const
{
    if (m_refusal && m_clock->monotonic() < m_refusedUntil) {
        return m_refusal->message;
    }
    const auto last = m_handle ? m_handle->lastError() : std::nullopt;
    return last ? last->message : QString();
}

QCoro::Task<> KafkaConnection::close()
{
    m_closed = true;
    m_stop.request_stop();
    retire(KafkaHandlePtr(m_handle));
    for (const auto &[handle, gone] : m_ending) {
        if (const auto alive = handle.lock()) {
            alive->failAll(closedError(m_config));
        }
    }
    if (m_running > 0) {
        m_idle = Reply<Done>::make();
        co_await m_idle->within({.deadline = secretDeadline});
    }
    for (const auto &[handle, gone] : std::exchange(m_ending, {})) {
        co_await qCoro(gone).waitForFinished();
    }
}

} // namespace headgate
