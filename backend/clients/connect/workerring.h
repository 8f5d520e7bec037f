// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectaccess.h"
#include "clients/connect/hostbudget.h"
#include "clients/connect/httpclient.h"
#include "clients/connect/workerurl.h"
#include "domain/connectors/connector.h"

#include <optional>

namespace headgate {

//! How much of a total deadline is left.
class Deadline
{
public:
    Deadline(const Clock &clock, Milliseconds total)
        : m_clock(clock)
        , m_end(clock.monotonic() + total)
    {
    }
    Milliseconds left() const { return std::max(Milliseconds(0), m_end - m_clock.monotonic()); }

private:
    const Clock &m_clock;
    Monotonic m_end;
};

/*! The workers of one Connect cluster in the order in which they are worth asking, and the way to ask one: login, TLS,
 * politeness, classification of what it says. GUI thread; owned by RestConnectClient. */
class WorkerRing
{
public:
    WorkerRing(const ConnectClusterConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock,
        qint64 maxBody);

    std::optional<Error> fault() const;                   //!< no address, or one that is wrong: then nothing is asked
    std::vector<size_t> order() const { return m_order; } //!< last success first; empty with a fault
    void worked(size_t worker);
    QString host(size_t worker) const { return m_workers.at(worker).url.host; }
    QStringList displayUrls() const;
    std::optional<size_t> find(const QString &url) const; //!< by base URL or "host:port"
    //! With who was asked and what, where the error does not know yet.
    Error labelled(Error error, size_t worker, const RestRequest &request) const;

    //! Success is a status of 2xx; every other is an Error by its status and text.
    Task<HttpAnswer> ask(size_t worker, Lane lane, RestRequest request, CallOptions options);
    //! The same without looking at the status.
    Task<HttpAnswer> askAnyStatus(size_t worker, Lane lane, RestRequest request, CallOptions options);

private:
    struct Worker
    {
        WorkerUrl url;
        std::shared_ptr<HostBudget> budget;
        bool probed = false; // asked whether it speaks TLS, since it last answered
    };
    Task<ConnectAccess> access(CallOptions options);
    Task<HttpAnswer> explained(size_t worker, Error error, CallOptions options);

    const ConnectClusterConfig m_config;
    std::shared_ptr<SecretStore> m_secrets;
    std::shared_ptr<Clock> m_clock;
    const qint64 m_maxBody;
    std::vector<Worker> m_workers;
    std::vector<size_t> m_order;
    std::optional<Error> m_fault;
    std::optional<ConnectAccess> m_access;
    HttpClient m_http;
};

} // namespace headgate
