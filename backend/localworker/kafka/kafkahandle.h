// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/runtime/throwable.h"

#include <QCoroTask>
#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <string>
#include <utility>
#include <vector>

// librdkafka's own header stays in the .cpp files; these are its names for its opaque types.
using rd_kafka_t = struct rd_kafka_s;
using rd_kafka_conf_t = struct rd_kafka_conf_s;
using rd_kafka_queue_t = struct rd_kafka_queue_s;
using rd_kafka_event_t = struct rd_kafka_op_s;
using rd_kafka_message_t = struct rd_kafka_message_s;
using rd_kafka_topic_partition_list_t = struct rd_kafka_topic_partition_list_s;
using rd_kafka_error_t = struct rd_kafka_error_s;

namespace headgate::localworker {

//! Ownership over librdkafka's C API, for this room only.
struct Destroy
{
    void operator()(rd_kafka_t *p) const;
    void operator()(rd_kafka_conf_t *p) const;
    void operator()(rd_kafka_queue_t *p) const;
    void operator()(rd_kafka_event_t *p) const;
    void operator()(rd_kafka_message_t *p) const;
    void operator()(rd_kafka_topic_partition_list_t *p) const;
    void operator()(rd_kafka_error_t *p) const;
};
using RdKafka = std::unique_ptr<rd_kafka_t, Destroy>;
using ConfHandle = std::unique_ptr<rd_kafka_conf_t, Destroy>;
using QueueHandle = std::unique_ptr<rd_kafka_queue_t, Destroy>;
using EventHandle = std::unique_ptr<rd_kafka_event_t, Destroy>;
using MessageHandle = std::unique_ptr<rd_kafka_message_t, Destroy>;
using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t, Destroy>;
using ErrorHandle = std::unique_ptr<rd_kafka_error_t, Destroy>;

enum class ClientRole { Producer, Consumer };

using Properties = std::vector<std::pair<std::string, std::string>>; //!< librdkafka's property names

//! Fails on a property librdkafka refuses; connecting happens later and by itself.
Outcome<RdKafka> makeClient(ClientRole role, const Properties &properties);
//! Closes and frees in the pool: librdkafka joins its threads there, which may take a second.
QCoro::Task<> destroyClient(RdKafka client);

/*! Wakes the event loop when something arrives in a librdkafka queue. Emits `ready()` once per change from empty to not
 * empty: the receiver drains the queue or comes back by itself. */
class QueueWatch : public QObject
{
    Q_OBJECT
public:
    explicit QueueWatch(QueueHandle queue, QObject *parent = nullptr);
    ~QueueWatch() override;
    rd_kafka_queue_t *queue() const { return m_queue.get(); }

Q_SIGNALS:
    void ready();

private:
    QueueHandle m_queue;
    int m_descriptor;
    QSocketNotifier m_notifier;
};

} // namespace headgate::localworker
