// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/connectworker.h"

#include <QDir>
#include <QFile>

namespace headgate {

namespace {

Result<void> writePrivately(const QString &path, const QString &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(content.toUtf8()) < 0) {
        return failure({.kind = ErrorKind::StorageFailed,
            .message = QStringLiteral("%1 cannot be written: %2").arg(path, file.errorString())});
    }
    return {};
}

} // namespace

ConnectWorker::ConnectWorker(KafkaDistribution distribution, ConnectWorkerOptions options)
    : m_distribution(std::move(distribution))
    , m_options(std::move(options))
{
}

Task<void> ConnectWorker::start(CallOptions options)
{
    if (!m_process) {
        if (auto prepared = prepare(); !prepared) {
            co_return prepared;
        }
    }
    if (auto started = co_await m_process->start(options); !started) {
        co_return started;
    }
    co_return co_await m_process->waitForLog(QStringLiteral("Finished starting connectors and tasks"), options);
}

Result<void> ConnectWorker::prepare()
{
    const QString base = m_options.directory + QLatin1Char('/') + m_options.name;
    if (!QDir().mkpath(m_options.directory)) {
        return failure({.kind = ErrorKind::StorageFailed,
            .message = QStringLiteral("%1 cannot be made").arg(m_options.directory)});
    }
    KafkaDistribution::JavaProgram program {
        .mainClass = QStringLiteral("org.apache.kafka.connect.cli.ConnectDistributed"),
        .arguments = {base + QStringLiteral(".properties")},
        .directory = m_options.directory,
        .name = m_options.name};
    Result<void> written = writePrivately(base + QStringLiteral(".properties"), QString::fromUtf8(properties()));
    if (written && !m_options.user.isEmpty()) {
        // The extension knows logins only from a file of this form; it lies in the playground's own folder, readable by
        // its owner.
        written = writePrivately(base + QStringLiteral(".logins"),
            m_options.user + QLatin1Char('=') + QString::fromUtf8(m_options.password) + QLatin1Char('\n'));
        const auto jaas
            = QStringLiteral("KafkaConnect {\n"
                             "  org.apache.kafka.connect.rest.basic.auth.extension.PropertyFileLoginModule required\n"
                             "  file=\"%1.logins\";\n};\n");
        if (written) {
            written = writePrivately(base + QStringLiteral(".jaas"), jaas.arg(base));
        }
        program.properties += QStringLiteral("-Djava.security.auth.login.config=") + base + QStringLiteral(".jaas");
    }
    if (!written) {
        return written;
    }
    auto command = m_distribution.command(program);
    if (!command) {
        return tl::unexpected(command.error());
    }
    m_process = std::make_unique<ChildProcess>(*command);
    return {};
}

QByteArray ConnectWorker::properties() const
{
    const auto &group = m_options.groupId;
    const auto converter = QStringLiteral("converter=org.apache.kafka.connect.json.JsonConverter");
    QStringList lines {QStringLiteral("bootstrap.servers=") + m_options.bootstrap, QStringLiteral("group.id=") + group,
        QStringLiteral("key.") + converter, QStringLiteral("value.") + converter,
        QStringLiteral("key.converter.schemas.enable=false"), QStringLiteral("value.converter.schemas.enable=false"),
        QStringLiteral("config.storage.topic=") + group + QStringLiteral("-configs"),
        QStringLiteral("offset.storage.topic=") + group + QStringLiteral("-offsets"),
        QStringLiteral("status.storage.topic=") + group + QStringLiteral("-status"),
        // -1: as many copies as the brokers make by default.
        QStringLiteral("config.storage.replication.factor=-1"), QStringLiteral("offset.storage.replication.factor=-1"),
        QStringLiteral("status.storage.replication.factor=-1"), QStringLiteral("offset.storage.partitions=3"),
        QStringLiteral("status.storage.partitions=2"), QStringLiteral("offset.flush.interval.ms=2000"),
        QStringLiteral("scheduled.rebalance.max.delay.ms=%1").arg(m_options.rebalanceDelay.count()),
        QStringLiteral("listeners=") + url(), QStringLiteral("rest.advertised.host.name=127.0.0.1"),
        QStringLiteral("rest.advertised.port=%1").arg(m_options.port),
        QStringLiteral("plugin.path=") + m_distribution.pluginPath(),
        // No scan of every class: start takes 3 s instead of 10.
        QStringLiteral("plugin.discovery=service_load"), QStringLiteral("connector.client.config.override.policy=All")};
    if (!m_options.user.isEmpty()) {
        lines += QStringLiteral(
            "rest.extension.classes=org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension");
    }
    lines += m_options.extra;
    return QString(lines.join(QLatin1Char('\n')) + QLatin1Char('\n')).toUtf8();
}

QString ConnectWorker::url() const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(m_options.port);
}

QString ConnectWorker::workerId() const
{
    return QStringLiteral("127.0.0.1:%1").arg(m_options.port);
}

} // namespace headgate
