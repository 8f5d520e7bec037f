// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/realedges.h"
#include "contract/subject.h"
#include "services/operations/operationsservice.h"

#include <QTemporaryDir>

namespace headgate::test {

//! The context "lab" over a subject, as the program has it: real edges, contexts, operations with a log of their own.
//! Whose services stand on them closes them in their order.
struct PlatformServices
{
    RealEdges real = makeRealEdges();
    QTemporaryDir logs; //!< lasts longer than one open(): another program begins over what was left
    ContextConfig context;
    std::unique_ptr<ContextsService> contexts;
    std::unique_ptr<OperationsService> operations;

    void open(const Subject &subject, Mode mode)
    {
        auto cluster = subject.cluster();
        cluster.name = {QStringLiteral("main")};
        real.secrets->keep(cluster.secret, subject.password());
        context = {.id = {QStringLiteral("lab")}, .name = QStringLiteral("lab"), .mode = mode};
        context.connectClusters = {cluster};
        context.kafka.bootstrap = subject.bootstrap();
        contexts = std::make_unique<ContextsService>(real.edges, ContextsService::Paths {});
        contexts->addTransient(context);
        operations
            = std::make_unique<OperationsService>(*contexts, OperationsService::Settings {.directory = logs.path()});
    }
    void reset()
    {
        operations.reset();
        contexts.reset();
    }
};

} // namespace headgate::test
