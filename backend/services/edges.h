// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "clients/kafka/kafkaadmin.h"
#include "clients/secrets/secretstore.h"
#include "common/clock.h"

#include <functional>
#include <memory>

namespace headgate {

/*! Everything that leaves the process, as the services get it: real ones from app/, fakes from tests/support. */
struct Edges {
    std::shared_ptr<Clock> clock;
    std::shared_ptr<SecretStore> secrets;
    std::function<std::unique_ptr<ConnectClient>(const ConnectClusterConfig &)> connect;
    std::function<std::unique_ptr<KafkaAdmin>(const KafkaConfig &)> kafkaAdmin; //!< may be empty: no brokers
    std::function<std::unique_ptr<RecordReader>(const KafkaConfig &)> reader;
};

} // namespace headgate
