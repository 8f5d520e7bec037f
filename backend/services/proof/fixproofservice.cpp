// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/proof/fixproofservice.h"

#include "services/replay/replayreader.h"

namespace headgate {

struct FixProofService::Private
{
    ReplayReader reader; // clients of its own, for connectors and records alike
};

FixProofService::FixProofService(ContextsService &contexts, OperationsService &operations, QObject *parent)
    : QObject(parent)
    , d(new Private {.reader = ReplayReader(contexts, operations)})
{
}

FixProofService::~FixProofService() = default;

Task<FixProof> FixProofService::prove(ProofRequest request, ProofProgress progress, CallOptions options)
{
    auto sources = d->reader.sourcesFor(request.connector);
    if (!sources) {
        co_return failure(sources.error());
    }
    co_return co_await readAndProve(std::move(request), *std::move(sources), std::move(progress), options);
}

QCoro::Task<> FixProofService::close()
{
    co_await d->reader.close();
}

} // namespace headgate
