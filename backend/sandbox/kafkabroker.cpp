// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/kafkabroker.h"

#include "sandbox/freeport.h"

#include <QDir>
#include <QFile>

namespace headgate {

namespace {

struct Listener
{
    QString name;
    quint16 port = 0;
    QString protocol;
    quint16 advertised = 0;
};

std::vector<Listener> listenersOf(const BrokerOptions &options)
{
    const auto &ports = options.ports;
    const quint16 seen = options.advertisedClientPort != 0 ? options.advertisedClientPort : ports.client;
    std::vector<Listener> all {{QStringLiteral("CLIENT"), ports.client, QStringLiteral("PLAINTEXT"), seen},
        {QStringLiteral("INTERNAL"), ports.internal, QStringLiteral("PLAINTEXT"), ports.internal}};
    if (options.security) {
        all.push_back({QStringLiteral("SASLPLAIN"), ports.sasl, QStringLiteral("SASL_PLAINTEXT"), ports.sasl});
        all.push_back({QStringLiteral("TLS"), ports.tls, QStringLiteral("SSL"), ports.tls});
        all.push_back({QStringLiteral("SASLTLS"), ports.saslTls, QStringLiteral("SASL_SSL"), ports.saslTls});
    }
    return all;
}

QString address(const QString &name, quint16 port)
{
    return QStringLiteral("%1://127.0.0.1:%2").arg(name).arg(port);
}

QStringList listenerLines(const BrokerOptions &options)
{
    QStringList bound, advertised, protocols;
    for (const auto &listener : listenersOf(options)) {
        bound += address(listener.name, listener.port);
        advertised += address(listener.name, listener.advertised);
        protocols += listener.name + QLatin1Char(':') + listener.protocol;
    }
    bound += address(QStringLiteral("CONTROLLER"), options.ports.controller);
    protocols += QStringLiteral("CONTROLLER:PLAINTEXT");
    return {QStringLiteral("listeners=") + bound.join(QLatin1Char(',')),
        QStringLiteral("advertised.listeners=") + advertised.join(QLatin1Char(',')),
        QStringLiteral("listener.security.protocol.map=") + protocols.join(QLatin1Char(',')),
        QStringLiteral("inter.broker.listener.name=INTERNAL"), QStringLiteral("controller.listener.names=CONTROLLER")};
}

QStringList securityLines(const BrokerSecurity &security)
{
    const auto plain
        = QStringLiteral("org.apache.kafka.common.security.plain.PlainLoginModule required user_%1=\"%2\";")
              .arg(security.user, QString::fromUtf8(security.password));
    const auto scram = QStringLiteral("org.apache.kafka.common.security.scram.ScramLoginModule required;");
    QStringList lines {QStringLiteral("sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512")};
    for (const auto &listener : {QStringLiteral("saslplain"), QStringLiteral("sasltls")}) {
        const QString prefix = QStringLiteral("listener.name.") + listener + QLatin1Char('.');
        lines << prefix + QStringLiteral("plain.sasl.jaas.config=") + plain
              << prefix + QStringLiteral("scram-sha-256.sasl.jaas.config=") + scram
              << prefix + QStringLiteral("scram-sha-512.sasl.jaas.config=") + scram;
    }
    lines << QStringLiteral("ssl.keystore.type=PEM") << QStringLiteral("ssl.keystore.location=") + security.keyStoreFile
          << QStringLiteral("ssl.truststore.type=PEM") << QStringLiteral("ssl.truststore.location=") + security.caFile
          << QStringLiteral("listener.name.tls.ssl.client.auth=")
            + (security.wantsClientCertificate ? QStringLiteral("required") : QStringLiteral("none"));
    return lines;
}

Result<void> writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    // Owner only: the broker's own list of logins is in it.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(content) != content.size()) {
        return failure({.kind = ErrorKind::StorageFailed,
            .message = QStringLiteral("%1 cannot be written: %2").arg(path, file.errorString())});
    }
    return {};
}

} // namespace

Result<BrokerPorts> freeBrokerPorts(bool secured)
{
    BrokerPorts ports;
    std::vector<quint16 *> wanted {&ports.client, &ports.internal, &ports.controller};
    if (secured) {
        wanted.insert(wanted.end(), {&ports.sasl, &ports.tls, &ports.saslTls});
    }
    for (auto *port : wanted) {
        const auto found = freeLoopbackPort();
        if (!found) {
            return tl::unexpected(found.error());
        }
        *port = *found;
    }
    return ports;
}

KafkaBroker::KafkaBroker(KafkaDistribution distribution, BrokerOptions options)
    : m_distribution(std::move(distribution))
    , m_options(std::move(options))
{
}

Task<void> KafkaBroker::start(CallOptions options)
{
    if (!m_process) {
        if (auto prepared = co_await prepare(options); !prepared) {
            co_return tl::unexpected(prepared.error());
        }
    }
    if (auto started = co_await m_process->start(options); !started) {
        co_return tl::unexpected(started.error());
    }
    co_return co_await m_process->waitForLog(QStringLiteral("Kafka Server started"), options);
}

