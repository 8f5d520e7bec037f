// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

namespace headgate {

namespace {

QStringList workersOf(const Playground &playground)
{
    QStringList workers;
    for (const auto &cluster : playground.context.connectClusters) {
        workers << cluster.workers;
    }
    return workers;
}

void tell(const Report &report, const Playground &playground, bool running)
{
    const auto workers = workersOf(playground).join(QStringLiteral(", "));
    const std::vector<QStringList> rows {{QStringLiteral("context"), playground.context.name},
        {QStringLiteral("workers"), workers}, {QStringLiteral("brokers"), playground.context.kafka.bootstrap},
        {QStringLiteral("logs"), playground.logDirectory},
        {QStringLiteral("process"), QString::number(playground.pid)}};
    for (const auto &line : running ? aligned(rows) : QStringList {QStringLiteral("The sandbox has ended.")}) {
        report.line(line);
    }
    report.document({{QStringLiteral("running"), running}, {QStringLiteral("context"), playground.context.name},
        {QStringLiteral("workers"), workers}, {QStringLiteral("bootstrap"), playground.context.kafka.bootstrap},
        {QStringLiteral("logs"), playground.logDirectory}, {QStringLiteral("pid"), playground.pid}});
}

Exit failed(const Report &report, const Error &error)
{
    report.fault(error);
    return Exit::Failed;
}

} // namespace

QCoro::Task<Exit> runSandbox(Runtime *runtime, CommandLine line, Report report)
{
    auto playground = co_await runtime->launcher().attach();
    if (line.verb == Verb::SandboxUp && !playground) {
        playground = co_await runtime->launcher().launch(line.playground, {.deadline = std::chrono::minutes(3)});
    }
    if (!playground) {
        co_return failed(report, playground.error());
    }
    if (line.verb != Verb::SandboxDown) {
        if (const auto answer = co_await runtime->ask(*playground); !answer) {
            co_return failed(report, answer.error());
        }
        tell(report, *playground, true);
        co_return Exit::Done;
    }
    const auto ended = co_await runtime->launcher().end(*playground);
    if (!ended) {
        co_return failed(report, ended.error());
    }
    tell(report, *playground, false);
    co_return Exit::Done;
}

} // namespace headgate
