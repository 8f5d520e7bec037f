// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"

#include <QByteArray>

namespace headgate {

enum class CallKind { Read, Write };

/*! What a Connect worker (or something in front of it) meant by an answer that is no success. Pure.
 *
 * The status alone does not tell: Connect answers 500 for a rebalance and for a write that may still happen, 409 for
 * what passes and for what stays, 404 while it starts. So the text decides too; the source of the texts is
 * HerderRequestHandler, RestClient and DistributedHerder of Kafka 3.9 and 4.1. `location` is the Location header. For a
 * write, OutcomeUnknown where it may still happen. */
Error connectError(int status, const QByteArray &body, const QByteArray &location, CallKind call);

//! True for an Error another worker of the same cluster may not have.
bool mayAskAnotherWorker(const Error &error);

} // namespace headgate
