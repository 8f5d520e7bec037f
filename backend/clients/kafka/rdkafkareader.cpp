// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/rdkafkareader.h"

#include "clients/kafka/kafkaerrors.h"
#include "clients/kafka/offsetqueries.h"
#include "clients/kafka/partitionread.h"

#include <deque>

namespace headgate {

namespace {

class RdKafkaReader final : public RecordReader
{
public:
    RdKafkaReader(const KafkaConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock)
        : m_connection(config, HandleRole::Consumer, std::move(secrets), std::move(clock))
        , m_offsets(m_connection)
    {
    }

    Task<ReadAnswer> read(ReadRequest request, CallOptions options) override;
    QCoro::Task<> close() override;

private:
    Task<ReadAnswer> readInTurn(ReadRequest request, CallOptions options);
    Task<ReadRequest> bounded(ReadRequest request, CallOptions options);

    KafkaConnection m_connection;
    OffsetQueries m_offsets;
    std::stop_source m_stop;
    bool m_busy = false; //!< a partition can be fetched once at a time on a handle
    std::deque<std::shared_ptr<Reply<Done>>> m_queue;
};

Task<ReadAnswer> RdKafkaReader::read(ReadRequest request, CallOptions options)
{
    const Countdown countdown(options);
    if (m_busy) {
        auto turn = Reply<Done>::make();
        m_queue.push_back(turn);
        if (const auto got = co_await turn->within(countdown.options()); !got) {
            co_return failure(got.error());
        }
    }
    m_busy = true;
    auto answer = co_await readInTurn(std::move(request), countdown.options());
    m_busy = false;
    while (!m_busy && !m_queue.empty()) {
        const auto next = m_queue.front();
        m_queue.pop_front();
        if (!next->isResolved()) {
            m_busy = true;
            next->resolve(Done {});
        }
    }
    co_return answer;
}

Task<ReadAnswer> RdKafkaReader::readInTurn(ReadRequest request, CallOptions options)
{
    const Countdown countdown(options);
    auto within = co_await bounded(std::move(request), countdown.part(2));
    if (!within) {
        co_return failure(within.error());
    }
    if (within->from >= within->until) {
        co_return ReadAnswer {.next = within->from, .reachedEnd = true};
    }
    const auto handle = co_await m_connection.handle(countdown.options());
    if (!handle) {
        co_return failure(handle.error());
    }
    PartitionRead read(*handle, *within);
    auto left = countdown.options();
    // Two may stop it: the caller, and close().
    std::stop_source both;
    const std::stop_callback byCaller(left.stop, [&both] { both.request_stop(); });
    const std::stop_callback byClose(m_stop.get_token(), [&both] { both.request_stop(); });
    left.stop = both.get_token();
    auto answer = co_await read.collect(left);
    co_await read.stop();
    if (!answer) {
        co_return failure((*handle)->explained(answer.error()));
    }
    co_return answer;
}

//! Absolute bounds, from the log as it is now: logical offsets would cost half a second each, and past the end nothing
//! would ever come.
Task<ReadRequest> RdKafkaReader::bounded(ReadRequest request, CallOptions options)
{
    auto startTask = m_offsets.ask({{request.tp, RD_KAFKA_OFFSET_SPEC_EARLIEST}}, options);
    const auto end = co_await m_offsets.ask({{request.tp, RD_KAFKA_OFFSET_SPEC_LATEST}}, options);
    const auto start = co_await startTask;
    if (!start || !end) {
        co_return failure(!start ? start.error() : end.error());
    }
    const auto &first = start->front();
    const auto &last = end->front();
    if (!first.offset || !last.offset) {
        const auto name = (first.error.isEmpty() ? last.error : first.error).toLatin1();
        const bool unknown = name.contains("UNKNOWN");
        co_return failure({.kind = unknown       ? ErrorKind::NotFound
                : name.contains("AUTHORIZATION") ? ErrorKind::NotPermitted
                                                 : ErrorKind::Rebalancing,
            .message = QString::fromLatin1(name),
            .target = request.tp.topic,
            .request = QStringLiteral("ListOffsets"),
            .retryable = !unknown});
    }
    request.from = std::max(request.from, *first.offset);
    request.until = request.until < 0 ? *last.offset : std::min(request.until, *last.offset);
    co_return request;
}

QCoro::Task<> RdKafkaReader::close()
{
    m_stop.request_stop();
    for (const auto &waiting : std::exchange(m_queue, {})) {
        waiting->resolve(
            failure({.kind = ErrorKind::Cancelled, .message = QStringLiteral("The connection is closed")}));
    }
    co_await m_connection.close();
}

} // namespace

std::unique_ptr<RecordReader> makeRdKafkaReader(
    const KafkaConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock)
{
    return std::make_unique<RdKafkaReader>(config, std::move(secrets), std::move(clock));
}

} // namespace headgate
