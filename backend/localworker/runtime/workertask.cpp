// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/workertask.h"

#include "common/log.h"

namespace headgate::localworker {

namespace {
constexpr std::chrono::milliseconds gracefulEnd {5000};
}

WorkerTask::WorkerTask(TaskId id)
    : m_id(std::move(id))
{
}

void WorkerTask::start(bool paused)
{
    m_paused = paused;
    m_done = false;
    run(shared_from_this());
}

QCoro::Task<> WorkerTask::run(std::shared_ptr<WorkerTask> self)
{
    const auto ended = co_await self->execute(self->m_stop.get_token());
    if (!ended && !self->m_stop.stop_requested()) {
        self->m_state = TaskState::Failed;
        self->m_trace = ended.error().trace();
        qCWarning(logWorker).noquote() << "Task" << QString::fromStdString(self->m_id.text())
                                       << "failed:" << QString::fromStdString(ended.error().heading());
        Q_EMIT self->stateChanged();
    }
    self->m_done = true;
    self->m_finished.notify();
}

void WorkerTask::setPaused(bool paused)
{
    if (m_paused != paused) {
        m_paused = paused;
        m_wakened.notify();
    }
}

void WorkerTask::showState()
{
    const auto now = m_paused ? TaskState::Paused : TaskState::Running;
    if (m_state != now) {
        m_state = now;
        Q_EMIT stateChanged();
    }
}

QCoro::Task<> WorkerTask::whilePaused(std::stop_token stop)
{
    while (m_paused && !stop.stop_requested()) {
        showState();
        co_await m_wakened.wait(Wakeup::forever, stop);
    }
    if (!stop.stop_requested()) {
        showState();
    }
}

QCoro::Task<> WorkerTask::stop()
{
    const auto self = shared_from_this();
    m_stop.request_stop();
    m_wakened.notify();
    if (!m_done) {
        co_await m_finished.wait(gracefulEnd);
    }
    if (!m_done) {
        qCWarning(logWorker).noquote() << "Task" << QString::fromStdString(m_id.text()) << "did not end in time";
    }
}

} // namespace headgate::localworker
