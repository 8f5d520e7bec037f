// SPDX-License-Identifier: GPL-3.0-or-later
#include "launchoptions.h"

#include <CLI/CLI.hpp>

#include <sstream>

namespace headgate {

namespace {

constexpr int usageError = 2;

//! Qt ends a program without a display by an abort that explains itself to nobody.
bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

void endWith(LaunchOptions &options, int code, const std::string &text)
{
    options.exitCode = code;
    options.message = QString::fromStdString(text);
}

PlaygroundKind kindOf(const std::string &name)
{
    return name == "kafka" ? PlaygroundKind::Kafka : PlaygroundKind::Embedded;
}

} // namespace

QString noDisplaySentence()
{
    return QStringLiteral("headgate: no window can be opened here. headgatectl does the same in a terminal; "
                          "--tour=DIRECTORY leaves pictures of every page.");
}

LaunchOptions parseCommandLine(int argc, char **argv)
{
    CLI::App app("Native console for Kafka Connect", "headgate");
    app.set_version_flag("--version", "headgate " HEADGATE_VERSION);
    std::string sandbox, context, tour;
    LaunchOptions options;
    auto *sandboxOption
        = app.add_option("--sandbox", sandbox,
                 "Open on a sandbox: embedded, or kafka for a real broker and real Connect workers (needs Java)")
              ->expected(0, 1)
              ->check(CLI::IsMember({"embedded", "kafka"}));
    app.add_option("--brokers", options.playground.brokers, "Brokers of --sandbox=kafka")
        ->check(CLI::Range(1, mostPlaygroundBrokers));
    app.add_option("--workers", options.playground.workers, "Connect workers of --sandbox=kafka")
        ->check(CLI::Range(1, mostPlaygroundWorkers));
    app.add_option("--context", context, "Context to open, by its id or name");
    app.add_option("--tour", tour, "Leave a picture of every page in this directory, print the triage, and end");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) { // CLI11's way to say --help, too; no exception leaves this file
        std::ostringstream out, err;
        const int code = app.exit(error, out, err);
        endWith(options, code == 0 ? 0 : usageError, out.str() + err.str());
        return options;
    }
    if (sandboxOption->count() > 0) {
        options.playground.kind = kindOf(sandbox);
        options.sandbox = options.playground.kind;
    }
    options.context = QString::fromStdString(context);
    options.tour = QString::fromStdString(tour);
    if (!hasDisplay() && options.tour.isEmpty()) {
        endWith(options, 1, noDisplaySentence().toStdString() + '\n');
    } else if (!options.tour.isEmpty() && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen"); // nobody looks at its window, and a display that is named may be gone
    }
    return options;
}

} // namespace headgate
