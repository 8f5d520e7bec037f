// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/operations/operationsservice.h"
#include "support/fakes/fakeedges.h"

#include <QTemporaryDir>
#include <QTest>

namespace headgate {

//! An operations service over a fake world: one sink "orders" with two tasks, on a guarded context "lab".
struct OperationsLab
{
    QTemporaryDir dir;
    FakeEdges world;
    std::unique_ptr<ContextsService> contexts;
    std::unique_ptr<OperationsService> operations;

    explicit OperationsLab(Environment environment = Environment::Development)
    {
        world.cluster().add(QStringLiteral("orders"), ConnectorType::Sink, {"RUNNING", "RUNNING"});
        start(environment);
    }
    ~OperationsLab() { close(); }
    void start(Environment environment = Environment::Development)
    {
        contexts = std::make_unique<ContextsService>(world.edges(), ContextsService::Paths {});
        auto context = world.context(QStringLiteral("lab"), false);
        context.environment = environment;
        contexts->addTransient(context);
        operations = std::make_unique<OperationsService>(
            *contexts, OperationsService::Settings {.directory = dir.path() + QStringLiteral("/log")});
    }
    void close()
    {
        if (!operations) {
            return;
        }
        auto ending = operations->close();
        QVERIFY(world.clock->advanceUntil([&] { return ending.isReady(); }, std::chrono::minutes(3)));
        auto leaving = contexts->close();
        QVERIFY(world.clock->advanceUntil([&] { return leaving.isReady(); }, std::chrono::minutes(3)));
        operations.reset();
        contexts.reset();
        QCOMPARE(world.clock->sleeping(), 0);
    }
    FakeConnectCluster &cluster() { return world.cluster(); }
    FakeConnector &orders() { return cluster().at(QStringLiteral("orders")); }
    QString logFile() const { return dir.path() + QStringLiteral("/log/lab.jsonl"); }
    OperationRequest request(OperationKind kind, int task = -1) const
    {
        return {.kind = kind,
            .connector = {{QStringLiteral("lab")}, {QStringLiteral("main")}, QStringLiteral("orders")},
            .task = task};
    }
    Result<OperationPreview> preview(OperationKind kind, int task = -1)
    {
        return runOn(*world.clock, operations->preview(request(kind, task), {}));
    }
    Result<OperationId> run(const OperationPreview &preview, const Confirmation &confirmation = {})
    {
        return runOn(*world.clock, operations->run(preview, confirmation));
    }
    Operation end(const OperationId &id)
    {
        auto ended = runOn(
            *world.clock, operations->finished(id, {.deadline = std::chrono::minutes(20)}), std::chrono::minutes(20));
        return ended.value_or(Operation {});
    }
    //! Preview, run, end.
    Operation carryOut(OperationKind kind, int task = -1)
    {
        const auto shown = preview(kind, task);
        const auto id = shown ? run(*shown) : Result<OperationId>(failure(shown.error()));
        return id ? end(*id) : Operation {.error = id.error()};
    }
    LogVerdict verify()
    {
        return runOn(*world.clock, operations->verify({QStringLiteral("lab")}, {})).value_or(LogVerdict {});
    }
    QByteArray logText() const
    {
        QFile file(logFile());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static FakeAnswer answers(int status, const char *message)
    {
        const QString body
            = QStringLiteral("{\"error_code\":%1,\"message\":\"%2\"}").arg(status).arg(QString::fromLatin1(message));
        return {.answer = RestAnswer {.status = status, .body = body.toUtf8()}, .takesEffect = false};
    }
};

} // namespace headgate
