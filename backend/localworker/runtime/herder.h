// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/kafka/recordproducer.h"
#include "localworker/runtime/brokers.h"
#include "localworker/runtime/connectorentry.h"
#include "localworker/runtime/resterror.h"
#include "localworker/runtime/sinkoffsets.h"
#include "localworker/storage/statelog.h"

#include <QObject>

namespace headgate::localworker {

/*! The heart of the worker: what connectors there are, what they should do, and their tasks. One process is the whole
 * Connect cluster, so there is no leader and no rebalance; work is shown as shared out over the worker's addresses.
 *
 * Event loop's thread; owned by Worker. Answers are the texts and states of real Connect (recorded contract). */
class Herder : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        TaskEnvironment environment;
        Brokers brokers;
        RecordProducer *producer = nullptr;
        StateLog *log = nullptr;
        SinkOffsets *sinkOffsets = nullptr;
    };

    explicit Herder(Parts parts);
    ~Herder() override;

    //! Takes up what was kept before: connectors, target states, source positions, topics. Starts them.
    void restore(const std::map<StateTopic, StateMap> &state);
    void setWorkerIds(std::vector<std::string> ids) { m_workerIds = std::move(ids); }
    QCoro::Task<> close(); //!< stops every task, at most 5 s each, side by side

    std::vector<std::string> names() const;
    bool has(const std::string &name) const { return m_connectors.contains(name); }
    std::optional<Json> info(const std::string &name) const;
    std::optional<Json> status(const std::string &name) const; //!< also while a deleted one ends
    std::optional<Json> taskStatus(const std::string &name, int task) const;
    RestResult<ConnectorConfig> config(const std::string &name) const;
    RestResult<Json> taskConfigs(const std::string &name) const;
    std::set<std::string> topics(const std::string &name) const;

    QCoro::Task<RestResult<Json>> create(std::string name, ConnectorConfig config, TargetState initial);
    struct Put
    {
        bool created = false;
        Json info;
    };
    QCoro::Task<RestResult<Put>> putConfig(std::string name, ConnectorConfig config);
    QCoro::Task<RestResult<Json>> patchConfig(std::string name, Json patch);
    QCoro::Task<RestResult<void>> remove(std::string name);
    QCoro::Task<RestResult<void>> setTarget(std::string name, TargetState target);
    QCoro::Task<RestResult<void>> restartConnector(std::string name); //!< the Connector instance only
    RestResult<Json> restartWithPlan(
        const std::string &name, bool includeTasks, bool onlyFailed); //!< goes on after the answer
    QCoro::Task<RestResult<void>> restartTask(std::string name, int task);
    void resetTopics(const std::string &name);

    QCoro::Task<RestResult<Json>> offsets(std::string name);
    QCoro::Task<RestResult<Json>> alterOffsets(std::string name, std::vector<PositionChange> changes);
    QCoro::Task<RestResult<Json>> resetOffsets(std::string name);

    //! Whether the brokers answer now; asked in the pool, at most 3 s. Mock brokers always do.
    QCoro::Task<bool> brokersAnswer() const;
    const TaskEnvironment &environment() const { return m_parts.environment; }

private:
    using Entry = std::shared_ptr<ConnectorEntry>;

    Entry find(const std::string &name) const;
    RestResult<void> judge(const std::string &name, const ConnectorConfig &config) const;
    static QCoro::Task<> reconcile(Herder *self, Entry entry);
    QCoro::Task<> stopTasks(Entry entry);
    void startTasks(const Entry &entry);
    void startConnector(const Entry &entry); //!< sets state and trace
    std::shared_ptr<WorkerTask> makeTask(const Entry &entry, int task, int count);
    std::shared_ptr<WorkerTask> makeSource(const Entry &entry, TaskId id);
    std::shared_ptr<WorkerTask> makeSink(const Entry &entry, TaskId id, int count);
    void adopt(const Entry &entry, const std::shared_ptr<WorkerTask> &task);
    void sawTopic(const Entry &entry, const std::string &topic, int task);
    static QCoro::Task<> restartParts(Herder *self, Entry entry, bool connectorToo, std::vector<int> tasks);
    void publish(const Entry &entry);
    void publishTask(const WorkerTask &task);
    QCoro::Task<RestResult<void>> keepConfig(Entry entry);
    void keepTasks(const Entry &entry);
    std::string workerOf(const std::string &name, int task) const;
    Json statusOf(const ConnectorEntry &entry) const;
    Json infoOf(const ConnectorEntry &entry) const;
    Json storedOffset(const std::string &connector, const Json &partition) const;
    QCoro::Task<RestResult<Json>> alterSource(Entry entry, std::vector<PositionChange> changes);
    QCoro::Task<RestResult<Json>> alterSink(Entry entry, std::vector<PositionChange> changes);

    Parts m_parts;
    std::vector<std::string> m_workerIds;
    std::map<std::string, Entry> m_connectors;
    std::map<std::string, Entry> m_leaving; //!< deleted, tasks still ending
    std::map<std::string, std::map<std::string, std::pair<Json, Json>>>
        m_sourceOffsets; //!< connector -> partition text -> (partition, offset)
};

} // namespace headgate::localworker
