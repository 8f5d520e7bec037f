// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/flowhops.h"

#include "views/common/flowstrip.h"
#include "views/common/statelook.h"

namespace headgate {

namespace {

QString hopIcon(FlowHop::Kind kind)
{
    switch (kind) {
    case FlowHop::Kind::Topic:
        return QStringLiteral("topic");
    case FlowHop::Kind::Connector:
        return QStringLiteral("connector");
    case FlowHop::Kind::System:
        return QStringLiteral("system");
    case FlowHop::Kind::Worker:
        return QStringLiteral("worker");
    }
    return {};
}

} // namespace

void showFlow(FlowStrip *strip, const std::vector<FlowHop> &hops)
{
    std::vector<FlowStep> steps;
    for (const auto &hop : hops) {
        const auto tone = hop.tone ? lookOf(*hop.tone).tone : Tone::Neutral;
        steps.push_back({hopIcon(hop.kind), hop.caption, hop.name, tone, hop.brokenBefore, {}});
    }
    strip->setVisible(!steps.empty());
    strip->setSteps(std::move(steps));
}

} // namespace headgate
