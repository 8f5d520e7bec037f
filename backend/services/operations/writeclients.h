// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/contexts/contextsservice.h"

#include <map>

namespace headgate {

//! NotFound: there is no such context (any more).
Result<ContextConfig> contextOf(const ContextsService &contexts, const ContextId &id);

/*! The clients that writes go through, one a Connect cluster, apart from the session's: they outlive a view, and writes
 * that hang don't freeze the data. A changed configuration gets a client of its own; what runs on the old one ends
 * there. GUI thread; owned by the operations service. */
class WriteClients
{
public:
    explicit WriteClients(ContextsService &contexts);

    //! NotFound: the context or its cluster is gone.
    Result<std::shared_ptr<ConnectClient>> clientFor(const ConnectorRef &ref);
    QCoro::Task<> close();

private:
    struct Kept
    {
        ConnectClusterConfig config;
        std::shared_ptr<ConnectClient> client;
    };

    ContextsService &m_contexts;
    std::map<std::pair<ContextId, ClusterName>, Kept> m_kept;
    std::vector<std::shared_ptr<ConnectClient>> m_retired; //!< of configurations that were changed since
};

} // namespace headgate
