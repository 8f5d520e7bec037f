// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/witnesswords.h"

#include "models/common/agetext.h"
#include "models/common/showntext.h"

#include <QCoreApplication>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(WitnessWords)
};

QString tasksRun(const WitnessReport &report)
{
    return report.silentTasks.size() == 1
        ? Words::tr("task %1 runs").arg(report.silentTasks.front())
        : Words::tr("%1 of %2 tasks run").arg(report.silentTasks.size()).arg(report.tasksTotal);
}

} // namespace

QString witnessSentence(const WitnessReport &report, Instant now)
{
    const auto since = momentText(report.since, now);
    const auto worker = shownText(report.worker, 120);
    switch (report.kind) {
    case WitnessKind::None:
        return {};
    case WitnessKind::WorkerSilent:
        return Words::tr("REST says %1 on %2, which does not answer since %3").arg(tasksRun(report), worker, since);
    case WitnessKind::NotInGroup:
        return Words::tr("REST says %1, the group has %n member(s) at %2", nullptr, report.members)
            .arg(tasksRun(report), since);
    case WitnessKind::WorkerUnhealthy:
        return Words::tr("REST says RUNNING, %1 calls itself unhealthy since %2").arg(worker, since);
    case WitnessKind::OffsetsStand:
        return Words::tr("REST says RUNNING, no position was committed since %1").arg(since);
    }
    Q_UNREACHABLE();
}

} // namespace headgate
