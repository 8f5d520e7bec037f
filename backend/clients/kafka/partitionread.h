// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "clients/kafka/kafkahandle.h"

namespace headgate {

/*! One bounded fetch of one partition: starts it at an absolute offset, collects until a bound, is stopped. GUI thread;
 * lives in the coroutine of the read.
 *
 * The partition is fetched by librdkafka's simple consumer into a queue of its own: there is no group, so not even a
 * coordinator is looked up, and no record of an earlier read can appear in a later one. */
class PartitionRead
{
public:
    //! `request.until` is known by now (exclusive).
    PartitionRead(KafkaHandlePtr handle, ReadRequest request);

    //! What was collected until a bound or the deadline. Errors: the partition's own (NotPermitted, out of range, ...),
    //! Cancelled.
    Task<ReadAnswer> collect(CallOptions options);
    //! To be awaited before the partition is read again: stopping waits for a thread of the library, so it is done in
    //! the pool.
    QCoro::Task<> stop();

private:
    void receive(rd::Event event);
    void receiveError(rd_kafka_event_t *event);
    void receiveMessage(const rd_kafka_message_t &message);

    KafkaHandlePtr m_handle;
    ReadRequest m_request;
    ReadAnswer m_answer;
    qint64 m_bytes = 0;
    std::shared_ptr<rd_kafka_topic_t> m_topic;
    std::shared_ptr<rd_kafka_queue_t> m_queue; //!< what is still in it goes with it
    std::unique_ptr<EventPump> m_pump;
    std::shared_ptr<Reply<Done>> m_done = Reply<Done>::make();
};

} // namespace headgate
