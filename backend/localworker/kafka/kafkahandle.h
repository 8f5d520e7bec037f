// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/runtime/throwable.h"

#include <QCoroTask>
#include <QObject>
#include <QSocketNotifier>

#include <librdkafka/rdkafka.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

// Thin ownership over librdkafka's C API, for this room only.
namespace headgate::localworker {

template <auto Free> struct Freed
{
    template <class T> void operator()(T *p) const { Free(p); }
};
using ConfHandle = std::unique_ptr<rd_kafka_conf_t, Freed<rd_kafka_conf_destroy>>;
using QueueHandle = std::unique_ptr<rd_kafka_queue_t, Freed<rd_kafka_queue_destroy>>;
using EventHandle = std::unique_ptr<rd_kafka_event_t, Freed<rd_kafka_event_destroy>>;
using MessageHandle = std::unique_ptr<rd_kafka_message_t, Freed<rd_kafka_message_destroy>>;
using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t, Freed<rd_kafka_topic_partition_list_destroy>>;
using RdKafka = std::unique_ptr<rd_kafka_t, Freed<rd_kafka_destroy>>;

using Properties = std::vector<std::pair<std::string, std::string>>; //!< librdkafka's property names

//! A client of `type`. Fails on a property librdkafka refuses; connecting happens later and by itself.
Outcome<RdKafka> makeClient(rd_kafka_type_t type, const Properties &properties, int events = 0);
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
