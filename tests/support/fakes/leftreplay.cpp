// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/leftreplay.h"

#include "domain/replay/replayplanfile.h"
#include "services/operations/operationrecords.h"

#include <QDir>
#include <QFileInfo>

namespace headgate {

bool leaveReplay(const QString &logFile, const ReplayPlan &plan, const std::vector<ConnectorOffset> &saved,
    ReplayStep last, Instant now)
{
    LoggedOperation intent {.lease = {QStringLiteral("another boot"), 1, 1}, .kafkaClusterId = {}};
    intent.operation = {.id = {QStringLiteral("20260310T094218412Z-left")},
        .request = {.kind = OperationKind::Replay, .connector = plan.request.connector},
        .person = QStringLiteral("Ada"),
        .startedAt = now,
        .compensation = OperationKind::Replay,
        .requests = plan.requests,
        .plan = planText(plan)};
    const OperationsLog log(logFile);
    bool written = QDir().mkpath(QFileInfo(logFile).path()) && log.append(intentRecord(intent)).has_value();
    const auto note = [&](ReplayStep step, StepState state) {
        const bool snapshot = step == ReplayStep::Snapshot && state == StepState::Done;
        const OperationStep record {.at = now,
            .what = stepWord(step),
            .state = stepStateWord(state),
            .detail = {},
            .data = snapshot ? snapshotText(saved) : QByteArray()};
        written = written && log.append(stepRecord(intent.operation.id, record)).has_value();
    };
    for (int step = 0; step < int(last); ++step) {
        note(ReplayStep(step), StepState::Begun);
        note(ReplayStep(step), StepState::Done);
    }
    note(last, StepState::Begun);
    return written;
}

} // namespace headgate
