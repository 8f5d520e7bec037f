// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/admincalls.h"

#include "clients/kafka/kafkaerrors.h"
#include "common/log.h"

namespace headgate {

namespace {
constexpr int window = 200; // coordinator-bound calls in flight: more gain nothing and pile up when a broker goes
constexpr std::chrono::milliseconds longestTimeout {3'600'000};
}

AdminCall AdminCall::describeCluster()
{
    return {.op = RD_KAFKA_ADMIN_OP_DESCRIBECLUSTER,
        .request = QStringLiteral("DescribeCluster"),
        .issue = rd_kafka_DescribeCluster};
}

AdminCall AdminCall::listGroups()
{
    return {.op = RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS,
        .request = QStringLiteral("ListGroups"),
        .issue = rd_kafka_ListConsumerGroups};
}

AdminCall AdminCall::describeGroups(const QStringList &groups)
{
    std::vector<QByteArray> names;
    for (const auto &group : groups) {
        names.push_back(group.toUtf8());
    }
    return {.op = RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS,
        .request = QStringLiteral("DescribeGroups"),
        .target = groups.size() == 1 ? groups.first() : QString(),
        .issue = [names](rd_kafka_t *client, const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *queue) {
            std::vector<const char *> pointers;
            for (const auto &name : names) {
                pointers.push_back(name.constData());
            }
            rd_kafka_DescribeConsumerGroups(client, pointers.data(), pointers.size(), options, queue);
        }};
}

AdminCall AdminCall::committed(const QString &group)
{
    return {.op = RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS,
        .request = QStringLiteral("OffsetFetch"),
        .target = group,
        .issue
        = [name = group.toUtf8()](rd_kafka_t *client, const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *queue) {
              const rd::GroupOffsets request(rd_kafka_ListConsumerGroupOffsets_new(name.constData(), nullptr));
              auto *one = request.get();
              rd_kafka_ListConsumerGroupOffsets(client, &one, 1, options, queue);
          }};
}

AdminCall AdminCall::describeTopics(const QStringList &topics)
{
    std::vector<QByteArray> names;
    for (const auto &topic : topics) {
        names.push_back(topic.toUtf8());
    }
    return {.op = RD_KAFKA_ADMIN_OP_DESCRIBETOPICS,
        .request = QStringLiteral("DescribeTopics"),
        .target = topics.size() == 1 ? topics.first() : QString(),
        .issue = [names](rd_kafka_t *client, const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *queue) {
            std::vector<const char *> pointers;
            for (const auto &name : names) {
                pointers.push_back(name.constData());
            }
            const rd::TopicCollection collection(
                rd_kafka_TopicCollection_of_topic_names(pointers.data(), pointers.size()));
            rd_kafka_DescribeTopics(client, collection.get(), options, queue);
        }};
}

AdminCall AdminCall::describeConfig(rd_kafka_ResourceType_t type, const QByteArray &name)
{
    return {.op = RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS,
        .request = QStringLiteral("DescribeConfigs"),
        .target = QString::fromUtf8(name),
        .issue = [type, name](rd_kafka_t *client, const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *queue) {
            const rd::ConfigResource resource(rd_kafka_ConfigResource_new(type, name.constData()));
            auto *one = resource.get();
            rd_kafka_DescribeConfigs(client, &one, 1, options, queue);
        }};
}

Task<AdminAnswer> AdminCalls::ask(AdminCall call, CallOptions options)
{
    const Countdown countdown(options);
    const auto handle = co_await m_connection.handle(countdown.options());
    if (!handle) {
        co_return failure(handle.error());
    }
    co_return co_await send(*handle, std::move(call), Route::AnyBroker, countdown.options());
}

Task<AdminAnswer> AdminCalls::askCoordinator(AdminCall call, CallOptions options)
{
    const Countdown countdown(options);
    if (const auto entered = co_await enterWindow(countdown.options()); !entered) {
        co_return failure(entered.error());
    }
    Result<AdminAnswer> answer = failure({});
    if (const auto handle = co_await m_connection.handle(countdown.options()); !handle) {
        answer = failure(handle.error());
    } else if (const auto proven = co_await m_connection.prove(*handle, countdown.options()); !proven) {
        answer = failure(proven.error());
    } else {
        answer = co_await send(*handle, std::move(call), Route::Coordinator, countdown.options());
    }
    leaveWindow();
    co_return answer;
}

Task<AdminAnswer> AdminCalls::send(KafkaHandlePtr handle, AdminCall call, Route route, CallOptions options)
{
    const auto libraryTimeout = route == Route::Coordinator ? longestTimeout : options.deadline;
    const auto [number, reply] = handle->expect();
    const rd::AdminOptions adminOptions(rd_kafka_AdminOptions_new(handle->client(), call.op));
    rd_kafka_AdminOptions_set_request_timeout(
        adminOptions.get(), std::max(1, static_cast<int>(libraryTimeout.count())), nullptr, 0);
    rd_kafka_AdminOptions_set_opaque(adminOptions.get(), reinterpret_cast<void *>(number));
    call.issue(handle->client(), adminOptions.get(), handle->queue());

    auto event = co_await reply->within(options);
    handle->forget(number);
    const auto named = [&call, this](Error error) {
        error.target = call.target.isEmpty() ? m_connection.config().bootstrap : call.target;
        error.request = call.request;
        return error;
    };
    if (!event) {
        if (route == Route::Coordinator && event.error().kind != ErrorKind::Cancelled) {
            qCInfo(logKafka) << "a handle is given up, its group calls hang";
            m_connection.retire(handle); // the library still waits on it, for an hour
        }
        co_return failure(handle->explained(named(event.error())));
    }
    if (const auto code = rd_kafka_event_error(event->get()); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        const auto sentence = QString::fromUtf8(rd_kafka_event_error_string(event->get()));
        co_return failure(handle->explained(named(kafkaError(code, sentence, {}, {}))));
    }
    co_return AdminAnswer {.handle = std::move(handle), .event = std::move(*event)};
}

Task<Done> AdminCalls::enterWindow(CallOptions options)
{
    if (m_inFlight < window) {
        ++m_inFlight;
        co_return Done {};
    }
    auto reply = Reply<Done>::make();
    m_queue.push_back(reply);
    co_return co_await reply->within(options); // the place is handed over by leaveWindow()
}

void AdminCalls::leaveWindow()
{
    while (!m_queue.empty()) {
        const auto next = m_queue.front();
        m_queue.pop_front();
        if (!next->isResolved()) {
            next->resolve(Done {});
            return;
        }
    }
    --m_inFlight;
}

} // namespace headgate
