// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/window/windowlab.h"

#include "models/operations/person.h"
#include "support/cast/cast.h"
#include "views/shell/commandpalette.h"
#include "views/shell/shellactions.h"
#include "views/shell/windowpages.h"

#include <QAction>
#include <QTest>

namespace headgate {

using namespace std::chrono_literals;

WindowLab::WindowLab(Environment environment, Mode mode)
    : m_environment(environment)
    , m_mode(mode)
{
    storePerson(QStringLiteral("Ada <ada@example.org>"));
    auto &main = world.cluster();
    main.add(QStringLiteral("invoices-jdbc-sink"), ConnectorType::Sink, {"RUNNING", "FAILED", "RUNNING"});
    main.failTask(QStringLiteral("invoices-jdbc-sink"), 1,
        QStringLiteral("org.apache.kafka.connect.errors.ConnectException: boom"));
    main.add(QStringLiteral("orders-cdc-source"), ConnectorType::Source, {"RUNNING"});
    main.add(QStringLiteral("loyalty-redis-sink"), ConnectorType::Sink, {"PAUSED", "PAUSED"}, "PAUSED");
    contexts = std::make_unique<ContextsService>(world.edges(),
        ContextsService::Paths {
            dir.filePath(QStringLiteral("contexts")), dir.filePath(QStringLiteral("cache")), dir.path()});
    operations = std::make_unique<OperationsService>(
        *contexts, OperationsService::Settings {.directory = dir.filePath(QStringLiteral("log"))});
    replay = std::make_unique<ReplayService>(*contexts, *operations, ReplayService::Settings {});
    ledger = std::make_unique<LedgerService>(*contexts, *operations);
    proofs = std::make_unique<FixProofService>(*contexts, *operations);
    letters = std::make_unique<DeadLetterService>(*contexts, *operations, DeadLetterService::Settings {});
    window = std::make_unique<MainWindow>(*contexts, *operations, prompts);
    addPages(*window, {*contexts, *operations, *replay, *ledger, *proofs, *letters});
}

WindowLab::~WindowLab()
{
    close();
}

void WindowLab::playCast()
{
    cluster().connectors.clear();
    for (const auto &facts : cast::snapshot().connectors) {
        auto &connector = cluster().add(facts.ref.name, facts.status.type, {});
        connector.status = facts.status;
        connector.info = facts.info.value_or(ConnectorInfo {facts.ref.name, facts.status.type, {}, {}});
        connector.topics = facts.topics;
    }
}

void WindowLab::open()
{
    auto context = world.context(QStringLiteral("eu-prod"), withKafka);
    context.environment = m_environment;
    context.mode = m_mode;
    context.schemaRegistry = schemaRegistry;
    contexts->addTransient(context);
    contexts->setCurrent(context.id);
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    const auto *session = contexts->session(context.id);
    QVERIFY(world.clock->advanceUntil([session] { return session->snapshot()->connectors.size() > 0; }, 30s));
    follow();
}

void WindowLab::follow()
{
    const auto &picture = window->picture();
    const auto *session = contexts->session(contexts->current());
    QTRY_VERIFY(picture && picture->snapshot == session->snapshot() && picture->now == world.clock->now());
}

void WindowLab::pass(Milliseconds time)
{
    world.clock->advance(time);
    follow();
}

QStringList WindowLab::sent()
{
    QStringList lines;
    for (const auto &call : cluster().writes()) {
        lines << call.request;
    }
    return lines;
}

void WindowLab::close()
{
    if (!window) {
        return;
    }
    window.reset();
    auto ending = operations->close();
    QVERIFY(world.clock->advanceUntil([&] { return ending.isReady(); }, 5min));
    auto watches = ledger->close();
    QVERIFY(world.clock->advanceUntil([&] { return watches.isReady(); }, 5min));
    auto replays = replay->close();
    QVERIFY(world.clock->advanceUntil([&] { return replays.isReady(); }, 5min));
    auto reading = proofs->close();
    QVERIFY(world.clock->advanceUntil([&] { return reading.isReady(); }, 5min));
    auto redrives = letters->close();
    QVERIFY(world.clock->advanceUntil([&] { return redrives.isReady(); }, 5min));
    auto leaving = contexts->close();
    QVERIFY(world.clock->advanceUntil([&] { return leaving.isReady(); }, 5min));
    ledger.reset();
    letters.reset();
    proofs.reset();
    replay.reset();
    operations.reset();
    contexts.reset();
}

void visitEverything(WindowLab &lab, const std::function<void()> &check)
{
    for (const auto page :
        {PageId::Triage, PageId::Connectors, PageId::DeadLetters, PageId::Activity, PageId::Contexts}) {
        lab.window->goTo({.page = page});
        lab.follow();
        check();
    }
    for (const auto *half : {"activity.ledger", "activity.operations"}) { // left as it was found
        lab.find<QAction>(half)->trigger();
        lab.follow();
        check();
    }
    // A sink by its group, a source by its own document.
    for (const auto &name : {QStringLiteral("invoices-jdbc-sink"), QStringLiteral("orders-cdc-source")}) {
        lab.window->goTo(
            {.page = PageId::Replay, .connector = {lab.contexts->current(), {QStringLiteral("main")}, name}});
        lab.pass(2s);
        check();
    }
    lab.window->openPalette();
    check();
    lab.window->palette()->hide();
    lab.window->actions()->activity->trigger();
    check();
    lab.window->actions()->activity->trigger();
    Q_EMIT lab.window->currentPage()->actRequested({.kind = OperationKind::Pause,
        .connector = {lab.contexts->current(), {QStringLiteral("main")}, QStringLiteral("orders-cdc-source")}});
    lab.pass(2s);
    check();
}

} // namespace headgate
