// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/edges.h"
#include "support/fakes/fakeclock.h"
#include "support/fakes/fakeconnectclient.h"
#include "support/fakes/fakekafka.h"
#include "support/fakes/fakeschemaregistry.h"
#include "support/fakes/fakesecretstore.h"

namespace headgate {

//! A whole fake world behind services: one clock, one secret store, Connect clusters by name, one Kafka.
struct FakeEdges
{
    std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();
    std::shared_ptr<FakeSecretStore> secrets = std::make_shared<FakeSecretStore>();
    std::shared_ptr<FakeKafka> kafka = std::make_shared<FakeKafka>(clock);
    std::shared_ptr<FakeSchemas> schemas = std::make_shared<FakeSchemas>();
    std::map<QString, std::shared_ptr<FakeConnectCluster>> clusters;

    FakeConnectCluster &cluster(
        const QString &name = QStringLiteral("main"), QStringList workers = {QStringLiteral("http://worker-1:8083")});
    //! A context over every cluster made so far; brokers where `withKafka`.
    ContextConfig context(const QString &id = QStringLiteral("lab"), bool withKafka = true) const;
    Edges edges() const;
};

//! Runs a task to its end on virtual time: advances the clock until it is ready (at most `limit`).
template <class T> T runOn(FakeClock &clock, QCoro::Task<T> task, Milliseconds limit = std::chrono::minutes(10))
{
    clock.advanceUntil([&task] { return task.isReady(); }, limit);
    if (!task.isReady()) {
        qFatal("the task did not end in the virtual time given");
    }
    return QCoro::waitFor(std::move(task));
}

} // namespace headgate
