// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/replayfacts.h"

#include "domain/connectors/sinktopics.h"

#include <algorithm>

namespace headgate {

namespace {

struct ConnectAnswers
{
    ConnectorStatus status;
    ConnectorInfo info;
    ServerInfo server;
    std::vector<ConnectorOffset> offsets;
};

Task<ConnectAnswers> askConnect(std::shared_ptr<ConnectClient> client, QString name, CallOptions options)
{
    auto statusTask = client->fetchStatus(name, options);
    auto infoTask = client->fetchInfo(name, options);
    auto serverTask = client->fetchServerInfo(options);
    auto offsets = co_await client->fetchOffsets(name, options);
    auto status = co_await statusTask;
    auto info = co_await infoTask;
    auto server = co_await serverTask;
    if (!status || !info || !server) {
        co_return failure(!status ? status.error() : !info ? info.error() : server.error());
    }
    // Below 3.5 there is no such resource: the plan says what this version cannot do.
    if (!offsets && offsets.error().kind != ErrorKind::NotSupported) {
        co_return failure(offsets.error());
    }
    ConnectAnswers answers {.status = *std::move(status), .info = *std::move(info), .server = *std::move(server)};
    answers.offsets = offsets ? *std::move(offsets) : std::vector<ConnectorOffset>();
    co_return answers;
}

//! Where it stands by Connect's word, sorted.
std::vector<ReplayPartition> positionsOf(const std::vector<ConnectorOffset> &offsets)
{
    std::vector<ReplayPartition> positions;
    for (const auto &entry : offsets) {
        if (const auto position = sinkPosition(entry)) {
            positions.push_back({.tp = position->tp, .committed = position->offset});
        }
    }
    std::ranges::sort(positions, {}, &ReplayPartition::tp);
    return positions;
}

void addSaved(std::vector<ReplayPartition> &partitions, const std::vector<ConnectorOffset> &saved)
{
    for (const auto &entry : saved) {
        const auto position = sinkPosition(entry);
        const auto found
            = position ? std::ranges::find(partitions, position->tp, &ReplayPartition::tp) : partitions.end();
        if (found != partitions.end()) {
            found->inSnapshot = true;
            found->saved = position->offset;
        }
    }
}

} // namespace

QString groupOf(const ConnectorInfo &info)
{
    if (info.type == ConnectorType::Source) {
        return {};
    }
    const auto *own = findConfig(info.config, QStringLiteral("consumer.override.group.id"));
    const QString usual = QStringLiteral("connect-") + info.name;
    return own && !own->isEmpty() ? *own : usual;
}

Task<ReplayFacts> readReplayFacts(ReplayRequest request, FactSources sources, CallOptions options)
{
    const Remaining remaining(sources.clock, options);
    auto answers = co_await askConnect(sources.connect, request.connector.name, remaining.options());
    if (!answers) {
        co_return failure(answers.error());
    }
    ReplayFacts facts {.operation = sources.base};
    facts.operation.status = std::move(answers->status);
    facts.operation.serverVersion = answers->server.version;
    facts.operation.workerUrl = sources.connect->workerUrls().value(0);
    facts.operation.now = sources.clock->now();
    facts.kafkaClusterId = answers->server.kafkaClusterId;
    facts.offsets = std::move(answers->offsets);
    facts.groupName = groupOf(answers->info);
    facts.recordsPerSecond = sources.recordsPerSecond;
    if (answers->info.type != ConnectorType::Source) {
        facts.partitions = positionsOf(facts.offsets);
        for (const auto &topic : topicsRead(answers->info.config, {})) {
            facts.topics.push_back({.name = topic});
        }
        std::ranges::sort(facts.topics, {}, &ReplayTopic::name);
    }
    if (answers->info.type != ConnectorType::Source && sources.brokers) {
        auto found = co_await readBrokers(sources.brokers,
            {.request = request,
                .config = answers->info.config,
                .known = facts.partitions,
                .group = facts.groupName,
                .sampleRecords = sources.sampleRecords},
            remaining);
        facts.brokersKnown = found.known;
        facts.timesKnown = found.timesKnown;
        facts.partitions = std::move(found.partitions);
        if (found.known) {
            facts.topics = std::move(found.topics);
        }
        facts.group = std::move(found.group);
        facts.sizes = found.sizes;
    }
    addSaved(facts.partitions, sources.saved);
    facts.operation.info = std::move(answers->info);
    co_return facts;
}

} // namespace headgate
