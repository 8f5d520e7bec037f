// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayprogress.h"
#include "services/operations/operationrecords.h"
#include "services/replay/replayservice.h"
#include "support/fakes/fakeedges.h"

#include <QTemporaryDir>

namespace headgate {

/*! A replay service over a fake world: the sink "orders" has read its three partitions to their ends (1000, 2000,
 * 3000), on a guarded context "lab". The program may die in it, and another one begin. */
struct ReplayLab
{
    using Where = std::map<TopicPartition, std::int64_t>;

    QTemporaryDir dir;
    FakeEdges world;
    ReplayService::Settings settings;
    std::unique_ptr<ContextsService> contexts;
    std::unique_ptr<OperationsService> operations;
    std::unique_ptr<ReplayService> replay;
    bool withKafka = true;
    Environment environment = Environment::Development;

    ReplayLab();
    ~ReplayLab() { close(); }
    void start();
    void close();

    //! @{ The program dies: nothing it sends from now on arrives, nothing it writes lasts. `lost`: records at the end
    //! of the log that had not become durable.
    void die(int lost = 0);
    bool isDead() const { return m_dead; }
    void nextProcess(); //!< another program, over the log as the dead one left it
    //! @}
    //! Runs `act` once, right after this record of a step is on disk.
    void at(ReplayStep step, StepState state, std::function<void()> act);

    //! Runs a task to its end on virtual time.
    template <class T> auto on(QCoro::Task<T> task, Milliseconds limit = std::chrono::hours(3))
    {
        return runOn(*world.clock, std::move(task), limit);
    }
    Result<ReplayPlan> plan(const ReplayRequest &request);
    Result<OperationId> run(const ReplayPlan &plan);
    Operation end(const OperationId &id);
    Operation carryOut(const ReplayRequest &request); //!< plan, run, end
    std::vector<Operation> interrupted();
    static Confirmation typed();

    FakeConnectCluster &cluster() { return world.cluster(); }
    FakeConnector &sink() { return cluster().at(QStringLiteral("orders")); }
    FakeKafka::Partition &log(int partition) { return world.kafka->partitions.at({topic(), partition}); }
    Where positions();
    std::int64_t delivered();           //!< records that the sink got since the lab was made
    void setState(const char *state);   //!< as somebody else would: with the tasks that belong to it
    int sent(const char *method) const; //!< writes of the cluster
    QString logFile() const { return dir.path() + QStringLiteral("/log/lab.jsonl"); }

    static QString topic() { return QStringLiteral("orders"); }
    static ContextId lab() { return {QStringLiteral("lab")}; }
    static ConnectorRef ref() { return {lab(), {QStringLiteral("main")}, QStringLiteral("orders")}; }
    static ConnectorOffset entry(int partition, std::int64_t offset);
    static Where where(std::int64_t zero, std::int64_t one, std::int64_t two);
    static ReplayRequest backBy(std::int64_t records);
    static ReplayRequest to(PositionKind kind, std::int64_t number = 0);
    static FakeAnswer answers(int status, const char *message);

private:
    struct Act
    {
        ReplayStep step;
        StepState state;
        std::function<void()> act;
    };

    std::vector<Act> m_acts;
    std::vector<LogEntry> m_left;
    bool m_dead = false;
};

} // namespace headgate
