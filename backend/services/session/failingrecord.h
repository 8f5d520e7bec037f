// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/kafka/kafkaadmin.h"
#include "domain/triage/problem.h"

#include <memory>

namespace headgate {

/*! The record behind a failure. A conversion fault is found by reading on from the committed position with the same
 * converter, at most 10,000 records or 10 s; of a put() fault only the range is known, unless the trace names the
 * record. NotFound: no record in that range fails; NotSupported: a converter of which we cannot say what it refuses;
 * NotConfigured positions read NotFound. */
Task<FailingRecord> searchFailingRecord(ConnectorFacts facts, int task, std::shared_ptr<RecordReader> reader,
    std::shared_ptr<Clock> clock, CallOptions options);

} // namespace headgate
