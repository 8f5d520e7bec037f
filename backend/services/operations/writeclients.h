// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/contexts/contextsservice.h"
#include "services/keptclients.h"

namespace headgate {

//! NotFound: there is no such context (any more).
Result<ContextConfig> contextOf(const ContextsService &contexts, const ContextId &id);

/*! Clients of Connect clusters for one service, apart from the session's: writes that hang don't freeze the data. GUI
 * thread; owned by the service. */
class WriteClients
{
public:
    explicit WriteClients(ContextsService &contexts);

    //! NotFound: the context or its cluster is gone.
    Result<std::shared_ptr<ConnectClient>> clientFor(const ConnectorRef &ref);
    QCoro::Task<> close() { return m_kept.close(); }

private:
    ContextsService &m_contexts;
    KeptClients<std::pair<ContextId, ClusterName>, ConnectClusterConfig, ConnectClient> m_kept;
};

} // namespace headgate
