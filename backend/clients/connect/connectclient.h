// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"
#include "domain/connectors/connector.h"
#include "domain/contexts/context.h"

#include <QHash>

#include <memory>

namespace headgate {

//! GET /connectors?expand=...: one call for the whole cluster. `damaged` names entries that could not be read
//! (isolated, not fatal).
struct StatusListing
{
    std::vector<ConnectorStatus> connectors; //!< sorted by name
    QStringList damaged;
    QString worker; //!< display address that answered
    qint64 bytes = 0;
};
struct InfoListing
{
    std::vector<ConnectorInfo> connectors; //!< sorted by name
    QStringList damaged;
    QString worker;
    qint64 bytes = 0;
};

/*! One Connect cluster, seen through its workers. GUI thread. Reads fail over to the next worker (order of last
 * success); writes go to one worker exactly once. Deadlines are total. Redirects are never followed, credentials go to
 * their configured origins only, bodies are bounded, big ones parsed in the pool. Errors name worker, request and cause
 * and hold no credentials. */
class ConnectClient
{
public:
    virtual ~ConnectClient() = default;

    virtual Task<ServerInfo> fetchServerInfo(CallOptions options) = 0; //!< GET /
    virtual Task<QStringList> fetchNames(CallOptions options) = 0;     //!< GET /connectors
    virtual Task<StatusListing> fetchStatuses(CallOptions options)
        = 0; //!< GET /connectors?expand=status (per name below 2.3)
    virtual Task<InfoListing> fetchInfos(CallOptions options) = 0; //!< GET /connectors?expand=info
    virtual Task<ConnectorStatus> fetchStatus(QString name, CallOptions options) = 0;
    virtual Task<ConnectorInfo> fetchInfo(QString name, CallOptions options) = 0;
    virtual Task<ConfigMap> fetchConfig(QString name, CallOptions options) = 0;   //!< herder-bound
    virtual Task<QStringList> fetchTopics(QString name, CallOptions options) = 0; //!< unknown connector: empty, not 404
    virtual Task<std::vector<ConnectorOffset>> fetchOffsets(QString name, CallOptions options)
        = 0; //!< >= 3.5, herder-bound
    virtual Task<std::vector<PluginInfo>> fetchPlugins(bool connectorsOnly, CallOptions options) = 0;
    virtual Task<ConfigReport> validateConfig(QString plugin, ConfigMap config, CallOptions options)
        = 0; //!< may take 10 s
    virtual Task<std::vector<LoggerLevel>> fetchLoggers(CallOptions options) = 0;
    //! GET /health of the worker with this base URL, on a connection of its own. Below 3.9: NotSupported.
    virtual Task<WorkerHealthReport> fetchHealth(QString workerUrl, CallOptions options) = 0;

    /*! Sends `request` once to the first usable worker. Never resent: not by Qt, not by us. Errors: Unreachable when
     * nothing was sent, OutcomeUnknown when it was sent and no complete answer came, else what the worker said
     * (Refused, Rebalancing, ...). */
    virtual Task<RestAnswer> send(RestRequest request, CallOptions options) = 0;

    virtual QStringList workerUrls() const = 0; //!< display forms, preferred first
    virtual QCoro::Task<> close() = 0;          //!< aborts what is in flight and ends after it
};

} // namespace headgate
