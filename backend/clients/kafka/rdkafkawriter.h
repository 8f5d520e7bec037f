// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "clients/secrets/secretstore.h"
#include "common/clock.h"

namespace headgate {

/*! An idempotent producer (acks of all replicas, no duplicates by the library's own retries), made on first use. A
 * record whose delivery report did not come is OutcomeUnknown: it may be in the log (on AutoMQ timed-out records were).
 */
std::unique_ptr<RecordWriter> makeRdKafkaWriter(
    const KafkaConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock);

/*! A transactional producer (KIP-98): each write() is one transaction. Its first call fences whoever had the same id
 * before and ends what that one had left open, so that what was sent is settled from then on. Also NotPermitted: the
 * login may not write under this id. */
std::unique_ptr<RecordWriter> makeTransactionalWriter(const KafkaConfig &config, const QString &transactionalId,
    std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock);

} // namespace headgate