Task<void> KafkaBroker::prepare(CallOptions options)
{
    const QString data = m_options.directory + QStringLiteral("/data");
    if (!QDir().mkpath(data)) {
        co_return failure({.kind = ErrorKind::StorageFailed, .message = QStringLiteral("%1 cannot be made").arg(data)});
    }
    const QString file = m_options.directory + QStringLiteral("/broker.properties");
    if (auto written = writeFile(file, properties()); !written) {
        co_return written;
    }
    // What kafka-storage.sh format would write for a controller set given in the configuration; saves a Java start of
    // two seconds.
    const auto meta
        = QStringLiteral("version=1\ncluster.id=%1\nnode.id=%2\n").arg(m_options.clusterId).arg(m_options.id);
    auto formatted = m_options.security ? co_await formatWithLogins(options)
                                        : writeFile(data + QStringLiteral("/meta.properties"), meta.toUtf8());
    if (!formatted) {
        co_return formatted;
    }
    auto command = m_distribution.command({.mainClass = QStringLiteral("kafka.Kafka"),
        .arguments = {file},
        .directory = m_options.directory,
        .name = QStringLiteral("broker-%1").arg(m_options.id)});
    if (!command) {
        co_return tl::unexpected(command.error());
    }
    m_process = std::make_unique<ChildProcess>(*command);
    co_return {};
}

// SCRAM logins live in the cluster's metadata, so only the real tool can write them before the first start.
Task<void> KafkaBroker::formatWithLogins(CallOptions options)
{
    const auto login = QStringLiteral("=[name=%1,password=%2]")
                           .arg(m_options.security->user, QString::fromUtf8(m_options.security->password));
    const QStringList words {QStringLiteral("kafka.tools.StorageTool"), QStringLiteral("format"),
        QStringLiteral("--cluster-id"), m_options.clusterId, QStringLiteral("--config"),
        m_options.directory + QStringLiteral("/broker.properties"), QStringLiteral("--add-scram"),
        QStringLiteral("SCRAM-SHA-256") + login, QStringLiteral("--add-scram"),
        QStringLiteral("SCRAM-SHA-512") + login};
    // Java reads the words from a file, so that the password is not seen in the list of processes. Quoted: it splits at
    // blanks.
    const QString argumentFile = m_options.directory + QStringLiteral("/format.args");
    auto written = writeFile(
        argumentFile, QString(QLatin1Char('"') + words.join(QStringLiteral("\"\n\"")) + QLatin1Char('"')).toUtf8());
    auto command = m_distribution.command({.mainClass = QLatin1Char('@') + argumentFile,
        .directory = m_options.directory,
        .name = QStringLiteral("format")});
    if (!written || !command) {
        co_return tl::unexpected(written ? command.error() : written.error());
    }
    ChildProcess tool(*command);
    if (auto started = co_await tool.start(options); !started) {
        co_return started;
    }
    const auto done = co_await tool.waitForLog(QStringLiteral("Formatting"), options);
    co_await tool.finished(options);
    QFile::remove(argumentFile);
    co_return done;
}

QByteArray KafkaBroker::properties() const
{
    QStringList voters;
    for (const auto &[id, port] : m_options.controllers) {
        voters += QStringLiteral("%1@127.0.0.1:%2").arg(id).arg(port);
    }
    const int copies = qMin(3, static_cast<int>(m_options.controllers.size()));
    const auto number = QString::number(copies);
    const auto least = QString::number(qMax(1, copies - 1));
    QStringList lines {QStringLiteral("process.roles=broker,controller"),
        QStringLiteral("node.id=%1").arg(m_options.id),
        QStringLiteral("controller.quorum.voters=") + voters.join(QLatin1Char(',')),
        QStringLiteral("log.dirs=") + m_options.directory + QStringLiteral("/data"),
        // Small: a sandbox has few groups and starts in seconds.
        QStringLiteral("offsets.topic.num.partitions=4"), QStringLiteral("transaction.state.log.num.partitions=2"),
        QStringLiteral("offsets.topic.replication.factor=") + number,
        QStringLiteral("transaction.state.log.replication.factor=") + number,
        QStringLiteral("transaction.state.log.min.isr=") + least,
        QStringLiteral("default.replication.factor=") + number, QStringLiteral("num.partitions=1"),
        QStringLiteral("group.initial.rebalance.delay.ms=0"), QStringLiteral("log.cleaner.dedupe.buffer.size=8388608"),
        // A killed broker may come back once its lease ended: 3 s instead of 9.
        QStringLiteral("broker.session.timeout.ms=3000"), QStringLiteral("broker.heartbeat.interval.ms=500"),
        QStringLiteral("num.network.threads=2"), QStringLiteral("num.io.threads=4")};
    if (!m_options.rack.isEmpty()) {
        lines += QStringLiteral("broker.rack=") + m_options.rack;
    }
    lines += listenerLines(m_options);
    if (m_options.security) {
        lines += securityLines(*m_options.security);
    }
    lines += m_options.extra;
    return QString(lines.join(QLatin1Char('\n')) + QLatin1Char('\n')).toUtf8();
}

QString KafkaBroker::bootstrap() const
{
    const quint16 port = m_options.advertisedClientPort != 0 ? m_options.advertisedClientPort : m_options.ports.client;
    return QStringLiteral("127.0.0.1:%1").arg(port);
}

QString KafkaBroker::internalBootstrap() const
{
    return QStringLiteral("127.0.0.1:%1").arg(m_options.ports.internal);
}

} // namespace headgate
