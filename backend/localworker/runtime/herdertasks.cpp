// SPDX-License-Identifier: GPL-3.0-or-later
#include "localworker/runtime/herder.h"
#include "localworker/runtime/workersinktask.h"
#include "localworker/runtime/workersourcetask.h"

#include <algorithm>

// How connectors and tasks come to life and end.
namespace headgate::localworker {

QCoro::Task<> Herder::reconcile(Herder *self, Entry entry)
{
    if (entry->target == TargetState::Stopped && !entry->deleted && entry->hasStatus) {
        entry->state = ConnectorState::Stopped; // shown before the tasks have ended, as real Connect does
        self->publish(entry);
    }
    const auto guard = co_await entry->lock.acquire();
    if (entry->deleted || entry->target == TargetState::Stopped || entry->configIsNew) {
        // A new configuration leaves a paused connector its tasks.
        entry->hadTasks = entry->hadTasks || (entry->target == TargetState::Paused && !entry->tasks.empty());
        co_await self->stopTasks(entry);
    }
    if (entry->deleted) {
        self->m_parts.log->putLater(StateTopic::Status, "status-connector-" + entry->name, std::nullopt);
        if (const auto leaving = self->m_leaving.find(entry->name);
            leaving != self->m_leaving.end() && leaving->second == entry) {
            self->m_leaving.erase(leaving);
        }
        co_return;
    }
    entry->configIsNew = false;
    self->startConnector(entry);
    const bool backFromPause = entry->state == ConnectorState::Paused && std::exchange(entry->hadTasks, false);
    if ((entry->state == ConnectorState::Running || backFromPause) && entry->tasks.empty()) {
        self->publish(entry);
        self->startTasks(entry);
    }
    for (const auto &task : entry->tasks) {
        task->setPaused(entry->target == TargetState::Paused);
    }
    self->publish(entry);
}

void Herder::startConnector(const Entry &entry)
{
    entry->hasStatus = true;
    entry->trace.clear();
    switch (entry->target) {
    case TargetState::Stopped:
        entry->state = ConnectorState::Stopped;
        return;
    case TargetState::Paused:
        entry->state = ConnectorState::Paused;
        return;
    case TargetState::Started:
        break;
    }
    entry->state = ConnectorState::Running;
    for (const auto &setting : entry->config.entries()) {
        if (!setting.value) { // taken by validation, refused by the start: real Connect does it so
            entry->state = ConnectorState::Failed;
            entry->trace = Throwable {.type = "java.lang.ClassCastException",
                .message = "Non-string value found in original settings for key " + setting.key + ": null",
                .at = "Herder.startConnector",
                .cause = {}}.trace();
        }
    }
    if (!entry->plugin()) {
        entry->state = ConnectorState::Failed;
        entry->trace
            = connectException(noSuchConnector(entry->config.get("connector.class")), "Herder.startConnector").trace();
    }
}

void Herder::startTasks(const Entry &entry)
{
    const auto wanted = static_cast<int>(std::clamp<std::int64_t>(entry->config.number("tasks.max", 1), 1, 1000));
    const int count = entry->plugin()->oneTask ? 1 : wanted;
    for (int i = 0; i < count; ++i) {
        entry->tasks.push_back(makeTask(entry, i, count));
    }
    entry->knownTasks = std::max(entry->knownTasks, count);
    keepTasks(entry);
    for (const auto &task : entry->tasks) {
        task->start(entry->target == TargetState::Paused);
    }
}

QCoro::Task<> Herder::stopTasks(Entry entry)
{
    const auto ending = entry->tasks;
    std::vector<QCoro::Task<>> ends;
    for (const auto &task : ending) {
        ends.push_back(task->stop()); // side by side
    }
    for (auto &end : ends) {
        co_await end;
    }
    for (const auto &task : ending) {
        task->disconnect(this);
        m_parts.log->putLater(StateTopic::Status, "status-task-" + task->id().text(), std::nullopt);
    }
    entry->tasks.clear();
    keepTasks(entry);
}

std::shared_ptr<WorkerTask> Herder::makeTask(const Entry &entry, int task, int count)
{
    const TaskId id {entry->name, task};
    auto made = entry->isSink() ? makeSink(entry, id, count) : makeSource(entry, id);
    adopt(entry, made);
    return made;
}

std::shared_ptr<WorkerTask> Herder::makeSource(const Entry &entry, TaskId id)
{
    const auto name = entry->name;
    auto task = std::make_shared<WorkerSourceTask>(
        id, entry->config, makeSourceTask(*entry->plugin(), entry->config, id, m_parts.environment), *m_parts.producer,
        [this, name](const Json &partition) { return storedOffset(name, partition); },
        [this, name](const Json &partition, const Json &offset) {
            m_sourceOffsets[name][dump(partition)] = {partition, offset};
            m_parts.log->putLater(StateTopic::Offsets, dump(Json::array({name, partition})), offset);
        },
        *m_parts.environment.clock);
    connect(task.get(), &WorkerSourceTask::wroteTo, this,
        [this, entry, number = id.task](const std::string &topic) { sawTopic(entry, topic, number); });
    return task;
}

std::shared_ptr<WorkerTask> Herder::makeSink(const Entry &entry, TaskId id, int count)
{
    const auto name = entry->name;
    auto *local = dynamic_cast<LocalSinkOffsets *>(m_parts.sinkOffsets);
    SinkPositions positions;
    if (local) {
        positions = {.read
            = [local, name](const std::string &topic, int partition) { return local->next(name, topic, partition); },
            .keep =
                [local, name](const Positions &done) {
                    local->keep(name, done);
                }};
    }
    auto task = std::make_shared<WorkerSinkTask>(id,
        WorkerSinkTask::Parts {.config = entry->config,
            .taskCount = count,
            .task = makeSinkTask(*entry->plugin(), entry->config, id, m_parts.environment),
            .brokers = &m_parts.brokers,
            .producer = m_parts.producer,
            .positions = std::move(positions),
            .clock = m_parts.environment.clock});
    connect(task.get(), &WorkerSinkTask::readFrom, this,
        [this, entry, number = id.task](const std::string &topic) { sawTopic(entry, topic, number); });
    return task;
}

void Herder::adopt(const Entry &entry, const std::shared_ptr<WorkerTask> &task)
{
    connect(task.get(), &WorkerTask::stateChanged, this, [this, raw = task.get(), entry] {
        if (!entry->deleted) {
            publishTask(*raw);
        }
    });
}

void Herder::sawTopic(const Entry &entry, const std::string &topic, int task)
{
    if (!entry->deleted && entry->topics.insert(topic).second) {
        m_parts.log->putLater(StateTopic::Status, "status-topic-" + topic + ":connector-" + entry->name,
            Json {{"topic",
                {{"name", topic}, {"connector", entry->name}, {"task", task},
                    {"discoverTimestamp", m_parts.environment.clock->now().time_since_epoch().count()}}}});
    }
}

QCoro::Task<> Herder::restartParts(Herder *self, Entry entry, bool connectorToo, std::vector<int> tasks)
{
    const auto guard = co_await entry->lock.acquire();
    if (entry->deleted) {
        co_return;
    }
    if (connectorToo) {
        self->startConnector(entry);
        self->publish(entry);
    }
    const int count = static_cast<int>(entry->tasks.size());
    for (const int number : tasks) {
        if (number >= count) {
            continue; // stopped or reconfigured meanwhile
        }
        const auto old = entry->tasks[static_cast<std::size_t>(number)];
        co_await old->stop();
        old->disconnect(self);
        auto fresh = self->makeTask(entry, number, count);
        entry->tasks[static_cast<std::size_t>(number)] = fresh;
        fresh->start(entry->target == TargetState::Paused);
    }
    if (connectorToo && entry->state == ConnectorState::Running && entry->tasks.empty()) {
        self->startTasks(entry); // it had failed before it made any
    }
}

void Herder::keepTasks(const Entry &entry)
{
    auto config = entry->config;
    if (entry->plugin()) {
        config.set("task.class", entry->plugin()->taskClass);
    }
    for (std::size_t i = 0; i < entry->tasks.size(); ++i) {
        m_parts.log->putLater(StateTopic::Configs, "task-" + entry->name + '-' + std::to_string(i),
            Json {{"properties", config.toJson()}});
    }
    if (!entry->deleted) {
        m_parts.log->putLater(StateTopic::Configs, "commit-" + entry->name, Json {{"tasks", entry->tasks.size()}});
    }
}

void Herder::publish(const Entry &entry)
{
    m_parts.log->putLater(StateTopic::Status, "status-connector-" + entry->name,
        Json {{"state", textOf(entry->state)}, {"trace", entry->trace.empty() ? Json() : Json(entry->trace)},
            {"worker_id", workerOf(entry->name, -1)}, {"generation", 1}, {"version", workerVersion}});
}

void Herder::publishTask(const WorkerTask &task)
{
    m_parts.log->putLater(StateTopic::Status, "status-task-" + task.id().text(),
        Json {{"state", textOf(task.state())}, {"trace", task.trace().empty() ? Json() : Json(task.trace())},
            {"worker_id", workerOf(task.id().connector, task.id().task)}, {"generation", 1},
            {"version", workerVersion}});
}

QCoro::Task<bool> Herder::brokersAnswer() const
{
    if (m_parts.brokers.mock) {
        co_return true;
    }
    const auto topics = co_await topicSizes(m_parts.producer->client());
    co_return !topics.empty(); // the internal topics at least are there
}

QCoro::Task<> Herder::close()
{
    std::vector<QCoro::Task<>> ends;
    for (const auto &[name, entry] : m_connectors) {
        for (const auto &task : entry->tasks) {
            task->disconnect(this); // what is kept stays RUNNING: the next start takes it up
            ends.push_back(task->stop());
        }
    }
    for (auto &end : ends) {
        co_await end;
    }
}

} // namespace headgate::localworker
