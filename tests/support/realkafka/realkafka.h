// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/connectworker.h"
#include "sandbox/kafkabroker.h"

#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace headgate::test {

/*! A real Kafka and, where asked for, a real distributed Connect cluster for one test program. Everything blocks (event
 * loop runs), ends with the test and listens on 127.0.0.1 only.
 *
 *   if (const auto why = RealKafka::whyNot(); !why.isEmpty()) QSKIP(qPrintable(why));
 *   RealKafka kafka({.workers = 2});
 *   QVERIFY2(kafka.start(), qPrintable(kafka.error()));
 *
 * kafka.broker().process().freeze(), .kill() and restartBroker() disturb it: `broker` is the C++ object of
 * backend/sandbox. */
class RealKafka
{
public:
    struct Options
    {
        int brokers = 1;
        int workers = 0;
        QString version = QStringLiteral("4.1.0");        //!< of the brokers
        QString connectVersion = QStringLiteral("4.1.0"); //!< also 3.9.1
        bool secured = false; //!< listeners with SASL (PLAIN, SCRAM), TLS and both; user() and password() log in
        bool wantsClientCertificate = false; //!< on the TLS listener
        quint16 advertisedClientPort = 0;    //!< of a fault proxy that forwards to brokerPort(); only with one broker
        QString connectUser;                 //!< HTTP Basic on the workers; empty = none
        QByteArray connectPassword;
        Milliseconds rebalanceDelay {2000};
        QStringList brokerExtra, workerExtra; //!< "key=value"
    };
    struct Produced
    {
        std::optional<QByteArray> key, value;
        std::vector<std::pair<QByteArray, QByteArray>> headers {};
        qint64 timestamp = 0; //!< ms since the epoch; 0 = now
    };

    explicit RealKafka(Options options);
    ~RealKafka();

    //! Empty where real Kafka can run here, else the sentence for QSKIP.
    static QString whyNot(const QString &version = QStringLiteral("4.1.0"));

    //! Picks the ports, so that a proxy can be put in front before start().
    bool prepare();
    quint16 brokerPort(int broker = 0) const; //!< where the client listener really listens
    void advertise(quint16 proxyPort);        //!< between prepare() and start()

    bool start(); //!< prepare() where it was not called; brokers, then workers side by side
    QString error() const { return m_error; }

    KafkaBroker &broker(int index = 0) { return *m_brokers.at(static_cast<size_t>(index)); }
    ConnectWorker &worker(int index = 0) { return *m_workers.at(static_cast<size_t>(index)); }
    bool restartBroker(int index = 0); //!< after kill(); same ports, same data
    bool restartWorker(int index = 0);

    QString bootstrap() const; //!< plain text
    QString saslBootstrap() const, tlsBootstrap() const, saslTlsBootstrap() const;
    QStringList workerUrls() const;
    QString user() const { return QStringLiteral("headgate"); }
    QByteArray password() const { return QByteArrayLiteral("not a secret 42"); }
    QString directory() const { return m_directory.path(); }
    QString certificate(const QString &file) const; //!< path of e.g. ca.pem, client-cert.pem, client-key.pem

    bool createTopic(const QString &topic, int partitions = 1, const QStringList &config = {});
    bool produce(const QString &topic, int partition, const std::vector<Produced> &records);
    bool deleteRecordsBefore(const QString &topic, int partition, qint64 offset); //!< as retention does

private:
    bool fail(const Error &error);
    bool startWorkers();

    Options m_options;
    QTemporaryDir m_directory;
    std::vector<BrokerPorts> m_ports;
    std::vector<std::unique_ptr<KafkaBroker>> m_brokers;
    std::vector<std::unique_ptr<ConnectWorker>> m_workers;
    QString m_error;
};

} // namespace headgate::test
