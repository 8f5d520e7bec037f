// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/playground/playgroundlauncher.h"
#include "sandbox/connectworker.h"
#include "sandbox/kafkabroker.h"

namespace headgate {

/*! The real sandbox: Kafka brokers and distributed Connect workers as child processes, with the cast's story on them.
 * Everything listens on 127.0.0.1 and ends with the owner, also after a crash. Main thread; owned by the launcher. */
class KafkaPlayground
{
public:
    struct Settings
    {
        KafkaDistribution distribution;
        QString directory; //!< empty at the start; data, configuration and logs are in it
        int brokers = 1;
        int workers = 2;
    };

    explicit KafkaPlayground(Settings settings);
    ~KafkaPlayground();
    Q_DISABLE_COPY_MOVE(KafkaPlayground)

    /*! Starts brokers, then workers, then the cast; about 15 s on two cores. What was started ends where a later step
     * fails, and the error holds the last lines of the log of the process that failed. */
    Task<Playground> start(CallOptions options);
    void end(); //!< at once, without their leave: what they hold is thrown away with the directory

    KafkaBroker &broker(int index) { return *m_brokers.at(static_cast<size_t>(index)); }
    ConnectWorker &worker(int index) { return *m_workers.at(static_cast<size_t>(index)); }

private:
    Task<void> startBrokers(CallOptions options);
    Task<void> startWorkers(CallOptions options);
    Task<void> playCast(CallOptions options);
    ContextConfig context() const;

    Settings m_settings;
    QByteArray m_password;
    std::vector<std::unique_ptr<KafkaBroker>> m_brokers;
    std::vector<std::unique_ptr<ConnectWorker>> m_workers;
};

} // namespace headgate
