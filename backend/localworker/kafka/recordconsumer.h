// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wakeup.h"
#include "localworker/kafka/kafkahandle.h"
#include "localworker/kafka/records.h"

#include <QObject>

#include <map>
#include <stop_token>

namespace headgate::localworker {

using Positions
    = std::map<std::pair<std::string, std::int32_t>, std::int64_t>; //!< (topic, partition) -> next offset to read

/*! The consumer of one sink task. Event loop's thread; owned by its task.
 *
 * On a real broker it joins the connector's group; on the mock brokers, which keep no groups, its partitions are
 * assigned. */
class RecordConsumer : public QObject
{
    Q_OBJECT
public:
    explicit RecordConsumer(RdKafka client);
    ~RecordConsumer() override;

    Outcome<void> subscribe(const std::vector<std::string> &topics);
    Outcome<void> assign(const Positions &positions);
    //! What has arrived, at most `limit`; never blocks. An error of the group or of a partition is thrown.
    Outcome<std::vector<InRecord>> take(int limit);
    //! Ends when something arrived, after `patience`, or when `stop` is requested.
    QCoro::Task<> waitReadable(std::chrono::milliseconds patience, std::stop_token stop);
    void setPaused(bool paused); //!< a paused one keeps its place in the group
    //! Asks for a commit of these positions; the broker's answer is not waited for (the next commit repairs a lost
    //! one).
    void commit(const Positions &positions);
    QCoro::Task<> close(Positions last); //!< commits, leaves the group, frees

private:
    RdKafka m_client;
    std::unique_ptr<QueueWatch> m_watch;
    Wakeup m_readable;
    bool m_grouped = false, m_arrived = false;
};

//! Every topic with its number of partitions, asked in the pool; creates nothing. Empty when no broker answers within 3
//! s.
QCoro::Task<std::map<std::string, int>> topicSizes(rd_kafka_t *client);

} // namespace headgate::localworker
