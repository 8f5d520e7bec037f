// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <librdkafka/rdkafka.h>

namespace headgate {

//! What a code of librdkafka or a broker means to the program.
ErrorKind kindOf(rd_kafka_resp_err_t code);
//! Kafka's own name, e.g. "NOT_LEADER_FOR_PARTITION"; empty for no error.
QString nameOf(rd_kafka_resp_err_t code);
//! The partition moved or its leader is being chosen: asking again after a metadata refresh may help (KF-02).
bool isLeaderChange(rd_kafka_resp_err_t code);
//! Whether the library tells of a peer that closed when it was first asked, as TLS and SASL listeners do with plain
//! text.
bool hungUpAtFirst(const QString &text);
/*! The cause as a sentence: without librdkafka's "host:port/bootstrap: " and "(after 3ms in state CONNECT)", and with
 * words of our own where the library's are a riddle (an HTTP port, a wrong security protocol). */
QString causeOf(rd_kafka_resp_err_t code, const QString &text);
Error kafkaError(rd_kafka_resp_err_t code, const QString &text, QString target, QString request);

} // namespace headgate
