// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/connectionsettings.h"
#include "clients/kafka/kafkahandle.h"
#include "clients/secrets/secretstore.h"
#include "common/clock.h"
#include "domain/contexts/context.h"

namespace headgate {

//! What is left of a call's total deadline.
class Countdown
{
public:
    explicit Countdown(const CallOptions &options)
        : m_end(std::chrono::steady_clock::now() + options.deadline)
        , m_stop(options.stop)
    {
    }
    std::chrono::milliseconds left() const
    {
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(m_end - std::chrono::steady_clock::now());
        return std::max(rest, std::chrono::milliseconds(0));
    }
    CallOptions options() const { return {.deadline = left(), .stop = m_stop}; }
    //! At most `share` of what is left.
    CallOptions part(int share) const { return {.deadline = left() / share, .stop = m_stop}; }

private:
    std::chrono::steady_clock::time_point m_end;
    std::stop_token m_stop;
};

/*! Keeps one usable handle to one cluster: looks secrets up, makes the handle in the pool, gives it up when its calls
 * hang, and stops when the cluster refuses us. GUI thread; owned by an admin, reader or writer, which awaits close().
 */
class KafkaConnection : public QObject
{
    Q_OBJECT
public:
    //! `more`: properties of this one connection, after all others.
    KafkaConnection(KafkaConfig config, HandleRole role, std::shared_ptr<SecretStore> secrets,
        std::shared_ptr<Clock> clock, ConnectionSettings more = {});
    ~KafkaConnection() override;

    /*! The handle, made when there is none. Errors: what the cluster refused us for (no new try for a minute, then two,
     * up to an hour: no log-in storm), SecretsUnavailable, InvalidInput. */
    Task<KafkaHandlePtr> handle(CallOptions options);
    //! Succeeds when a broker answers metadata: asked before coordinator-bound calls, so that none piles up while
    //! brokers are away.
    Task<Done> prove(KafkaHandlePtr handle, CallOptions options);
    //! Later calls get a new handle; this one goes when the last call on it ends.
    void retire(const KafkaHandlePtr &handle);

    const KafkaConfig &config() const { return m_config; }
    QString lastError() const;
    QCoro::Task<> close();

private:
    QCoro::Task<> make();
    QCoro::Task<> probe(KafkaHandlePtr handle);
    Task<ConnectionSecrets> lookUpSecrets();
    Task<QByteArray> lookUp(SecretRef ref);
    Task<KafkaHandlePtr> makeHandle();
    QCoro::Task<> judge(KafkaHandlePtr handle);
    void adopt(const KafkaHandlePtr &handle);
    void refuse(const Error &error);
    Error downError() const;
    void ended();

    KafkaConfig m_config;
    HandleRole m_role;
    ConnectionSettings m_more;
    std::shared_ptr<SecretStore> m_secrets;
    std::shared_ptr<Clock> m_clock;
    KafkaHandlePtr m_handle;
    std::vector<std::pair<std::weak_ptr<KafkaHandle>, QFuture<void>>> m_ending; //!< given up, not destroyed yet
    std::vector<std::shared_ptr<Reply<KafkaHandlePtr>>> m_waiting;              //!< for the handle
    std::vector<std::shared_ptr<Reply<Done>>> m_proving;                        //!< for the probe's answer
    bool m_making = false;
    int m_running = 0;                   //!< coroutines of our own
    std::shared_ptr<Reply<Done>> m_idle; //!< close() waits for them
    bool m_closed = false;
    std::stop_source m_stop;
    std::optional<Error> m_refusal;
    Monotonic m_refusedUntil {};
    Milliseconds m_refusalPause {0};
    QString m_lastError;
};

} // namespace headgate
