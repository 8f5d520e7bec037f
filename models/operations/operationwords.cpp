// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operations/operationwords.h"

#include "models/common/showntext.h"

#include <QCoreApplication>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(OperationWords)
};

QString phaseWord(OperationPhase phase)
{
    switch (phase) {
    case OperationPhase::Waiting:
        return Words::tr("waiting");
    case OperationPhase::Checking:
        return Words::tr("checking");
    case OperationPhase::Sending:
        return Words::tr("sending");
    case OperationPhase::Observing:
        return Words::tr("observing");
    case OperationPhase::Finished:
        return Words::tr("ended");
    }
    return {};
}

} // namespace

QString operationName(const OperationRequest &request)
{
    switch (request.kind) {
    case OperationKind::Pause:
        return Words::tr("Pause");
    case OperationKind::Resume:
        return Words::tr("Resume");
    case OperationKind::Stop:
        return Words::tr("Stop");
    case OperationKind::RestartConnector:
        return Words::tr("Restart connector only");
    case OperationKind::RestartAllTasks:
        return Words::tr("Restart connector and all tasks");
    case OperationKind::RestartFailed:
        return Words::tr("Restart what failed");
    case OperationKind::RestartTask:
        return Words::tr("Restart task %1").arg(request.task);
    }
    return {};
}

QString operationStory(const Operation &operation, const QString &who)
{
    const auto person = who.isEmpty() ? Words::tr("Somebody") : shownText(who, 80);
    switch (operation.request.kind) {
    case OperationKind::Pause:
        return Words::tr("%1 paused it").arg(person);
    case OperationKind::Resume:
        return Words::tr("%1 resumed it").arg(person);
    case OperationKind::Stop:
        return Words::tr("%1 stopped it").arg(person);
    case OperationKind::RestartConnector:
        return Words::tr("%1 restarted the connector only").arg(person);
    case OperationKind::RestartAllTasks:
        return Words::tr("%1 restarted connector and tasks").arg(person);
    case OperationKind::RestartFailed:
        return Words::tr("%1 restarted what had failed").arg(person);
    case OperationKind::RestartTask:
        return Words::tr("%1 restarted task %2").arg(person, QString::number(operation.request.task));
    }
    return {};
}

QString outcomeWord(const Operation &operation)
{
    if (!operation.outcome) {
        return operation.interrupted ? Words::tr("interrupted") : phaseWord(operation.phase);
    }
    switch (*operation.outcome) {
    case Outcome::Confirmed:
        return Words::tr("confirmed");
    case Outcome::Refused:
        return Words::tr("refused");
    case Outcome::Failed:
        return Words::tr("failed");
    case Outcome::Unknown:
        return Words::tr("outcome unknown");
    }
    return {};
}

} // namespace headgate
