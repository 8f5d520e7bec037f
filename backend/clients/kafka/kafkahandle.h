// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/connectionsettings.h"
#include "clients/kafka/eventpump.h"
#include "clients/kafka/rdptr.h"
#include "common/reply.h"

#include <QFuture>
#include <QHash>
#include <QPromise>
#include <QThreadPool>

#include <functional>

namespace headgate {

//! Threads for librdkafka's blocking calls and for destroying handles. Apart from the global pool: a dead broker may
//! hold several.
QThreadPool &kafkaThreads();

enum class HandleRole { Admin, Consumer, Producer };

/*! The rd_kafka_t itself. Shared by the handle and by blocking calls in the pool; the last owner hands it to the pool
 * to be destroyed (1 to 70 ms, never on the GUI thread). Any thread. */
class NativeClient
{
public:
    //! Blocking: loads certificates, starts threads. Call it in the pool. Errors: InvalidInput with librdkafka's
    //! sentence.
    static Result<std::shared_ptr<NativeClient>> create(HandleRole role, ConnectionSettings settings);
    ~NativeClient();

    rd_kafka_t *get() const { return m_client; }
    QFuture<void> destroyed() const { return m_destroyed.future(); }

private:
    explicit NativeClient(rd_kafka_t *client)
        : m_client(client)
    {
        m_destroyed.start();
    }

    rd_kafka_t *m_client;
    QPromise<void> m_destroyed;
};

/*! One rd_kafka_t with its queue, pump and the calls under way on it, by number. GUI thread; shared by KafkaConnection
 * and the calls.
 *
 * Error events are collapsed to the last reason that says something. The first failed log-in or TLS handshake is
 * reported by refused(): librdkafka itself would try for ever and lock the account. */
class KafkaHandle : public QObject
{
    Q_OBJECT
public:
    using Number = std::uintptr_t;
    using EventReply = Reply<rd::Event>;

    explicit KafkaHandle(std::shared_ptr<NativeClient> native);
    ~KafkaHandle() override;

    std::shared_ptr<NativeClient> native() const { return m_native; }
    rd_kafka_t *client() const { return m_native->get(); }
    rd_kafka_queue_t *queue() const { return m_queue.get(); }

    //! A number to send along as opaque, and the reply its event will resolve. A number nobody waits for is a late
    //! event: dropped.
    std::pair<Number, std::shared_ptr<EventReply>> expect();
    void forget(Number number);
    void failAll(const Error &error);
    //! Producer: who is given the delivery reports (the event is borrowed).
    void onDeliveryReports(std::function<void(rd_kafka_event_t *)> listener) { m_reports = std::move(listener); }

    //! A metadata answer came on this handle since the last lasting trouble.
    /*! A blocking call of librdkafka in the pool under our own deadline: when it overruns, its late value is dropped
     * (KF-19), and when all brokers are down it fails at once. `work` gets the rd_kafka_t and owns everything else it
     * touches. */
    template <class Work>
    static Task<std::invoke_result_t<Work, rd_kafka_t *, std::stop_token>> blocking(
        std::shared_ptr<KafkaHandle> handle, Work work, CallOptions options)
    {
        auto reply = Reply<std::invoke_result_t<Work, rd_kafka_t *, std::stop_token>>::make();
        handle->watch(reply);
        kafkaThreads().start([work = std::move(work), native = handle->native(), stop = handle->m_stop.get_token(),
                                 reply] { reply->post(work(native->get(), stop)); });
        co_return co_await reply->within(options);
    }

    bool isProven() const { return m_proven; }
    void prove();
    bool hasAnswered() const { return m_hasAnswered; } //!< ever
    std::optional<Error> lastError() const { return m_lastError; }
    //! `error` with the reason behind it, where the library told one by an error event.
    Error explained(Error error) const;

Q_SIGNALS:
    void refused(const headgate::Error &error); //!< log-in or TLS failed: this handle must go
    void troubled();                            //!< connection errors, and no answer within a second of the first

private:
    template <class T> void watch(const std::shared_ptr<Reply<T>> &reply)
    {
        std::erase_if(m_watched, [](const Watched &watched) { return watched.reply.expired(); });
        m_watched.push_back({reply, [weak = std::weak_ptr(reply)](const Error &error) {
                                 if (const auto alive = weak.lock()) {
                                     alive->resolve(failure(error));
                                 }
                             }});
    }

    void receive(rd::Event event);
    void receiveError(rd_kafka_resp_err_t code, const QString &text);
    void receiveLog(rd_kafka_event_t *event);
    void troubleLasted();

    struct Watched
    {
        std::weak_ptr<void> reply;
        std::function<void(const Error &)> fail;
    };

    std::shared_ptr<NativeClient> m_native;
    rd::Queue m_queue;
    std::unique_ptr<EventPump> m_pump;
    QTimer m_grace;
    QHash<Number, std::shared_ptr<EventReply>> m_expected;
    std::vector<Watched> m_watched; //!< replies of blocking calls
    std::stop_source m_stop;
    std::function<void(rd_kafka_event_t *)> m_reports;
    Number m_lastNumber = 0;
    bool m_proven = false;
    bool m_hasAnswered = false;
    bool m_refused = false;
    std::optional<Error> m_lastError;
};

using KafkaHandlePtr = std::shared_ptr<KafkaHandle>;

} // namespace headgate
