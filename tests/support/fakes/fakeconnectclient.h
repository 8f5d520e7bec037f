// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "common/clock.h"
#include "support/fakes/fakekafka.h"

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace headgate {

//! Records that a sink got: [from, to).
struct FakeDelivery
{
    TopicPartition tp;
    std::int64_t from = 0, to = 0;

    bool operator==(const FakeDelivery &) const = default;
};

//! One connector of the fake cluster, as its tests see it. Change it freely between calls.
struct FakeConnector
{
    ConnectorInfo info;
    ConnectorStatus status;
    int taskCount = 1;  //!< tasks that come back after a resume or restart
    QString failsAgain; //!< not empty: a restarted task flashes RUNNING, then fails with this trace after 600 ms
    QStringList topics;
    std::vector<ConnectorOffset> offsets; //!< compact JSON
    //! @{ A sink over the cluster's `kafka`.
    bool delivers = true;      //!< false: it runs and its positions stand
    Monotonic zombiesUntil {}; //!< members of a killed worker are in its group so long
    std::vector<FakeDelivery> delivered;
    //! @}
};

//! What the next matching call gets instead of the usual answer.
struct FakeAnswer
{
    Milliseconds delay {0};
    std::optional<Error> error;       //!< instead of an answer
    std::optional<RestAnswer> answer; //!< for writes: instead of the usual one
    bool takesEffect = true;          //!< writes: the cluster changes all the same (a lost answer)
    bool hangs = false;               //!< never answers: the caller's deadline ends it
};

/*! A Connect cluster in memory with Connect's recorded habits: pause is seen at the connector at once and at tasks
 * later, STOPPED still has tasks for half a second, a failing task flashes RUNNING after a restart; positions change
 * only while STOPPED, entry by entry. Shared by the clients made of it and the test. Main thread. */
class FakeConnectCluster
{
public:
    struct Call
    {
        QString request; //!< "GET /connectors?expand=status"
        QByteArray body;
        Monotonic at;
    };

    explicit FakeConnectCluster(
        std::shared_ptr<Clock> clock, QStringList workers = {QStringLiteral("http://worker-1:8083")});

    //! @{ Building the cast. `state` as Connect writes it: "RUNNING", "FAILED", "BANANA".
    FakeConnector &add(
        const QString &name, ConnectorType type, QList<const char *> taskStates, const char *state = "RUNNING");
    FakeConnector &at(const QString &name);
    void remove(const QString &name);
    void failTask(const QString &name, int task, const QString &trace);
    //! @}

    //! The next `times` calls whose request begins with `request` get `answer`; scripts of one request are used in
    //! order.
    void script(const QString &request, FakeAnswer answer, int times = 1);
    //! Runs right before a call that begins with `request` is answered, once: somebody else acts in between.
    void before(const QString &request, std::function<void()> act);
    //! Runs right after the next write that begins with `request` took effect, before it is answered.
    void after(const QString &request, std::function<void()> act);
    //! Runs after `delay` of virtual time, at the next call at the latest.
    void later(Milliseconds delay, std::function<void()> act);

    int count(const QString &requestPrefix) const;
    std::vector<Call> writes() const;

    std::shared_ptr<Clock> clock;
    ServerInfo server {QStringLiteral("4.1.0"), QStringLiteral("abc"), QStringLiteral("cluster-1")};
    QStringList workers;
    QHash<QString, WorkerHealthReport> health; //!< by worker URL; absent: healthy
    std::optional<Error> down;                 //!< every call fails so
    bool mute = false;                         //!< no call is answered any more, and none has an effect
    std::vector<PluginInfo> plugins;
    std::vector<LoggerLevel> loggers;
    std::map<QString, FakeConnector> connectors;
    std::vector<Call> calls;
    Milliseconds latency {0};      //!< of every call
    Milliseconds convergence {40}; //!< until tasks follow their connector
    Milliseconds stopTakes {500};
    Milliseconds flush {300};         //!< from running until the records were delivered and their positions committed
    std::shared_ptr<FakeKafka> kafka; //!< what its sinks read; null: positions only lie there
    int openCalls = 0, clients = 0;

private:
    friend class FakeConnectClient;
    struct Script
    {
        QString request;
        FakeAnswer answer;
        int times;
    };
    struct Later
    {
        Monotonic at;
        std::function<void()> act;
    };
    Task<std::optional<RestAnswer>> call(QString request, QByteArray body, CallOptions options, bool write);
    using Acts = std::vector<std::pair<QString, std::function<void()>>>;
    static void runOnce(Acts &acts, const QString &request);
    FakeAnswer nextAnswer(const QString &request);
    void runDue();
    RestAnswer apply(const RestRequest &request);
    RestAnswer act(FakeConnector &connector, const QString &verb, const QString &query);
    RestAnswer alterOffsets(FakeConnector &connector, const QByteArray &body);
    RestAnswer resetOffsets(FakeConnector &connector);
    RestAnswer refusedOffsets(const FakeConnector &connector, const char *verb) const;
    bool place(FakeConnector &connector, const ConnectorOffset &entry);
    void joinGroup(const FakeConnector &connector);
    void leaveGroup(const QString &name);
    void deliver(const QString &name);
    void bringTasks(const QString &name, const char *state);
    void restartTasks(FakeConnector &connector, bool onlyFailed, int single);

    std::vector<Script> m_scripts;
    Acts m_before, m_after;
    std::multimap<Monotonic, std::function<void()>> m_later;
};

//! ConnectClient over a FakeConnectCluster.
class FakeConnectClient final : public ConnectClient
{
public:
    explicit FakeConnectClient(std::shared_ptr<FakeConnectCluster> cluster);
    ~FakeConnectClient() override;

    Task<ServerInfo> fetchServerInfo(CallOptions options) override;
    Task<QStringList> fetchNames(CallOptions options) override;
    Task<StatusListing> fetchStatuses(CallOptions options) override;
    Task<InfoListing> fetchInfos(CallOptions options) override;
    Task<ConnectorStatus> fetchStatus(QString name, CallOptions options) override;
    Task<ConnectorInfo> fetchInfo(QString name, CallOptions options) override;
    Task<ConfigMap> fetchConfig(QString name, CallOptions options) override;
    Task<QStringList> fetchTopics(QString name, CallOptions options) override;
    Task<std::vector<ConnectorOffset>> fetchOffsets(QString name, CallOptions options) override;
    Task<std::vector<PluginInfo>> fetchPlugins(bool connectorsOnly, CallOptions options) override;
    Task<ConfigReport> validateConfig(QString plugin, ConfigMap config, CallOptions options) override;
    Task<std::vector<LoggerLevel>> fetchLoggers(CallOptions options) override;
    Task<WorkerHealthReport> fetchHealth(QString workerUrl, CallOptions options) override;
    Task<RestAnswer> send(RestRequest request, CallOptions options) override;
    QStringList workerUrls() const override;
    QCoro::Task<> close() override;

private:
    Task<FakeConnector> ask(QString name, QString resource, CallOptions options);

    std::shared_ptr<FakeConnectCluster> m_cluster;
    std::stop_source m_closing;
};

RestAnswer fakeConnectError(int status, const QString &message);
//! "http://worker-1:8083" -> "worker-1:8083"
QString fakeDisplay(const QString &url);

} // namespace headgate
