// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/records/errorrules.h"
#include "localworker/kafka/records.h"
#include "localworker/runtime/connectorconfig.h"
#include "localworker/runtime/throwable.h"

#include <chrono>

namespace headgate::localworker {

//! What a connector's errors.* keys ask for (KIP-298).
struct ErrorPolicy
{
    ErrorRules rules;
    /*! Between two deliveries of a refused batch. errors.retry.timeout is not here: in Connect it bounds retriable
     * failures of converters and transforms, of which this worker has none; a put() that asks for it is repeated
     * without end there too. */
    std::chrono::milliseconds retryDelayMax {60'000};

    std::string deadLetterTopic() const { return rules.deadLetterTopic.toStdString(); } //!< empty: none
    static ErrorPolicy from(const ConnectorConfig &config);
};

//! A failure of one stage, as Connect wraps it when nothing is tolerated.
Throwable toleranceExceeded(Throwable cause);

/*! The record as it goes to the dead letter topic: same key, value and timestamp; original headers first, then, if
 * asked for, Connect's ten `__connect.errors.*` headers in Connect's order. */
OutRecord deadLetter(const ErrorPolicy &policy, const InRecord &record, const std::string &connector, int task,
    const std::string &stage, const std::string &className, const Throwable &error);

} // namespace headgate::localworker
