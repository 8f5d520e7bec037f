// SPDX-License-Identifier: GPL-3.0-or-later
#include "announcement.h"
#include "lifetime.h"

#include "common/logsink.h"
#include "domain/connectors/secrets.h"
#include "localworker/worker.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

#include <unistd.h>

using namespace headgate;

namespace {

struct CommandLine
{
    WorkerOptions worker;
    bool endWithOwner = false;
    bool json = false; //!< say where things are as one line of JSON
    QString stateFile; //!< and keep it here until the end
};

QCommandLineOption option(const char *name, const char *what, const char *value = nullptr)
{
    return {QString::fromLatin1(name), QString::fromLatin1(what), value ? QString::fromLatin1(value) : QString()};
}

QList<quint16> portsOf(const QStringList &texts, bool playground)
{
    QList<quint16> ports;
    for (const auto &text : texts) {
        ports.append(text.toUShort());
    }
    if (ports.isEmpty()) {
        ports = playground ? QList<quint16> {0, 0, 0} : QList<quint16> {0};
    }
    return ports;
}

CommandLine readCommandLine(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "A Kafka Connect worker of its own for trying things out: Connect's REST API on loopback, a few connectors, "
        "random password.\n"
        "The password is taken from HEADGATE_WORKER_PASSWORD where that is set, never from the command line."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({option("playground", "brokers, three worker addresses and the sandbox's cast of connectors"),
        option("bootstrap", "use these brokers instead of some within this process", "host:port,.."),
        option(
            "broker-properties", "file with librdkafka properties for them (security.protocol, sasl.*, ssl.*)", "file"),
        option("group-id", "names the internal topics on these brokers", "name"),
        option("address", "address to listen on; loopback only", "ip"),
        option("port", "port to listen on; may be given several times", "n"),
        option("data-dir", "state, logs and the files of FileStream connectors", "dir"),
        option("allow-host", "HTTP target beyond loopback; may be given several times", "host"),
        option("unsafe-bind", "listen on an address that others can reach"),
        option("keep", "with --playground: stay after the owner has gone, end after 30 minutes without a request"),
        option("end-with-owner", "end when the starting process or standard input ends"),
        option("state-file", "say it in this file (0600) too, removed at the end", "file"),
        option("json", "say where it is as one line of JSON")});
    parser.process(app);
    const auto set = [&parser](const char *name) {
        return parser.isSet(QString::fromLatin1(name));
    };
    const auto value = [&parser](const char *name) {
        return parser.value(QString::fromLatin1(name));
    };
    CommandLine line;
    line.worker.playground = set("playground");
    line.worker.ports = portsOf(parser.values(QStringLiteral("port")), line.worker.playground);
    line.worker.bootstrap = value("bootstrap");
    line.worker.brokerProperties = value("broker-properties");
    line.worker.dataDirectory = value("data-dir");
    line.worker.allowedHosts = parser.values(QStringLiteral("allow-host"));
    line.worker.unsafeBind = set("unsafe-bind");
    line.worker.idleMinutes = set("keep") ? 30 : 0;
    line.worker.password = qgetenv("HEADGATE_WORKER_PASSWORD");
    if (set("address")) {
        line.worker.address = value("address");
    }
    if (set("group-id")) {
        line.worker.groupId = value("group-id");
    }
    line.endWithOwner = set("end-with-owner");
    line.stateFile = value("state-file");
    line.json = set("json") || line.worker.playground;
    return line;
}

/*! From here on log lines go to worker.log, and to a terminal if there is one: whoever holds the other end of a pipe
 * may have gone. */
std::unique_ptr<LogSink> logInto(const QString &directory)
{
    const auto echo = ::isatty(STDERR_FILENO) ? LogSink::Echo::Warnings : LogSink::Echo::Nothing;
    auto log = LogSink::install(directory + QLatin1String("/worker.log"), redacted, echo);
    if (!log) {
        QTextStream(stderr) << "headgate-worker: no log in " << directory << ": " << log.error().message << '\n';
    }
    return log ? *std::move(log) : nullptr;
}

QCoro::Task<> begin(LocalWorker *worker, const CommandLine *line, std::unique_ptr<LogSink> *log)
{
    const auto at = co_await worker->start();
    if (!at) {
        QTextStream(stderr) << "headgate-worker: " << at.error().message << '\n';
        QCoreApplication::exit(1);
        co_return;
    }
    *log = logInto(at->logDirectory);
    if (!line->stateFile.isEmpty() && !writeStateFile(line->stateFile, *at)) {
        QTextStream(stderr) << "headgate-worker: cannot write " << line->stateFile << '\n';
        QCoreApplication::exit(1);
        co_return;
    }
    QTextStream(stdout) << (line->json ? QString::fromUtf8(whereItIs(*at)) + QLatin1Char('\n') : friendlyText(*at))
                        << Qt::flush;
}

QCoro::Task<> finish(LocalWorker *worker, QString stateFile)
{
    removeStateFile(stateFile); // nobody should find it any more
    co_await worker->close();
    QCoreApplication::quit();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("headgate-worker"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));
    auto line = readCommandLine(app);
    Lifetime lifetime; // before any thread: they inherit the blocked signals
    if (line.endWithOwner) {
        lifetime.endWithOwner();
    }
    std::unique_ptr<LogSink> log;
    std::unique_ptr<QLockFile> claim;
    if (!line.stateFile.isEmpty()) {
        claim = claimStateFile(line.stateFile);
        if (!claim) {
            QTextStream(stderr) << "headgate-worker: another one keeps " << line.stateFile
                                << ", or its folder cannot be written\n";
            return 1;
        }
    }
    LocalWorker worker(line.worker);
    bool ending = false;
    const auto end = [&worker, &ending, &line] {
        if (!std::exchange(ending, true)) {
            finish(&worker, line.stateFile);
        }
    };
    QObject::connect(&lifetime, &Lifetime::over, &worker, end);
    QObject::connect(&worker, &LocalWorker::idleTooLong, &worker, end);
    QMetaObject::invokeMethod(&worker, [&worker, &line, &log] { begin(&worker, &line, &log); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}
