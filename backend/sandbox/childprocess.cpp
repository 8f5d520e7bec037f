// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/childprocess.h"

#include "common/clock.h"
#include "sandbox/processstart.h"

#include <QCoroProcess>
#include <QFile>
#include <QFileInfo>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace headgate {

namespace {

// Runs in the child between fork and exec: only calls that are safe there.
void dieWith(pid_t owner)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != owner) { // the owner ended before the line above
        ::_exit(1);
    }
}

constexpr Milliseconds pollEvery {50};

} // namespace

ChildProcess::ChildProcess(Command command)
    : m_command(std::move(command))
{
    m_process.setProgram(m_command.program);
    m_process.setArguments(m_command.arguments);
    m_process.setProcessEnvironment(m_command.environment);
    m_process.setWorkingDirectory(m_command.workingDirectory);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_command.logFile, QIODevice::Append);
    m_process.setStandardInputFile(QProcess::nullDevice());
    if (m_command.endsWithOwner) {
        m_process.setChildProcessModifier([owner = ::getpid()] { dieWith(owner); });
    }
}

ChildProcess::~ChildProcess()
{
    kill();
}

Task<void> ChildProcess::start(CallOptions options)
{
    m_logStart = QFileInfo(m_command.logFile).size();
    if (!co_await startProcess(&m_process, QIODevice::ReadOnly, options)) {
        co_return failure({.kind = ErrorKind::NotFound,
            .message = QStringLiteral("%1 could not be started: %2").arg(m_command.program, m_process.errorString())});
    }
    co_return {};
}

Task<void> ChildProcess::waitForLog(QString text, CallOptions options)
{
    SystemClock clock;
    const auto until = clock.monotonic() + options.deadline;
    const auto wanted = text.toUtf8();
    // Asked before the log is read: a process that logs the line and ends at once was ready.
    for (bool alive = running(); !logSinceStart().contains(wanted); alive = running()) {
        if (!alive) {
            co_return failure({.kind = ErrorKind::Unreachable,
                .message = QStringLiteral("%1 ended before it was ready").arg(m_command.program),
                .detail = lastLines()});
        }
        if (clock.monotonic() > until) {
            co_return failure({.kind = ErrorKind::DeadlineExceeded,
                .message = QStringLiteral("%1 was not ready in time").arg(m_command.program),
                .detail = lastLines()});
        }
        if (auto slept = co_await clock.sleepFor(pollEvery, options.stop); !slept) {
            co_return tl::unexpected(slept.error());
        }
    }
    co_return {};
}

QCoro::Task<> ChildProcess::finished(CallOptions options)
{
    co_await qCoro(m_process).waitForFinished(options.deadline);
}

QCoro::Task<> ChildProcess::end(CallOptions options)
{
    if (running()) {
        thaw(); // a stopped process would not hear the next signal
        send(SIGTERM);
        co_await finished(options);
    }
    kill();
}

void ChildProcess::kill()
{
    if (running()) {
        send(SIGKILL);
        m_process.waitForFinished(-1); // the kernel ends it at once
    }
}

void ChildProcess::freeze()
{
    send(SIGSTOP);
}

void ChildProcess::thaw()
{
    send(SIGCONT);
}

void ChildProcess::send(int signal)
{
    if (running()) {
        ::kill(static_cast<pid_t>(m_process.processId()), signal);
    }
}

bool ChildProcess::running() const
{
    return m_process.state() == QProcess::Running;
}

qint64 ChildProcess::pid() const
{
    return m_process.processId();
}

QByteArray ChildProcess::logSinceStart() const
{
    QFile file(m_command.logFile);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(m_logStart)) {
        return {};
    }
    return file.readAll();
}

QString ChildProcess::lastLines(int count) const
{
    const auto lines = QString::fromUtf8(logSinceStart()).trimmed().split(QLatin1Char('\n'));
    return lines.mid(qMax(0, static_cast<int>(lines.size()) - count)).join(QLatin1Char('\n'));
}

} // namespace headgate
