// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operations/operationtext.h"

#include "models/common/numberformat.h"
#include "models/common/showntext.h"

#include <QCoreApplication>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(OperationText)
};

QString nameOf(const OperationRequest &request)
{
    return shownText(request.connector.name, 120);
}

NumberText plainNumber(std::int64_t number, const QString &unit)
{
    return {fullNumber(number), unit, number == 0 ? NumberFace::Zero : NumberFace::Value, {}, {}};
}

int runningTasks(const ObservedConnector &observed)
{
    return int(std::count_if(observed.tasks.begin(), observed.tasks.end(),
        [](const auto &task) { return task.second.run == RunState::Running; }));
}

EffectFigure stateFigure(const OperationPreview &preview)
{
    const auto total = int(preview.before.tasks.size());
    const auto running = runningTasks(preview.before);
    return {Words::tr("Tasks that run now"),
        {Words::tr("%1 of %2").arg(running).arg(total), {}, NumberFace::Value, {}, {}}};
}

} // namespace

QString operationTitle(const OperationRequest &request, int touched)
{
    const auto name = nameOf(request);
    switch (request.kind) {
    case OperationKind::Pause:
        return Words::tr("Pause %1").arg(name);
    case OperationKind::Resume:
        return Words::tr("Resume %1").arg(name);
    case OperationKind::Stop:
        return Words::tr("Stop %1").arg(name);
    case OperationKind::RestartConnector:
        return Words::tr("Restart the connector instance of %1").arg(name);
    case OperationKind::RestartAllTasks:
        return touched < 0 ? Words::tr("Restart %1 and all its tasks").arg(name)
                           : Words::tr("Restart %1 and its %n task(s)", nullptr, touched).arg(name);
    case OperationKind::RestartFailed:
        return touched < 0 ? Words::tr("Restart what failed in %1").arg(name)
                           : Words::tr("Restart %n failed task(s) of %1", nullptr, touched).arg(name);
    case OperationKind::RestartTask:
        return Words::tr("Restart task %1 of %2").arg(QString::number(request.task), name);
    case OperationKind::Replay:
        return request.compensates.isEmpty() ? Words::tr("Replay %1").arg(name)
                                             : Words::tr("Restore positions of %1").arg(name);
    case OperationKind::Redrive:
        return Words::tr("Redrive dead letters of %1").arg(name);
    }
    Q_UNREACHABLE();
}

QString operationButton(const OperationRequest &request, int touched)
{
    switch (request.kind) {
    case OperationKind::Pause:
        return Words::tr("Pause 1 connector");
    case OperationKind::Resume:
        return Words::tr("Resume 1 connector");
    case OperationKind::Stop:
        return Words::tr("Stop 1 connector");
    case OperationKind::RestartConnector:
        return Words::tr("Restart 1 connector instance");
    case OperationKind::RestartAllTasks:
        return Words::tr("Restart connector and %n task(s)", nullptr, std::max(0, touched));
    case OperationKind::RestartFailed:
        return Words::tr("Restart %n failed task(s)", nullptr, std::max(0, touched));
    case OperationKind::RestartTask:
        return Words::tr("Restart task %1").arg(request.task);
    case OperationKind::Replay:
        return request.compensates.isEmpty() ? Words::tr("Replay 1 connector") : Words::tr("Restore 1 connector");
    case OperationKind::Redrive:
        return Words::tr("Redrive dead letters");
    }
    Q_UNREACHABLE();
}

QString operationDone(const OperationRequest &request)
{
    const auto name = nameOf(request);
    switch (request.kind) {
    case OperationKind::Pause:
        return Words::tr("Paused %1").arg(name);
    case OperationKind::Resume:
        return Words::tr("Resumed %1").arg(name);
    case OperationKind::Stop:
        return Words::tr("Stopped %1").arg(name);
    case OperationKind::RestartConnector:
        return Words::tr("Restarted the connector instance of %1").arg(name);
    case OperationKind::RestartAllTasks:
        return Words::tr("Restarted %1 and all its tasks").arg(name);
    case OperationKind::RestartFailed:
        return Words::tr("Restarted what failed in %1").arg(name);
    case OperationKind::RestartTask:
        return Words::tr("Restarted task %1 of %2").arg(QString::number(request.task), name);
    case OperationKind::Replay:
        return request.compensates.isEmpty() ? Words::tr("Replayed %1").arg(name)
                                             : Words::tr("Restored positions of %1").arg(name);
    case OperationKind::Redrive:
        return Words::tr("Redrove dead letters of %1").arg(name);
    }
    Q_UNREACHABLE();
}

QString operationRunning(const OperationRequest &request)
{
    const auto name = nameOf(request);
    switch (request.kind) {
    case OperationKind::Pause:
        return Words::tr("Pausing %1").arg(name);
    case OperationKind::Resume:
        return Words::tr("Resuming %1").arg(name);
    case OperationKind::Stop:
        return Words::tr("Stopping %1").arg(name);
    case OperationKind::RestartConnector:
    case OperationKind::RestartAllTasks:
    case OperationKind::RestartFailed:
        return Words::tr("Restarting %1").arg(name);
    case OperationKind::RestartTask:
        return Words::tr("Restarting task %1 of %2").arg(QString::number(request.task), name);
    case OperationKind::Replay:
        return request.compensates.isEmpty() ? Words::tr("Replaying %1").arg(name)
                                             : Words::tr("Restoring positions of %1").arg(name);
    case OperationKind::Redrive:
        return Words::tr("Redriving dead letters of %1").arg(name);
    }
    Q_UNREACHABLE();
}

