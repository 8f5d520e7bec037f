// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectors/ownership.h"
#include "domain/triage/problem.h"
#include "services/edges.h"

#include <QObject>

#include <memory>

namespace headgate {

//! What is on screen, so that the session asks for it more often. Values; the view models send it.
struct Interest
{
    bool visible = true;                  //!< hidden: status every 15 s, nothing else
    std::vector<ConnectorRef> onScreen;   //!< group and end offsets each tick; others every 15 s
    std::optional<ConnectorRef> selected; //!< topics on selection

    bool operator==(const Interest &) const = default;
};

/*! One opened context: polls, keeps the last picture, finds problems. GUI thread; owned by ContextsService. Publishes
 * whole immutable snapshots; nothing is emitted when nothing changed but ages. Budget per tick as in the design's
 * table, asserted by PB-18's test. */
class ContextSession : public QObject
{
    Q_OBJECT
public:
    struct Settings
    {
        TriagePolicy policy;
        Milliseconds tick {2000};
        Milliseconds hiddenTick {15'000};
        Milliseconds infoEvery {30'000};
        Milliseconds healthEvery {15'000};
        QString cacheDirectory; //!< last-known snapshot; empty = none
        std::vector<OwnershipRule> ownership;
    };

    ContextSession(ContextConfig context, Edges edges, Settings settings, QObject *parent = nullptr);
    ~ContextSession() override;

    const ContextConfig &context() const;
    SnapshotPtr snapshot() const;                 //!< never null; generation 0 = nothing known yet
    const std::vector<Problem> &problems() const; //!< worst first
    const TriagePolicy &policy() const;
    Instant wellSince() const; //!< since when there is no problem; epoch = there is one

    void start(); //!< publishes the last-known picture from disk first
    void setInterest(Interest interest);
    void refreshNow(); //!< F5
    void setOwnership(std::vector<OwnershipRule> rules);
    //! Topics, offsets and loggers of one connector, fetched on demand and cached until config or tasks change.
    Task<QStringList> fetchTopics(ConnectorRef ref, CallOptions options);
    Task<std::vector<ConnectorOffset>> fetchOffsets(ConnectorRef ref, CallOptions options);
    Task<FailingRecord> findFailingRecord(ConnectorRef ref, int task, CallOptions options);
    ConnectClient *client(const ClusterName &cluster) const; //!< nullptr: no such cluster
    QCoro::Task<> close();

Q_SIGNALS:
    void snapshotChanged();
    void problemsChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate
