// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/offsetqueries.h"

#include "clients/kafka/kafkaanswers.h"
#include "clients/kafka/kafkaerrors.h"

#include <algorithm>

namespace headgate {

namespace {

constexpr std::size_t chunkSize = 400;

bool worthASecondTry(rd_kafka_resp_err_t code)
{
    const auto kind = kindOf(code);
    return kind == ErrorKind::Rebalancing || kind == ErrorKind::DeadlineExceeded || kind == ErrorKind::Unreachable;
}

rd::PartitionList listOf(const std::vector<OffsetQuery> &queries)
{
    rd::PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(queries.size())));
    for (const auto &query : queries) {
        rd_kafka_topic_partition_list_add(list.get(), query.tp.topic.toUtf8().constData(), query.tp.partition)->offset
            = query.spec;
    }
    return list;
}

rd::AdminOptions optionsFor(rd_kafka_t *client, KafkaHandle::Number number, std::chrono::milliseconds deadline)
{
    rd::AdminOptions options(rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_LISTOFFSETS));
    // Shorter than our own deadline, so that what the living brokers answered arrives. This call is none of those that
    // may abort; but its timer must not run out while the call is still being begun, which ends in a null pointer (seen
    // once on a busy machine, librdkafka 2.14.2).
    const auto timeout = std::max<int>(500, static_cast<int>(deadline.count() * 3 / 4));
    rd_kafka_AdminOptions_set_request_timeout(options.get(), timeout, nullptr, 0);
    rd_kafka_AdminOptions_set_opaque(options.get(), reinterpret_cast<void *>(number));
    return options;
}

} // namespace

struct OffsetQueries::Round
{
    std::vector<OffsetQuery> open; //!< unique, without an answer yet
    QHash<TopicPartition, OffsetAnswer> answers;
    QHash<TopicPartition, rd_kafka_resp_err_t> unaskable; //!< by fresh metadata: no leader, or no such partition
    std::optional<Error> error;                           //!< of a whole chunk

    void answer(OffsetAnswer answer) { answers.insert(answer.partition.tp, std::move(answer)); }
    //! librdkafka leaves partitions without a leader out of its answer, without a word.
    OffsetAnswer answerTo(const TopicPartition &tp) const
    {
        const auto code = RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE;
        return answers.value(tp, {.partition = {.tp = tp, .error = nameOf(code)}, .code = code});
    }
    void failChunk(const std::vector<OffsetQuery> &chunk, const Error &why, rd_kafka_resp_err_t code)
    {
        error = why;
        for (const auto &query : chunk) {
            answer({.partition = {.tp = query.tp, .error = nameOf(code)}, .code = code});
        }
    }
    //! Leaves open what a second try may answer.
    void keepFailing()
    {
        std::erase_if(open, [this](const OffsetQuery &query) {
            const auto found = answers.constFind(query.tp);
            return found != answers.cend() && !worthASecondTry(found->code);
        });
    }
};

Task<std::vector<PartitionOffset>> OffsetQueries::ask(std::vector<OffsetQuery> queries, CallOptions options)
{
    const Countdown countdown(options);
    if (queries.empty()) {
        co_return std::vector<PartitionOffset>();
    }
    const auto handle = co_await m_connection.handle(countdown.options());
    if (!handle) {
        co_return failure(handle.error());
    }
    auto round = std::make_shared<Round>();
    round->open = queries;
    std::ranges::sort(round->open, {}, &OffsetQuery::tp);
    const auto [first, last] = std::ranges::unique(round->open, {}, &OffsetQuery::tp);
    round->open.erase(first, last);

    if (std::ranges::any_of(queries, [this](const OffsetQuery &query) { return m_suspects.contains(query.tp); })) {
        co_await refreshLeaders(*handle, round, countdown.part(3));
    }
    co_await askRound(*handle, round, countdown.part(2));
    if (round->error && round->error->kind == ErrorKind::Cancelled) { // stopped or closed: no second try
        co_return failure(*round->error);
    }
    round->keepFailing();
    if (!round->open.empty() && !options.stop.stop_requested()) {
        co_await refreshLeaders(*handle, round, countdown.part(2));
        co_await askRound(*handle, round, countdown.options());
    }

    std::vector<PartitionOffset> offsets;
    bool anyAnswer = false;
    for (const auto &query : queries) {
        const auto answer = round->answerTo(query.tp);
        anyAnswer = anyAnswer || !worthASecondTry(answer.code);
        worthASecondTry(answer.code) ? (void)m_suspects.insert(query.tp) : (void)m_suspects.remove(query.tp);
        offsets.push_back(answer.partition);
    }
    if (options.stop.stop_requested()) {
        co_return failure({.kind = ErrorKind::Cancelled, .message = QStringLiteral("Stopped while waiting")});
    }
    if (!anyAnswer && round->error) {
        co_return failure((*handle)->explained(*round->error));
    }
    co_return offsets;
}

