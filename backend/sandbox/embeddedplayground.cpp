// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/embeddedplayground.h"

#include "common/claimfile.h"
#include "common/clock.h"
#include "common/processid.h"
#include "sandbox/endprocess.h"
#include "sandbox/processstart.h"

#include <QCoroProcess>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QScopeGuard>

namespace headgate {

namespace {

constexpr Milliseconds pollEvery {20};
constexpr Milliseconds endPatience {2000};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(64 * 1024) : QByteArray();
}

//! Whether a worker keeps this state file, also one that has not written it yet.
bool hasOwner(const QString &stateFile)
{
    const QLockFile claim(claimFile(stateFile));
    qint64 pid = 0;
    QString host, program;
    return claim.getLockInfo(&pid, &host, &program) && processStart(pid) > 0;
}

Error notStarted(const QString &program, const QString &why)
{
    return {.kind = ErrorKind::NotFound,
        .message = QStringLiteral("The sandbox's program %1 could not be started: %2").arg(program, why)};
}

//! The program's last line says why; all that it said is the detail.
Error endedEarly(const QByteArray &said)
{
    const auto text = QString::fromUtf8(said.right(2000)).trimmed();
    const auto why = text.section(u'\n', -1);
    return {.kind = ErrorKind::ServerFailed,
        .message = why.isEmpty() ? QStringLiteral("The sandbox ended before it was ready")
                                 : QStringLiteral("The sandbox ended before it was ready: %1").arg(why),
        .target = QStringLiteral("headgate-worker"),
        .detail = text};
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
    const auto errors = stateFile + QStringLiteral(".errors");
    const auto forget = qScopeGuard([&errors] { QFile::remove(errors); });
    QProcess process;
    process.setProgram(m_program);
    process.setArguments(
        {QStringLiteral("--playground"), QStringLiteral("--keep"), QStringLiteral("--state-file"), stateFile});
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice()); // it would show the password
    process.setStandardErrorFile(errors);
    qint64 pid = 0;
    if (!process.startDetached(&pid)) {
        co_return failure(notStarted(m_program, process.errorString()));
    }
    const auto started = processStart(pid);
    for (;;) {
        auto state = readSandboxState(stateFile);
        if (state) {
            co_return state; // maybe another's, which was faster: ours has ended then
        }
        const bool hasEnded = started < 0 || processStart(pid) != started; // it may end before we look
        if (hasEnded && !hasOwner(stateFile)) {
            co_return failure(endedEarly(contentOf(errors)));
        }
        auto slept = co_await clock.sleepFor(pollEvery, options.stop);
        if (!slept || clock.monotonic() > until) {
            co_await endProcess(pid, started, endPatience);
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
