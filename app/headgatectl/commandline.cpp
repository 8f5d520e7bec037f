// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"
#include "sincetext.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>

namespace headgate {

namespace {

//! What CLI11 fills in; turned into a CommandLine when it fits together.
struct Typed
{
    std::string context, connect, bootstrap, config, connector, cluster, reason, typedName, person;
    std::string kind = "embedded";
    std::string to, plan, source, out, operation;
    std::string since, find;
    bool csv = false;
    std::vector<std::string> at, past, set, unset;
    int records = 500;
    std::string queue;
    std::vector<std::string> places;
    int cause = 0, limit = 1000;
    double rate = 20;
    bool all = false;
    bool goOn = false, restore = false, leave = false;
    bool noSnapshot = false, yes = false, json = false, tasks = false, onlyFailed = false;
    int task = -1;
    PlaygroundOptions playground;
    double timeout = 10;
    double wait = 120;
};

QString text(const std::string &typed)
{
    return QString::fromStdString(typed);
}

void addOperate(CLI::App &app, Typed &typed, const char *name, const char *what)
{
    auto *const verb = app.add_subcommand(name, what);
    verb->add_option("connector", typed.connector, "Name of the connector")->required();
    verb->add_option("--cluster", typed.cluster, "Connect cluster, where the context has several");
    verb->add_flag("--yes", typed.yes, "Confirm what the preview shows. Never lifts read-only");
    verb->add_option("--reason", typed.reason, "Why; needed on production");
    verb->add_option(
        "--type-name", typed.typedName, "The connector's name once more, where more than ten tasks are touched");
    verb->add_option("--wait", typed.wait, "Seconds to watch for the effect")->check(CLI::Range(1.0, 3600.0));
    verb->add_option("--as", typed.person, "Who you are: \"Name <mail>\"");
}

void addConfirmation(CLI::App *verb, Typed &typed)
{
    verb->add_flag("--yes", typed.yes, "Confirm what the preview shows. Never lifts read-only");
    verb->add_option(
        "--type-name", typed.typedName, "The connector's name once more: positions are always confirmed so");
    verb->add_option("--reason", typed.reason, "Why; needed on production");
    verb->add_option("--as", typed.person, "Who you are: \"Name <mail>\"");
    verb->add_option("--wait", typed.wait, "Seconds for each thing that is waited for")->check(CLI::Range(1.0, 3600.0));
}

void addPositions(CLI::App *verb, Typed &typed)
{
    verb->add_option("connector", typed.connector, "Name of the connector");
    verb->add_option("--cluster", typed.cluster, "Connect cluster, where the context has several");
    verb->add_option(
        "--to", typed.to, "Sink: earliest, latest, offset:N, time:2026-03-10T09:05:00Z, back:N, before:OPERATION");
    verb->add_option("--at", typed.at, "Sink: one partition, TOPIC-PARTITION=POSITION; also past:N. May be repeated");
    verb->add_option("--past", typed.past,
        "Sink: just past a record, TOPIC-PARTITION@OFFSET as \"explain\" names it. May be repeated");
    verb->add_option("--source", typed.source, "Source: a file of \"offsets export\" with the entries to set");
    verb->add_option("--out", typed.out, "Write the plan into this file");
}

std::string faultOfSince(const std::string &typed)
{
    const auto since = sinceFromText(text(typed), {});
    return since ? std::string() : since.error().message.toStdString();
}

void addLedger(CLI::App *offsets, Typed &typed)
{
    auto *const verb = offsets->add_subcommand(
        "ledger", "Who moved which positions, when and why; what connectors wrote and consumed. Asks nobody");
    verb->add_option("--connector", typed.connector, "Of this connector only");
    verb->add_option("--cluster", typed.cluster, "Of this Connect cluster only");
    verb->add_option("--since", typed.since, "90m, 24h, 7d, 2026-03-10 or 2026-03-10T09:05:00Z")->check(faultOfSince);
    verb->add_option("--find", typed.find, "Words that are all in a line; !word must not");
    verb->add_flag("--csv", typed.csv, "One line a partition, for spreadsheets");
}

void addReplay(CLI::App &app, Typed &typed)
{
    auto *const replay = app.add_subcommand("replay", "Read again from another position, with a way back");
    replay->require_subcommand(1);
    addPositions(replay->add_subcommand("plan", "Count what a new position would do; sends nothing"), typed);
    auto *const run = replay->add_subcommand("run", "Run a plan: stop, set, read back, resume, see it move");
    addPositions(run, typed);
    run->add_option("--plan", typed.plan, "A plan's file, instead of positions");
    addConfirmation(run, typed);
    auto *const restore = replay->add_subcommand("restore", "Put back what a replay found before it");
    restore->add_option("operation", typed.operation, "The replay's id, as in the operations log")->required();
    addConfirmation(restore, typed);
    auto *const resume = replay->add_subcommand(
        "resume", "Replays whose program ended in the middle: what is known, and what can be done");
    resume->add_option("operation", typed.operation, "One of them");
    auto *const goOn = resume->add_flag("--continue", typed.goOn, "Go on with its plan");
    auto *const back = resume->add_flag("--restore", typed.restore, "Put its saved positions back")->excludes(goOn);
    resume->add_flag("--leave", typed.leave, "Close it as it is")->excludes(goOn)->excludes(back);
    addConfirmation(resume, typed);
    auto *const offsets
        = app.add_subcommand("offsets", "Positions of a connector, as its worker tells them, and their ledger");
    offsets->require_subcommand(1);
    for (const auto *name : {"show", "export"}) {
        auto *const verb
            = offsets->add_subcommand(name, name[0] == 's' ? "Print them" : "Write them into a file, byte for byte");
        verb->add_option("connector", typed.connector, "Name of the connector")->required();
        verb->add_option("--cluster", typed.cluster, "Connect cluster, where the context has several");
        if (name[0] == 'e') {
            verb->add_option("--out", typed.out, "The file")->required();
        }
    }
    addLedger(offsets, typed);
}

void addProve(CLI::App &app, Typed &typed)
{
    auto *const prove = app.add_subcommand("prove",
        "Try settings on the records that a sink reads next; nothing changes. Exit 1: the task stops again, "
        "3: not proven");
    prove->add_option("connector", typed.connector, "Name of the connector")->required();
    prove->add_option("--cluster", typed.cluster, "Connect cluster, where the context has several");
    prove->add_option("--set", typed.set, "A proposed setting, KEY=VALUE. May be repeated")->allow_extra_args(false);
    prove->add_option("--unset", typed.unset, "A setting to take away. May be repeated")->allow_extra_args(false);
    prove->add_option("--records", typed.records, "How many to read around its position")->check(CLI::Range(1, 10'000));
}

void addDeadLetters(CLI::App &app, Typed &typed)
{
    auto *const dlq = app.add_subcommand("dlq", "Dead letters: what failed and why; sending them again");
    dlq->require_subcommand(1);
    auto *const list = dlq->add_subcommand("list", "Dead letter topics, or the causes and records of one");
    list->add_option("topic", typed.queue, "A dead letter topic");
    list->add_option("--limit", typed.limit, "Newest records that are looked at")->check(CLI::Range(1, 100'000));
    auto *const redrive = dlq->add_subcommand("redrive", "Send records again to where they came from; the topic stays");
    redrive->add_option("topic", typed.queue, "The dead letter topic");
    auto *const all = redrive->add_flag("--all", typed.all, "All that were looked at");
    auto *const cause = redrive->add_option("--cause", typed.cause, "Those of one cause, by its number in \"dlq list\"")
                            ->check(CLI::PositiveNumber)
                            ->excludes(all);
    redrive->add_option("--record", typed.places, "One record, PARTITION:OFFSET. May be repeated")
        ->excludes(all)
        ->excludes(cause);
    redrive->add_option("--limit", typed.limit, "Newest records that are looked at")->check(CLI::Range(1, 100'000));
    redrive->add_option("--to", typed.to, "Another topic than the one they came from");
    redrive->add_option("--rate", typed.rate, "Records a second")->check(CLI::Range(0.01, 10'000.0));
    redrive->add_option("--continue", typed.operation, "Go on with a redrive whose program ended");
    redrive->add_option("--connector", typed.connector, "Whose dead letters they are, where several write the topic");
    redrive->add_flag("--yes", typed.yes, "Confirm what the preview shows. Never lifts read-only");
    redrive->add_option("--type-name", typed.typedName, "The connector's name, where more than ten records are sent");
    redrive->add_option("--reason", typed.reason, "Why; needed on production");
    redrive->add_option("--as", typed.person, "Who you are: \"Name <mail>\"");
}

void addVerbs(CLI::App &app, Typed &typed)
{
    addProve(app, typed);
    addReplay(app, typed);
    addDeadLetters(app, typed);
    app.add_subcommand("status", "States, lag and problems of a context");
    auto *const explain = app.add_subcommand("explain", "Cause, evidence and next step of failed tasks");
    explain->add_option("connector", typed.connector, "Name of the connector; without it, everything that failed");
    explain->add_option("--cluster", typed.cluster, "Connect cluster, where the context has several");
    addOperate(app, typed, "pause", "Pause a connector and its tasks");
    addOperate(app, typed, "resume", "Resume a paused or stopped connector");
    addOperate(app, typed, "stop", "Stop a connector: its tasks end");
    for (const auto *name : {"pause", "stop"}) {
        app.get_subcommand(name)->add_flag(
            "--no-snapshot", typed.noSnapshot, "Do not save its positions into the operations log first");
    }
    addOperate(app, typed, "restart", "Restart a connector, its tasks, or the failed ones only");
    auto *const restart = app.get_subcommand("restart");
    auto *const all = restart->add_flag("--tasks", typed.tasks, "The connector and all its tasks");
    auto *const failed = restart->add_flag("--only-failed", typed.onlyFailed, "What failed only")->excludes(all);
    restart->add_option("--task", typed.task, "One task by its number")
        ->check(CLI::NonNegativeNumber)
        ->excludes(all)
        ->excludes(failed);
    auto *const audit = app.add_subcommand("audit", "The operations log");
    audit->require_subcommand(1);
    audit->add_subcommand("verify", "Check the hash chain of a context's log");
    app.add_subcommand("info", "Paths, versions, features");
    auto *const sandbox = app.add_subcommand("sandbox", "A platform to play with, in the background");
    sandbox->require_subcommand(1);
    auto *const up = sandbox->add_subcommand("up", "Start it; it ends by itself after 30 idle minutes");
    up->add_option("--kind", typed.kind, "embedded, or kafka: real brokers and workers (needs Java)")
        ->check(CLI::IsMember({"embedded", "kafka"}));
    up->add_option("--brokers", typed.playground.brokers, "With --kind kafka")
        ->check(CLI::Range(1, mostPlaygroundBrokers));
    up->add_option("--workers", typed.playground.workers, "With --kind kafka")
        ->check(CLI::Range(1, mostPlaygroundWorkers));
    sandbox->add_subcommand("down", "End it");
    sandbox->add_subcommand("info", "Where it is");
}

//! Common options belong to the program and may stand behind the verb too.
void addCommon(CLI::App &app, Typed &typed)
{
    auto *const context = app.add_option("--context", typed.context, "A context of yours, or \"sandbox\"");
    auto *const connect
        = app.add_option("--connect", typed.connect, "Addresses of one Connect cluster: URL[,URL]")->excludes(context);
    app.add_option("--bootstrap", typed.bootstrap, "Brokers: HOST:PORT[,HOST:PORT]")->needs(connect);
    app.add_option("--config", typed.config, "Properties of --connect: logins, TLS, mode, environment")->needs(connect);
    app.add_option("--timeout", typed.timeout, "Seconds to wait for answers")->check(CLI::Range(0.1, 600.0));
    app.add_flag("--json", typed.json, "One JSON document instead of text");
    app.set_version_flag("--version", HEADGATE_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
}

OperationKind operationOf(const std::string &verb, const Typed &typed)
{
    if (verb == "pause") {
        return OperationKind::Pause;
    }
    if (verb == "resume") {
        return OperationKind::Resume;
    }
    if (verb == "stop") {
        return OperationKind::Stop;
    }
    return typed.task >= 0 ? OperationKind::RestartTask
        : typed.onlyFailed ? OperationKind::RestartFailed
        : typed.tasks      ? OperationKind::RestartAllTasks
                           : OperationKind::RestartConnector;
}

Verb verbOf(const CLI::App &app)
{
    const auto *const first = app.get_subcommands().front();
    const auto name = first->get_name();
    const auto second = first->get_subcommands().empty() ? std::string() : first->get_subcommands().front()->get_name();
    if (name == "sandbox") {
        return second == "up" ? Verb::SandboxUp : second == "down" ? Verb::SandboxDown : Verb::SandboxInfo;
    }
    if (name == "replay") {
        return second == "plan"   ? Verb::ReplayPlan
            : second == "run"     ? Verb::ReplayRun
            : second == "restore" ? Verb::ReplayRestore
                                  : Verb::ReplayResume;
    }
    if (name == "dlq") {
        return second == "list" ? Verb::DeadLetters : Verb::Redrive;
    }
    return name == "status" ? Verb::Status
        : name == "offsets" ? (second == "ledger" ? Verb::OffsetsLedger : Verb::Offsets)
        : name == "prove"   ? Verb::Prove
        : name == "explain" ? Verb::Explain
        : name == "audit"   ? Verb::VerifyAudit
        : name == "info"    ? Verb::Info
                            : Verb::Operate;
}

CommandLine lineOf(const CLI::App &app, const Typed &typed)
{
    CommandLine line {.verb = verbOf(app),
        .context = text(typed.context),
        .workers = text(typed.connect).split(u',', Qt::SkipEmptyParts),
        .bootstrap = text(typed.bootstrap),
        .configFile = text(typed.config),
        .connector = text(typed.connector),
        .cluster = text(typed.cluster),
        .operation = operationOf(app.get_subcommands().front()->get_name(), typed),
        .task = typed.task,
        .yes = typed.yes,
        .savesPositions = !typed.noSnapshot,
        .reason = text(typed.reason),
        .typedName = text(typed.typedName),
        .person = text(typed.person),
        .json = typed.json,
        .timeout = Milliseconds(static_cast<qint64>(typed.timeout * 1000)),
        .wait = Milliseconds(static_cast<qint64>(typed.wait * 1000))};
    line.playground = {.kind = typed.kind == "kafka" ? PlaygroundKind::Kafka : PlaygroundKind::Embedded,
        .brokers = typed.playground.brokers,
        .workers = typed.playground.workers,
        .keepRunning = true};
    line.to = text(typed.to);
    for (const auto &each : typed.at) {
        line.at << text(each);
    }
    for (const auto &each : typed.past) {
        line.past << text(each);
    }
    for (const auto &each : typed.set) {
        line.set << text(each);
    }
    for (const auto &each : typed.unset) {
        line.unset << text(each);
    }
    line.records = typed.records;
    line.planFile = text(typed.plan);
    line.sourceFile = text(typed.source);
    line.outFile = text(typed.out);
    line.since = text(typed.since);
    line.find = text(typed.find);
    line.csv = typed.csv;
    line.replay = {text(typed.operation)};
    line.queue = text(typed.queue);
    line.cause = typed.cause;
    for (const auto &each : typed.places) {
        line.places << text(each);
    }
    line.all = typed.all;
    line.rate = typed.rate;
    line.limit = typed.limit;
    line.choice = typed.goOn ? std::optional(ReplayChoice::Continue)
        : typed.restore      ? std::optional(ReplayChoice::Restore)
        : typed.leave        ? std::optional(ReplayChoice::Leave)
                             : std::nullopt;
    return line;
}

bool needsContext(Verb verb)
{
    return verb == Verb::Status || verb == Verb::Explain || verb == Verb::Operate || verb == Verb::VerifyAudit
        || verb >= Verb::ReplayPlan;
}

//! Asked of the words alone: what could not be parsed has no flags yet.
bool wantsJson(int argc, char **argv)
{
    return std::any_of(argv, argv + argc, [](const char *word) { return std::string_view(word) == "--json"; });
}

} // namespace

tl::expected<CommandLine, ParseEnd> parseCommandLine(int argc, char **argv)
{
    CLI::App app("Headgate in a terminal: what is wrong on a Kafka Connect platform, why, and the next safe step.\n"
                 "Exit status: 0 done, 1 refused or failed, 2 usage, 3 outcome unknown.",
        "headgatectl");
    Typed typed;
    addCommon(app, typed);
    addVerbs(app, typed);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &end) {
        std::ostringstream out;
        std::ostringstream err;
        const bool asked = app.exit(end, out, err) == 0;
        const bool json = !asked && wantsJson(argc, argv);
        const auto &said = json ? std::string(end.what()) : asked ? out.str() : err.str();
        return tl::unexpected(ParseEnd {asked ? Exit::Done : Exit::Usage, QString::fromStdString(said), json});
    }
    auto line = lineOf(app, typed);
    if (needsContext(line.verb) && line.context.isEmpty() && line.workers.isEmpty()) {
        return tl::unexpected(ParseEnd {Exit::Usage,
            QStringLiteral(
                "Which platform? Give --context NAME, or --connect URL. \"headgatectl info\" lists the contexts.\n"),
            typed.json});
    }
    return line;
}

} // namespace headgate
