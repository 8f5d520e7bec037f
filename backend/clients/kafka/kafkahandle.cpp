// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/kafkahandle.h"

#include "clients/kafka/kafkaerrors.h"
#include "common/log.h"

#include <QCoreApplication>
#include <QtConcurrentRun>

namespace headgate {

namespace {

/*! "localhost" is tried as ::1 first, brokers hang up idle connections: only an error after which nothing was answered
 * for this long counts. librdkafka's own _ALL_BROKERS_DOWN is not to be relied on (never said for a refused port). */
constexpr std::chrono::milliseconds trouble {1000};

rd_kafka_type_t typeOf(HandleRole role)
{
    return role == HandleRole::Producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER;
}

ConnectionSettings roleSettings(HandleRole role)
{
    switch (role) {
    case HandleRole::Admin:
        // Joins nothing, but has a group.id: without one librdkafka (2.14.2) follows a null pointer when a coordinator
        // that is still loading answers OffsetFetch (rd_kafka_handle_OffsetFetch, rk_cgrp). Seen when a killed broker
        // came back.
        return {{"group.id", "headgate"}, {"enable.auto.commit", "false"}};
    case HandleRole::Consumer:
        // No group.id: partitions are fetched without any group or commit. Bounded memory, and no half second of
        // waiting at the end.
        return {{"enable.auto.commit", "false"}, {"enable.partition.eof", "true"}, {"auto.offset.reset", "error"},
            {"fetch.wait.max.ms", "10"}, {"fetch.error.backoff.ms", "50"}, {"fetch.queue.backoff.ms", "10"},
            {"queued.min.messages", "10000"}, {"queued.max.messages.kbytes", "8192"},
            {"fetch.message.max.bytes", "1048576"}, {"check.crcs", "true"}};
    case HandleRole::Producer:
        return {{"enable.idempotence", "true"}, {"linger.ms", "2"}, {"message.timeout.ms", "30000"}};
    }
    return {};
}

int eventsOf(HandleRole role)
{
    const int common = RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG;
    return role == HandleRole::Producer ? common | RD_KAFKA_EVENT_DR : common;
}

Error invalidSetting(const char *sentence)
{
    return {.kind = ErrorKind::InvalidInput, .message = QString::fromUtf8(sentence)};
}

} // namespace

QThreadPool &kafkaThreads()
{
    static QThreadPool pool;
    [[maybe_unused]] static const bool once = [] {
        pool.setMaxThreadCount(16); // they wait, they do not compute
        // Handles end before the application does: at exit OpenSSL is taken down first, under their hands.
        qAddPostRoutine([] { pool.waitForDone(); });
        return true;
    }();
    return pool;
}

Result<std::shared_ptr<NativeClient>> NativeClient::create(HandleRole role, ConnectionSettings settings)
{
    char sentence[512] = {};
    rd::Conf conf(rd_kafka_conf_new());
    for (auto &&[key, value] : roleSettings(role)) {
        settings.emplace_back(key, value);
    }
    for (const auto &[key, value] : settings) {
        if (rd_kafka_conf_set(conf.get(), key.constData(), value.constData(), sentence, sizeof sentence)
            != RD_KAFKA_CONF_OK) {
            return failure(invalidSetting(sentence));
        }
    }
    rd_kafka_conf_set_events(conf.get(), eventsOf(role));
    auto *client = rd_kafka_new(typeOf(role), conf.get(), sentence, sizeof sentence);
    if (!client) {
        return failure(invalidSetting(sentence));
    }
    (void)conf.release(); // the client's now
    return std::shared_ptr<NativeClient>(new NativeClient(client));
}

NativeClient::~NativeClient()
{
    const auto destroy = [client = m_client, promise = std::make_shared<QPromise<void>>(std::move(m_destroyed))] {
        rd_kafka_destroy_flags(
            client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE); // nothing was joined, nothing is to be left
        promise->finish();
    };
    kafkaThreads().start(destroy);
}

KafkaHandle::KafkaHandle(std::shared_ptr<NativeClient> native)
    : m_native(std::move(native))
    , m_queue(rd_kafka_queue_new(m_native->get()))
{
    const rd::Queue main(rd_kafka_queue_get_main(m_native->get()));
    rd_kafka_queue_forward(main.get(), m_queue.get());
    rd_kafka_set_log_queue(m_native->get(), m_queue.get());
    m_grace.setSingleShot(true);
    m_grace.setInterval(trouble);
    connect(&m_grace, &QTimer::timeout, this, &KafkaHandle::troubleLasted);
    m_pump = std::make_unique<EventPump>(m_queue.get(), [this](rd::Event event) { receive(std::move(event)); });
}

KafkaHandle::~KafkaHandle()
{
    m_pump.reset();
    failAll({.kind = ErrorKind::Cancelled, .message = QStringLiteral("The connection was closed")});
    const rd::Queue main(rd_kafka_queue_get_main(m_native->get()));
    rd_kafka_queue_forward(main.get(), nullptr);
}

std::pair<KafkaHandle::Number, std::shared_ptr<KafkaHandle::EventReply>> KafkaHandle::expect()
{
    const auto number = ++m_lastNumber;
    auto reply = EventReply::make();
    m_expected.insert(number, reply);
    return {number, std::move(reply)};
}

void KafkaHandle::forget(Number number)
{
    m_expected.remove(number);
}

void KafkaHandle::failAll(const Error &error)
{
    const auto expected = std::exchange(m_expected, {});
    for (const auto &reply : expected) {
        reply->resolve(failure(error));
    }
    m_stop.request_stop(); // nobody waits for the blocking calls under way
    m_stop = {};
    const auto watched = std::exchange(m_watched, {});
    for (const auto &[reply, fail] : watched) {
        fail(error);
    }
}

void KafkaHandle::prove()
{
    m_proven = true;
    m_hasAnswered = true;
    m_lastError.reset(); // it lies behind us
    m_grace.stop();
}

Error KafkaHandle::explained(Error error) const
{
    const bool vague = error.kind == ErrorKind::DeadlineExceeded || error.kind == ErrorKind::Unreachable;
    if (vague && m_lastError) {
        error.kind = m_lastError->kind;
        error.detail = error.message;
        error.message = m_lastError->message;
        error.code = m_lastError->code;
    } else if (vague && !m_hasAnswered) { // a SASL listener drops a plain client without a word to us
        error.message = QStringLiteral("No answer in time; check address, port and security protocol");
    }
    return error;
}

void KafkaHandle::receive(rd::Event event)
{
    switch (rd_kafka_event_type(event.get())) {
    case RD_KAFKA_EVENT_ERROR:
        receiveError(rd_kafka_event_error(event.get()), QString::fromUtf8(rd_kafka_event_error_string(event.get())));
        return;
    case RD_KAFKA_EVENT_LOG:
        receiveLog(event.get());
        return;
    case RD_KAFKA_EVENT_DR:
        if (m_reports) {
            m_reports(event.get());
        }
        return;
    default: // results of admin calls
        break;
    }
    if (rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR_NO_ERROR) {
        m_grace.stop();
    }
    const auto number = reinterpret_cast<Number>(rd_kafka_event_opaque(event.get()));
    if (const auto reply = m_expected.take(number)) {
        reply->resolve(std::move(event));
    }
}

void KafkaHandle::receiveError(rd_kafka_resp_err_t code, const QString &text)
{
    const auto error = kafkaError(code, text, {}, {});
    if (!m_grace.isActive()) { // said again at every try: the first one counts
        m_grace.start();
    }
    if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN && m_lastError) {
        return; // it adds nothing to the reason
    }
    if (!m_lastError || m_lastError->message != error.message) {
        qCInfo(logKafka) << "connection:" << error.message; // once for each reason, not twenty times a second
    }
    m_lastError = error;
    const bool final = error.kind == ErrorKind::AuthenticationFailed || error.kind == ErrorKind::TlsFailed;
    if (final && !m_refused) {
        m_refused = true;
        Q_EMIT refused(error);
    }
}

void KafkaHandle::receiveLog(rd_kafka_event_t *event)
{
    const char *facility = nullptr;
    const char *line = nullptr;
    int level = 0;
    if (rd_kafka_event_log(event, &facility, &line, &level) != 0) {
        return;
    }
    qCDebug(logKafka) << facility << line;
    // Plain text spoken to a TLS or SASL listener is told by a log line; an error event comes only now and then.
    if (const auto said = QString::fromUtf8(line); QByteArrayView(facility) == "FAIL" && hungUpAtFirst(said)) {
        receiveError(RD_KAFKA_RESP_ERR__TRANSPORT, said);
    }
}

void KafkaHandle::troubleLasted()
{
    m_proven = false;
    Q_EMIT troubled();
}

} // namespace headgate
