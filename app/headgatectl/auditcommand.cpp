// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include <QFile>

namespace headgate {

QCoro::Task<Exit> runVerifyAudit(Runtime *runtime, CommandLine line, Report report)
{
    const auto id = co_await runtime->open(line);
    if (!id) {
        report.fault(id.error());
        co_return exitOf(id.error(), line);
    }
    const auto file = runtime->operations().logFile(*id);
    if (!QFile::exists(file)) {
        report.fault({.kind = ErrorKind::NotFound,
            .message
            = QStringLiteral("There is no operations log at %1: nothing was written by this person here").arg(file)});
        co_return Exit::Failed;
    }
    const auto verdict = co_await runtime->operations().verify(*id, {.deadline = std::chrono::minutes(2)});
    if (!verdict) {
        report.fault(verdict.error());
        co_return Exit::Failed;
    }
    if (verdict->intact) {
        report.line(QStringLiteral("The log is intact: %1 records.").arg(verdict->records));
    } else if (verdict->firstBad >= 0) {
        report.line(QStringLiteral("The log is not intact: line %1 (%2).").arg(verdict->firstBad).arg(verdict->what));
    } else {
        report.line(QStringLiteral("The log is not intact: %1.").arg(verdict->what));
    }
    report.document({{QStringLiteral("intact"), verdict->intact}, {QStringLiteral("records"), verdict->records},
        {QStringLiteral("firstBad"), verdict->firstBad}, {QStringLiteral("what"), verdict->what}});
    co_return verdict->intact ? Exit::Done : Exit::Failed;
}

} // namespace headgate
