// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/triage/trace.h"

#include "domain/triage/tracerules.h"
#include "domain/triage/tracesubject.h"

#include <algorithm>

namespace headgate {

namespace {

/*! The frame that explains: the innermost one, or where that says nothing, the one whose pattern is known. A host's
 * name in an outer frame says more than "Connection refused" in the innermost. */
int firstCause(const TraceText &trace, const TraceFinding &finding, const TraceSubject &subject)
{
    const bool away = finding.kind == CauseKind::TargetUnreachable || finding.kind == CauseKind::AuthenticationTarget;
    if (away && subject.frame >= 0) {
        return subject.frame;
    }
    const auto last = static_cast<int>(trace.chain.size()) - 1;
    const bool silent = last >= 0 && trace.chain.back().message.isEmpty();
    return std::max(0, silent && finding.frame >= 0 ? finding.frame : last);
}

//! A key that the message names is better than the one we know for the pattern.
QString settingFor(const TraceText &trace, const TraceFinding &finding)
{
    const bool replication = std::ranges::any_of(trace.chain, [](const TraceFrame &frame) {
        return frame.exceptionClass.endsWith(QLatin1String("InvalidReplicationFactorException"));
    });
    if (finding.kind == CauseKind::DeadLetterQueue && replication) {
        return QStringLiteral("errors.deadletterqueue.topic.replication.factor");
    }
    if (finding.kind == CauseKind::ConfigInvalid) {
        const auto named = namedSetting(trace);
        return named.isEmpty() ? finding.setting : named;
    }
    const bool key
        = trace.stage == QLatin1String("KEY_CONVERTER") && finding.setting.startsWith(QLatin1String("value."));
    return key ? QString(QLatin1String("key.") + finding.setting.mid(6)) : finding.setting;
}

} // namespace

TraceExplanation explainTrace(const QString &trace)
{
    const auto text = readTrace(trace);
    const auto finding = findPattern(text);
    const auto subject = findSubject(text, finding.kind);
    TraceExplanation answer {.kind = finding.kind,
        .chain = text.chain,
        .first = firstCause(text, finding, subject),
        .subject = subject.text,
        .setting = settingFor(text, finding),
        .stage = text.stage,
        .recurs = finding.recurs};
    if (const auto record = namedRecord(text)) {
        answer.record = record->tp;
        answer.recordOffset = record->offset;
    }
    return answer;
}

} // namespace headgate
