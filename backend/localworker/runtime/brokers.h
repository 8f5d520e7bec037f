// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "localworker/kafka/kafkahandle.h"

namespace headgate::localworker {

//! The brokers a worker uses. Mock brokers (librdkafka's) keep no groups and no internal topics: there the worker keeps
//! both itself.
struct Brokers
{
    std::string bootstrap;
    Properties security; //!< security.protocol, sasl.*, ssl.* for a real broker
    bool mock = false;

    Properties client(std::string clientId) const
    {
        Properties all {
            {"bootstrap.servers", bootstrap}, {"client.id", std::move(clientId)}, {"log.connection.close", "false"}};
        all.insert(all.end(), security.begin(), security.end());
        return all;
    }
};

} // namespace headgate::localworker
