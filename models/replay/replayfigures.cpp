// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/replay/replayfigures.h"

#include "models/common/displaylocale.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/replay/replaytext.h"

#include <QCoreApplication>

#include <algorithm>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ReplayFigures)
};

NumberText count(std::int64_t records, bool atMost)
{
    return {.text = shortNumber(records),
        .unit = atMost ? Words::tr("at most") : QString(),
        .face = records == 0 ? NumberFace::Zero : NumberFace::Value,
        .toolTip = fullNumber(records)};
}

NumberText unknown(const QString &why)
{
    return {.text = QStringLiteral("–"), .face = NumberFace::NoData, .toolTip = why};
}

NumberText bytesNumber(const ReplayPlan &plan)
{
    const auto estimate = bytesAgain(plan);
    if (!estimate) {
        return unknown(Words::tr("No records could be sampled."));
    }
    const std::pair<double, QString> units[] {{1e9, Words::tr("GB")}, {1e6, Words::tr("MB")}, {1e3, Words::tr("kB")}};
    const auto unit = std::ranges::find_if(units, [&](const auto &each) { return estimate->bytes >= each.first; });
    const bool whole = unit == std::end(units);
    const auto scaled = whole ? estimate->bytes : estimate->bytes / unit->first;
    return {.text = displayLocale().toString(scaled, 'f',
                whole || scaled >= 100 ? 0
                    : scaled >= 10     ? 1
                                       : 2),
        .unit = whole ? Words::tr("bytes") : unit->second,
        .face = estimate->bytes == 0 ? NumberFace::Zero : NumberFace::Value,
        .toolTip = bytesText(plan)};
}

NumberText timeNumber(const ReplayPlan &plan)
{
    const auto seconds = secondsAgain(plan);
    if (!seconds) {
        return unknown(Words::tr("The sink's rate was not measured."));
    }
    return {.text = durationText(Milliseconds(qint64(*seconds * 1000))),
        .face = *seconds == 0 ? NumberFace::Zero : NumberFace::Value,
        .toolTip = secondsText(plan)};
}

NumberText duplicates(const ReplayPlan &plan)
{
    switch (plan.downstream.idempotence) {
    case Idempotence::Idempotent:
        return {.text = QStringLiteral("0"), .face = NumberFace::Zero, .toolTip = downstreamText(plan.downstream)};
    case Idempotence::NotIdempotent: {
        auto number = count(plan.again, plan.again > 0);
        number.toolTip = downstreamText(plan.downstream);
        return number;
    }
    case Idempotence::Unknown:
        break;
    }
    return unknown(downstreamText(plan.downstream));
}

} // namespace

std::vector<EffectFigure> replayFigures(const ReplayPlan &plan)
{
    if (plan.type != ConnectorType::Sink) {
        return {};
    }
    std::vector<EffectFigure> figures;
    if (plan.again > 0 || plan.skipped == 0) {
        figures.push_back({Words::tr("Records delivered again"), count(plan.again, plan.atMost)});
    }
    if (plan.skipped > 0) {
        figures.push_back({Words::tr("Records skipped"), count(plan.skipped, plan.atMost)});
    }
    figures.push_back({Words::tr("Bytes read again"), bytesNumber(plan)});
    figures.push_back({Words::tr("Catches up in"), timeNumber(plan)});
    const auto system = shownText(plan.downstream.system, 40);
    figures.push_back(
        {system.isEmpty() ? Words::tr("Duplicates behind it") : Words::tr("Duplicates into %1").arg(system),
            duplicates(plan)});
    return figures;
}

std::vector<std::pair<QString, QString>> replayFacts(const ReplayPlan &plan)
{
    std::vector<std::pair<QString, QString>> facts;
    if (plan.type != ConnectorType::Sink) {
        facts.emplace_back(Words::tr("Records"), againText(plan));
        facts.emplace_back(Words::tr("How sure"),
            plan.provable ? Words::tr("The position that is read back is where the plug-in reads.")
                          : Words::tr("What is read back does not prove where the plug-in reads."));
        return facts;
    }
    facts.emplace_back(Words::tr("System behind"), downstreamText(plan.downstream));
    const auto counts = plan.atMost ? Words::tr("Counts are upper bounds") : Words::tr("Counts are exact");
    facts.emplace_back(Words::tr("How sure"),
        Words::tr("%1 while nothing is produced meanwhile; bytes: %2; time: %3")
            .arg(counts, bytesText(plan), secondsText(plan)));
    facts.emplace_back(Words::tr("Consumer group"), shownText(plan.groupName, 120));
    return facts;
}

} // namespace headgate
