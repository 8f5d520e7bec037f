// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/rdkafkawriter.h"

#include "clients/kafka/kafkaconnection.h"
#include "clients/kafka/kafkaerrors.h"

#include <algorithm>
#include <span>

namespace headgate {

namespace {

//! The records of one call, by number: delivery reports carry call and index in their opaque.
struct Batch
{
    std::vector<WrittenRecord> written;
    std::size_t open = 0;
    std::shared_ptr<Reply<Done>> done = Reply<Done>::make();
};

constexpr unsigned indexBits = 32;
constexpr Milliseconds endDeadline {10'000};

Error reportError(const rd_kafka_message_t &message)
{
    auto error
        = kafkaError(message.err, QString::fromUtf8(rd_kafka_err2str(message.err)), {}, QStringLiteral("Produce"));
    error.target = QString::fromUtf8(rd_kafka_topic_name(message.rkt));
    if (rd_kafka_message_status(&message) != RD_KAFKA_MSG_STATUS_NOT_PERSISTED) {
        error.kind = ErrorKind::OutcomeUnknown;
        error.retryable = false;
    }
    return error;
}

//! librdkafka's variadic fields as an array, over memory that lives until the call returns (it copies).
std::vector<rd_kafka_vu_t> fieldsOf(const RecordToWrite &record, const QByteArray &topic, std::uintptr_t opaque)
{
    std::vector<rd_kafka_vu_t> fields(4);
    fields[0].vtype = RD_KAFKA_VTYPE_TOPIC;
    fields[0].u.cstr = topic.constData();
    fields[1].vtype = RD_KAFKA_VTYPE_PARTITION;
    fields[1].u.i32 = record.partition < 0 ? RD_KAFKA_PARTITION_UA : record.partition;
    fields[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    fields[2].u.i = RD_KAFKA_MSG_F_COPY;
    fields[3].vtype = RD_KAFKA_VTYPE_OPAQUE;
    fields[3].u.ptr = reinterpret_cast<void *>(opaque);
    const auto add = [&fields](rd_kafka_vtype_t type, const std::optional<QByteArray> &bytes) {
        if (bytes) {
            rd_kafka_vu_t field {};
            field.vtype = type;
            field.u.mem = {const_cast<char *>(bytes->constData()), static_cast<std::size_t>(bytes->size())};
            fields.push_back(field);
        }
    };
    add(RD_KAFKA_VTYPE_KEY, record.key);
    add(RD_KAFKA_VTYPE_VALUE, record.value);
    if (record.timestamp != Instant {}) {
        rd_kafka_vu_t field {};
        field.vtype = RD_KAFKA_VTYPE_TIMESTAMP;
        field.u.i64 = record.timestamp.time_since_epoch().count();
        fields.push_back(field);
    }
    for (const auto &header : record.headers) {
        rd_kafka_vu_t field {};
        field.vtype = RD_KAFKA_VTYPE_HEADER;
        field.u.header = {header.key.constData(), header.value.constData(), static_cast<ssize_t>(header.value.size())};
        fields.push_back(field);
    }
    return fields;
}

class RdKafkaWriter final : public RecordWriter
{
public:
    RdKafkaWriter(const KafkaConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock)
        : m_connection(config, HandleRole::Producer, std::move(secrets), std::move(clock))
    {
    }
    RdKafkaWriter(const KafkaConfig &config, const QString &transactionalId, std::shared_ptr<SecretStore> secrets,
        std::shared_ptr<Clock> clock)
        : m_connection(config, HandleRole::Producer, std::move(secrets), std::move(clock),
              // Keys go where Java's clients put them, and how large a record may be is the broker's to say.
              {{"transactional.id", transactionalId.toUtf8()}, {"partitioner", "murmur2_random"},
                  {"message.max.bytes", "100000000"}})
        , m_transactional(true)
    {
    }

    Task<std::vector<WrittenRecord>> write(std::vector<RecordToWrite> records, CallOptions options) override;
    QCoro::Task<> close() override;

private:
    Task<Done> begin(KafkaHandlePtr handle, bool initialiseOnly, CallOptions options);
    QCoro::Task<> end(KafkaHandlePtr handle, std::vector<WrittenRecord> *written, CallOptions options);
    void send(KafkaHandle &handle, const std::vector<RecordToWrite> &records, std::uint32_t number, Batch &batch);
    void settle(rd_kafka_event_t *reports);

    KafkaConnection m_connection;
    QHash<std::uint32_t, std::shared_ptr<Batch>> m_batches;
    std::uint32_t m_lastNumber = 0;
    bool m_transactional = false;
    std::weak_ptr<KafkaHandle> m_ready; //!< its transactions are initialised
};

//! What one of librdkafka's transaction calls said; nothing: it went well.
struct TransactionFault
{
    rd_kafka_resp_err_t code {};
    QString sentence;
    bool mayTryAgain = false;
};
using TransactionCall = rd_kafka_error_t *(*)(rd_kafka_t *, int);

Task<std::optional<TransactionFault>> blockingCall(KafkaHandlePtr handle, TransactionCall call, CallOptions options)
{
    const auto most = int(options.deadline / Milliseconds(1));
    const auto work = [call, most](rd_kafka_t *client, std::stop_token) -> std::optional<TransactionFault> {
        const rd::ErrorObject fault(call(client, most));
        return fault
            ? std::optional(TransactionFault {rd_kafka_error_code(fault.get()),
                  QString::fromUtf8(rd_kafka_error_string(fault.get())), rd_kafka_error_is_retriable(fault.get()) != 0})
            : std::nullopt;
    };
    co_return co_await KafkaHandle::blocking(std::move(handle), work, options);
}

Error transactionError(const TransactionFault &fault, const char *request)
{
    return kafkaError(fault.code, fault.sentence, {}, QString::fromLatin1(request));
}

Task<Done> RdKafkaWriter::begin(KafkaHandlePtr handle, bool initialiseOnly, CallOptions options)
{
    if (m_ready.lock() != handle) {
        const auto fault = co_await blockingCall(handle, rd_kafka_init_transactions, options);
        if (!fault || *fault) {
            co_return failure(fault ? transactionError(**fault, "InitProducerId") : fault.error());
        }
        m_ready = handle;
    }
    if (initialiseOnly) {
        co_return Done {};
    }
    const rd::ErrorObject refused(rd_kafka_begin_transaction(handle->client()));
    if (refused) {
        co_return failure(kafkaError(rd_kafka_error_code(refused.get()),
            QString::fromUtf8(rd_kafka_error_string(refused.get())), {}, QStringLiteral("BeginTransaction")));
    }
    co_return Done {};
}

//! Commits when every record was taken, else aborts: then none of them is there for readers of committed records.
QCoro::Task<> RdKafkaWriter::end(KafkaHandlePtr handle, std::vector<WrittenRecord> *written, CallOptions options)
{
    const auto bad = std::ranges::find_if(*written, [](const WrittenRecord &each) { return each.error.has_value(); });
    std::optional<Error> why = bad == written->end() ? std::nullopt : bad->error;
    if (!why) {
        auto fault = co_await blockingCall(handle, rd_kafka_commit_transaction, options);
        if (fault && *fault && (*fault)->mayTryAgain) {
            fault = co_await blockingCall(handle, rd_kafka_commit_transaction, options);
        }
        if (fault && !*fault) {
            co_return;
        }
        why = fault ? transactionError(**fault, "EndTxn") : fault.error();
    }
    const auto aborted = co_await blockingCall(handle, rd_kafka_abort_transaction, options);
    const bool settled = aborted && !*aborted;
    if (!settled) {
        m_connection.retire(handle);
    }
    // Aborted: nothing of it can be read. Else the commit may have arrived.
    why->kind = !settled                         ? ErrorKind::OutcomeUnknown
        : why->kind == ErrorKind::OutcomeUnknown ? ErrorKind::Unreachable
                                                 : why->kind;
    for (auto &each : *written) {
        each.error = why;
        each.offset = -1;
    }
}

Task<std::vector<WrittenRecord>> RdKafkaWriter::write(std::vector<RecordToWrite> records, CallOptions options)
{
    const Countdown countdown(options);
    if (records.empty() && !m_transactional) {
        co_return std::vector<WrittenRecord>();
    }
    const auto handle = co_await m_connection.handle(countdown.options());
    if (!handle) {
        co_return failure(handle.error());
    }
    if (m_transactional) {
        const auto begun = co_await begin(*handle, records.empty(), countdown.options());
        if (!begun || records.empty()) {
            co_return begun ? Result<std::vector<WrittenRecord>>(std::vector<WrittenRecord>()) : failure(begun.error());
        }
    }
    (*handle)->onDeliveryReports([this](rd_kafka_event_t *event) { settle(event); });
    const auto number = ++m_lastNumber;
    auto batch = std::make_shared<Batch>();
    m_batches.insert(number, batch);
    send(**handle, records, number, *batch);
    if (batch->open > 0) {
        const auto settled = co_await batch->done->within(countdown.options());
        if (!settled) {
            // Ours are not the only records of the handle, but what has not left yet must not leave after we said how
            // it ended.
            rd_kafka_purge((*handle)->client(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_NON_BLOCKING);
            batch->done = Reply<Done>::make();
            co_await batch->done->within({.deadline = Milliseconds(200)});
        }
    }
    m_batches.remove(number);
    if (m_transactional) {
        // A transaction that is left open would keep readers waiting: its end has time of its own.
        co_await end(*handle, &batch->written, {.deadline = std::max(countdown.left(), endDeadline)});
    }
    co_return std::move(batch->written);
}

void RdKafkaWriter::send(
    KafkaHandle &handle, const std::vector<RecordToWrite> &records, std::uint32_t number, Batch &batch)
{
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto &record = records[i];
        const auto opaque = (std::uintptr_t {number} << indexBits) | i;
        const auto topic = record.topic.toUtf8();
        auto fields = fieldsOf(record, topic, opaque);
        // Until its report says otherwise, nobody knows.
        WrittenRecord written {.tp = {record.topic, record.partition}};
        written.error = Error {.kind = ErrorKind::OutcomeUnknown,
            .message = QStringLiteral("No delivery report came in time"),
            .target = record.topic,
            .request = QStringLiteral("Produce")};
        const rd::ErrorObject refused(rd_kafka_produceva(handle.client(), fields.data(), fields.size()));
        if (refused) {
            const auto sentence = QString::fromUtf8(rd_kafka_error_string(refused.get()));
            written.error
                = kafkaError(rd_kafka_error_code(refused.get()), sentence, record.topic, QStringLiteral("Produce"));
        } else {
            ++batch.open;
        }
        batch.written.push_back(std::move(written));
    }
}

void RdKafkaWriter::settle(rd_kafka_event_t *reports)
{
    while (const auto *message = rd_kafka_event_message_next(reports)) {
        const auto opaque = reinterpret_cast<std::uintptr_t>(message->_private);
        const auto batch = m_batches.value(static_cast<std::uint32_t>(opaque >> indexBits));
        if (!batch) {
            continue; // its call has ended as unknown
        }
        auto &written = batch->written[opaque & 0xffffffffU];
        written.tp.partition = message->partition;
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            written.offset = message->offset;
            written.error.reset();
        } else {
            written.error = reportError(*message);
        }
        if (--batch->open == 0) {
            batch->done->resolve(Done {});
        }
    }
}

QCoro::Task<> RdKafkaWriter::close()
{
    for (const auto &batch : std::exchange(m_batches, {})) {
        batch->done->resolve(
            failure({.kind = ErrorKind::Cancelled, .message = QStringLiteral("The connection is closed")}));
    }
    co_await m_connection.close();
}

} // namespace

std::unique_ptr<RecordWriter> makeRdKafkaWriter(
    const KafkaConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock)
{
    return std::make_unique<RdKafkaWriter>(config, std::move(secrets), std::move(clock));
}

std::unique_ptr<RecordWriter> makeTransactionalWriter(const KafkaConfig &config, const QString &transactionalId,
    std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock)
{
    return std::make_unique<RdKafkaWriter>(config, transactionalId, std::move(secrets), std::move(clock));
}

} // namespace headgate
