// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/storage/operationslog.h"
#include "domain/operations/operation.h"
#include "services/operations/lease.h"

namespace headgate {

//! An operation as the log tells it.
struct LoggedOperation
{
    Operation operation;
    Lease lease;
    QString kafkaClusterId; //!< of the platform it ran on; empty: not known

    bool operator==(const LoggedOperation &) const = default;
};

//! @{ Bodies of log records. Free texts are redacted before they enter.
QByteArray intentRecord(const LoggedOperation &intent);
QByteArray stepRecord(const OperationId &id, const OperationStep &step); //!< `data` is kept as it is: no secrets in it
//! An interrupted saga goes on in another process.
QByteArray takeUpRecord(const OperationId &id, Instant at, const QString &person, const Lease &lease);
//! Nobody drives it any more, though the process lives on: whoever finds it may take it up.
QByteArray letGoRecord(const OperationId &id, Instant at, const QString &person);
QByteArray outcomeRecord(const Operation &operation);
//! @}

//! Operations put together from their records, newest first. Records of another kind or version are passed over.
std::vector<LoggedOperation> operationsOf(const std::vector<LogEntry> &entries);

//! All words of `text` (blank separated) are somewhere in the operation, whatever their case.
bool mentions(const Operation &operation, const QString &text);

} // namespace headgate
