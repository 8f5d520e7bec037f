// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/operations/operationsservice.h"
#include "services/proof/proofreading.h"

#include <QObject>

namespace headgate {

/*! Tries proposed settings of a sink on the records that it is about to read, on local stand-ins of Connect's
 * converters. Nothing changes anywhere: records are read by assign(), no group is joined, nothing is committed, written
 * or sent to Connect but GETs. GUI thread; owned by the application, which awaits close(). */
class FixProofService : public QObject
{
    Q_OBJECT
public:
    FixProofService(ContextsService &contexts, OperationsService &operations, QObject *parent = nullptr);
    ~FixProofService() override;

    /*! At most 10,000 records, 10 s and 64 MB; the proof says which limit ended it. NotFound (connector or context
     * gone), InvalidInput (a source, no brokers configured), Unreachable (the brokers do not answer), NotPermitted (a
     * partition may not be read), Cancelled. */
    Task<FixProof> prove(ProofRequest request, ProofProgress progress, CallOptions options);
    QCoro::Task<> close();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate
