// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/replayreader.h"

#include "domain/replay/offsettable.h"

#include <algorithm>

namespace headgate {

ReplayReader::ReplayReader(ContextsService &contexts, OperationsService &operations)
    : m_contexts(contexts)
    , m_operations(operations)
    , m_clock(contexts.edges().clock)
    , m_clients(contexts)
{
}

std::shared_ptr<Brokers> ReplayReader::brokersOf(const ContextConfig &context)
{
    const auto &edges = m_contexts.edges();
    if (context.kafka.bootstrap.isEmpty() || !edges.kafkaAdmin) {
        return nullptr;
    }
    return m_brokers.clientFor(context.id, context.kafka, [&] { return makeBrokers(edges, context.kafka); });
}

Result<FactSources> ReplayReader::sourcesFor(const ConnectorRef &ref)
{
    const auto context = contextOf(m_contexts, ref.context);
    const auto client = m_clients.clientFor(ref);
    if (!context || !client) {
        return failure(context ? client.error() : context.error());
    }
    auto config = std::ranges::find(m_configs, *context);
    if (config == m_configs.end()) {
        config = m_configs.insert(m_configs.end(), *context);
    }
    FactSources sources {.connect = *client, .brokers = brokersOf(*context), .clock = m_clock};
    sources.base = {.context = &*config, .mode = m_contexts.mode(ref.context)};
    const auto &clusters = config->connectClusters;
    if (const auto cluster = std::ranges::find(clusters, ref.cluster, &ConnectClusterConfig::name);
        cluster != clusters.end()) {
        sources.base.auth = cluster->auth;
        sources.base.tls = cluster->tls;
    }
    if (auto *const session = m_contexts.session(ref.context)) {
        const auto snapshot = session->snapshot();
        const auto row = std::ranges::find(snapshot->connectors, ref, &ConnectorFacts::ref);
        if (row != snapshot->connectors.end()) {
            sources.recordsPerSecond = row->recordsPerSecond.value;
            sources.base.lag = row->lagRecords.value;
            sources.base.blast = blastRadius(*snapshot, ref);
        }
    }
    return sources;
}

//! Empty where the request goes back to no operation.
Task<std::vector<ConnectorOffset>> ReplayReader::savedBefore(ReplayRequest request, CallOptions options)
{
    std::optional<OperationId> id;
    for (const auto &each : request.partitions) {
        id = each.position.kind == PositionKind::BeforeOperation ? std::optional(each.position.operation) : id;
    }
    if (request.everywhere.kind == PositionKind::BeforeOperation) {
        id = request.everywhere.operation;
    }
    if (!id) {
        co_return std::vector<ConnectorOffset>();
    }
    const auto operation = co_await m_operations.fetch(request.connector.context, *id, options);
    if (operation && !isSaga(operation->request.kind)) {
        auto positions = savedPositions(*operation);
        if (!positions || operation->request.connector != request.connector) {
            co_return failure({.kind = ErrorKind::NotFound,
                .message = QStringLiteral("That operation has saved no positions of it")});
        }
        co_return *std::move(positions);
    }
    const auto progress = operation ? replayProgress(*operation) : Result<ReplayProgress>(failure(operation.error()));
    if (!progress || !progress->snapshot) {
        co_return progress
            ? failure({.kind = ErrorKind::NotFound, .message = QStringLiteral("That operation has saved no positions")})
            : failure(progress.error());
    }
    auto saved = *progress->snapshot;
    const OffsetTable table(saved);
    for (const auto &move : progress->plan.moves) { // it saved all there were
        const auto none = sinkOffset({move.tp, std::nullopt});
        if (table.at(none.partitionJson) == "null") {
            saved.push_back(none);
        }
    }
    co_return saved;
}

Task<ReplayFacts> ReplayReader::readFacts(ReplayRequest request, int sampleRecords, CallOptions options)
{
    auto sources = sourcesFor(request.connector);
    if (!sources) {
        co_return failure(sources.error());
    }
    auto saved = co_await savedBefore(request, options);
    if (!saved) {
        co_return failure(saved.error());
    }
    sources->saved = *std::move(saved);
    sources->sampleRecords = sampleRecords;
    co_return co_await readReplayFacts(std::move(request), *std::move(sources), options);
}

QCoro::Task<> ReplayReader::close()
{
    co_await m_clients.close();
    co_await m_brokers.close();
}

} // namespace headgate
