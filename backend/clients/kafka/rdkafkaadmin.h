// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "clients/secrets/secretstore.h"
#include "common/clock.h"

namespace headgate {

std::unique_ptr<KafkaAdmin> makeRdKafkaAdmin(
    const KafkaConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock);

} // namespace headgate
