// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/storage/operationslog.h"
#include "services/operations/operationrecords.h"

#include <functional>

namespace headgate {

/*! The operations as they are known: the newest in memory, all of them in the log of their context. Says when one of
 * those in memory is another now. GUI thread, files in the pool; owned by the operations service. */
class OperationsBook
{
public:
    //! Logs are <directory>/<context>.jsonl.
    OperationsBook(QString directory, std::function<void()> changed);

    const std::vector<Operation> &operations() const { return m_operations; } //!< newest first, at most 1,000
    Operation *find(const OperationId &id); //!< in memory; nullptr: it is not there. Good until the next await
    void show(Operation operation);         //!< instead of what was known under its id
    void touched() const { m_changed(); }   //!< one was changed in its place

    QCoro::Task<Result<void>> append(ContextId context, QByteArray body);
    Task<std::vector<LoggedOperation>> read(ContextId context) const;
    Task<std::vector<Operation>> search(ContextId context, QString text, CallOptions options);
    Task<Operation> fetch(ContextId context, OperationId id, CallOptions options);
    Task<LogVerdict> verify(ContextId context, CallOptions options) const;
    OperationsLog logOf(const ContextId &context) const;

private:
    QString m_directory;
    std::function<void()> m_changed;
    std::vector<Operation> m_operations;
};

} // namespace headgate
