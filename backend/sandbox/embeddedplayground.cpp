// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/embeddedplayground.h"

#include "common/clock.h"
#include "common/log.h"
#include "common/processid.h"
#include "sandbox/processstart.h"

#include <QCoroProcess>
#include <QDir>
#include <QFileInfo>

#include <csignal>
#include <unistd.h>

namespace headgate {

namespace {

constexpr Milliseconds pollEvery {20};

Error notStarted(const QString &program, const QString &why)
{
    return {.kind = ErrorKind::NotFound,
        .message = QStringLiteral("The sandbox's program could not be started: %1").arg(why),
        .target = program};
}

Error endedEarly(const QByteArray &said)
{
    return {.kind = ErrorKind::Unreachable,
        .message = QStringLiteral("The sandbox ended before it was ready"),
        .detail = QString::fromUtf8(said.right(2000))};
}

Error tooLate()
{
    return {.kind = ErrorKind::DeadlineExceeded, .message = QStringLiteral("The sandbox was not ready in time")};
}

} // namespace

EmbeddedPlayground::EmbeddedPlayground(QString program)
    : m_program(std::move(program))
{
}

EmbeddedPlayground::~EmbeddedPlayground()
{
    if (m_process && m_process->state() != QProcess::NotRunning) {
        m_process->kill(); // end() was not awaited: rather this than a child without an owner
        m_process->waitForFinished(1000);
    }
}

Task<SandboxState> EmbeddedPlayground::startOwned(CallOptions options)
{
    SystemClock clock;
    const auto until = clock.monotonic() + options.deadline;
    m_process = std::make_unique<QProcess>();
    m_process->setProgram(m_program);
    m_process->setArguments({QStringLiteral("--playground"), QStringLiteral("--end-with-owner")});
    if (!co_await startProcess(m_process.get(), QIODevice::ReadWrite, options)) {
        co_return failure(notStarted(m_program, m_process->errorString()));
    }
    while (!m_process->canReadLine()) {
        if (m_process->state() == QProcess::NotRunning) {
            co_return failure(endedEarly(m_process->readAllStandardError()));
        }
        auto slept = co_await clock.sleepFor(pollEvery, options.stop);
        if (!slept || clock.monotonic() > until) {
            m_process->kill();
            co_return failure(slept ? tooLate() : slept.error());
        }
    }
    const auto state = parseSandboxState(m_process->readLine());
    // From here on it writes to its own log; what still comes through the pipes is dropped, lest they fill up.
    m_process->closeReadChannel(QProcess::StandardOutput);
    m_process->closeReadChannel(QProcess::StandardError);
    co_return state;
}

Task<SandboxState> EmbeddedPlayground::startKept(QString stateFile, CallOptions options)
{
    SystemClock clock;
    const auto until = clock.monotonic() + options.deadline;
    const auto folder = QFileInfo(stateFile).absolutePath();
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QProcess process;
    process.setProgram(m_program);
    process.setArguments(
        {QStringLiteral("--playground"), QStringLiteral("--keep"), QStringLiteral("--state-file"), stateFile});
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice()); // it would show the password
    process.setStandardErrorFile(QProcess::nullDevice());
    qint64 pid = 0;
    if (!process.startDetached(&pid)) {
        co_return failure(notStarted(m_program, process.errorString()));
    }
    for (auto state = readSandboxState(stateFile);; state = readSandboxState(stateFile)) {
        if (state && state->pid == pid) {
            co_return state;
        }
        if (processStart(pid) < 0) {
            co_return failure(endedEarly({}));
        }
        auto slept = co_await clock.sleepFor(pollEvery, options.stop);
        if (!slept || clock.monotonic() > until) {
            ::kill(static_cast<pid_t>(pid), SIGTERM);
            co_return failure(slept ? tooLate() : slept.error());
        }
    }
}

QCoro::Task<> EmbeddedPlayground::end(CallOptions options)
{
    if (!m_process || m_process->state() == QProcess::NotRunning) {
        co_return;
    }
    m_process->terminate();
    if (!co_await qCoro(*m_process).waitForFinished(options.deadline)) {
        m_process->kill();
        co_await qCoro(*m_process).waitForFinished(std::chrono::milliseconds(2000));
    }
}

} // namespace headgate
