// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "services/replay/brokerfacts.h"

namespace headgate {

//! Who is asked, and what is known without asking.
struct FactSources
{
    std::shared_ptr<ConnectClient> connect;
    std::shared_ptr<Brokers> brokers; //!< null: none configured
    std::shared_ptr<Clock> clock;
    OperationFacts base;                //!< context, mode, auth, tls
    std::vector<ConnectorOffset> saved; //!< by the operation that the request goes back to;
                                        //!< "null" where there was none
    std::optional<double> recordsPerSecond;
    int sampleRecords = 0;
};

/*! Everything a plan needs, read now. Fails where Connect does not tell what the connector is or where it stands;
 * what the brokers do not tell is said in the facts. */
Task<ReplayFacts> readReplayFacts(ReplayRequest request, FactSources sources, CallOptions options);

//! "connect-<name>", or what the configuration sets instead. Empty for a source.
QString groupOf(const ConnectorInfo &info);

} // namespace headgate
