// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/replaylab.h"

#include "support/fakes/fakeorders.h"

#include <QTest>

#include <algorithm>

//! @{ Stand in front of the C library's: hundreds of logs are written here, and what a disk does is not the matter.
extern "C" int fsync(int)
{
    return 0;
}
extern "C" int fdatasync(int)
{
    return 0;
}
//! @}

namespace headgate {

ReplayLab::ReplayLab()
{
    addOrders(world);
    settings.recorded = [this](ReplayStep step, StepState state) {
        const auto found
            = std::ranges::find_if(m_acts, [&](const Act &each) { return each.step == step && each.state == state; });
        if (found != m_acts.end()) {
            const auto act = found->act;
            m_acts.erase(found);
            act();
        }
    };
}

void ReplayLab::start()
{
    contexts = std::make_unique<ContextsService>(world.edges(), ContextsService::Paths {});
    auto context = world.context(lab().text, withKafka);
    context.environment = environment;
    contexts->addTransient(context);
    operations = std::make_unique<OperationsService>(
        *contexts, OperationsService::Settings {.directory = dir.path() + QStringLiteral("/log")});
    replay = std::make_unique<ReplayService>(*contexts, *operations, settings);
}

void ReplayLab::close()
{
    if (!replay) {
        return;
    }
    on(operations->close());
    on(replay->close());
    on(contexts->close());
    replay.reset();
    operations.reset();
    contexts.reset();
    QCOMPARE(world.clock->sleeping(), 0);
}

void ReplayLab::at(ReplayStep step, StepState state, std::function<void()> act)
{
    m_acts.push_back({step, state, std::move(act)});
}

void ReplayLab::die(int lost)
{
    if (m_dead) {
        return;
    }
    m_dead = true;
    cluster().mute = true;
    m_left = OperationsLog(logFile()).read().value();
    m_left.resize(m_left.size() - size_t(lost));
}

void ReplayLab::nextProcess()
{
    if (!m_dead) {
        die();
    }
    close();
    QVERIFY(QFile::remove(logFile()) && QFile::remove(logFile() + QStringLiteral(".head")));
    const OperationsLog log(logFile());
    auto left = operationsOf(m_left);
    std::ranges::reverse(left); // oldest first
    for (auto &logged : left) {
        logged.lease = {QStringLiteral("another boot"), 1, 1};
        QVERIFY(log.append(intentRecord(logged)));
        for (const auto &step : logged.operation.steps) {
            QVERIFY(log.append(stepRecord(logged.operation.id, step)));
        }
        if (logged.operation.outcome) {
            QVERIFY(log.append(outcomeRecord(logged.operation)));
        }
    }
    m_dead = false;
    cluster().mute = false;
    start();
}

Confirmation ReplayLab::typed()
{
    return {.person = QStringLiteral("Ada <ada@example.org>"),
        .reason = QStringLiteral("a lost table"),
        .typedName = QStringLiteral("orders")};
}

Result<ReplayPlan> ReplayLab::plan(const ReplayRequest &request)
{
    return on(replay->plan(request, {.deadline = std::chrono::seconds(30)}));
}

Result<OperationId> ReplayLab::run(const ReplayPlan &plan)
{
    return on(replay->run(plan, typed()));
}

Operation ReplayLab::end(const OperationId &id)
{
    return on(operations->finished(id, {.deadline = std::chrono::hours(2)})).value_or(Operation {});
}

Operation ReplayLab::carryOut(const ReplayRequest &request)
{
    const auto planned = plan(request);
    const auto id = planned ? run(*planned) : Result<OperationId>(failure(planned.error()));
    return id ? end(*id) : Operation {.observed = QStringLiteral("did not begin"), .error = id.error()};
}

std::vector<Operation> ReplayLab::interrupted()
{
    return on(operations->findInterrupted(lab(), {})).value_or(std::vector<Operation> {});
}

ReplayLab::Where ReplayLab::positions()
{
    Where found;
    for (const auto &each : sink().offsets) {
        const auto position = sinkPosition(each).value();
        found[position.tp] = position.offset.value_or(-1);
    }
    return found;
}

std::int64_t ReplayLab::delivered()
{
    std::int64_t sum = 0;
    for (const auto &each : sink().delivered) {
        sum += each.to - each.from;
    }
    return sum;
}

void ReplayLab::setState(const char *state)
{
    auto &status = sink().status;
    status.connector = parseState(QString::fromLatin1(state));
    status.tasks.clear();
    if (status.connector.run != RunState::Stopped) {
        status.tasks.push_back({.id = 0, .state = status.connector});
    } else {
        world.kafka->groups.clear();
    }
}

int ReplayLab::sent(const char *method) const
{
    return world.clusters.at(QStringLiteral("main"))->count(QString::fromLatin1(method));
}

ConnectorOffset ReplayLab::entry(int partition, std::int64_t offset)
{
    return ordersEntry(partition, offset);
}

ReplayLab::Where ReplayLab::where(std::int64_t zero, std::int64_t one, std::int64_t two)
{
    return {{{topic(), 0}, zero}, {{topic(), 1}, one}, {{topic(), 2}, two}};
}

ReplayRequest ReplayLab::backBy(std::int64_t records)
{
    return to(PositionKind::BackBy, records);
}

ReplayRequest ReplayLab::to(PositionKind kind, std::int64_t number)
{
    return {.connector = ref(), .everywhere = {.kind = kind, .number = number}};
}

FakeAnswer ReplayLab::answers(int status, const char *message)
{
    return {.answer = fakeConnectError(status, QString::fromLatin1(message)), .takesEffect = false};
}

} // namespace headgate
