// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/kafka/eventpump.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <cstdint>

#include <sys/eventfd.h>
#include <unistd.h>

namespace headgate {

namespace {
constexpr qint64 sliceMs = 5;
}

EventPump::EventPump(rd_kafka_queue_t *queue, Handler handler)
    : m_queue(queue)
    , m_handler(std::move(handler))
    , m_descriptor(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_notifier(m_descriptor, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &EventPump::wake);
    const std::uint64_t one = 1;
    rd_kafka_queue_io_event_enable(m_queue, m_descriptor, &one, sizeof one);
    QTimer::singleShot(0, this, &EventPump::drain); // what came before the descriptor was known
}

EventPump::~EventPump()
{
    rd_kafka_queue_io_event_enable(m_queue, -1, nullptr, 0); // before the descriptor's number is given to somebody else
    m_notifier.setEnabled(false);
    ::close(m_descriptor);
}

void EventPump::wake()
{
    // First the descriptor, then the queue: the other way round a signal between the two would be lost.
    std::uint64_t signals = 0;
    [[maybe_unused]] const auto read = ::read(m_descriptor, &signals, sizeof signals);
    drain();
}

void EventPump::drain()
{
    const QPointer<EventPump> alive(this);
    QElapsedTimer slice;
    slice.start();
    while (auto *event = rd_kafka_queue_poll(m_queue, 0)) {
        m_handler(rd::Event(event));
        if (!alive) {
            return;
        }
        if (slice.elapsed() >= sliceMs) {
            // librdkafka signals again only after the queue was empty, so we come back by ourselves.
            QTimer::singleShot(0, this, &EventPump::drain);
            return;
        }
    }
}

} // namespace headgate
