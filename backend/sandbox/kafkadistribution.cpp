// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/kafkadistribution.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace headgate {

namespace {

// Kafka 4 logs through log4j 2, Kafka 3 through log4j 1's successor.
constexpr auto log4j2 = R"(rootLogger.level=INFO
rootLogger.appenderRef.out.ref=out
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d{yyyy-MM-dd HH:mm:ss,SSS} %p %X{connector.context}%m (%c{1})%n
)";
constexpr auto log4j1 = R"(log4j.rootLogger=INFO, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%d{yyyy-MM-dd HH:mm:ss,SSS} %p %X{connector.context}%m (%c{1})%n
)";

QStringList candidates(const QString &version)
{
    const QString folder = QStringLiteral("kafka-") + version;
    QStringList found;
    if (const auto given = qEnvironmentVariable("HEADGATE_KAFKA_HOME"); given.endsWith(folder)) {
        found.append(given);
    }
    QDir above(QCoreApplication::applicationDirPath());
    for (int level = 0; level < 5; ++level) {
        found.append(above.absoluteFilePath(QStringLiteral("deps/") + folder));
        if (!above.cdUp()) {
            break;
        }
    }
    found.append(
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/headgate/") + folder);
    return found;
}

QString findJava()
{
    const auto home = qEnvironmentVariable("JAVA_HOME");
    const auto inHome = home.isEmpty()
        ? QString()
        : QStandardPaths::findExecutable(QStringLiteral("java"), {home + QStringLiteral("/bin")});
    return inHome.isEmpty() ? QStandardPaths::findExecutable(QStringLiteral("java")) : inHome;
}

} // namespace

QString KafkaDistribution::pluginPath() const
{
    return home + QStringLiteral("/plugins");
}

bool KafkaDistribution::hasSandboxPlugin() const
{
    return QFile::exists(pluginPath() + QStringLiteral("/headgate-sandbox/headgate-sandbox.jar"));
}

Result<ChildProcess::Command> KafkaDistribution::command(const JavaProgram &program) const
{
    const bool second = !version.startsWith(QLatin1String("3."));
    const QString logging
        = program.directory + (second ? QStringLiteral("/log4j2.properties") : QStringLiteral("/log4j.properties"));
    QFile file(logging);
    if (!QDir().mkpath(program.directory) || !file.open(QIODevice::WriteOnly)
        || file.write(second ? log4j2 : log4j1) < 0) {
        return failure(
            {.kind = ErrorKind::StorageFailed, .message = QStringLiteral("%1 cannot be written").arg(logging)});
    }
    ChildProcess::Command command;
    command.program = java;
    // The quick compiler and the plain collector: these processes live for minutes and share two cores.
    command.arguments = {QStringLiteral("-Xmx%1m").arg(program.heapMegabytes), QStringLiteral("-XX:+UseSerialGC"),
        QStringLiteral("-XX:TieredStopAtLevel=1"), QStringLiteral("-Djava.net.preferIPv4Stack=true"),
        second ? QStringLiteral("-Dlog4j2.configurationFile=") + logging
               : QStringLiteral("-Dlog4j.configuration=file:") + logging};
    command.arguments += program.properties;
    command.arguments += {QStringLiteral("-cp"), home + QStringLiteral("/libs/*"), program.mainClass};
    command.arguments += program.arguments;
    command.workingDirectory = program.directory;
    command.logFile = program.directory + QLatin1Char('/') + program.name + QStringLiteral(".log");
    return command;
}

Result<KafkaDistribution> findKafkaDistribution(const QString &version)
{
    KafkaDistribution found;
    found.version = version;
    found.java = findJava();
    if (found.java.isEmpty()) {
        return failure({.kind = ErrorKind::NotFound,
            .message = QStringLiteral("Java 17 or newer is not installed (Debian: default-jre-headless)")});
    }
    for (const auto &candidate : candidates(version)) {
        if (QFile::exists(candidate + QStringLiteral("/libs/kafka_2.13-") + version + QStringLiteral(".jar"))) {
            found.home = candidate;
            return found;
        }
    }
    return failure({.kind = ErrorKind::NotFound,
        .message = QStringLiteral("Kafka %1 is not on this machine: packaging/sandbox.sh %1 fetches it").arg(version)});
}

} // namespace headgate
