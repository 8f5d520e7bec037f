// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"

#include <QProcess>

namespace headgate {

/*! One process of a playground. It ends with its owner, also when the owner is killed (the kernel tells it). Its output
 * goes to a file, never through a pipe of ours: a busy owner does not stall it, and the log stays readable afterwards.
 *
 * Main thread only: the kernel ends the child with the thread that started it, not with the process. Owned by a
 * playground. */
class ChildProcess
{
public:
    struct Command
    {
        QString program;
        QStringList arguments; //!< seen by everybody on the machine: never a secret
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        QString workingDirectory;
        QString logFile; //!< appended to
        bool endsWithOwner = true;
    };

    explicit ChildProcess(Command command);
    ~ChildProcess(); //!< kills what still runs
    Q_DISABLE_COPY_MOVE(ChildProcess)

    //! Ends when the program was executed. NotFound: there is no such program. May be called again after the process
    //! ended.
    Task<void> start(CallOptions options);
    //! Ends when a line that contains `text` was logged since the last start. Unreachable, with the last lines, when
    //! the process ended first.
    Task<void> waitForLog(QString text, CallOptions options);
    //! Ends when the process has ended by itself, or at the deadline.
    QCoro::Task<> finished(CallOptions options);
    //! SIGTERM, and SIGKILL where it has not ended by the deadline.
    QCoro::Task<> end(CallOptions options);
    void kill();   //!< SIGKILL; returns when the process is gone
    void freeze(); //!< SIGSTOP
    void thaw();   //!< SIGCONT

    bool running() const;
    qint64 pid() const; //!< 0 while not running
    const Command &command() const { return m_command; }
    QString lastLines(int count = 12) const;

private:
    void send(int signal);
    QByteArray logSinceStart() const;

    Command m_command;
    QProcess m_process;
    qint64 m_logStart = 0; //!< size of the log file when the process was started
};

} // namespace headgate
