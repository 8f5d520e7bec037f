// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"
#include "models/common/numbertext.h"

#include <QStringList>

namespace headgate {

//! "Pause loyalty-redis-sink": the act as a title. `touched` is the number of tasks, -1 where it is not known.
QString operationTitle(const OperationRequest &request, int touched = -1);
//! "Pause 1 connector": what the button says; the title's verb with its count.
QString operationButton(const OperationRequest &request, int touched);
//! "Paused loyalty-redis-sink", "Restarted task 1 of invoices-jdbc-sink": what was asked, in the past.
QString operationDone(const OperationRequest &request);
//! "Pausing loyalty-redis-sink".
QString operationRunning(const OperationRequest &request);
//! "waiting", "checking", "sending", "watching until it is seen".
QString phaseText(OperationPhase phase);
//! "confirmed", "refused", "failed", "unknown".
QString outcomeWord(Outcome outcome);

//! One figure of a preview: "Tasks that stand still" over "2 of 3 tasks".
struct EffectFigure
{
    QString caption;
    NumberText number;

    bool operator==(const EffectFigure &) const = default;
};
//! The effect in numbers, at most four; where it stands still: lag, in flight, dead letters as they are asked for.
std::vector<EffectFigure> effectFigures(const OperationPreview &preview);
//! What the act does, one sentence; says so when the target is reached already.
QString effectSentence(const OperationPreview &preview);
//! What takes the act back, or that nothing does.
QString wayBackText(const OperationPreview &preview);
//! "1 request to connect-eu-1:8083", with the deadline of its observation left to the view.
QString requestsText(const OperationPreview &preview);

//! The name of a self-declared person, without the mail.
QString personName(const QString &person);

} // namespace headgate
