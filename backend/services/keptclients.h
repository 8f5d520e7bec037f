// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoroTask>

#include <map>
#include <memory>
#include <vector>

namespace headgate {

/*! Clients of a service's own, one a key, that outlive a view. A changed configuration gets a client of its own; what
 * runs on the old one ends there. GUI thread; owned by a service, which awaits close(). */
template <class Key, class Config, class Client> class KeptClients
{
public:
    //! `make` is called where there is no client for this configuration yet.
    template <class Make> std::shared_ptr<Client> clientFor(const Key &key, const Config &config, Make make)
    {
        auto &kept = m_kept[key];
        if (kept.client && kept.config != config) {
            m_retired.push_back(std::exchange(kept.client, nullptr));
        }
        if (!kept.client) {
            kept = {config, make()};
        }
        return kept.client;
    }
    QCoro::Task<> close()
    {
        for (auto &[key, kept] : m_kept) {
            if (kept.client) {
                co_await kept.client->close();
            }
        }
        for (const auto &client : m_retired) {
            co_await client->close();
        }
    }

private:
    struct Kept
    {
        Config config;
        std::shared_ptr<Client> client;
    };

    std::map<Key, Kept> m_kept;
    std::vector<std::shared_ptr<Client>> m_retired; //!< of configurations that were changed since
};

} // namespace headgate
