// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectors/connectorssummary.h"

#include <QCoreApplication>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConnectorsSummary)
};

struct TaskCounts
{
    int all = 0;
    int running = 0;
    int failed = 0;
    int unassigned = 0;
    int paused = 0;
};

TaskCounts countTasks(const PlatformSnapshot &snapshot)
{
    TaskCounts counts;
    for (const auto &facts : snapshot.connectors) {
        for (const auto &task : facts.status.tasks) {
            ++counts.all;
            counts.running += task.state.run == RunState::Running ? 1 : 0;
            counts.failed += task.state.run == RunState::Failed ? 1 : 0;
            counts.unassigned += task.state.run == RunState::Unassigned ? 1 : 0;
            counts.paused += task.state.run == RunState::Paused ? 1 : 0;
        }
    }
    return counts;
}

QString tasksText(const TaskCounts &counts)
{
    QStringList parts {Words::tr("%1 running").arg(counts.running)};
    if (counts.unassigned > 0) {
        parts << Words::tr("%1 unassigned").arg(counts.unassigned);
    }
    if (counts.paused > 0) {
        parts << Words::tr("%1 paused").arg(counts.paused);
    }
    if (counts.failed > 0) {
        parts << Words::tr("%1 failed").arg(counts.failed);
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

QString connectorsSummary(const ContextPicture &picture)
{
    if (!picture.isKnown() || picture.snapshot->connectors.empty()) {
        return {};
    }
    const auto counts = countTasks(*picture.snapshot);
    const auto &clusters = picture.snapshot->clusters;
    const auto where
        = clusters.size() == 1 ? clusters.front().name.text : Words::tr("%n cluster(s)", nullptr, int(clusters.size()));
    return Words::tr("%1 on %2 · %3: %4")
        .arg(QString::number(picture.snapshot->connectors.size()), where, Words::tr("%n task(s)", nullptr, counts.all),
            tasksText(counts));
}

} // namespace headgate
