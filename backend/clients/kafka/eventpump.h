// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/rdptr.h"

#include <QObject>
#include <QSocketNotifier>

#include <functional>

namespace headgate {

/*! Carries the events of one librdkafka queue to the thread it was made on (the GUI thread), without a thread of its
 * own.
 *
 * The queue signals an eventfd when it turns from empty to non-empty. One turn of the loop drains for at most 5 ms. The
 * queue must outlive the pump. The handler may destroy the pump. */
class EventPump final : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<void(rd::Event)>;

    EventPump(rd_kafka_queue_t *queue, Handler handler);
    ~EventPump() override;

private:
    void wake();
    void drain();

    rd_kafka_queue_t *m_queue;
    Handler m_handler;
    int m_descriptor;
    QSocketNotifier m_notifier;
};

} // namespace headgate
