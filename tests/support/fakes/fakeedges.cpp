// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakeedges.h"

namespace headgate {

FakeConnectCluster &FakeEdges::cluster(const QString &name, QStringList workers)
{
    auto &made = clusters[name];
    if (!made) {
        made = std::make_shared<FakeConnectCluster>(clock, std::move(workers));
    }
    return *made;
}

ContextConfig FakeEdges::context(const QString &id, bool withKafka) const
{
    ContextConfig config {.id = {id}, .name = id, .mode = Mode::Guarded};
    for (const auto &[name, cluster] : clusters) {
        config.connectClusters.push_back({.name = {name}, .workers = cluster->workers});
    }
    if (withKafka) {
        config.kafka.bootstrap = QStringLiteral("broker-1:9092");
    }
    return config;
}

Edges FakeEdges::edges() const
{
    const auto known = clusters;
    const auto brokers = kafka;
    const auto time = clock;
    return {
        .clock = clock,
        .secrets = secrets,
        .connect = [known, time](const ConnectClusterConfig &config,
                       const std::shared_ptr<SecretStore> &) -> std::unique_ptr<ConnectClient> {
            const auto found = known.find(config.name.text);
            auto cluster
                = found != known.end() ? found->second : std::make_shared<FakeConnectCluster>(time, config.workers);
            return std::make_unique<FakeConnectClient>(std::move(cluster));
        },
        .kafkaAdmin
        = [brokers](const KafkaConfig &, const std::shared_ptr<SecretStore> &) -> std::unique_ptr<KafkaAdmin> {
            return std::make_unique<FakeKafkaAdmin>(brokers);
        },
        .reader
        = [brokers](const KafkaConfig &, const std::shared_ptr<SecretStore> &) -> std::unique_ptr<RecordReader> {
            return std::make_unique<FakeRecordReader>(brokers);
        },
        .writer = [brokers](const KafkaConfig &, const QString &id, const std::shared_ptr<SecretStore> &)
            -> std::unique_ptr<RecordWriter> { return std::make_unique<FakeRecordWriter>(brokers, id); },
        .schemaRegistry = [registry = schemas](const SchemaRegistryConfig &, const std::shared_ptr<SecretStore> &)
            -> std::unique_ptr<SchemaRegistry> { return std::make_unique<FakeSchemaRegistry>(registry); },
    };
}

} // namespace headgate
