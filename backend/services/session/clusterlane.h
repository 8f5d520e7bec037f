// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/session/workerwatch.h"

#include <QHash>

#include <map>
#include <memory>
#include <vector>

namespace headgate {

//! What is kept of a connector's info: the configuration masked, and what other questions need of the real one.
struct KnownInfo
{
    ConnectorInfo info; //!< masked
    QByteArray configHash;
    QString group;      //!< consumer group of a sink
    QStringList topics; //!< named in the configuration
    QString deadLetterTopic;

    bool operator==(const KnownInfo &) const = default;
};
KnownInfo knownInfo(const ConnectorInfo &raw);

struct GoneConnector
{
    ConnectorStatus status; //!< the last one seen
    Monotonic since {};

    bool operator==(const GoneConnector &) const = default;
};

//! What a lane knows, as values: lists are shared and never changed once here.
struct ClusterPicture
{
    ConnectClusterFacts facts;
    std::shared_ptr<const std::vector<ConnectorStatus>> statuses; //!< sorted by name, traces redacted; null: never seen
    std::shared_ptr<const QHash<QString, KnownInfo>> infos;       //!< null: never seen
    std::map<QString, GoneConnector> gone;
    bool infosAsked = false; //!< answered or not: from then on nobody waits for them
};

/*! One Connect cluster of a context on a lane of its own: a cluster that hangs delays no other. Keeps the last list
 * that can be believed. GUI thread; owned by the session. */
class ClusterLane : public QObject
{
    Q_OBJECT
public:
    struct Pace
    {
        Milliseconds tick {2000};
        Milliseconds hiddenTick {15'000};
        Milliseconds infoEvery {30'000};
        Milliseconds longestBackOff {5000};
        Milliseconds readDeadline {5000};
        WorkerWatch::Pace health;
    };
    ClusterLane(ClusterName name, std::unique_ptr<ConnectClient> client, std::shared_ptr<Clock> clock, Pace pace);
    ~ClusterLane() override;

    void start();
    //! There were some when the context was last seen: an empty list is doubted.
    void expectConnectors(bool some) { m_expectConnectors = some; }
    void setVisible(bool visible);
    void pollNow();
    //! A connector answered 404 although it was listed.
    void markGone(const QString &name);
    ConnectClient &client() { return *m_client; }
    const ClusterName &name() const { return m_name; }
    //! The picture at this moment; missed polls are counted up to now.
    ClusterPicture picture() const;
    QCoro::Task<> close();

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<> run();
    QCoro::Task<> poll();
    QCoro::Task<> pollServer();
    QCoro::Task<> pollInfos();
    void fail(const Error &error);
    bool isBelieved(const StatusListing &listing);
    const WorkerWatch *watchOf(const QString &displayed) const;
    void setDoubt(bool inDoubt);
    QCoro::Task<> take(StatusListing listing);
    void noteGone(const std::vector<ConnectorStatus> &next);
    void debounce(std::vector<ConnectorStatus> &next);
    State debounced(const State &next, const State *last, const std::pair<QString, int> &who);
    void assignWorkerIds();
    Milliseconds nextDelay() const;
    CallOptions options() const { return {.deadline = m_pace.readDeadline, .stop = m_stop.get_token()}; }

    ClusterName m_name;
    std::unique_ptr<ConnectClient> m_client;
    std::shared_ptr<Clock> m_clock;
    Pace m_pace;
    ConnectClusterFacts m_facts;
    std::shared_ptr<const std::vector<ConnectorStatus>> m_statuses;
    std::shared_ptr<const std::vector<ConnectorStatus>> m_raw; // as received, to see which traces are new
    std::shared_ptr<const QHash<QString, KnownInfo>> m_infos;
    std::map<QString, GoneConnector> m_gone;
    QHash<std::pair<QString, int>, Monotonic> m_unassignedSince; // task id -1: the connector itself
    std::vector<std::unique_ptr<WorkerWatch>> m_watches;
    std::optional<Monotonic> m_doubtSince;
    std::optional<Monotonic> m_lastGood, m_infoAt;
    QByteArray m_shape; // names and task ids, to see that infos must be read again
    bool m_visible = true, m_infoWanted = true, m_serverWanted = true, m_expectConnectors = false, m_infosAsked = false;
    int m_failures = 0;
    Pause m_pause;
    std::stop_source m_stop;
    std::optional<QCoro::Task<>> m_loop;
};

} // namespace headgate
