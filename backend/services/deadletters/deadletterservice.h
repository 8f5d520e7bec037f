// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deadletters/redrivedrift.h"
#include "domain/deadletters/redriveprogress.h"
#include "services/deadletters/deadletterreader.h"
#include "services/deadletters/schemareader.h"

#include <QObject>

#include <functional>

namespace headgate {

/*! Dead letters: which topics hold them, what is in them, and sending chosen ones again as a saga of the operations
 * pipeline. GUI thread; owned by the application, outlives every page. */
class DeadLetterService : public QObject
{
    Q_OBJECT
public:
    struct Settings
    {
        std::function<void(const OperationStep &)> recorded; //!< where tests let the program die
    };
    DeadLetterService(
        ContextsService &contexts, OperationsService &operations, Settings settings, QObject *parent = nullptr);
    ~DeadLetterService() override;

    Task<DeadLetterOverview> queues(ContextId context, CallOptions options);
    //! The newest `most` of one topic.
    Task<DeadLetterPage> browse(ContextId context, QString topic, int most, CallOptions options);
    Task<Record> fetch(ContextId context, RecordAt at, CallOptions options); //!< NotFound: gone by retention

    //! A key or value in a registry's frame; see SchemaReader.
    Task<DecodedPayload> decode(ContextId context, QByteArray framed, CallOptions options);

    //! Reads the chosen records, their targets, who else reads those, and earlier redrives of this connector.
    Task<RedrivePlan> plan(RedriveRequest request, CallOptions options);
    //! What differs now from what the plan was made on: empty = it may run.
    Task<std::vector<RedriveDrift>> checkDrift(RedrivePlan plan, CallOptions options);
    //! Nothing was sent when it fails: Conflict (drift, in `detail` one line each), InvalidInput (forbidden, name or
    //! reason missing), ModeForbids, NotSupported (no brokers, or none to write to), Locked, StorageFailed.
    Task<OperationId> run(RedrivePlan plan, Confirmation confirmation);
    //! Finds what was sent and sends the rest. NotFound: it is not interrupted (any more); Conflict: a topic of it was
    //! made anew or is gone; as run().
    Task<OperationId> continueInterrupted(OperationId interrupted, Confirmation confirmation);
    Task<void> leave(OperationId interrupted, QString note); //!< closes it as unknown

    QCoro::Task<> close();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate
