// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "sandbox/kafkadistribution.h"

#include <memory>

namespace headgate {

struct ConnectWorkerOptions
{
    QString name; //!< of its log and folder, e.g. "connect-1"
    QString directory;
    QString bootstrap; //!< of the brokers, plain text
    QString groupId;   //!< the same for the workers of one cluster; its topics are <group>-configs, -offsets, -status
    quint16 port = 0;  //!< REST, on 127.0.0.1
    QString user;      //!< HTTP Basic; empty = no login
    QByteArray password;
    Milliseconds rebalanceDelay {2000}; //!< scheduled.rebalance.max.delay.ms
    QStringList extra;                  //!< "key=value" lines, last word
};

/*! One distributed Kafka Connect worker as a child process. Main thread; owned by a playground or a test. */
class ConnectWorker
{
public:
    ConnectWorker(KafkaDistribution distribution, ConnectWorkerOptions options);

    //! Writes the files on the first start; ends when the worker has joined its group. Later starts use the same port.
    Task<void> start(CallOptions options);
    bool started() const { return m_process != nullptr; }
    ChildProcess &process() { return *m_process; } //!< once started
    QString url() const;
    QString workerId() const; //!< as statuses name it
    const ConnectWorkerOptions &options() const { return m_options; }

private:
    Result<void> prepare();
    QByteArray properties() const;

    KafkaDistribution m_distribution;
    ConnectWorkerOptions m_options;
    std::unique_ptr<ChildProcess> m_process;
};

} // namespace headgate
