// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wakeup.h"
#include "localworker/runtime/task.h"

#include <QObject>

namespace headgate::localworker {

enum class TaskState { Unassigned, Running, Paused, Failed, Restarting };

/*! One running task: a coroutine on the event loop between start() and stop(). Held by shared_ptr, as its coroutine
 * holds it too, so that a task that will not end in time cannot take its object with it. A failed one stays until it is
 * stopped. */
class WorkerTask : public QObject, public std::enable_shared_from_this<WorkerTask>
{
    Q_OBJECT
public:
    explicit WorkerTask(TaskId id);

    const TaskId &id() const { return m_id; }
    TaskState state() const { return m_state; }
    const std::string &trace() const { return m_trace; }

    void start(bool paused);
    void setPaused(bool paused); //!< no effect on a failed one
    //! Asks it to end and waits, at most 5 s (Connect's task.shutdown.graceful.timeout.ms).
    QCoro::Task<> stop();

Q_SIGNALS:
    void stateChanged();

protected:
    //! The task's life. An error fails the task; a value means it was asked to stop.
    virtual QCoro::Task<Outcome<void>> execute(std::stop_token stop) = 0;
    bool isPaused() const { return m_paused; }
    //! Ends as soon as the task is resumed or asked to stop.
    QCoro::Task<> whilePaused(std::stop_token stop);
    //! Says RUNNING or PAUSED, whichever it is now.
    void showState();

private:
    static QCoro::Task<> run(std::shared_ptr<WorkerTask> self);

    TaskId m_id;
    std::stop_source m_stop;
    Wakeup m_wakened; //!< paused, resumed or asked to stop
    Wakeup m_finished;
    TaskState m_state = TaskState::Unassigned;
    std::string m_trace;
    bool m_paused = false, m_done = true;
};

} // namespace headgate::localworker
