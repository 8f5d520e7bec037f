// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/processplaygroundlauncher.h"

#include "common/clock.h"
#include "common/processid.h"
#include "sandbox/endprocess.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>

namespace headgate {

namespace {

constexpr Milliseconds endDeadline {5000};
constexpr Milliseconds pollEvery {20};

Playground playgroundOf(const SandboxState &state)
{
    Playground playground;
    ConnectClusterConfig cluster;
    cluster.name = {QStringLiteral("connect-sandbox")};
    cluster.workers = state.connectUrls;
    cluster.auth = RestAuth::Basic;
    cluster.user = state.user;
    cluster.secret = {QStringLiteral("headgate/sandbox/connect-password")};
    playground.context.id = {QStringLiteral("sandbox")};
    playground.context.name = QStringLiteral("sandbox");
    playground.context.environment = Environment::Development;
    playground.context.mode = Mode::Guarded;
    playground.context.connectClusters = {cluster};
    playground.context.kafka.bootstrap = state.bootstrap;
    playground.context.sandbox = true;
    playground.connectPassword = state.password;
    playground.logDirectory = state.logDirectory;
    playground.ownershipFile = state.ownershipFile;
    playground.pid = state.pid;
    return playground;
}

Task<void> lockWithin(QLockFile *lock, CallOptions call)
{
    QDir().mkpath(QFileInfo(lock->fileName()).path());
    lock->setStaleLockTime(0); // its holder may need longer than Qt's half minute
    SystemClock clock;
    const auto until = clock.monotonic() + call.deadline;
    while (!lock->tryLock(0)) {
        const bool writable = lock->error() == QLockFile::LockFailedError;
        if (!writable || clock.monotonic() > until) {
            co_return failure({.kind = writable ? ErrorKind::Locked : ErrorKind::StorageFailed,
                .message = writable ? QStringLiteral("Another program is starting the sandbox")
                                    : QStringLiteral("The file cannot be made, and so no sandbox is started"),
                .target = writable ? QString() : lock->fileName()});
        }
        if (const auto slept = co_await clock.sleepFor(pollEvery, call.stop); !slept) {
            co_return failure(slept.error());
        }
    }
    co_return {};
}

} // namespace

ProcessPlaygroundLauncher::ProcessPlaygroundLauncher(QString workerProgram, QString stateFile)
    : m_program(
          workerProgram.isEmpty() ? workerBeside(QCoreApplication::applicationDirPath()) : std::move(workerProgram))
    , m_stateFile(stateFile.isEmpty() ? sandboxStateFile() : std::move(stateFile))
{
}

ProcessPlaygroundLauncher::~ProcessPlaygroundLauncher() = default;

QString ProcessPlaygroundLauncher::workerBeside(const QString &programDirectory)
{
    const QString beside = programDirectory + QStringLiteral("/headgate-worker");
    return QFileInfo(beside).isFile() ? beside
                                      : programDirectory + QStringLiteral("/../headgate-worker/headgate-worker");
}

Task<Playground> ProcessPlaygroundLauncher::launch(PlaygroundOptions options, CallOptions call)
{
    switch (options.kind) {
    case PlaygroundKind::Embedded:
        co_return co_await launchEmbedded(options, call);
    case PlaygroundKind::Kafka:
        co_return co_await launchKafka(options, call);
    }
    co_return failure({.kind = ErrorKind::Internal, .message = QStringLiteral("Unknown kind of playground")});
}

Task<Playground> ProcessPlaygroundLauncher::launchKafka(PlaygroundOptions options, CallOptions call)
{
    const auto distribution = findKafkaDistribution();
    if (!distribution) {
        co_return tl::unexpected(distribution.error());
    }
    if (!distribution->hasSandboxPlugin()) {
        co_return failure({.kind = ErrorKind::NotFound,
            .message = QStringLiteral("The sandbox's plug-in is not compiled: packaging/sandbox.sh does it")});
    }
    if (options.keepRunning) {
        co_return failure({.kind = ErrorKind::NotSupported,
            .message = QStringLiteral("A real Kafka runs only as long as the program that started it")});
    }
    auto kafka = std::make_unique<RealKafka>();
    kafka->playground = std::make_unique<KafkaPlayground>(KafkaPlayground::Settings {.distribution = *distribution,
        .directory = kafka->directory.path(),
        .brokers = options.brokers,
        .workers = options.workers});
    auto started = co_await kafka->playground->start(call);
    if (started) {
        m_kafka = std::move(kafka);
    } else {
        kafka->directory.setAutoRemove(false); // the logs say more than the error
    }
    co_return started;
}

Task<Playground> ProcessPlaygroundLauncher::launchEmbedded(PlaygroundOptions options, CallOptions call)
{
    QLockFile only(m_stateFile + QStringLiteral(".lock")); // two that start at once would leave one nobody finds
    if (options.keepRunning) {
        const auto alone = co_await lockWithin(&only, call);
        if (!alone) {
            co_return failure(alone.error());
        }
        if (const auto other = readSandboxState(m_stateFile)) {
            co_return playgroundOf(*other); // somebody was faster
        }
    }
    auto embedded = std::make_unique<EmbeddedPlayground>(m_program);
    const auto state
        = options.keepRunning ? co_await embedded->startKept(m_stateFile, call) : co_await embedded->startOwned(call);
    if (!state) {
        co_await embedded->end({.deadline = endDeadline});
        co_return tl::unexpected(state.error());
    }
    if (!options.keepRunning) {
        m_owned[state->pid] = std::move(embedded);
    }
    co_return playgroundOf(*state);
}

Task<Playground> ProcessPlaygroundLauncher::attach()
{
    const auto state = readSandboxState(m_stateFile);
    co_return state ? Result<Playground>(playgroundOf(*state)) : tl::unexpected(state.error());
}

Task<void> ProcessPlaygroundLauncher::end(Playground playground)
{
    if (m_kafka && playground.logDirectory == m_kafka->directory.path()) {
        m_kafka.reset();
        co_return {};
    }
    if (auto owned = m_owned.extract(playground.pid)) {
        co_await owned.mapped()->end({.deadline = endDeadline});
        co_return {};
    }
    const auto state = readSandboxState(m_stateFile);
    if (!state || state->pid != playground.pid) {
        co_return {}; // gone already
    }
    if (!co_await endProcess(playground.pid, processStart(playground.pid), endDeadline)) {
        co_return failure({.kind = ErrorKind::Unreachable,
            .message = QStringLiteral("The sandbox (process %1) has not ended").arg(playground.pid)});
    }
    co_return {};
}

} // namespace headgate
