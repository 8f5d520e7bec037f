// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/realedges.h"

#include "clients/connect/restconnectclient.h"
#include "clients/kafka/rdkafkaadmin.h"
#include "clients/kafka/rdkafkareader.h"
#include "clients/kafka/rdkafkawriter.h"
#include "clients/schemaregistry/restschemaregistry.h"
#include "clients/secrets/libsecretstore.h"

namespace headgate {

RealEdges makeRealEdges()
{
    RealEdges real {.secrets = std::make_shared<SessionSecrets>(makeDesktopSecrets())};
    const auto clock = std::make_shared<SystemClock>();
    real.edges.clock = clock;
    real.edges.secrets = real.secrets;
    real.edges.connect = [clock](const ConnectClusterConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRestConnectClient(config, std::move(secrets), clock);
    };
    real.edges.kafkaAdmin = [clock](const KafkaConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRdKafkaAdmin(config, std::move(secrets), clock);
    };
    real.edges.reader = [clock](const KafkaConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRdKafkaReader(config, std::move(secrets), clock);
    };
    real.edges.writer = [clock](const KafkaConfig &config, const QString &id, std::shared_ptr<SecretStore> secrets) {
        return makeTransactionalWriter(config, id, std::move(secrets), clock);
    };
    real.edges.schemaRegistry = [clock](const SchemaRegistryConfig &config, std::shared_ptr<SecretStore> secrets) {
        return makeRestSchemaRegistry(config, std::move(secrets), clock);
    };
    return real;
}

} // namespace headgate