QCoro::Task<> OffsetQueries::askRound(KafkaHandlePtr handle, std::shared_ptr<Round> round, CallOptions options)
{
    std::vector<OffsetQuery> healthy;
    std::vector<OffsetQuery> suspect;
    for (const auto &query : round->open) {
        if (const auto code = round->unaskable.value(query.tp, RD_KAFKA_RESP_ERR_NO_ERROR);
            code != RD_KAFKA_RESP_ERR_NO_ERROR) {
            round->answer({.partition = {.tp = query.tp, .error = nameOf(code)}, .code = code});
            continue;
        }
        (m_suspects.contains(query.tp) ? suspect : healthy).push_back(query);
    }
    std::vector<QCoro::Task<>> chunks;
    for (const auto &queries : {healthy, suspect}) {
        for (std::size_t at = 0; at < queries.size(); at += chunkSize) {
            const auto end = std::min(queries.size(), at + chunkSize);
            chunks.push_back(askChunk(handle, round,
                {queries.begin() + static_cast<std::ptrdiff_t>(at), queries.begin() + static_cast<std::ptrdiff_t>(end)},
                options));
        }
    }
    for (auto &chunk : chunks) {
        co_await chunk;
    }
}

QCoro::Task<> OffsetQueries::askChunk(
    KafkaHandlePtr handle, std::shared_ptr<Round> round, std::vector<OffsetQuery> chunk, CallOptions options)
{
    const auto [number, reply] = handle->expect();
    rd_kafka_ListOffsets(handle->client(), listOf(chunk).get(),
        optionsFor(handle->client(), number, options.deadline).get(), handle->queue());
    const auto event = co_await reply->within(options);
    handle->forget(number);
    if (!event) {
        round->failChunk(chunk, event.error(), RD_KAFKA_RESP_ERR__TIMED_OUT);
        co_return;
    }
    const auto code = rd_kafka_event_error(event->get());
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        const auto sentence = QString::fromUtf8(rd_kafka_event_error_string(event->get()));
        round->failChunk(
            chunk, kafkaError(code, sentence, m_connection.config().bootstrap, QStringLiteral("ListOffsets")), code);
        co_return;
    }
    const bool always = chunk.front().spec < 0; // start and end exist; "none that late" is an answer to a time only
    for (auto &answer : listedOffsets(event->get())) {
        if (always && !answer.partition.offset && answer.code == RD_KAFKA_RESP_ERR_NO_ERROR) {
            answer.code = RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE; // given back as it was asked: its leader was away
            answer.partition.error = nameOf(answer.code);
        }
        round->answer(std::move(answer));
    }
}

QCoro::Task<> OffsetQueries::refreshLeaders(KafkaHandlePtr handle, std::shared_ptr<Round> round, CallOptions options)
{
    const auto ask = [timeout = options.deadline](rd_kafka_t *client, std::stop_token stop) {
        return fetchMetadata(client, MetadataScope::AllTopics, timeout, stop);
    };
    const auto cluster = co_await KafkaHandle::blocking(handle, ask, options);
    if (!cluster || cluster->code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        co_return;
    }
    QSet<TopicPartition> led;
    QSet<TopicPartition> known;
    for (const auto &topic : cluster->cluster.topics) {
        for (const auto &partition : topic.partitions) {
            known.insert({topic.name, partition.id});
            if (std::ranges::find(cluster->cluster.brokers, partition.leader, &BrokerFact::id)
                != cluster->cluster.brokers.end()) {
                led.insert({topic.name, partition.id});
            }
        }
    }
    round->unaskable.clear();
    for (const auto &query : round->open) {
        if (!led.contains(query.tp)) {
            round->unaskable.insert(query.tp,
                known.contains(query.tp) ? RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE
                                         : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
        }
    }
}

} // namespace headgate
