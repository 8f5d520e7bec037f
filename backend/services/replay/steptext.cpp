// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/replay/steptext.h"

#include <algorithm>

namespace headgate {

bool passes(ErrorKind kind)
{
    return kind == ErrorKind::Rebalancing || kind == ErrorKind::Starting || kind == ErrorKind::Unreachable;
}

bool isUnsure(ErrorKind kind)
{
    return kind == ErrorKind::OutcomeUnknown || kind == ErrorKind::DeadlineExceeded || kind == ErrorKind::InvalidAnswer
        || kind == ErrorKind::ServerFailed || kind == ErrorKind::Cancelled;
}

QString stateText(const ConnectorStatus &status)
{
    return status.tasks.empty()
        ? QStringLiteral("%1, no task").arg(status.connector.raw)
        : QStringLiteral("%1, tasks left: %2").arg(status.connector.raw).arg(status.tasks.size());
}

QString partitionText(const TopicPartition &tp)
{
    return QStringLiteral("%1-%2").arg(tp.topic).arg(tp.partition);
}

QString entryText(const ConnectorOffset &entry)
{
    const auto sink = sinkPosition(entry);
    return sink ? partitionText(sink->tp) : QString::fromUtf8(entry.partitionJson);
}

QString linesOf(const std::vector<PositionDifference> &differences)
{
    QStringList all;
    for (const auto &each : differences) {
        all << QStringLiteral("%1: asked for %2, found %3").arg(each.where, each.asked, each.found);
    }
    return all.join(QLatin1Char('\n'));
}

QString linesOf(const std::vector<PlanDrift> &drift)
{
    QStringList all;
    for (const auto &each : drift) {
        all << QStringLiteral("%1: was %2, is %3").arg(each.what, each.then, each.now);
    }
    return all.join(QLatin1Char('\n'));
}

QString objectionsOf(const ReplayPlan &plan)
{
    QStringList all;
    for (const auto &warning : plan.warnings) {
        if (!forbids(warning.kind)) {
            continue;
        }
        const auto move = std::ranges::find(plan.moves, warning.tp, &PartitionMove::tp);
        const auto bounds = move == plan.moves.end() || !move->start || !move->end
            ? QString()
            : QStringLiteral(": asked for %1, the log holds %2 to %3")
                  .arg(warning.asked)
                  .arg(*move->start)
                  .arg(*move->end);
        all << (warning.tp.topic.isEmpty() ? warning.text : partitionText(warning.tp) + bounds);
    }
    return all.join(QLatin1Char('\n'));
}

Error conflict(const QString &message, const QString &detail)
{
    return {.kind = ErrorKind::Conflict, .message = message, .detail = detail};
}

} // namespace headgate
