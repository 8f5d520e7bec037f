// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/exitorder.h"
#include "commands.h"
#include "models/common/language.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QTimer>

#include <cstdio>

using namespace headgate;

namespace {

QCoro::Task<Exit> dispatch(Runtime *runtime, CommandLine line, Report report)
{
    switch (line.verb) {
    case Verb::Status:
        return runStatus(runtime, std::move(line), report);
    case Verb::Explain:
        return runExplain(runtime, std::move(line), report);
    case Verb::Operate:
        return runOperation(runtime, std::move(line), report);
    case Verb::VerifyAudit:
        return runVerifyAudit(runtime, std::move(line), report);
    case Verb::Info:
        return runInfo(runtime, std::move(line), report);
    case Verb::ReplayPlan:
    case Verb::ReplayRun:
    case Verb::ReplayRestore:
        return runReplay(runtime, std::move(line), report);
    case Verb::DeadLetters:
        return runDeadLetters(runtime, std::move(line), report);
    case Verb::Redrive:
        return runRedrive(runtime, std::move(line), report);
    case Verb::ReplayResume:
        return runReplayResume(runtime, std::move(line), report);
    case Verb::Offsets:
        return runOffsets(runtime, std::move(line), report);
    case Verb::OffsetsLedger:
        return runLedger(runtime, std::move(line), report);
    case Verb::Prove:
        return runProve(runtime, std::move(line), report);
    case Verb::SandboxUp:
    case Verb::SandboxDown:
    case Verb::SandboxInfo:
        return runSandbox(runtime, std::move(line), report);
    }
    return runInfo(runtime, std::move(line), report);
}

QCoro::Task<> run(CommandLine line)
{
    const Report report(line.json);
    Runtime runtime(line.wait);
    const auto exit = co_await dispatch(&runtime, line, report);
    co_await runtime.close();
    QCoreApplication::exit(static_cast<int>(exit));
}

} // namespace

int main(int argc, char **argv)
{
    leaveOpenSslToTheSystem();
    QCoreApplication app(argc, argv);
    // The window's names: they share the settings that say who acts.
    QCoreApplication::setOrganizationName(QStringLiteral("headgate"));
    QCoreApplication::setApplicationName(QStringLiteral("headgate"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));
    installLanguage(app); // for the plurals of the sentences that it shares with the window
    auto line = parseCommandLine(argc, argv);
    if (!line) {
        if (line.error().json) {
            const Error error {.kind = ErrorKind::InvalidInput, .message = line.error().text.trimmed()};
            Report(true).fault(error);
            return static_cast<int>(line.error().exit);
        }
        const auto text = line.error().text.toUtf8();
        std::fwrite(
            text.data(), 1, static_cast<std::size_t>(text.size()), line.error().exit == Exit::Done ? stdout : stderr);
        return static_cast<int>(line.error().exit);
    }
    QLoggingCategory::setFilterRules(QStringLiteral("*.debug=false\n*.info=false"));
    qSetMessagePattern(QStringLiteral("headgatectl: %{message}")); // warnings, as every other line to stderr
    // From within the event loop, so that exit() is heard.
    QTimer::singleShot(0, &app, [&line] { run(*std::move(line)); });
    return QCoreApplication::exec();
}
