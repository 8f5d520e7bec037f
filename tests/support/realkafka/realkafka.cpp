// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/realkafka/realkafka.h"

#include "sandbox/freeport.h"
#include "support/realkafka/kafkafeeder.h"

#include <QCoroTask>
#include <QProcess>

namespace headgate::test {

namespace {

// Wide: the machine may run a whole test suite beside this.
const CallOptions startOptions {.deadline = std::chrono::seconds(240)};

template <class T> std::optional<Error> waitFor(Task<T> task)
{
    auto result = QCoro::waitFor(std::move(task));
    return result ? std::nullopt : std::optional(result.error());
}

bool makeCertificates(const QString &directory)
{
    return QProcess::execute(QStringLiteral("bash"), {QStringLiteral(REALKAFKA_SOURCE "/certificates.sh"), directory})
        == 0;
}

} // namespace

RealKafka::RealKafka(Options options)
    : m_options(std::move(options))
{
}

RealKafka::~RealKafka() = default; // workers first, then brokers: members in reverse order; each is killed

QString RealKafka::whyNot(const QString &version)
{
    const auto found = findKafkaDistribution(version);
    if (!found) {
        return QStringLiteral("NOT RUN here: ") + found.error().message;
    }
    return found->hasSandboxPlugin()
        ? QString()
        : QStringLiteral("NOT RUN here: the sandbox plug-in is not compiled (packaging/sandbox.sh)");
}

bool RealKafka::prepare()
{
    for (int i = 0; i < m_options.brokers; ++i) {
        const auto ports = freeBrokerPorts(m_options.secured);
        if (!ports) {
            return fail(ports.error());
        }
        m_ports.push_back(*ports);
    }
    return true;
}

quint16 RealKafka::brokerPort(int broker) const
{
    return m_ports.at(static_cast<size_t>(broker)).client;
}

void RealKafka::advertise(quint16 proxyPort)
{
    m_options.advertisedClientPort = proxyPort;
}

bool RealKafka::start()
{
    const auto distribution = findKafkaDistribution(m_options.version);
    if (!distribution) {
        return fail(distribution.error());
    }
    if (m_ports.empty() && !prepare()) {
        return false;
    }
    if (m_options.secured && !makeCertificates(directory() + QStringLiteral("/tls"))) {
        return fail({.message = QStringLiteral("The certificates could not be made (openssl)")});
    }
    std::vector<std::pair<int, quint16>> controllers;
    for (size_t i = 0; i < m_ports.size(); ++i) {
        controllers.emplace_back(static_cast<int>(i) + 1, m_ports[i].controller);
    }
    std::vector<Task<void>> starts;
    for (size_t i = 0; i < m_ports.size(); ++i) {
        BrokerOptions options {.id = controllers[i].first,
            .directory = QStringLiteral("%1/broker-%2").arg(directory()).arg(controllers[i].first),
            .clusterId = QStringLiteral("aGVhZGdhdGUtdGVzdHMtMQ"),
            .rack = QStringLiteral("eu-%1").arg(QLatin1Char(static_cast<char>('a' + i % 3))),
            .ports = m_ports[i],
            .advertisedClientPort = m_options.advertisedClientPort,
            .controllers = controllers,
            .extra = m_options.brokerExtra};
        if (m_options.secured) {
            options.security = BrokerSecurity {.user = user(),
                .password = password(),
                .keyStoreFile = certificate(QStringLiteral("server.pem")),
                .caFile = certificate(QStringLiteral("ca.pem")),
                .wantsClientCertificate = m_options.wantsClientCertificate};
        }
        m_brokers.push_back(std::make_unique<KafkaBroker>(*distribution, options));
        starts.push_back(m_brokers.back()->start(startOptions)); // side by side
    }
    for (auto &start : starts) {
        if (const auto error = waitFor(std::move(start))) {
            return fail(*error);
        }
    }
    return startWorkers();
}

bool RealKafka::startWorkers()
{
    const auto distribution = findKafkaDistribution(m_options.connectVersion);
    if (m_options.workers > 0 && !distribution) {
        return fail(distribution.error());
    }
    std::vector<Task<void>> starts;
    for (int i = 0; i < m_options.workers; ++i) {
        const auto port = freeLoopbackPort();
        if (!port) {
            return fail(port.error());
        }
        m_workers.push_back(std::make_unique<ConnectWorker>(*distribution,
            ConnectWorkerOptions {.name = QStringLiteral("connect-%1").arg(i + 1),
                .directory = directory() + QStringLiteral("/connect"),
                .bootstrap = m_brokers.front()->internalBootstrap(),
                .groupId = QStringLiteral("connect-test"),
                .port = *port,
                .user = m_options.connectUser,
                .password = m_options.connectPassword,
                .rebalanceDelay = m_options.rebalanceDelay,
                .extra = m_options.workerExtra}));
        starts.push_back(m_workers.back()->start(startOptions));
    }
    for (auto &start : starts) {
        if (const auto error = waitFor(std::move(start))) {
            return fail(*error);
        }
    }
    return true;
}

bool RealKafka::restartBroker(int index)
{
    const auto error = waitFor(broker(index).start(startOptions));
    return !error || fail(*error);
}

bool RealKafka::restartWorker(int index)
{
    const auto error = waitFor(worker(index).start(startOptions));
    return !error || fail(*error);
}

QString RealKafka::bootstrap() const
{
    QStringList all;
    for (const auto &broker : m_brokers) {
        all += broker->bootstrap();
    }
    return all.join(QLatin1Char(','));
}

QString RealKafka::saslBootstrap() const
{
    return QStringLiteral("127.0.0.1:%1").arg(m_ports.front().sasl);
}

QString RealKafka::tlsBootstrap() const
{
    return QStringLiteral("127.0.0.1:%1").arg(m_ports.front().tls);
}

QString RealKafka::saslTlsBootstrap() const
{
    return QStringLiteral("127.0.0.1:%1").arg(m_ports.front().saslTls);
}

QStringList RealKafka::workerUrls() const
{
    QStringList urls;
    for (const auto &worker : m_workers) {
        urls += worker->url();
    }
    return urls;
}

QString RealKafka::certificate(const QString &file) const
{
    return directory() + QStringLiteral("/tls/") + file;
}

bool RealKafka::createTopic(const QString &topic, int partitions, const QStringList &config)
{
    const auto fault
        = KafkaFeeder(m_brokers.front()->internalBootstrap()).createTopic(topic, partitions, m_options.brokers, config);
    return fault.isEmpty() || fail({.message = fault});
}

bool RealKafka::produce(const QString &topic, int partition, const std::vector<Produced> &records)
{
    const auto fault = KafkaFeeder(m_brokers.front()->internalBootstrap()).produce(topic, partition, records);
    return fault.isEmpty() || fail({.message = fault});
}

bool RealKafka::deleteRecordsBefore(const QString &topic, int partition, qint64 offset)
{
    const auto fault
        = KafkaFeeder(m_brokers.front()->internalBootstrap()).deleteRecordsBefore(topic, partition, offset);
    return fault.isEmpty() || fail({.message = fault});
}

bool RealKafka::fail(const Error &error)
{
    m_error = error.detail.isEmpty() ? error.message : QString(error.message + QLatin1Char('\n') + error.detail);
    return false;
}

} // namespace headgate::test
