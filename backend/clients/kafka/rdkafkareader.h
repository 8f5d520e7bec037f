// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "clients/secrets/secretstore.h"
#include "common/clock.h"

namespace headgate {

//! Reads on a handle of its own, one read at a time; made on first use.
std::unique_ptr<RecordReader> makeRdKafkaReader(
    const KafkaConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock);

} // namespace headgate
