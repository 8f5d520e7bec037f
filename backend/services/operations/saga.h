// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/connect/connectclient.h"
#include "domain/operations/operation.h"

#include <functional>
#include <memory>

namespace headgate {

//! How what was begun ended. Without an outcome it was stopped from outside: nothing is known, the log stays open.
struct OperationEnd
{
    std::optional<Outcome> outcome;
    QString observed;
    std::optional<Error> error;
};

/*! What the pipeline lends to a saga while it runs: its lock on the connector, its place in the log, its line in
 * Activity. Good until the saga's coroutine ends. */
struct SagaSeat
{
    OperationId id;
    std::shared_ptr<ConnectClient> client; //!< for writes; its own reads are fine too
    //! The program closes, or somebody stopped waiting: stop at the next safe place, without an outcome.
    std::stop_token stop;
    //! The program closes: what was sent is given up. Whoever only stopped waiting still gets its answer written down.
    std::stop_token closing;
    std::function<void(OperationPhase, QString)> tell;
    //! On disk (fsync) and shown when it ends. StorageFailed: the step must not have an effect.
    std::function<QCoro::Task<Result<void>>(OperationStep)> record;
    std::vector<OperationStep> earlier; //!< of the process that was interrupted
};
using Saga = std::function<QCoro::Task<OperationEnd>(SagaSeat)>;

} // namespace headgate
