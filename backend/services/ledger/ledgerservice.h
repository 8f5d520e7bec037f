// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/ledgerwatch.h"

namespace headgate {

/*! The offset ledger: a view of the operations log, which it also writes: positions that jumped without Headgate, and
 * those where connectors start and stop, as records of their own in the same chain. GUI thread; owned by the
 * application, ends before operations and contexts. */
class LedgerService : public QObject
{
    Q_OBJECT
public:
    LedgerService(ContextsService &contexts, OperationsService &operations, LedgerWatch::Settings settings = {},
        QObject *parent = nullptr);
    ~LedgerService() override;

    //! From now on, what opened contexts show is written down. Without it the ledger is only read.
    void watch();
    //! The whole ledger of a context, newest first, read in the pool. A log that does not exist is an empty ledger.
    //! StorageFailed, TooLarge, Cancelled.
    Task<std::vector<LedgerEntry>> read(ContextId context, CallOptions options) const;
    QCoro::Task<> close();

Q_SIGNALS:
    void written(const headgate::ContextId &context);

private:
    void follow();
    QCoro::Task<> retire(std::unique_ptr<LedgerWatch> watch);

    ContextsService &m_contexts;
    OperationsService &m_operations;
    LedgerWatch::Settings m_settings;
    bool m_watching = false;
    std::vector<std::unique_ptr<LedgerWatch>> m_watches;
    std::vector<QCoro::Task<>> m_retiring;
};

} // namespace headgate
