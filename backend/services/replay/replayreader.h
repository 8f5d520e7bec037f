// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/replayprogress.h"
#include "services/operations/operationsservice.h"
#include "services/operations/writeclients.h"
#include "services/replay/replayfacts.h"

#include <list>

namespace headgate {

/*! The reading side of replays, by clients of its own: neither the session's pace nor a write that hangs delays it. GUI
 * thread; owned by the replay service, which awaits close(). */
class ReplayReader
{
public:
    ReplayReader(ContextsService &contexts, OperationsService &operations);

    //! What a plan for `request` needs, with `sampleRecords` records for sizes (0: none). NotFound: the context is
    //! gone.
    Task<ReplayFacts> readFacts(ReplayRequest request, int sampleRecords, CallOptions options);
    //! Who is asked about this connector. NotFound: its context or cluster is gone.
    Result<FactSources> sourcesFor(const ConnectorRef &ref);
    QCoro::Task<> close();

private:
    std::shared_ptr<Brokers> brokersOf(const ContextConfig &context);
    Task<std::vector<ConnectorOffset>> savedBefore(ReplayRequest request, CallOptions options);

    ContextsService &m_contexts;
    OperationsService &m_operations;
    std::shared_ptr<Clock> m_clock;
    WriteClients m_clients;
    KeptClients<ContextId, KafkaConfig, Brokers> m_brokers;
    std::list<ContextConfig> m_configs; //!< facts point to them
};

} // namespace headgate
