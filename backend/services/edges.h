// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "clients/kafka/kafkaadmin.h"
#include "clients/schemaregistry/schemaregistry.h"
#include "clients/secrets/secretstore.h"
#include "common/clock.h"

#include <functional>
#include <memory>

namespace headgate {

/*! Everything that leaves the process, as the services get it: real ones from app/, fakes from tests/support. A client
 * is made with the store its secrets come from: usually `secrets`, for a connection test one that knows what was typed
 * and not saved yet. */
struct Edges
{
    template <class Client, class Config>
    using Make = std::function<std::unique_ptr<Client>(const Config &, std::shared_ptr<SecretStore>)>;

    std::shared_ptr<Clock> clock;
    std::shared_ptr<SecretStore> secrets;
    Make<ConnectClient, ConnectClusterConfig> connect;
    Make<KafkaAdmin, KafkaConfig> kafkaAdmin; //!< may be empty: no brokers
    Make<RecordReader, KafkaConfig> reader;   //!< may be empty
    //! Of a transactional id; may be empty: nothing can be written.
    std::function<std::unique_ptr<RecordWriter>(const KafkaConfig &, const QString &, std::shared_ptr<SecretStore>)>
        writer = {};
    Make<SchemaRegistry, SchemaRegistryConfig> schemaRegistry = {}; //!< may be empty: no schema is read
};

} // namespace headgate
