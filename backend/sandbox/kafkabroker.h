// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/kafkadistribution.h"

#include <memory>

namespace headgate {

//! Ports of one broker, all on 127.0.0.1. 0 = that listener is not there.
struct BrokerPorts
{
    quint16 client = 0;   //!< plain text, for Headgate and its tests
    quint16 internal = 0; //!< plain text, for the other brokers and the Connect workers: never through a proxy
    quint16 controller = 0;
    quint16 sasl = 0;    //!< SASL_PLAINTEXT
    quint16 tls = 0;     //!< SSL
    quint16 saslTls = 0; //!< SASL_SSL
};

//! What the listeners with a login or TLS need. PEM files; certificate and key of the brokers in one file.
struct BrokerSecurity
{
    QString user;
    QByteArray password; //!< for PLAIN and both SCRAM mechanisms
    QString keyStoreFile;
    QString caFile;
    bool wantsClientCertificate = false;
};

struct BrokerOptions
{
    int id = 1;
    QString directory; //!< data, configuration and log of this broker
    QString clusterId; //!< 22 letters of URL-safe base64, the same for all brokers
    QString rack;
    BrokerPorts ports;
    quint16 advertisedClientPort = 0; //!< of a fault proxy in front of the client listener; 0 = the listener itself
    std::vector<std::pair<int, quint16>> controllers; //!< id and controller port of every broker, this one too
    std::optional<BrokerSecurity> security;
    QStringList extra; //!< "key=value" lines, last word
};

//! Takes free ports; the secured ones only when asked for.
Result<BrokerPorts> freeBrokerPorts(bool secured);

/*! One Kafka broker and controller (KRaft) as a child process. Main thread; owned by a playground or a test. */
class KafkaBroker
{
public:
    KafkaBroker(KafkaDistribution distribution, BrokerOptions options);

    //! Writes the files on the first start; ends when the broker serves requests. Later starts use the same ports and
    //! data.
    Task<void> start(CallOptions options);
    bool started() const { return m_process != nullptr; }
    ChildProcess &process() { return *m_process; } //!< once started
    QString bootstrap() const;                     //!< client listener (of the proxy where one is advertised)
    QString internalBootstrap() const;
    const BrokerOptions &options() const { return m_options; }

private:
    Task<void> prepare(CallOptions options);
    Task<void> formatWithLogins(CallOptions options);
    QByteArray properties() const;

    KafkaDistribution m_distribution;
    BrokerOptions m_options;
    std::unique_ptr<ChildProcess> m_process;
};

} // namespace headgate
