// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/restconnectclient.h"
#include "support/fakeconnect/fakeconnect.h"
#include "support/fakes/fakesecretstore.h"

#include <QCoroTask>

namespace headgate {

//! Runs the loop until the call has ended.
template <class T> T await(QCoro::Task<T> task)
{
    return QCoro::waitFor(std::move(task));
}

inline CallOptions within(Milliseconds deadline, std::stop_token stop = {})
{
    return {deadline, std::move(stop)};
}

//! A real client with its secrets, closed at the end as an application does it.
class ConnectHarness
{
public:
    explicit ConnectHarness(QStringList workers, std::shared_ptr<Clock> clock = std::make_shared<SystemClock>())
        : m_clock(std::move(clock))
    {
        config.name = {QStringLiteral("cluster")};
        config.workers = std::move(workers);
    }
    ~ConnectHarness()
    {
        if (m_client) {
            QCoro::waitFor(m_client->close());
        }
    }
    ConnectClient &client()
    {
        if (!m_client) {
            m_client = makeRestConnectClient(config, secrets, m_clock, limits);
        }
        return *m_client;
    }
    void login(const QString &user, const QByteArray &password)
    {
        config.auth = RestAuth::Basic;
        config.user = user;
        config.secret = {QStringLiteral("headgate/test/password")};
        secrets->secrets[config.secret] = password;
    }

    ConnectClusterConfig config;
    RestLimits limits;
    std::shared_ptr<FakeSecretStore> secrets = std::make_shared<FakeSecretStore>();

private:
    std::shared_ptr<Clock> m_clock;
    std::unique_ptr<ConnectClient> m_client;
};

} // namespace headgate
