// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace headgate {

//! How a local worker is to run. Everything has a safe default.
struct WorkerOptions
{
    QString address = QStringLiteral("127.0.0.1"); //!< loopback only, unless `unsafeBind`
    QList<quint16> ports {0};                      //!< one listener each; 0: any free port
    QString bootstrap;                             //!< a real broker; empty: mock brokers within this process
    QString brokerProperties; //!< file with librdkafka properties (security.protocol, sasl.*, ssl.*); its owner's only
    QString groupId
        = QStringLiteral("headgate-worker"); //!< names the internal topics <groupId>-configs, -offsets, -status
    QString dataDirectory;    //!< state, logs and FileStream files; empty: a temporary one, removed at the end
    QStringList allowedHosts; //!< HTTP targets beyond loopback
    QString user = QStringLiteral("headgate");
    QByteArray password; //!< empty: random
    bool unsafeBind = false;
    bool playground = false; //!< the cast of the sandbox: topics, records, connectors with a story
    int idleMinutes = 0;     //!< ends after so long without a request; 0: never
};

//! Where a started worker is to be found.
struct WorkerAddress
{
    QStringList connectUrls;
    QString user;
    QByteArray password;
    QString bootstrap;
    QString dataDirectory, logDirectory, ownershipFile;
};

/*! The Connect-compatible worker: brokers, state, connectors and REST in one process and on one event loop. Owned by
 * the program. Usage: start(), then run the event loop until `idleTooLong()` or a signal, then close(). */
class LocalWorker : public QObject
{
    Q_OBJECT
public:
    explicit LocalWorker(WorkerOptions options, QObject *parent = nullptr);
    ~LocalWorker() override;

    //! InvalidInput for an address that is not loopback, Unreachable for a port in use, StorageFailed for the data
    //! directory.
    Task<WorkerAddress> start();
    QCoro::Task<> close();

Q_SIGNALS:
    void idleTooLong();

private:
    struct Parts;

    Result<void> judgeOptions() const;
    Result<void> prepareDirectory();
    Result<void> openBrokers();
    Result<void> readBrokerProperties();
    QCoro::Task<Result<void>> openState();
    Result<void> listen();
    Task<QString> play(); //!< the sandbox's scene; answers the path of ownership.yaml
    void watchIdle();

    WorkerOptions m_options;
    std::unique_ptr<Parts> m_parts;
};

} // namespace headgate