QString phaseText(OperationPhase phase)
{
    switch (phase) {
    case OperationPhase::Waiting:
        return Words::tr("waiting");
    case OperationPhase::Checking:
        return Words::tr("checking again");
    case OperationPhase::Sending:
        return Words::tr("sending");
    case OperationPhase::Observing:
        return Words::tr("watching until it is seen");
    case OperationPhase::Finished:
        return Words::tr("finished");
    }
    Q_UNREACHABLE();
}

QString outcomeWord(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Confirmed:
        return Words::tr("confirmed");
    case Outcome::Refused:
        return Words::tr("refused");
    case Outcome::Failed:
        return Words::tr("failed");
    case Outcome::Unknown:
        return Words::tr("unknown");
    }
    Q_UNREACHABLE();
}

std::vector<EffectFigure> effectFigures(const OperationPreview &preview)
{
    std::vector<EffectFigure> figures {stateFigure(preview)};
    if (preview.stopFacts && !preview.nothingToDo) {
        const auto &facts = *preview.stopFacts; // asked for this preview: not a sample of the last poll
        const Freshness fresh {.now = preview.madeAt, .staleAfter = Milliseconds(60'000)};
        const auto records = Words::tr("records", "unit beside a number");
        figures.push_back({Words::tr("Lag now"), countText(facts.lag, records, fresh, Digits::Full)});
        figures.push_back({Words::tr("In flight"), countText(facts.inFlight, records, fresh, Digits::Full)});
        figures.push_back({Words::tr("Dead letters"), countText(facts.deadLetters, records, fresh, Digits::Full)});
        return figures;
    }
    const auto tasks = Words::tr("task(s)", "unit beside a number", preview.tasksTouched);
    switch (preview.request.kind) {
    case OperationKind::Pause:
    case OperationKind::Stop:
        figures.push_back({Words::tr("Stand still"), plainNumber(preview.tasksTouched, tasks)});
        break;
    case OperationKind::Resume:
        figures.push_back({Words::tr("Start again"), plainNumber(preview.tasksTouched, tasks)});
        break;
    case OperationKind::RestartConnector:
    case OperationKind::RestartAllTasks:
    case OperationKind::RestartFailed:
    case OperationKind::RestartTask:
        figures.push_back({Words::tr("Restarted"), plainNumber(preview.tasksTouched, tasks)});
        break;
    case OperationKind::Replay:
    case OperationKind::Redrive:
        break;
    }
    if (preview.lagBefore) {
        figures.push_back({Words::tr("Lag now"),
            plainNumber(*preview.lagBefore, Words::tr("record(s)", "unit beside a number", int(*preview.lagBefore)))});
    }
    return figures;
}

QString effectSentence(const OperationPreview &preview)
{
    if (preview.nothingToDo) {
        return Words::tr("It stands so already: there is nothing to send.");
    }
    switch (preview.request.kind) {
    case OperationKind::Pause:
        return Words::tr("Its tasks keep their workers and positions and read nothing until it is resumed. Lag grows.");
    case OperationKind::Resume:
        return Words::tr("Its tasks go on at the positions where they stopped.");
    case OperationKind::Stop:
        return Words::tr(
            "Its tasks are shut down and free their workers; positions stay. Lag grows until it is resumed.");
    case OperationKind::RestartConnector:
        return Words::tr("Only the Connector instance starts anew; tasks run on as they are.");
    case OperationKind::RestartAllTasks:
        return Words::tr(
            "The Connector instance and every task stop and start anew at their last committed positions.");
    case OperationKind::RestartFailed:
        return Words::tr(
            "Failed instances start anew at their last committed positions; the healthy ones are left alone.");
    case OperationKind::RestartTask:
        return Words::tr("The task stops and starts anew at its last committed position; the others are left alone.");
    case OperationKind::Replay:
        return Words::tr("It is stopped, its positions are set and read back, and it goes back to its former state.");
    case OperationKind::Redrive:
        return Words::tr("Copies are sent at a limited rate; the dead letter topic stays as it is.");
    }
    Q_UNREACHABLE();
}

QString wayBackText(const OperationPreview &preview)
{
    if (!preview.compensation) {
        return Words::tr("none is needed: positions stay, a restart changes no configuration");
    }
    return Words::tr("\"%1\" takes it back")
        .arg(operationTitle({*preview.compensation, preview.request.connector, -1, {}, {}}));
}

QString requestsText(const OperationPreview &preview)
{
    return Words::tr("%n, to %1", "requests", int(preview.requests.size())).arg(preview.workerUrl);
}

QString personName(const QString &person)
{
    const auto mail = person.indexOf(QLatin1Char('<'));
    return shownText(mail > 0 ? person.left(mail).trimmed() : person, 60);
}

} // namespace headgate
