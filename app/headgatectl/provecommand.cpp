// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/proof/prooftext.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

namespace headgate {

namespace {

constexpr size_t mostLines = 20;

Result<std::vector<SettingChange>> changesOf(const CommandLine &line)
{
    std::vector<SettingChange> changes;
    for (const auto &text : line.set) {
        const auto at = text.indexOf(u'=');
        if (at < 1) {
            return failure({.kind = ErrorKind::InvalidInput,
                .message = QStringLiteral("\"%1\" is no setting: write --set KEY=VALUE").arg(shownText(text, 120))});
        }
        changes.push_back({text.left(at), text.mid(at + 1)});
    }
    for (const auto &key : line.unset) {
        changes.push_back({key, std::nullopt});
    }
    return changes;
}

void print(const Report &report, const FixProof &proof)
{
    report.line(verdictText(proof));
    if (const auto present = presentText(proof); !present.isEmpty()) {
        report.line(present);
    }
    std::vector<QStringList> rows;
    const auto fate = fateText(fateOfRefused(proof.proposed.errors));
    for (size_t i = 0; i < std::min(mostLines, proof.refused.size()); ++i) {
        const auto &refused = proof.refused[i];
        rows.push_back(
            {QStringLiteral("  ") + placeText(refused.place), stageText(refused), refusedBecause(refused), fate});
    }
    if (proof.proposed.refused > int(rows.size())) {
        rows.push_back({QStringLiteral("  and %1 more").arg(fullNumber(proof.proposed.refused - int(rows.size())))});
    }
    for (const auto warning : proof.warnings) {
        rows.push_back({QStringLiteral("  note: ") + proofWarningText(warning, proof)});
    }
    rows.push_back({QStringLiteral("  ") + reachText(proof)});
    rows.push_back({QStringLiteral("  Not proven:")});
    for (const auto &gap : proof.gaps) {
        rows.push_back({QStringLiteral("  - ") + gapText(gap)});
    }
    for (const auto &row : aligned(rows)) {
        report.line(row);
    }
}

QString wordOf(ProofVerdict verdict)
{
    switch (verdict) {
    case ProofVerdict::Holds:
        return QStringLiteral("holds");
    case ProofVerdict::Stops:
        return QStringLiteral("stops");
    case ProofVerdict::Unproven:
        return QStringLiteral("unproven");
    }
    return {};
}

QString wordOf(RecordFate fate)
{
    switch (fate) {
    case RecordFate::DeadLettered:
        return QStringLiteral("dead-letter");
    case RecordFate::Logged:
        return QStringLiteral("logged");
    case RecordFate::Dropped:
        return QStringLiteral("lost");
    case RecordFate::StopsTask:
        return QStringLiteral("stops");
    case RecordFate::StopsAfterDeadLetter:
        return QStringLiteral("stops-and-dead-letter");
    }
    return {};
}

QJsonObject sideDocument(const ProofSide &side)
{
    return {{QStringLiteral("passed"), side.passed}, {QStringLiteral("refused"), side.refused},
        {QStringLiteral("unproven"), side.open}, {QStringLiteral("refusedBecome"), wordOf(fateOfRefused(side.errors))}};
}

QJsonObject refusedDocument(const RefusedRecord &refused)
{
    return {{QStringLiteral("topic"), refused.place.tp.topic},
        {QStringLiteral("partition"), refused.place.tp.partition},
        {QStringLiteral("offset"), qint64(refused.place.offset)}, {QStringLiteral("stage"), stageName(refused.side)},
        {QStringLiteral("converter"), refused.converter},
        {QStringLiteral("exception"), refused.why.back().exceptionClass},
        {QStringLiteral("cause"), refusedBecause(refused)}, {QStringLiteral("refusedNow"), refused.refusedNow}};
}

QJsonObject document(const FixProof &proof)
{
    QJsonArray refused, gaps, warnings, reaches, changes;
    for (const auto &each : proof.refused) {
        refused.append(refusedDocument(each));
    }
    for (const auto &gap : proof.gaps) {
        gaps.append(gapText(gap));
    }
    for (const auto warning : proof.warnings) {
        warnings.append(proofWarningText(warning, proof));
    }
    for (const auto &reach : proof.reaches) {
        reaches.append(
            QJsonObject {{QStringLiteral("topic"), reach.tp.topic}, {QStringLiteral("partition"), reach.tp.partition},
                {QStringLiteral("from"), qint64(reach.from)}, {QStringLiteral("next"), qint64(reach.next)},
                {QStringLiteral("records"), reach.records}, {QStringLiteral("whole"), reach.whole}});
    }
    for (const auto &change : proof.changes) {
        changes.append(changeText(change));
    }
    return {{QStringLiteral("verdict"), wordOf(verdictOf(proof))}, {QStringLiteral("sentence"), verdictText(proof)},
        {QStringLiteral("records"), proof.records}, {QStringLiteral("changes"), changes},
        {QStringLiteral("proposed"), sideDocument(proof.proposed)}, {QStringLiteral("now"), sideDocument(proof.now)},
        {QStringLiteral("refused"), refused}, {QStringLiteral("read"), reaches},
        {QStringLiteral("partitionsLeft"), proof.partitionsLeft}, {QStringLiteral("warnings"), warnings},
        {QStringLiteral("notProven"), gaps}};
}

Exit exitOf(ProofVerdict verdict)
{
    switch (verdict) {
    case ProofVerdict::Holds:
        return Exit::Done;
    case ProofVerdict::Stops:
        return Exit::Failed;
    case ProofVerdict::Unproven:
        return Exit::Unknown;
    }
    return Exit::Unknown;
}

} // namespace

QCoro::Task<Exit> runProve(Runtime *runtime, CommandLine line, Report report)
{
    const auto changes = changesOf(line);
    if (!changes) {
        report.fault(changes.error());
        co_return Exit::Usage;
    }
    const auto id = co_await runtime->open(line);
    if (!id) {
        report.fault(id.error());
        co_return exitOf(id.error(), line);
    }
    co_await runtime->untilConnectKnown(*id, line.timeout);
    const auto heard = runtime->heard(*id);
    const auto ref
        = heard ? runtime->find(*id, line.cluster, line.connector) : Result<ConnectorRef>(failure(heard.error()));
    if (!ref) {
        report.fault(ref.error());
        co_return Exit::Failed;
    }
    // Reading has a limit of its own, ten seconds: a shorter one for answers must not cut it off.
    const CallOptions options {.deadline = std::max(line.timeout, Milliseconds(15'000))};
    const auto proof = co_await runtime->proofs().prove({*ref, *changes, line.records}, {}, options);
    if (!proof) {
        report.fault(proof.error());
        co_return Exit::Failed;
    }
    print(report, *proof);
    auto whole = document(*proof);
    whole.insert(QStringLiteral("connector"), line.connector);
    report.document(whole);
    co_return exitOf(verdictOf(*proof));
}

} // namespace headgate
