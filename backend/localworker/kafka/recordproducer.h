// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wakeup.h"
#include "localworker/kafka/kafkahandle.h"
#include "localworker/kafka/records.h"

#include <QCoroTask>
#include <QObject>

#include <map>
#include <memory>
#include <vector>

namespace headgate::localworker {

/*! Writes records for all source tasks and dead letter queues of the worker through one librdkafka producer (a real
 * worker has one a task; threads are dearer here). Event loop's thread; owned by the worker, outlives its tasks. */
class RecordProducer : public QObject
{
    Q_OBJECT
public:
    explicit RecordProducer(RdKafka client);
    ~RecordProducer() override;

    rd_kafka_t *client() const { return m_client.get(); }
    //! Ends when every record is acknowledged (their offsets, in order) or one finally failed (at most
    //! message.timeout.ms).
    QCoro::Task<Outcome<std::vector<std::int64_t>>> send(std::vector<OutRecord> records);
    QCoro::Task<> close();

private:
    struct Batch;
    void drain();

    RdKafka m_client;
    std::unique_ptr<QueueWatch> m_watch;
    Wakeup m_delivered;
};

} // namespace headgate::localworker
