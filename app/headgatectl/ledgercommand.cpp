// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "sincetext.h"

#include "models/common/showntext.h"
#include "models/ledger/ledgerexport.h"
#include "models/ledger/ledgertext.h"

#include <QJsonArray>

#include <cstdio>

namespace headgate {

namespace {

std::vector<LedgerEntryPtr> fitting(
    std::vector<LedgerEntry> ledger, const CommandLine &line, std::optional<Instant> since)
{
    std::vector<LedgerEntryPtr> found;
    for (auto &entry : ledger) {
        const bool goesOn = entry.kind == LedgerKind::Period && !entry.endedBy;
        const bool late = !since || goesOn || ledgerTime(entry) >= *since;
        const bool wanted = line.connector.isEmpty() || entry.connector.name == line.connector;
        const bool here = line.cluster.isEmpty() || entry.connector.cluster.text == line.cluster;
        if (late && wanted && here && mentions(entry, line.find)) {
            found.push_back(std::make_shared<const LedgerEntry>(std::move(entry)));
        }
    }
    return found;
}

void print(const Report &report, const std::vector<LedgerEntryPtr> &entries)
{
    std::vector<QStringList> rows {{QStringLiteral("WHEN"), QStringLiteral("OUTCOME"), QStringLiteral("WHAT"),
        QStringLiteral("CONNECTOR"), QStringLiteral("PARTITIONS"), QStringLiteral("BEFORE, AFTER"),
        QStringLiteral("RECORDS"), QStringLiteral("WHO"), QStringLiteral("WHY")}};
    for (const auto &entry : entries) {
        rows.push_back({toIso(ledgerTime(*entry)), ledgerOutcome(*entry).toLower(), ledgerWhat(*entry).toLower(),
            shownText(entry->connector.name, 120), ledgerWhere(*entry), ledgerMoved(*entry), ledgerCountText(*entry),
            ledgerWho(*entry), ledgerWhy(*entry)});
    }
    for (const auto &text : aligned(rows)) {
        report.line(text);
    }
}

} // namespace

//! Reads the log of a context: neither Connect nor brokers are asked.
QCoro::Task<Exit> runLedger(Runtime *runtime, CommandLine line, Report report)
{
    const auto id = co_await runtime->open(line);
    if (!id) {
        report.fault(id.error());
        co_return exitOf(id.error(), line);
    }
    auto ledger = co_await runtime->ledger().read(*id, {.deadline = std::chrono::minutes(2)});
    if (!ledger) {
        report.fault(ledger.error());
        co_return Exit::Failed;
    }
    const bool none = ledger->empty();
    const auto since = line.since.isEmpty() ? Result<Instant>(Instant {}) : sinceFromText(line.since, runtime->now());
    const auto entries = fitting(
        *std::move(ledger), line, line.since.isEmpty() ? std::nullopt : std::optional(since.value_or(Instant {})));
    if (line.csv) {
        const auto csv = ledgerCsv(entries);
        std::fwrite(csv.data(), 1, static_cast<std::size_t>(csv.size()), stdout);
        co_return Exit::Done;
    }
    if (none) {
        report.line(QStringLiteral("The offset ledger is empty: no position was set through Headgate, and no window "
                                   "has watched this context yet."));
    } else if (entries.empty()) {
        report.line(QStringLiteral("No line of the offset ledger fits."));
    } else {
        print(report, entries);
    }
    report.document({{QStringLiteral("offsetLedger"), 1}, {QStringLiteral("entries"), ledgerArray(entries)}});
    co_return Exit::Done;
}

} // namespace headgate
